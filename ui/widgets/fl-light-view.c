/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-light-view"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-light-view.h"

#include "fl-light-draw.h"

struct _FlLightView
{
  GtkWidget parent_instance;

  const FlLight *light; /* static, or NULL */
  gboolean compact;
  guint tick_id;
  gint64 start_us; /* frame time when the pattern began; 0 before the first frame */
  guint32 rgb;     /* shown now */
  double brightness;
  gulong settings_id; /* handler on "gtk-enable-animations" */
};

G_DEFINE_FINAL_TYPE (FlLightView, fl_light_view, GTK_TYPE_WIDGET)

#define COMPACT_SIZE 32

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FlLightView *self = FL_LIGHT_VIEW (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double brightness = 0;
  guint32 rgb;

  if (self->start_us == 0)
    self->start_us = now_us;

  rgb = fl_light_sample (self->light, (now_us - self->start_us) / 1000, &brightness);
  if (rgb == 0)
    brightness = 0;
  if (brightness == self->brightness && rgb == self->rgb)
    return G_SOURCE_CONTINUE;

  self->rgb = rgb;
  self->brightness = brightness;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
animations_on (FlLightView *self)
{
  gboolean enabled = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  return enabled;
}

static void
show_still (FlLightView *self)
{
  self->rgb = self->light != NULL ? self->light->rgb : 0;
  self->brightness = self->light != NULL && self->light->pattern != FL_LIGHT_OFF ? 1.0 : 0.0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Moves only when somebody can see it move. */
static void
update_moving (FlLightView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean moves = self->light != NULL && self->light->pattern != FL_LIGHT_OFF &&
                   self->light->pattern != FL_LIGHT_SOLID;

  if (moves && gtk_widget_get_mapped (widget) && animations_on (self))
    {
      if (self->tick_id == 0)
        {
          self->start_us = 0;
          self->tick_id = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
        }
      return;
    }

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (widget, self->tick_id);
  self->tick_id = 0;
  show_still (self);
}

static void
fl_light_view_map (GtkWidget *widget)
{
  FlLightView *self = FL_LIGHT_VIEW (widget);

  GTK_WIDGET_CLASS (fl_light_view_parent_class)->map (widget);

  self->settings_id =
      g_signal_connect_swapped (gtk_widget_get_settings (widget), "notify::gtk-enable-animations",
                                G_CALLBACK (update_moving), self);
  update_moving (self);
}

static void
fl_light_view_unmap (GtkWidget *widget)
{
  FlLightView *self = FL_LIGHT_VIEW (widget);

  g_clear_signal_handler (&self->settings_id, gtk_widget_get_settings (widget));
  GTK_WIDGET_CLASS (fl_light_view_parent_class)->unmap (widget);
  update_moving (self);
}

static GtkSizeRequestMode
fl_light_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
fl_light_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  if (FL_LIGHT_VIEW (widget)->compact)
    {
      *minimum = *natural = COMPACT_SIZE;
      return;
    }

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : 72;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 144;
}

static void
fl_light_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlLightView *self = FL_LIGHT_VIEW (widget);
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  if (self->compact)
    fl_light_draw_dot (snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                       &ink, self->rgb, self->brightness);
  else
    fl_light_draw_device (snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                          &ink, self->rgb, self->brightness);
}

static void
fl_light_view_class_init (FlLightViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = fl_light_view_map;
  widget_class->unmap = fl_light_view_unmap;
  widget_class->get_request_mode = fl_light_view_get_request_mode;
  widget_class->measure = fl_light_view_measure;
  widget_class->snapshot = fl_light_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "lightview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fl_light_view_init (FlLightView *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
fl_light_view_new (void)
{
  return g_object_new (FL_TYPE_LIGHT_VIEW, NULL);
}

void
fl_light_view_set_light (FlLightView *self, const FlLight *light)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (FL_IS_LIGHT_VIEW (self));

  if (self->light == light)
    return;

  self->light = light;
  self->start_us = 0;
  sentence = fl_light_dup_sentence (light);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  update_moving (self);
}

void
fl_light_view_set_compact (FlLightView *self, gboolean compact)
{
  g_return_if_fail (FL_IS_LIGHT_VIEW (self));

  self->compact = compact;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const FlLight *
fl_light_view_get_light (FlLightView *self)
{
  g_return_val_if_fail (FL_IS_LIGHT_VIEW (self), NULL);

  return self->light;
}

gboolean
fl_light_view_is_moving (FlLightView *self)
{
  g_return_val_if_fail (FL_IS_LIGHT_VIEW (self), FALSE);

  return self->tick_id != 0;
}

guint32
fl_light_view_get_shown (FlLightView *self, double *brightness)
{
  g_return_val_if_fail (FL_IS_LIGHT_VIEW (self), 0);

  if (brightness != NULL)
    *brightness = self->brightness;
  return self->rgb;
}

char *
fl_light_dup_sentence (const FlLight *light)
{
  if (light == NULL || light->pattern == FL_LIGHT_OFF)
    return g_strdup (_ ("The light is off"));

  /* Translators: %s is how a light behaves, such as "blinks slowly, blue" */
  return g_strdup_printf (_ ("The light %s"), fl_light_get_words (light));
}
