/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-device-news"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-device-news.h"

#include "fl-announce.h"
#include "fl-device-row.h"

#define EVERY_MS 3000 /* "More devices" at most this often */

struct _FlDeviceNews
{
  GObject parent_instance;

  GtkWidget *widget; /* borrowed: it owns this */
  GListModel *devices;
  FlClock *clock;
  guint timer_id;
  guint announced; /* devices said so far */
};

G_DEFINE_FINAL_TYPE (FlDeviceNews, fl_device_news, G_TYPE_OBJECT)

static char *
dup_words (FlDeviceNews *self, guint n)
{
  g_autoptr (FlDevice) device = NULL;
  g_autofree char *roads = NULL;

  if (n != 1)
    return g_strdup_printf (ngettext ("%u device found.", "%u devices found.", n), n);

  device = g_list_model_get_item (self->devices, 0);
  roads = fl_device_dup_roads (device);
  /* Translators: first the device's name, then the road: "Sensor 4F2A, USB cable" */
  return g_strdup_printf (_ ("One device found. %s, %s."), fl_device_get_name (device), roads);
}

static void
announce (FlDeviceNews *self)
{
  guint n = g_list_model_get_n_items (self->devices);
  g_autofree char *words = NULL;

  if (n == self->announced || n == 0)
    return;

  self->announced = n;
  if (!gtk_widget_get_mapped (self->widget))
    return; /* another part of the program shows */

  words = dup_words (self, n);
  fl_announce (self->widget, n == 1 ? FL_ANNOUNCE_MEDIUM : FL_ANNOUNCE_LOW, words);
}

static void
on_timer (gpointer data)
{
  FlDeviceNews *self = data;

  self->timer_id = 0;
  announce (self);
}

static void
on_devices_changed (FlDeviceNews *self)
{
  if (g_list_model_get_n_items (self->devices) == 0)
    self->announced = 0;
  else if (self->announced == 0)
    announce (self);
  else if (self->timer_id == 0)
    self->timer_id = fl_clock_add_ms (self->clock, EVERY_MS, on_timer, self);
}

static void
fl_device_news_dispose (GObject *object)
{
  FlDeviceNews *self = FL_DEVICE_NEWS (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  if (self->devices != NULL)
    g_signal_handlers_disconnect_by_data (self->devices, self);
  g_clear_object (&self->devices);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_device_news_parent_class)->dispose (object);
}

static void
fl_device_news_class_init (FlDeviceNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_device_news_dispose;
}

static void
fl_device_news_init (FlDeviceNews *self)
{
}

FlDeviceNews *
fl_device_news_new (GtkWidget *widget, GListModel *devices, FlClock *clock)
{
  FlDeviceNews *self = g_object_new (FL_TYPE_DEVICE_NEWS, NULL);

  self->widget = widget;
  self->devices = g_object_ref (devices);
  self->clock = g_object_ref (clock);
  g_signal_connect_swapped (devices, "items-changed", G_CALLBACK (on_devices_changed), self);
  return self;
}
