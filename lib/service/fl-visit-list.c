/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-visit-list"
#include "config.h"

#include "fl-visit-list.h"

#include "fl-visit-private.h"

/* Enough to fill a table quickly, few enough that an order of a person is not kept waiting. */
#define MAX_GLANCES 3

/* Visits whose devices went away, for when they come back. */
#define MAX_DEPARTED 32

typedef struct
{
  FlVisitList *list; /* borrowed */
  FlVisit *visit;    /* owned */
  FlDevice *device;  /* owned: whose signals are connected */
  FlRoad *cable;     /* (nullable) owned: as well */
  gboolean was_usable;
  gboolean is_waiting; /* to be glanced at */
} Row;

struct _FlVisitList
{
  GObject parent_instance;

  FlEngine *engine;
  FlClock *clock;
  GListModel *devices; /* borrowed from the engine's finder */
  GPtrArray *rows;     /* of Row, in the order of the devices */
  GPtrArray *departed; /* of FlVisit, oldest first */
  guint look_id;
};

static void fl_visit_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlVisitList,
                               fl_visit_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fl_visit_list_list_model_init))

static gboolean
is_usable (FlRoad *road)
{
  return road != NULL && fl_road_get_reachable (road) && fl_road_get_problem (road) == NULL &&
         fl_road_get_mode (road) != FL_MODE_UPDATE;
}

static guint
count_glances (FlVisitList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *) self->rows->pdata[i])->visit->presence == FL_PRESENCE_GLANCE)
      n++;
  return n;
}

static void
on_look (gpointer data)
{
  FlVisitList *self = data;

  self->look_id = 0;
  for (guint i = 0; i < self->rows->len && count_glances (self) < MAX_GLANCES; i++)
    {
      Row *row = self->rows->pdata[i];

      if (!row->is_waiting)
        continue;
      row->is_waiting = FALSE;
      fl_visit_glance (row->visit);
    }
}

static void
look (FlVisitList *self)
{
  if (self->look_id == 0)
    self->look_id = fl_clock_add_ms (self->clock, 0, on_look, self);
}

static void row_follow_cable (Row *row);

/* Something about a device, its cable or its visit has changed. */
static void
on_changed (Row *row)
{
  gboolean usable;

  row_follow_cable (row);
  usable = is_usable (row->cable);
  if (usable && !row->was_usable)
    row->is_waiting = TRUE;
  else if (!usable)
    row->is_waiting = FALSE;
  row->was_usable = usable;
  look (row->list);
}

static void
row_set_cable (Row *row, FlRoad *road)
{
  if (row->cable == road)
    return;

  if (row->cable != NULL)
    g_signal_handlers_disconnect_by_data (row->cable, row);
  g_set_object (&row->cable, road);
  row->was_usable = FALSE; /* plugged in anew */
  if (road == NULL)
    return;
  g_signal_connect_swapped (road, "notify::reachable", G_CALLBACK (on_changed), row);
  g_signal_connect_swapped (road, "notify::problem", G_CALLBACK (on_changed), row);
  g_signal_connect_swapped (road, "notify::mode", G_CALLBACK (on_changed), row);
}

static void
row_follow_cable (Row *row)
{
  row_set_cable (row, fl_device_get_road (row->device, FL_ROAD_USB));
}

static Row *
row_new (FlVisitList *list, FlVisit *visit, FlDevice *device)
{
  Row *row = g_new0 (Row, 1);

  row->list = list;
  row->visit = g_object_ref (visit);
  row->device = g_object_ref (device);
  g_signal_connect_swapped (device, "notify::n-roads", G_CALLBACK (on_changed), row);
  g_signal_connect_swapped (visit, "notify::open", G_CALLBACK (on_changed), row);
  g_signal_connect_swapped (visit, "notify::error", G_CALLBACK (on_changed), row);
  g_signal_connect_swapped (visit, "notify::status", G_CALLBACK (on_changed), row);
  on_changed (row);
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;

  row_set_cable (row, NULL);
  g_signal_handlers_disconnect_by_data (row->device, row);
  g_signal_handlers_disconnect_by_data (row->visit, row);
  g_object_unref (row->device);
  g_object_unref (row->visit);
  g_free (row);
}

