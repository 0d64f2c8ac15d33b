/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-tools.h"
#include "fl-camera-view.h"
#include "fl-engine.h"
#include "fl-matrix-reader.h"

G_BEGIN_DECLS

/**
 * FlCameraBox:
 *
 * The camera's picture, below it one line that says what to do, and the camera's tools. Hints are
 * announced, at most every four seconds.
 */
#define FL_TYPE_CAMERA_BOX (fl_camera_box_get_type ())
G_DECLARE_FINAL_TYPE (FlCameraBox, fl_camera_box, FL, CAMERA_BOX, GtkBox)

#define FL_CAMERA_BOX_QUIET_MS 4000 /* between two hints that are said */

GtkWidget *fl_camera_box_new (void);
void fl_camera_box_set_clock (FlCameraBox *self, FlClock *clock); /* before anything else */
FlCameraView *fl_camera_box_get_view (FlCameraBox *self);         /* borrowed */
FlCameraTools *fl_camera_box_get_tools (FlCameraBox *self);       /* borrowed */
/* A picture, or NULL: none yet. */
void fl_camera_box_set_preview (FlCameraBox *self, const FlPreview *preview);
void fl_camera_box_set_hint (FlCameraBox *self, FlHint hint);
/* Instead of hints, until NULL. Not announced. */
void fl_camera_box_set_words (FlCameraBox *self, const char *words);
/* What the line says. Borrowed. */
const char *fl_camera_box_get_line (FlCameraBox *self);

/* "Move closer". Translated, static. */
const char *fl_camera_hint_get_words (FlHint hint);

G_END_DECLS
