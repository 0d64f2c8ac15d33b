/* SPDX-License-Identifier: Apache-2.0 */
#include "hand-finder.h"

#include <string.h>

static void
hand_start (FlFinder *finder)
{
  FL_HAND_FINDER (finder)->starts++;
}

static void
hand_stop (FlFinder *finder)
{
  FL_HAND_FINDER (finder)->stops++;
}

static GListModel *
hand_get_sightings (FlFinder *finder)
{
  return G_LIST_MODEL (FL_HAND_FINDER (finder)->roads);
}

static FlLink *
hand_create_link (FlFinder *finder, FlRoad *road)
{
  FL_HAND_FINDER (finder)->linked = road;
  return NULL;
}

static void
hand_repair (FlFinder *finder, FlErrorAction action)
{
}

static FlRoadKind
hand_get_kind (FlFinder *finder)
{
  return FL_HAND_FINDER (finder)->kind;
}

static const GError *
hand_get_problem (FlFinder *finder)
{
  return NULL;
}

static void
hand_init_finder (FlFinderInterface *iface)
{
  iface->start = hand_start;
  iface->stop = hand_stop;
  iface->get_sightings = hand_get_sightings;
  iface->create_link = hand_create_link;
  iface->repair = hand_repair;
  iface->get_kind = hand_get_kind;
  iface->get_problem = hand_get_problem;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FlHandFinder,
                               fl_hand_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, hand_init_finder))

static void
fl_hand_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (strcmp (pspec->name, "kind") == 0)
    g_value_set_enum (value, (int) FL_HAND_FINDER (object)->kind);
}

static void
fl_hand_finder_finalize (GObject *object)
{
  g_clear_object (&FL_HAND_FINDER (object)->roads);
  G_OBJECT_CLASS (fl_hand_finder_parent_class)->finalize (object);
}

static void
fl_hand_finder_class_init (FlHandFinderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_hand_finder_get_property;
  object_class->finalize = fl_hand_finder_finalize;
  g_object_class_override_property (object_class, 1, "problem");
  g_object_class_override_property (object_class, 2, "kind");
}

static void
fl_hand_finder_init (FlHandFinder *self)
{
  self->roads = g_list_store_new (FL_TYPE_ROAD);
}
