/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-light-strip"
#include "config.h"

#include "fl-light-strip.h"

#include "fl-light-draw.h"

#define BAR_MS     50 /* the shortest lit time of any pattern: rapid is 50 ms on, 50 ms off */
#define LONG_STEPS 2  /* a slow fade is shown at half speed so that one whole period fits */

struct _FlLightStrip
{
  GtkWidget parent_instance;

  const FlLight *light;
  guint tick_id;
  gint64 start_us;
  gint64 at_ms;
  gulong settings_id;
};

G_DEFINE_FINAL_TYPE (FlLightStrip, fl_light_strip, GTK_TYPE_WIDGET)

static gint64
bar_ms (const FlLight *light)
{
  return light->period_ms > BAR_MS * FL_LIGHT_STRIP_BARS ? BAR_MS * LONG_STEPS : BAR_MS;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FlLightStrip *self = FL_LIGHT_STRIP (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  gint64 at_ms, step;

  if (self->start_us == 0)
    self->start_us = now_us;

  step = bar_ms (self->light);
  at_ms = (now_us - self->start_us) / 1000 / step * step; /* one bar at a time, without a smear */
  if (at_ms != self->at_ms)
    gtk_widget_queue_draw (widget);
  self->at_ms = at_ms;
  return G_SOURCE_CONTINUE;
}

static void
update_moving (FlLightStrip *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean enabled = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &enabled, NULL);
  if (enabled && self->light != NULL && self->light->period_ms > 0 &&
      gtk_widget_get_mapped (widget))
    {
      if (self->tick_id == 0)
        self->tick_id = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
      return;
    }

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (widget, self->tick_id);
  self->tick_id = 0;
  self->at_ms = 0;
  gtk_widget_queue_draw (widget);
}

static void
fl_light_strip_map (GtkWidget *widget)
{
  FlLightStrip *self = FL_LIGHT_STRIP (widget);

  GTK_WIDGET_CLASS (fl_light_strip_parent_class)->map (widget);

  self->settings_id =
      g_signal_connect_swapped (gtk_widget_get_settings (widget), "notify::gtk-enable-animations",
                                G_CALLBACK (update_moving), self);
  update_moving (self);
}

static void
fl_light_strip_unmap (GtkWidget *widget)
{
  FlLightStrip *self = FL_LIGHT_STRIP (widget);

  g_clear_signal_handler (&self->settings_id, gtk_widget_get_settings (widget));
  GTK_WIDGET_CLASS (fl_light_strip_parent_class)->unmap (widget);
  update_moving (self);
}

static void
fl_light_strip_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? FL_LIGHT_STRIP_BARS * 3 : 18;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? FL_LIGHT_STRIP_BARS * 5 : 18;
}

static void
fl_light_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlLightStrip *self = FL_LIGHT_STRIP (widget);
  const float width = (float) gtk_widget_get_width (widget) / FL_LIGHT_STRIP_BARS;
  const float height = (float) gtk_widget_get_height (widget);
  double heights[FL_LIGHT_STRIP_BARS];
  GdkRGBA ink, color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  fl_light_strip_sample (self->light, self->at_ms, heights);

  for (int i = 0; i < FL_LIGHT_STRIP_BARS; i++)
    {
      const float bar = MAX (2.0f, height * (float) heights[i]);
      const graphene_rect_t rect =
          GRAPHENE_RECT_INIT (width * (float) i, height - bar, MAX (1.0f, width - 1.0f), bar);

      color = ink;
      color.alpha *= heights[i] > 0.02 ? 0.55f : 0.18f;
      gtk_snapshot_append_color (snapshot, &color, &rect);
    }
}

static void
fl_light_strip_class_init (FlLightStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = fl_light_strip_map;
  widget_class->unmap = fl_light_strip_unmap;
  widget_class->measure = fl_light_strip_measure;
  widget_class->snapshot = fl_light_strip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "lightstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fl_light_strip_init (FlLightStrip *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
fl_light_strip_set_light (FlLightStrip *self, const FlLight *light)
{
  g_return_if_fail (FL_IS_LIGHT_STRIP (self));

  if (self->light == light)
    return;

  self->light = light;
  self->start_us = 0;
  update_moving (self);
}

void
fl_light_strip_sample (const FlLight *light, gint64 at_ms, double heights[FL_LIGHT_STRIP_BARS])
{
  for (int i = 0; i < FL_LIGHT_STRIP_BARS; i++)
    {
      heights[i] = 0.0;
      if (light == NULL)
        continue;
      if (fl_light_sample (light, at_ms + i * bar_ms (light) + bar_ms (light) / 2, &heights[i]) ==
          0)
        heights[i] = 0.0;
      if (light->pattern != FL_LIGHT_BREATHE) /* a blink is on or off; only a fade has heights */
        heights[i] = heights[i] >= 0.5 ? 1.0 : 0.0;
    }
}
