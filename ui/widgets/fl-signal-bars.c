/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-signal-bars.h"

#define N_BARS 4
#define SIZE   16

struct _FlSignalBars
{
  GtkWidget parent_instance;

  guint bars;
};

G_DEFINE_FINAL_TYPE (FlSignalBars, fl_signal_bars, GTK_TYPE_WIDGET)

static void
fl_signal_bars_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
fl_signal_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlSignalBars *self = FL_SIGNAL_BARS (widget);
  const float left = ((float) gtk_widget_get_width (widget) - SIZE) / 2;
  const float bottom = ((float) gtk_widget_get_height (widget) + SIZE) / 2 - 1;
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  for (guint i = 0; i < N_BARS; i++)
    {
      const guint place = rtl ? N_BARS - 1 - i : i;
      const float height = 4.0f + 3.3f * (float) i;
      const graphene_rect_t rect =
          GRAPHENE_RECT_INIT (left + 4.0f * (float) place, bottom - height, 3.0f, height);
      GdkRGBA color = ink;
      GskRoundedRect shape;

      color.alpha *= i < self->bars ? 0.85f : 0.2f;
      gsk_rounded_rect_init_from_rect (&shape, &rect, 1.0f);
      gtk_snapshot_push_rounded_clip (snapshot, &shape);
      gtk_snapshot_append_color (snapshot, &color, &rect);
      gtk_snapshot_pop (snapshot);
    }
}

static void
fl_signal_bars_class_init (FlSignalBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = fl_signal_bars_measure;
  widget_class->snapshot = fl_signal_bars_snapshot;
  gtk_widget_class_set_css_name (widget_class, "signalbars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fl_signal_bars_init (FlSignalBars *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
fl_signal_bars_set_bars (FlSignalBars *self, guint bars)
{
  g_return_if_fail (FL_IS_SIGNAL_BARS (self));

  if (self->bars == bars)
    return;

  self->bars = MIN (bars, N_BARS);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
