/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-stream.h"

/* Codes that are not in the list and may still be held in the frame; the oldest is forgotten. */
#define MAX_PASSED 16

struct _FlLabelItem
{
  GObject parent_instance;

  FlLabelText *text;
  gint64 seen_ms; /* last */
};

G_DEFINE_FINAL_TYPE (FlLabelItem, fl_label_item, G_TYPE_OBJECT)

struct _FlLabelStream
{
  GObject parent_instance;

  GPtrArray *items;  /* of FlLabelItem, the last one first */
  GPtrArray *passed; /* of FlLabelItem: refused or removed, in the order in which they came */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlLabelStream,
                               fl_label_stream,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
fl_label_item_finalize (GObject *object)
{
  FlLabelItem *self = FL_LABEL_ITEM (object);

  g_clear_pointer (&self->text, fl_label_text_unref);
  G_OBJECT_CLASS (fl_label_item_parent_class)->finalize (object);
}

static void
fl_label_item_class_init (FlLabelItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_label_item_finalize;
}

static void
fl_label_item_init (FlLabelItem *self)
{
}

static FlLabelItem *
new_item (FlLabelText *text, gint64 now_ms)
{
  FlLabelItem *item = g_object_new (FL_TYPE_LABEL_ITEM, NULL);

  item->text = fl_label_text_ref (text);
  item->seen_ms = now_ms;
  return item;
}

FlLabelText *
fl_label_item_get_text (FlLabelItem *self)
{
  g_return_val_if_fail (FL_IS_LABEL_ITEM (self), NULL);

  return self->text;
}

static FlLabelItem *
find_item (GPtrArray *items, FlLabelText *text, guint *position)
{
  for (guint i = 0; i < items->len; i++)
    {
      FlLabelItem *item = g_ptr_array_index (items, i);

      if (fl_label_text_equal (item->text, text))
        {
          *position = i;
          return item;
        }
    }
  return NULL;
}

/* Whether it has been in the frame all the time; it is now. */
static gboolean
is_still_held (FlLabelItem *item, gint64 now_ms)
{
  gboolean is_held = now_ms - item->seen_ms < FL_STREAM_AWAY_MS;

  item->seen_ms = now_ms;
  return is_held;
}

/* Takes @item. */
static void
remember_passed (FlLabelStream *self, FlLabelItem *item)
{
  if (self->passed->len == MAX_PASSED)
    g_ptr_array_remove_index (self->passed, 0);
  g_ptr_array_add (self->passed, item);
}

/* Whether it is one of those that passed and are still held; forgotten when it was away. */
static gboolean
is_passing (FlLabelStream *self, FlLabelText *text, gint64 now_ms)
{
  guint position;
  FlLabelItem *item = find_item (self->passed, text, &position);

  if (item == NULL)
    return FALSE;
  if (is_still_held (item, now_ms))
    return TRUE;
  g_ptr_array_remove_index (self->passed, position);
  return FALSE;
}

static gboolean
is_better (FlLabelText *text, FlLabelText *than)
{
  return (fl_label_text_get_uses (text) & ~fl_label_text_get_uses (than)) != 0;
}

static FlStreamNews
add_first (FlLabelStream *self, FlLabelText *text, gint64 now_ms)
{
  g_ptr_array_insert (self->items, 0, new_item (text, now_ms));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  return FL_STREAM_NEW;
}

static void
take_out (FlLabelStream *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static GType
get_item_type (GListModel *model)
{
  return FL_TYPE_LABEL_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return FL_LABEL_STREAM (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FlLabelStream *self = FL_LABEL_STREAM (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
fl_label_stream_finalize (GObject *object)
{
  FlLabelStream *self = FL_LABEL_STREAM (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->passed, g_ptr_array_unref);
  G_OBJECT_CLASS (fl_label_stream_parent_class)->finalize (object);
}

static void
fl_label_stream_class_init (FlLabelStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_label_stream_finalize;
}

static void
fl_label_stream_init (FlLabelStream *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->passed = g_ptr_array_new_with_free_func (g_object_unref);
}

FlLabelStream *
fl_label_stream_new (void)
{
  return g_object_new (FL_TYPE_LABEL_STREAM, NULL);
}

FlStreamNews
fl_label_stream_add (FlLabelStream *self, FlLabelText *text, gint64 now_ms)
{
  FlLabelItem *item;
  guint position;

  g_return_val_if_fail (FL_IS_LABEL_STREAM (self) && text != NULL, FL_STREAM_SAME);

  item = find_item (self->items, text, &position);
  if (item != NULL && is_better (text, item->text))
    {
      take_out (self, position);
      return add_first (self, text, now_ms);
    }
  if (item != NULL)
    return is_still_held (item, now_ms) ? FL_STREAM_SAME : FL_STREAM_DUPLICATE;
  if (is_passing (self, text, now_ms))
    return FL_STREAM_SAME;
  if (fl_label_text_check (text, FL_LABEL_USE_FIND, NULL))
    return add_first (self, text, now_ms);
  remember_passed (self, new_item (text, now_ms));
  return FL_STREAM_REFUSED;
}

void
fl_label_stream_remove (FlLabelStream *self, guint position)
{
  g_return_if_fail (FL_IS_LABEL_STREAM (self));
  g_return_if_fail (position < self->items->len);

  remember_passed (self, g_object_ref (g_ptr_array_index (self->items, position)));
  take_out (self, position);
}

void
fl_label_stream_clear (FlLabelStream *self)
{
  guint n_removed;

  g_return_if_fail (FL_IS_LABEL_STREAM (self));

  n_removed = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->passed, 0);
  if (n_removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_removed, 0);
}

/* Set-up codes are short, two devices may have the same one: they count only where a serial number
 * is not known. */
static gboolean
is_of (FlLabel *label, const char *serial, const char *setup_code)
{
  if (serial != NULL && fl_label_get_serial (label) != NULL)
    return g_ascii_strcasecmp (serial, fl_label_get_serial (label)) == 0;
  return setup_code != NULL &&
         g_ascii_strcasecmp (setup_code, fl_label_get_setup_code (label)) == 0;
}

FlLabel *
fl_label_stream_find (FlLabelStream *self, const char *serial, const char *setup_code)
{
  g_return_val_if_fail (FL_IS_LABEL_STREAM (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      FlLabelItem *item = g_ptr_array_index (self->items, i);
      FlLabel *label = fl_label_text_get_label (item->text);

      if (label != NULL && is_of (label, serial, setup_code))
        return label;
    }
  return NULL;
}