/* (transfer full) What was known of a device that comes back is not lost. */
static FlVisit *
take_departed (FlVisitList *self, FlDevice *device)
{
  for (guint i = self->departed->len; i > 0; i--)
    {
      FlVisit *visit = self->departed->pdata[i - 1];

      if (!fl_visit_owns (visit, device))
        continue;
      g_object_ref (visit);
      g_ptr_array_remove_index (self->departed, i - 1);
      fl_visit_set_device (visit, device);
      return visit;
    }
  return NULL;
}

static void
depart (FlVisitList *self, Row *row)
{
  if (row->visit->presence == FL_PRESENCE_GLANCE)
    fl_visit_close (row->visit);
  if (self->departed->len == MAX_DEPARTED)
    g_ptr_array_remove_index (self->departed, 0);
  g_ptr_array_add (self->departed, g_object_ref (row->visit));
}

static void
on_devices_changed (FlVisitList *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < removed; i++)
    {
      depart (self, self->rows->pdata[position]);
      g_ptr_array_remove_index (self->rows, position);
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (self->devices, position + i);
      g_autoptr (FlVisit) visit = take_departed (self, device);

      if (visit == NULL)
        visit = fl_visit_new (self->engine, device);
      g_ptr_array_insert (self->rows, (int) (position + i), row_new (self, visit, device));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
fl_visit_list_get_item_type (GListModel *model)
{
  return FL_TYPE_VISIT;
}

static guint
fl_visit_list_get_n_items (GListModel *model)
{
  return FL_VISIT_LIST (model)->rows->len;
}

static gpointer
fl_visit_list_get_item (GListModel *model, guint position)
{
  FlVisitList *self = FL_VISIT_LIST (model);

  if (position >= self->rows->len)
    return NULL;
  return g_object_ref (((Row *) self->rows->pdata[position])->visit);
}

static void
fl_visit_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fl_visit_list_get_item_type;
  iface->get_n_items = fl_visit_list_get_n_items;
  iface->get_item = fl_visit_list_get_item;
}

static void
fl_visit_list_dispose (GObject *object)
{
  FlVisitList *self = FL_VISIT_LIST (object);

  if (self->devices != NULL)
    g_signal_handlers_disconnect_by_data (self->devices, self);
  self->devices = NULL;
  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->look_id);
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    fl_visit_close (((Row *) self->rows->pdata[i])->visit);
  for (guint i = 0; self->departed != NULL && i < self->departed->len; i++)
    fl_visit_close (self->departed->pdata[i]);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->departed, g_ptr_array_unref);
  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_visit_list_parent_class)->dispose (object);
}

static void
fl_visit_list_class_init (FlVisitListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_visit_list_dispose;
}

static void
fl_visit_list_init (FlVisitList *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->departed = g_ptr_array_new_with_free_func (g_object_unref);
}

FlVisitList *
fl_visit_list_new (FlEngine *engine)
{
  FlVisitList *self;

  g_return_val_if_fail (FL_IS_ENGINE (engine), NULL);

  self = g_object_new (FL_TYPE_VISIT_LIST, NULL);
  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (fl_engine_get_clock (engine));
  self->devices = fl_meta_finder_get_devices (fl_engine_get_finder (engine));
  g_signal_connect_swapped (self->devices, "items-changed", G_CALLBACK (on_devices_changed), self);
  on_devices_changed (self, 0, 0, g_list_model_get_n_items (self->devices));
  return self;
}

FlVisit *
fl_visit_list_find (FlVisitList *self, FlDevice *device)
{
  g_return_val_if_fail (FL_IS_VISIT_LIST (self), NULL);
  g_return_val_if_fail (FL_IS_DEVICE (device), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (row->device == device || row->visit->device == device)
        return row->visit;
    }
  return NULL;
}
