/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-window"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-window-private.h"

#include "fl-announce.h"
#include "fl-branding.h"
#include "fl-confirm.h"
#include "fl-simulation-bar.h"
#include "fl-ui.h"

struct _FlWindow
{
  AdwApplicationWindow parent_instance;

  FlEngine *engine;
  FlGuide *guide;
  FlBranding *branding;
  gulong frame_id;
  guint start_id;
  gboolean confirmed; /* the person said that it may close */

  AdwToastOverlay *toasts;
  FlWizard *wizard;
};

G_DEFINE_FINAL_TYPE (FlWindow, fl_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
on_shown (gpointer data)
{
  FlWindow *self = data;

  self->start_id = 0;
  fl_guide_start (self->guide);
  return G_SOURCE_REMOVE;
}

/* What was painted reaches the screen when the main loop goes on. */
static void
on_first_frame (FlWindow *self, GdkFrameClock *clock)
{
  g_clear_signal_handler (&self->frame_id, clock);
  if (self->start_id == 0)
    self->start_id = g_idle_add (on_shown, self);
}

static void
on_toast (FlWindow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
}

static void
on_finished (FlWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_guide_closed (FlWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer unused)
{
  FlWindow *self = FL_WINDOW (source);

  if (!fl_confirm_finish (GTK_WINDOW (self), result, NULL))
    return;

  self->confirmed = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* In the middle of sending the person is asked; a device that has to be let go properly gets the
 * time for it while the window is already out of sight. */
static gboolean
fl_window_close_request (GtkWindow *window)
{
  FlWindow *self = FL_WINDOW (window);

  if (self->guide == NULL)
    return GDK_EVENT_PROPAGATE;

  if (!self->confirmed && fl_guide_is_sending (self->guide))
    {
      fl_confirm_async (window, _ ("Close and Cancel?"), fl_guide_describe_what_stays (self->guide),
                        _ ("_Close"), _ ("_Keep Going"), on_confirmed, NULL);
      return GDK_EVENT_STOP;
    }

  if (!fl_guide_close (self->guide))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
fl_window_realize (GtkWidget *widget)
{
  FlWindow *self = FL_WINDOW (widget);

  GTK_WIDGET_CLASS (fl_window_parent_class)->realize (widget);

  self->frame_id = g_signal_connect_swapped (gtk_widget_get_frame_clock (widget), "after-paint",
                                             G_CALLBACK (on_first_frame), self);
}

static void
fl_window_unrealize (GtkWidget *widget)
{
  FlWindow *self = FL_WINDOW (widget);

  g_clear_signal_handler (&self->frame_id, gtk_widget_get_frame_clock (widget));
  GTK_WIDGET_CLASS (fl_window_parent_class)->unrealize (widget);
}

static void
fl_window_dispose (GObject *object)
{
  FlWindow *self = FL_WINDOW (object);

  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_object (&self->guide);
  g_clear_object (&self->branding);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (fl_window_parent_class)->dispose (object);
}

static void
fl_window_class_init (FlWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_window_dispose;
  widget_class->realize = fl_window_realize;
  widget_class->unrealize = fl_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = fl_window_close_request;

  fl_ui_init ();
  fl_window_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FlWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FlWindow, wizard);
}

static void
fl_window_init (FlWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_engine (FlWindow *self, FlEngine *engine)
{
  FlProduct *product = fl_engine_get_product (engine);
  g_autoptr (GMenuModel) menu = fl_window_create_menu (product);
  g_autoptr (GdkPaintable) logo = fl_branding_load_logo (product);

  self->engine = g_object_ref (engine);
  self->branding = fl_branding_new (gtk_widget_get_display (GTK_WIDGET (self)), product);
  gtk_window_set_title (GTK_WINDOW (self), fl_product_get_name (product));
  g_object_set (self->wizard, "title", fl_product_get_name (product), "menu-model", menu, NULL);
  fl_wizard_set_logo (self->wizard, logo);

  self->guide = fl_guide_new (engine, self->wizard);
  g_signal_connect_object (self->guide, "toast", G_CALLBACK (on_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guide, "finished", G_CALLBACK (on_finished), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guide, "closed", G_CALLBACK (on_guide_closed), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
fl_window_new (GtkApplication *application, FlEngine *engine)
{
  FlWindow *self = g_object_new (FL_TYPE_WINDOW, "application", application, NULL);

  set_engine (self, engine);
  return GTK_WIDGET (self);
}

void
fl_window_set_demo (FlWindow *self,
                    const char *label_text,
                    const char *network,
                    const char *password)
{
  g_return_if_fail (FL_IS_WINDOW (self));

  fl_wizard_set_banner (self->wizard, fl_simulation_bar_new (label_text, network, password));
}

FlGuide *
fl_window_get_guide (FlWindow *self)
{
  g_return_val_if_fail (FL_IS_WINDOW (self), NULL);

  return self->guide;
}

FlEngine *
fl_window_get_engine (FlWindow *self)
{
  g_return_val_if_fail (FL_IS_WINDOW (self), NULL);

  return self->engine;
}
