/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-finder.h"

G_BEGIN_DECLS

/* A finder that sees what the test puts into it. */
#define FL_TYPE_HAND_FINDER (fl_hand_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlHandFinder, fl_hand_finder, FL, HAND_FINDER, GObject)

struct _FlHandFinder
{
  GObject parent_instance;

  GListStore *roads;
  FlRoadKind kind;
  guint starts, stops;
  FlRoad *linked; /* the last road that a link was asked for, borrowed */
};

G_END_DECLS
