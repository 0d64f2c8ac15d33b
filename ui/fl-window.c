/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-window"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-window-private.h"

#include "fl-announce.h"
#include "fl-branding.h"
#include "fl-confirm.h"
#include "fl-simulation-bar.h"
#include "fl-stack.h"
#include "fl-ui.h"

struct _FlWindow
{
  AdwApplicationWindow parent_instance;

  FlEngine *engine;
  FlCameraList *cameras; /* (nullable) */
  FlComputerWifi *wifi;  /* (nullable) */
  FlGuide *guide;
  FlBranding *branding;
  gulong frame_id;
  guint start_id;
  gboolean started;         /* the first frame was painted */
  gboolean confirmed;       /* the person said that it may close */
  FlServiceGuide *service;  /* NULL while the other door is open */
  FlWizard *service_wizard; /* borrowed from the stack */
  char *demo[3];            /* label, network, password */

  AdwToastOverlay *toasts;
  GtkStack *doors;
  FlWizard *wizard;
};

G_DEFINE_FINAL_TYPE (FlWindow, fl_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
on_shown (gpointer data)
{
  FlWindow *self = data;

  self->start_id = 0;
  self->started = TRUE;
  fl_guide_start (self->guide);
  if (self->service != NULL)
    fl_service_guide_start (self->service);
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

  if (!self->confirmed && self->service != NULL && fl_service_guide_is_busy (self->service))
    {
      fl_confirm_async (window, _ ("Close and Cancel?"),
                        _ ("The device is in the middle of something."), _ ("_Close"),
                        _ ("_Keep Going"), on_confirmed, NULL);
      return GDK_EVENT_STOP;
    }
  if (!self->confirmed && fl_guide_is_sending (self->guide))
    {
      fl_confirm_async (window, _ ("Close and Cancel?"), fl_guide_describe_what_stays (self->guide),
                        _ ("_Close"), _ ("_Keep Going"), on_confirmed, NULL);
      return GDK_EVENT_STOP;
    }

  if ((self->service != NULL && !fl_service_guide_close (self->service)) ||
      !fl_guide_close (self->guide))
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
  g_clear_object (&self->service);
  g_clear_object (&self->guide);
  g_clear_object (&self->branding);
  g_clear_object (&self->cameras);
  g_clear_object (&self->wifi);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (fl_window_parent_class)->dispose (object);
}

static void
fl_window_finalize (GObject *object)
{
  FlWindow *self = FL_WINDOW (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->demo); i++)
    g_clear_pointer (&self->demo[i], g_free);

  G_OBJECT_CLASS (fl_window_parent_class)->finalize (object);
}

static void
fl_window_class_init (FlWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = fl_window_finalize;
  widget_class->realize = fl_window_realize;
  widget_class->unrealize = fl_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = fl_window_close_request;

  fl_ui_init ();
  fl_window_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FlWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FlWindow, doors);
  gtk_widget_class_bind_template_child (widget_class, FlWindow, wizard);
}

static void
fl_window_init (FlWindow *self)
{
  g_autoptr (GSimpleActionGroup) settings = fl_memory_create_actions ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (settings));
  fl_stack_hide_others (self->doors);
}

/* The header bar says whose program this is, behind both doors. */
static void
dress (FlWindow *self, FlWizard *wizard, FlDoor door)
{
  FlProduct *product = fl_engine_get_product (self->engine);
  g_autoptr (GMenuModel) menu = fl_window_create_menu (product, door);
  g_autoptr (GdkPaintable) logo = fl_branding_load_logo (product);

  g_object_set (wizard, "title", fl_product_get_name (product), "menu-model", menu, NULL);
  fl_wizard_set_logo (wizard, logo);
}

static void
show_demo (FlWindow *self, FlWizard *wizard)
{
  if (self->demo[0] != NULL || self->demo[1] != NULL || self->demo[2] != NULL)
    fl_wizard_set_banner (wizard,
                          fl_simulation_bar_new (self->demo[0], self->demo[1], self->demo[2]));
}

static void
on_service_left (FlWindow *self)
{
  fl_window_set_door (self, FL_DOOR_SET_UP);
}

