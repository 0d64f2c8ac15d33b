/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-steady-list"
#include "config.h"

#include "fl-steady-list.h"

struct _FlSteadyList
{
  GObject parent_instance;

  GListModel *source;
  GListStore *shown;
  GPtrArray *mirror;   /* what was made of the source's items, in its order, to know what went */
  FlSteadyMapFunc map; /* (nullable) */
  gpointer map_data;
  GCompareDataFunc compare;
  gpointer compare_data;
  gboolean frozen;
};

static void fl_steady_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSteadyList,
                               fl_steady_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fl_steady_list_list_model_init))

static void
add (FlSteadyList *self, gpointer item)
{
  if (self->frozen)
    g_list_store_append (self->shown, item);
  else
    g_list_store_insert_sorted (self->shown, item, self->compare, self->compare_data);
}

static void
on_items_changed (FlSteadyList *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < removed; i++)
    {
      gpointer item = g_ptr_array_index (self->mirror, position + i);
      guint at;

      if (g_list_store_find (self->shown, item, &at))
        g_list_store_remove (self->shown, at);
    }
  if (removed > 0)
    g_ptr_array_remove_range (self->mirror, position, removed);

  for (guint i = 0; i < added; i++)
    {
      gpointer item = g_list_model_get_item (self->source, position + i);

      if (self->map != NULL)
        item = self->map (item, self->map_data);
      g_ptr_array_insert (self->mirror, (int) (position + i), item); /* takes the reference */
      add (self, item);
    }
}

static void
on_shown_changed (FlSteadyList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FL_STEADY_LIST (model)->shown));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FL_STEADY_LIST (model)->shown), position);
}

static void
fl_steady_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
fl_steady_list_dispose (GObject *object)
{
  FlSteadyList *self = FL_STEADY_LIST (object);

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->mirror, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_steady_list_parent_class)->dispose (object);
}

static void
fl_steady_list_class_init (FlSteadyListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_steady_list_dispose;
}

static void
fl_steady_list_init (FlSteadyList *self)
{
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_list_store_new (G_TYPE_OBJECT);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (on_shown_changed), self);
}

FlSteadyList *
fl_steady_list_new (GCompareDataFunc compare, gpointer data)
{
  FlSteadyList *self = g_object_new (FL_TYPE_STEADY_LIST, NULL);

  self->compare = compare;
  self->compare_data = data;
  return self;
}

void
fl_steady_list_set_source (FlSteadyList *self,
                           GListModel *source,
                           FlSteadyMapFunc map,
                           gpointer map_data)
{
  g_return_if_fail (FL_IS_STEADY_LIST (self));

  if (self->source == source && self->map == map && self->map_data == map_data)
    return;

  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      on_items_changed (self, 0, self->mirror->len, 0);
    }
  g_set_object (&self->source, source);
  self->map = map;
  self->map_data = map_data;
  if (source != NULL)
    {
      g_signal_connect_swapped (source, "items-changed", G_CALLBACK (on_items_changed), self);
      on_items_changed (self, 0, 0, g_list_model_get_n_items (source));
    }
}

void
fl_steady_list_set_frozen (FlSteadyList *self, gboolean frozen)
{
  g_return_if_fail (FL_IS_STEADY_LIST (self));

  self->frozen = frozen;
}

void
fl_steady_list_sort (FlSteadyList *self)
{
  g_return_if_fail (FL_IS_STEADY_LIST (self));

  g_list_store_sort (self->shown, self->compare, self->compare_data);
}
