/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-scroll.h"

#define FRAMES 3 /* until what was shown in the first one has its place */
#define MARGIN 12

static void
scroll (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &bounds))
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top - MARGIN, top + bounds.size.height + MARGIN);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *left = data;

  *left -= 1;
  if (*left > 0)
    return G_SOURCE_CONTINUE;

  if (gtk_widget_get_mapped (widget))
    scroll (widget);
  return G_SOURCE_REMOVE;
}

void
fl_scroll_to (GtkWidget *widget)
{
  guint *left;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  left = g_new (guint, 1);
  *left = FRAMES;
  gtk_widget_add_tick_callback (widget, on_tick, left, g_free);
}