/* Made when the door opens and gone when it closes: nobody waits for it before. */
static void
open_service (FlWindow *self)
{
  self->service_wizard = FL_WIZARD (fl_wizard_new ());
  dress (self, self->service_wizard, FL_DOOR_SERVICE);
  show_demo (self, self->service_wizard);
  gtk_stack_add_child (self->doors, GTK_WIDGET (self->service_wizard));
  fl_stack_show (self->doors, GTK_WIDGET (self->service_wizard));

  self->service = fl_service_guide_new (self->engine, self->service_wizard);
  if (self->cameras != NULL)
    fl_service_guide_set_cameras (self->service, self->cameras);
  if (self->wifi != NULL)
    fl_service_guide_set_wifi (self->service, self->wifi);
  g_signal_connect_object (self->service, "toast", G_CALLBACK (on_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "closed", G_CALLBACK (on_guide_closed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "left", G_CALLBACK (on_service_left), self,
                           G_CONNECT_SWAPPED);
  if (self->started)
    fl_service_guide_start (self->service);
}

/* Later: the wizard may be in the middle of telling that its door closes. */
static gboolean
remove_service (gpointer wizard)
{
  GtkWidget *doors = gtk_widget_get_parent (wizard);

  if (GTK_IS_STACK (doors))
    gtk_stack_remove (GTK_STACK (doors), wizard);
  return G_SOURCE_REMOVE;
}

static void
close_service (FlWindow *self)
{
  g_clear_object (&self->service);
  fl_stack_show (self->doors, GTK_WIDGET (self->wizard));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, remove_service, g_object_ref (self->service_wizard),
                   g_object_unref);
  self->service_wizard = NULL;
  fl_page_enter (fl_wizard_get_page (self->wizard));
}

static void
set_engine (FlWindow *self, FlEngine *engine)
{
  FlProduct *product = fl_engine_get_product (engine);

  self->engine = g_object_ref (engine);
  self->branding = fl_branding_new (gtk_widget_get_display (GTK_WIDGET (self)), product);
  gtk_window_set_title (GTK_WINDOW (self), fl_product_get_name (product));
  dress (self, self->wizard, FL_DOOR_SET_UP);
  if (fl_product_get_door (product) != NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.service", FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.set-up", FALSE);
    }

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
fl_window_set_cameras (FlWindow *self, FlCameraList *cameras)
{
  g_return_if_fail (FL_IS_WINDOW (self));
  g_return_if_fail (self->cameras == NULL);

  self->cameras = g_object_ref (cameras);
  fl_guide_set_cameras (self->guide, cameras);
  if (self->service != NULL)
    fl_service_guide_set_cameras (self->service, cameras);
}

void
fl_window_set_wifi (FlWindow *self, FlComputerWifi *wifi)
{
  g_return_if_fail (FL_IS_WINDOW (self));
  g_return_if_fail (self->wifi == NULL);

  self->wifi = g_object_ref (wifi);
  fl_guide_set_wifi (self->guide, wifi);
  if (self->service != NULL)
    fl_service_guide_set_wifi (self->service, wifi);
}

void
fl_window_set_demo (FlWindow *self,
                    const char *label_text,
                    const char *network,
                    const char *password)
{
  g_return_if_fail (FL_IS_WINDOW (self));

  self->demo[0] = g_strdup (label_text);
  self->demo[1] = g_strdup (network);
  self->demo[2] = g_strdup (password);
  show_demo (self, self->wizard);
  if (self->service_wizard != NULL)
    show_demo (self, self->service_wizard);
}

void
fl_window_set_door (FlWindow *self, FlDoor door)
{
  g_return_if_fail (FL_IS_WINDOW (self));

  if (fl_window_get_door (self) == door)
    return;

  if (door == FL_DOOR_SERVICE)
    open_service (self);
  else
    close_service (self);
  fl_memory_set_door (door);
}

void
fl_window_restore_door (FlWindow *self)
{
  const char *fixed;
  FlDoor door;

  g_return_if_fail (FL_IS_WINDOW (self));

  fixed = fl_product_get_door (fl_engine_get_product (self->engine));
  door = g_strcmp0 (fixed, "service") == 0 ? FL_DOOR_SERVICE : FL_DOOR_SET_UP;
  fl_window_set_door (self, fixed != NULL ? door : fl_memory_get_door ());
}

FlDoor
fl_window_get_door (FlWindow *self)
{
  g_return_val_if_fail (FL_IS_WINDOW (self), FL_DOOR_SET_UP);

  return self->service != NULL ? FL_DOOR_SERVICE : FL_DOOR_SET_UP;
}

FlServiceGuide *
fl_window_get_service (FlWindow *self)
{
  g_return_val_if_fail (FL_IS_WINDOW (self), NULL);

  return self->service;
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
