/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-row-queue.h"

/* With names for screen readers, labels and bars a row takes a quarter of a millisecond at most. */
#define ROWS_A_FRAME 6

#define QUEUED "fl-row-queue" /* data of a row that waits */

typedef struct
{
  GtkWidget *row; /* weak */
  void (*update) (GtkWidget *row);
} Entry;

struct _FlRowQueue
{
  GtkWidget *list;
  GQueue entries; /* of Entry */
  guint n_now;    /* done at once since the last frame */
  guint tick_id;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_weak_pointer (&entry->row);
  g_free (entry);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FlRowQueue *self = data;

  self->n_now = 0;
  for (guint i = 0; i < ROWS_A_FRAME && !g_queue_is_empty (&self->entries); i++)
    {
      Entry *entry = g_queue_pop_head (&self->entries);

      if (entry->row != NULL)
        {
          g_object_set_data (G_OBJECT (entry->row), QUEUED, NULL);
          entry->update (entry->row);
        }
      entry_free (entry);
    }

  if (!g_queue_is_empty (&self->entries))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

void
fl_row_queue_add (FlRowQueue *self, GtkWidget *row, void (*update) (GtkWidget *row))
{
  Entry *entry;

  if (g_object_get_data (G_OBJECT (row), QUEUED) != NULL)
    return;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (self->list, on_tick, self, NULL);
  if (self->n_now < ROWS_A_FRAME && g_queue_is_empty (&self->entries))
    {
      self->n_now++;
      update (row);
      return;
    }

  entry = g_new0 (Entry, 1);
  entry->update = update;
  g_set_weak_pointer (&entry->row, row);
  g_object_set_data (G_OBJECT (row), QUEUED, self);
  g_queue_push_tail (&self->entries, entry);
}

FlRowQueue *
fl_row_queue_new (GtkWidget *list)
{
  FlRowQueue *self = g_new0 (FlRowQueue, 1);

  self->list = list;
  g_queue_init (&self->entries);
  return self;
}

void
fl_row_queue_free (FlRowQueue *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->list, self->tick_id);
  g_queue_clear_full (&self->entries, entry_free);
  g_free (self);
}
