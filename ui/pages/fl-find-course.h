/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-engine.h"

G_BEGIN_DECLS

#define FL_FIND_CABLE_MS 15000 /* until an empty page says that some cables only charge */

/* What an empty page says: */
typedef enum
{
  FL_FIND_QUIET,     /* 0 to 3 s: words alone */
  FL_FIND_LOOKING,   /* from 3 s: with a spinner */
  FL_FIND_HINTS,     /* from 5 s: three hints */
  FL_FIND_NOTHING,   /* from 20 s: "No Devices Found" */
  FL_FIND_SOMETHING, /* there are devices */
} FlFindState;

/**
 * FlFindCourse:
 *
 * What an empty page says, as time goes by since the finders began. Signal: "changed".
 */
#define FL_TYPE_FIND_COURSE (fl_find_course_get_type ())
G_DECLARE_FINAL_TYPE (FlFindCourse, fl_find_course, FL, FIND_COURSE, GObject)

FlFindCourse *fl_find_course_new (FlClock *clock);
/* From the beginning; "changed" is emitted. */
void fl_find_course_restart (FlFindCourse *self);
FlFindState fl_find_course_get_state (FlFindCourse *self);
/* It is time to doubt the cable. */
gboolean fl_find_course_get_doubts_cable (FlFindCourse *self);

G_END_DECLS
