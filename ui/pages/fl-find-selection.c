/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-find-selection.h"

#include "fl-cable-watch.h"

struct _FlFindSelection
{
  GObject parent_instance;

  FlItemList *list;
  FlMetaFinder *finder;
  FlCableWatch *cables;
  FlDevice *last;     /* (nullable) what was selected last, to find it in another row */
  gboolean by_itself; /* nobody but this selected it */
};

G_DEFINE_FINAL_TYPE (FlFindSelection, fl_find_selection, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
is_listed (FlFindSelection *self, FlDevice *device)
{
  GListModel *devices = fl_meta_finder_get_devices (self->finder);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) other = g_list_model_get_item (devices, i);

      if (other == device)
        return TRUE;
    }
  return FALSE;
}

/* The row of what was chosen may have become one with another. */
static void
follow_last (FlFindSelection *self)
{
  g_autoptr (FlDevice) last = self->last != NULL ? g_object_ref (self->last) : NULL;
  GListModel *roads = last != NULL ? fl_device_get_roads (last) : NULL;

  if (last == NULL || fl_item_list_get_selected (self->list) != NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (roads); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (roads, i);
      FlDevice *now = fl_meta_finder_get_device (self->finder, road);

      if (now != NULL && now != last && is_listed (self, now))
        {
          fl_item_list_select (self->list, now);
          return;
        }
    }
}

/* One cable says which device is meant; with a second one the person has to. */
static void
select_cable (FlFindSelection *self)
{
  FlDevice *selected = fl_item_list_get_selected (self->list);
  FlDevice *only = fl_cable_watch_get_only (self->cables);

  if (only != NULL && selected == NULL)
    {
      fl_item_list_select (self->list, only);
      self->by_itself = TRUE;
    }
  else if (self->by_itself && selected != NULL && selected != only)
    {
      fl_item_list_select (self->list, NULL);
    }
}

static void
on_cables_changed (FlFindSelection *self)
{
  follow_last (self);
  select_cable (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_selected (FlFindSelection *self)
{
  FlDevice *selected = fl_item_list_get_selected (self->list);

  self->by_itself = FALSE;
  if (selected != NULL)
    g_set_object (&self->last, selected);
  g_signal_emit (self, changed_signal, 0);
}

static void
fl_find_selection_dispose (GObject *object)
{
  FlFindSelection *self = FL_FIND_SELECTION (object);

  if (self->cables != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->cables, self);
      g_signal_handlers_disconnect_by_data (self->list, self);
    }
  g_clear_object (&self->cables);
  g_clear_object (&self->list);
  g_clear_object (&self->finder);
  g_clear_object (&self->last);

  G_OBJECT_CLASS (fl_find_selection_parent_class)->dispose (object);
}

static void
fl_find_selection_class_init (FlFindSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_find_selection_dispose;

  changed_signal = g_signal_new ("changed", FL_TYPE_FIND_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_find_selection_init (FlFindSelection *self)
{
}

FlFindSelection *
fl_find_selection_new (FlItemList *list, FlMetaFinder *finder)
{
  FlFindSelection *self = g_object_new (FL_TYPE_FIND_SELECTION, NULL);

  self->list = g_object_ref (list);
  self->finder = g_object_ref (finder);
  self->cables = fl_cable_watch_new (fl_meta_finder_get_devices (finder));
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->cables, "changed", G_CALLBACK (on_cables_changed), self);
  on_cables_changed (self);
  return self;
}

void
fl_find_selection_forget (FlFindSelection *self)
{
  g_return_if_fail (FL_IS_FIND_SELECTION (self));

  fl_item_list_select (self->list, NULL);
  g_clear_object (&self->last);
}
