/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-service-table.h"

#include "fl-steady-list.h"

struct _FlServiceTable
{
  GObject parent_instance;

  FlSteadyList *sorted;
  GtkCustomFilter *filter;
  GListModel *lines;
  char *filter_text; /* (nullable) case-folded */
  FlServiceColumn column;
  gboolean descending;
};

G_DEFINE_FINAL_TYPE (FlServiceTable, fl_service_table, G_TYPE_OBJECT)

/* Empty cells go to the end, whichever way round. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  FlServiceTable *self = data;
  g_autofree char *left = fl_service_dup_text ((FlVisit *) a, self->column);
  g_autofree char *right = fl_service_dup_text ((FlVisit *) b, self->column);
  gboolean left_empty = left == NULL || *left == 0, right_empty = right == NULL || *right == 0;
  int order;

  if (left_empty || right_empty)
    return (int) left_empty - (int) right_empty;

  order = g_utf8_collate (left, right);
  return self->descending ? -order : order;
}

static gboolean
matches (gpointer item, gpointer data)
{
  FlServiceTable *self = data;
  g_autofree char *search = NULL;

  if (self->filter_text == NULL || *self->filter_text == 0)
    return TRUE;

  search = fl_service_dup_search (item);
  return strstr (search, self->filter_text) != NULL;
}

static void
fl_service_table_dispose (GObject *object)
{
  FlServiceTable *self = FL_SERVICE_TABLE (object);

  g_clear_object (&self->lines);
  g_clear_object (&self->filter);
  if (self->sorted != NULL)
    fl_steady_list_set_source (self->sorted, NULL, NULL, NULL);
  g_clear_object (&self->sorted);

  G_OBJECT_CLASS (fl_service_table_parent_class)->dispose (object);
}

static void
fl_service_table_finalize (GObject *object)
{
  g_clear_pointer (&FL_SERVICE_TABLE (object)->filter_text, g_free);

  G_OBJECT_CLASS (fl_service_table_parent_class)->finalize (object);
}

static void
fl_service_table_class_init (FlServiceTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_service_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = fl_service_table_finalize;
}

static void
fl_service_table_init (FlServiceTable *self)
{
}

FlServiceTable *
fl_service_table_new (GListModel *visits)
{
  FlServiceTable *self = g_object_new (FL_TYPE_SERVICE_TABLE, NULL);

  self->sorted = fl_steady_list_new (compare, self);
  fl_steady_list_set_source (self->sorted, visits, NULL, NULL);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->lines = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->sorted)),
                                                         GTK_FILTER (g_object_ref (self->filter))));
  return self;
}

GListModel *
fl_service_table_get_lines (FlServiceTable *self)
{
  g_return_val_if_fail (FL_IS_SERVICE_TABLE (self), NULL);

  return self->lines;
}

void
fl_service_table_set_filter (FlServiceTable *self, const char *text)
{
  g_return_if_fail (FL_IS_SERVICE_TABLE (self));

  g_free (self->filter_text);
  self->filter_text = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
fl_service_table_set_order (FlServiceTable *self, FlServiceColumn column, gboolean descending)
{
  g_return_if_fail (FL_IS_SERVICE_TABLE (self));

  self->column = column;
  self->descending = descending;
  fl_steady_list_sort (self->sorted);
}

void
fl_service_table_set_frozen (FlServiceTable *self, gboolean frozen)
{
  g_return_if_fail (FL_IS_SERVICE_TABLE (self));

  fl_steady_list_set_frozen (self->sorted, frozen);
}

void
fl_service_table_sort (FlServiceTable *self)
{
  g_return_if_fail (FL_IS_SERVICE_TABLE (self));

  fl_steady_list_sort (self->sorted);
}
