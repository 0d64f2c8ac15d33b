/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-branding"
#include "config.h"

#include <math.h>

#include "fl-branding.h"

struct _FlBranding
{
  GObject parent_instance;

  GdkDisplay *display;
  GtkCssProvider *provider;
  FlProduct *product;
};

G_DEFINE_FINAL_TYPE (FlBranding, fl_branding, G_TYPE_OBJECT)

/* Relative luminance and contrast: Web Content Accessibility Guidelines 2.1, 1.4.3. */
static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) +
         0.0722 * linear (color->blue);
}

static double
contrast (double a, double b)
{
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* Moves @color towards black or white until it can be read as text on @background. */
static GdkRGBA
readable (GdkRGBA color, double background, float towards)
{
  for (int i = 0; i < 20 && contrast (luminance (&color), background) < 4.5; i++)
    {
      color.red += (towards - color.red) * 0.1f;
      color.green += (towards - color.green) * 0.1f;
      color.blue += (towards - color.blue) * 0.1f;
    }
  return color;
}

static void
on_dark (FlBranding *self, GParamSpec *pspec, AdwStyleManager *manager)
{
  g_autofree char *css = fl_branding_to_css (fl_product_get_accent (self->product),
                                             adw_style_manager_get_dark (manager));

  gtk_css_provider_load_from_data (self->provider, css, -1);
}

static void
fl_branding_dispose (GObject *object)
{
  FlBranding *self = FL_BRANDING (object);

  if (self->display != NULL)
    gtk_style_context_remove_provider_for_display (self->display,
                                                   GTK_STYLE_PROVIDER (self->provider));
  g_clear_object (&self->display);
  g_clear_object (&self->provider);
  g_clear_object (&self->product);

  G_OBJECT_CLASS (fl_branding_parent_class)->dispose (object);
}

static void
fl_branding_class_init (FlBrandingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_branding_dispose;
}

static void
fl_branding_init (FlBranding *self)
{
  self->provider = gtk_css_provider_new ();
}

FlBranding *
fl_branding_new (GdkDisplay *display, FlProduct *product)
{
  FlBranding *self = g_object_new (FL_TYPE_BRANDING, NULL);
  AdwStyleManager *manager = adw_style_manager_get_for_display (display);

  self->display = g_object_ref (display);
  self->product = g_object_ref (product);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (on_dark), self, G_CONNECT_SWAPPED);
  on_dark (self, NULL, manager);
  return self;
}

char *
fl_branding_to_css (const char *accent, gboolean dark)
{
  const double white = 1.0,
               dark_window = 0.018; /* luminance of #242424, libadwaita's dark window */
  GdkRGBA color, text;
  g_autofree char *color_css = NULL;
  g_autofree char *text_css = NULL;

  if (accent == NULL || !gdk_rgba_parse (&color, accent))
    return g_strdup ("");

  text = readable (color, dark ? dark_window : white, dark ? 1.0f : 0.0f);
  color_css = gdk_rgba_to_string (&color);
  text_css = gdk_rgba_to_string (&text);
  return g_strdup_printf ("@define-color accent_bg_color %s;\n"
                          "@define-color accent_color %s;\n"
                          "@define-color accent_fg_color %s;\n",
                          color_css, text_css,
                          contrast (luminance (&color), white) >= 3.0 ? "white" : "rgb(0,0,0)");
}

GdkPaintable *
fl_branding_load_logo (FlProduct *product)
{
  const char *path = fl_product_get_logo (product);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  if (path == NULL)
    return NULL;

  texture = gdk_texture_new_from_filename (path, &error);
  if (texture == NULL)
    {
      g_message ("The logo cannot be shown: %s", error->message);
      return NULL;
    }
  return GDK_PAINTABLE (texture);
}
