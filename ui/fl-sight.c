/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sight.h"

#define FRAMES 2  /* in the first one it gets its place */
#define MARGIN 12 /* pixels */

static void
scroll (GtkWidget *widget)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *content;
  graphene_rect_t bounds;

  if (viewport == NULL || !gtk_widget_get_mapped (widget))
    return;

  content = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  if (gtk_widget_compute_bounds (widget, content, &bounds))
    gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)),
                               bounds.origin.y - MARGIN,
                               bounds.origin.y + bounds.size.height + MARGIN);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;

  if (--*frames > 0)
    return G_SOURCE_CONTINUE;

  scroll (widget);
  return G_SOURCE_REMOVE;
}

void
fl_sight_bring (GtkWidget *widget)
{
  guint *frames;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  frames = g_new (guint, 1);
  *frames = FRAMES;
  gtk_widget_add_tick_callback (widget, on_tick, frames, g_free);
}
