/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-application"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-application.h"

#include "fl-ui.h"
#include "fl-window.h"
#include "fl-wiring.h"

struct _FlApplication
{
  AdwApplication parent_instance;

  FlWiring *wiring;
  gboolean simulate;
  char *scenario;
  gint64 seed;
  char *product;
  char *camera;
  char *serial;
  gboolean service;
};

G_DEFINE_FINAL_TYPE (FlApplication, fl_application, ADW_TYPE_APPLICATION)

static gboolean
on_simulate (const char *name, const char *value, gpointer data, GError **error)
{
  FlApplication *self = data;

  self->simulate = TRUE;
  g_free (self->scenario);
  self->scenario = g_strdup (value);
  return TRUE;
}

static gboolean
on_real (const char *name, const char *value, gpointer data, GError **error)
{
  FL_APPLICATION (data)->simulate = FALSE;
  return TRUE;
}

/* Before anything is shown: a broken profile or scenario is told, with file, line and reason, as
 * any other wrong option is. */
static gboolean
on_parsed (GOptionContext *context, GOptionGroup *group, gpointer data, GError **error)
{
  FlApplication *self = data;
  const FlWiringOptions wiring = {
    .simulate = self->simulate,
    .scenario = self->scenario,
    .seed = (guint64) self->seed,
    .product = self->product,
    .camera = self->camera,
    .serial = self->serial,
  };

  self->wiring = fl_wiring_new (&wiring, error);
  return self->wiring != NULL;
}

static void
add_options (FlApplication *self)
{
  const GOptionEntry entries[] = {
    { "simulate", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_simulate,
      N_ ("Use simulated devices; SCENARIO is a name or a file"), N_ ("SCENARIO") },
    { "real", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, on_real,
      N_ ("Use real devices, which is the default"), NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &self->seed, N_ ("Make a simulation repeat exactly"),
      N_ ("N") },
    { "product", 0, 0, G_OPTION_ARG_STRING, &self->product,
      N_ ("Use a product profile; FILE is a file or a known name"), N_ ("FILE") },
    { "camera", 0, 0, G_OPTION_ARG_FILENAME, &self->camera,
      N_ ("Use a stand-in for the camera: a picture, a folder of pictures or “videotestsrc”"),
      N_ ("SOURCE") },
    { "serial", 0, 0, G_OPTION_ARG_FILENAME, &self->serial,
      N_ ("Look for a device at this serial port, too"), N_ ("PORT") },
    { "service", 0, 0, G_OPTION_ARG_NONE, &self->service, N_ ("Open the part for support staff"),
      NULL },
    { 0 },
  };
  GOptionGroup *group = g_option_group_new ("first-light", "", "", self, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  g_option_group_set_parse_hooks (group, NULL, on_parsed);
  g_application_add_option_group (G_APPLICATION (self), group);
}

static void
show_demo (FlApplication *self, FlWindow *window)
{
  g_autofree char *label = fl_sim_world_get_label (self->wiring->world);
  g_autofree char *network = fl_sim_world_get_network_name (self->wiring->world);
  g_autofree char *password = fl_sim_world_get_network_password (self->wiring->world);

  fl_window_set_demo (window, label, network, password);
}

static void
fl_application_activate (GApplication *application)
{
  FlApplication *self = FL_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (fl_window_new (GTK_APPLICATION (application), self->wiring->engine));
      fl_window_set_cameras (FL_WINDOW (window), self->wiring->cameras);
      fl_window_set_wifi (FL_WINDOW (window), self->wiring->wifi);
      if (self->wiring->world != NULL)
        show_demo (self, FL_WINDOW (window));
      fl_window_restore_door (FL_WINDOW (window));
      if (self->service)
        fl_window_set_door (FL_WINDOW (window), FL_DOOR_SERVICE);
    }
  gtk_window_present (window);
}

static void
fl_application_finalize (GObject *object)
{
  FlApplication *self = FL_APPLICATION (object);

  g_clear_pointer (&self->wiring, fl_wiring_free);
  g_clear_pointer (&self->scenario, g_free);
  g_clear_pointer (&self->product, g_free);
  g_clear_pointer (&self->camera, g_free);
  g_clear_pointer (&self->serial, g_free);

  G_OBJECT_CLASS (fl_application_parent_class)->finalize (object);
}

static void
fl_application_class_init (FlApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fl_application_finalize;
  application_class->activate = fl_application_activate;
}

static void
fl_application_init (FlApplication *self)
{
  add_options (self);
}

FlApplication *
fl_application_new (void)
{
  fl_ui_init ();
  /* One process a start: a simulated and a real run are not the same program. */
  return g_object_new (FL_TYPE_APPLICATION, "application-id", FL_APP_ID, "flags",
                       G_APPLICATION_NON_UNIQUE, "resource-base-path", FL_UI_BASE_PATH, NULL);
}
