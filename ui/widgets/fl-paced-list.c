/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-paced-list"
#include "config.h"

#include "fl-paced-list.h"

#define LONG_LIST 50
#define FRAME_MS  16

struct _FlPacedList
{
  GObject parent_instance;

  GListModel *source;
  GPtrArray *shown;   /* owned items */
  guint budget;       /* changes that may still pass before the next frame */
  gboolean is_behind; /* shown is not what the source has */
  guint timer_id;
};

static void fl_paced_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlPacedList,
                               fl_paced_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fl_paced_list_list_model_init))

/* What is shown → its position + 1. (transfer full) */
static GHashTable *
index_shown (FlPacedList *self)
{
  GHashTable *positions = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->shown->len; i++)
    g_hash_table_insert (positions, self->shown->pdata[i], GUINT_TO_POINTER (i + 1));
  return positions;
}

/* What the source has, as far as it may be shown: what is shown already, and a few more.
 * (transfer full) */
static GPtrArray *
take_next (FlPacedList *self)
{
  GPtrArray *next = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = index_shown (self);

  self->is_behind = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (self->source); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->source, i);
      gboolean is_known = g_hash_table_contains (known, item);

      if (!is_known && self->budget == 0)
        {
          self->is_behind = TRUE;
          continue;
        }
      if (!is_known)
        self->budget--;
      g_ptr_array_add (next, g_steal_pointer (&item));
    }
  return next;
}

static gboolean
is_sorted_anew (FlPacedList *self)
{
  g_autoptr (GHashTable) positions = index_shown (self);
  guint last = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->source); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->source, i);
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (positions, item));

      if (position == 0)
        continue;
      if (position < last)
        return TRUE;
      last = position;
    }
  return FALSE;
}

/* One change for all: a list view keeps the rows of items that are in it before and after. */
static void
replace_all (FlPacedList *self)
{
  g_autoptr (GPtrArray) before = self->shown;

  self->shown = take_next (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->shown->len);
}

static void
remove_gone (FlPacedList *self)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->source); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->source, i);

      g_hash_table_add (wanted, item); /* the source keeps it */
    }
  for (guint i = self->shown->len; i > 0 && self->budget > 0; i--)
    {
      if (g_hash_table_contains (wanted, self->shown->pdata[i - 1]))
        continue;
      self->budget--;
      g_ptr_array_remove_index (self->shown, i - 1);
      g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
    }
}

static void
insert_new (FlPacedList *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->source) && self->budget > 0; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->source, i);

      if (i < self->shown->len && self->shown->pdata[i] == item)
        continue;
      self->budget--;
      g_ptr_array_insert (self->shown, (int) i, g_steal_pointer (&item));
      g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
    }
}

static gboolean
is_same (FlPacedList *self)
{
  guint n = g_list_model_get_n_items (self->source);

  for (guint i = 0; i < n && n == self->shown->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->source, i);

      if (item != self->shown->pdata[i])
        return FALSE;
    }
  return n == self->shown->len;
}

static void
catch_up (FlPacedList *self)
{
  if (is_sorted_anew (self))
    {
      replace_all (self);
      return;
    }
  remove_gone (self);
  insert_new (self); /* with what is left of the budget: all that is gone has been removed then */
  self->is_behind = !is_same (self);
}

/* A list view lays all its rows out for each change, so a long list affords fewer of them. */
static guint
get_step (FlPacedList *self)
{
  return self->shown->len > LONG_LIST ? FL_PACED_LIST_STEP / 3 : FL_PACED_LIST_STEP;
}

static gboolean
on_frame (gpointer data)
{
  FlPacedList *self = data;

  if (!self->is_behind && self->budget >= get_step (self))
    {
      self->timer_id = 0;
      return G_SOURCE_REMOVE;
    }
  self->budget = get_step (self);
  if (self->is_behind)
    catch_up (self);
  return G_SOURCE_CONTINUE;
}

static void
on_items_changed (FlPacedList *self, guint position, guint removed, guint added)
{
  if (self->timer_id == 0)
    self->timer_id = g_timeout_add (FRAME_MS, on_frame, self);
  if (self->is_behind || added + removed > self->budget)
    {
      self->is_behind = TRUE;
      return;
    }

  self->budget -= added + removed;
  if (removed > 0)
    g_ptr_array_remove_range (self->shown, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->shown, (int) (position + i),
                        g_list_model_get_item (self->source, position + i));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (FL_PACED_LIST (model)->source);
}

static guint
get_n_items (GListModel *model)
{
  return FL_PACED_LIST (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FlPacedList *self = FL_PACED_LIST (model);

  return position < self->shown->len ? g_object_ref (self->shown->pdata[position]) : NULL;
}

static void
fl_paced_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
fl_paced_list_dispose (GObject *object)
{
  FlPacedList *self = FL_PACED_LIST (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);

  G_OBJECT_CLASS (fl_paced_list_parent_class)->dispose (object);
}

static void
fl_paced_list_finalize (GObject *object)
{
  FlPacedList *self = FL_PACED_LIST (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_paced_list_parent_class)->finalize (object);
}

static void
fl_paced_list_class_init (FlPacedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_paced_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = fl_paced_list_finalize;
}

static void
fl_paced_list_init (FlPacedList *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->budget = FL_PACED_LIST_STEP;
}

FlPacedList *
fl_paced_list_new (GListModel *source)
{
  FlPacedList *self = g_object_new (FL_TYPE_PACED_LIST, NULL);

  self->source = g_object_ref (source);
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (source));
  if (self->is_behind)
    catch_up (self);
  return self;
}
