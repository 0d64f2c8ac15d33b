/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui-fixture.h"

struct _UiFinder
{
  GObject parent_instance;

  GListStore *sightings;
  GError *problem;
  FlErrorAction repair;
  gboolean running;
  FlRoadKind kind;
};

static void ui_finder_iface_init (FlFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UiFinder,
                               ui_finder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_FINDER, ui_finder_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_KIND
} UiFinderProperty;

static void
start (FlFinder *finder)
{
  UI_FINDER (finder)->running = TRUE;
}

static void
stop (FlFinder *finder)
{
  UI_FINDER (finder)->running = FALSE;
}

static GListModel *
get_sightings (FlFinder *finder)
{
  return G_LIST_MODEL (UI_FINDER (finder)->sightings);
}

static FlLink *
create_link (FlFinder *finder, FlRoad *road)
{
  return NULL;
}

static void
repair (FlFinder *finder, FlErrorAction action)
{
  UI_FINDER (finder)->repair = action;
}

static FlRoadKind
get_kind (FlFinder *finder)
{
  return UI_FINDER (finder)->kind;
}

static const GError *
get_problem (FlFinder *finder)
{
  return UI_FINDER (finder)->problem;
}

static void
ui_finder_iface_init (FlFinderInterface *iface)
{
  iface->start = start;
  iface->stop = stop;
  iface->get_sightings = get_sightings;
  iface->create_link = create_link;
  iface->repair = repair;
  iface->get_kind = get_kind;
  iface->get_problem = get_problem;
}

static void
ui_finder_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((UiFinderProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, UI_FINDER (object)->problem);
      break;
    case PROP_KIND:
      g_value_set_enum (value, (int) UI_FINDER (object)->kind);
      break;
    }
}

static void
ui_finder_finalize (GObject *object)
{
  UiFinder *self = UI_FINDER (object);

  g_clear_object (&self->sightings);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (ui_finder_parent_class)->finalize (object);
}

static void
ui_finder_class_init (UiFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_finder_finalize;
  G_OBJECT_CLASS (klass)->get_property = ui_finder_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_PROBLEM, "problem");
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_KIND, "kind");
}

static void
ui_finder_init (UiFinder *self)
{
  self->sightings = g_list_store_new (FL_TYPE_ROAD);
}

UiFinder *
ui_finder_new_for (FlRoadKind kind)
{
  UiFinder *self = g_object_new (UI_TYPE_FINDER, NULL);

  self->kind = kind;
  return self;
}

UiFinder *
ui_finder_new (void)
{
  return ui_finder_new_for (FL_ROAD_BLUETOOTH);
}

FlRoad *
ui_finder_add (UiFinder *self, FlRoadKind kind, const char *code, int dbm)
{
  g_autofree char *address =
      g_strdup_printf ("road-%u", g_list_model_get_n_items (G_LIST_MODEL (self->sightings)));
  g_autofree char *name = g_strdup_printf ("P2-%s", code);
  g_autoptr (FlRoad) road = fl_road_new (kind, address);

  fl_road_set_name (road, name);
  fl_road_set_setup_code (road, code);
  fl_road_set_platform_id (road, 32);
  fl_road_set_signal_dbm (road, dbm);
  fl_road_set_reachable (road, TRUE);
  g_list_store_append (self->sightings, road);
  return road; /* the store keeps it */
}

void
ui_finder_take_problem (UiFinder *self, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify (G_OBJECT (self), "problem");
}

FlErrorAction
ui_finder_get_repair (UiFinder *self)
{
  return self->repair;
}

gboolean
ui_finder_get_running (UiFinder *self)
{
  return self->running;
}
