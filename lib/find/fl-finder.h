/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-error.h"
#include "fl-link.h"
#include "fl-road.h"

G_BEGIN_DECLS

/**
 * FlFinder:
 *
 * Looks for devices on one kind of road. Sightings are FlRoad objects in a GListModel; one that was
 * not seen for a while becomes unreachable, and the meta finder lets it go later.
 *
 * Properties: "problem" (GError, (nullable), notified): what stops this finder at the moment
 * (E01–E12), NULL when it searches; it clears by itself when the cause goes. "kind": the road.
 */
#define FL_TYPE_FINDER (fl_finder_get_type ())
G_DECLARE_INTERFACE (FlFinder, fl_finder, FL, FINDER, GObject)

struct _FlFinderInterface
{
  GTypeInterface g_iface;

  void (*start) (FlFinder *self);
  void (*stop) (FlFinder *self);
  GListModel *(*get_sightings) (FlFinder *self);
  FlLink *(*create_link) (FlFinder *self, FlRoad *road);
  void (*repair) (FlFinder *self, FlErrorAction action);
  FlRoadKind (*get_kind) (FlFinder *self);
  const GError *(*get_problem) (FlFinder *self);
};

/* Both idempotent; nothing blocks. Links stay usable after stop. */
void fl_finder_start (FlFinder *self);
void fl_finder_stop (FlFinder *self);
GListModel *fl_finder_get_sightings (FlFinder *self); /* borrowed, of FlRoad */
FlRoadKind fl_finder_get_kind (FlFinder *self);
const GError *fl_finder_get_problem (FlFinder *self); /* (nullable), borrowed */
/* (transfer full) (nullable): NULL when this finder does not know @road. */
FlLink *fl_finder_create_link (FlFinder *self, FlRoad *road);
/* FL_ACTION_TURN_ON_BLUETOOTH, FL_ACTION_RESTART_BLUETOOTH, FL_ACTION_TRY_AGAIN…; the result shows
 * in "problem". */
void fl_finder_repair (FlFinder *self, FlErrorAction action);

G_END_DECLS
