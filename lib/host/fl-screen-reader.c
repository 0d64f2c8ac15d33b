/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-screen-reader"
#include "config.h"

#include "fl-screen-reader.h"

/* Source: at-spi2-core, bus/at-spi-bus-launcher.c: the object that desktops set the property of. */
#define BUS_NAME  "org.a11y.Bus"
#define PATH      "/org/a11y/bus"
#define INTERFACE "org.a11y.Status"
#define PROPERTY  "ScreenReaderEnabled"

struct _FlScreenReader
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusProxy *proxy;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (FlScreenReader, fl_screen_reader, G_TYPE_OBJECT)

typedef enum
{
  PROP_RUNNING = 1
} FlScreenReaderProperty;
static GParamSpec *props[PROP_RUNNING + 1];

static void
update (FlScreenReader *self)
{
  g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (self->proxy, PROPERTY);
  gboolean running = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
                     g_variant_get_boolean (value);

  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusProxy *proxy = g_dbus_proxy_new_finish (result, &error);
  FlScreenReader *self = data;

  if (proxy == NULL)
    {
      g_debug ("No accessibility bus: %s", error->message);
      return; /* @data may be gone when it was cancelled */
    }

  self->proxy = proxy;
  g_signal_connect_swapped (proxy, "g-properties-changed", G_CALLBACK (update), self);
  update (self);
}

static void
on_session (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);
  FlScreenReader *self = data;

  if (connection == NULL)
    g_debug ("No session bus: %s", error->message);
  else
    g_dbus_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL, BUS_NAME, PATH,
                      INTERFACE, self->cancellable, on_proxy, self);
}

static void
fl_screen_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlScreenReaderProperty) id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, FL_SCREEN_READER (object)->running);
      break;
    }
}

static void
fl_screen_reader_dispose (GObject *object)
{
  FlScreenReader *self = FL_SCREEN_READER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->proxy != NULL)
    g_signal_handlers_disconnect_by_data (self->proxy, self);
  g_clear_object (&self->proxy);

  G_OBJECT_CLASS (fl_screen_reader_parent_class)->dispose (object);
}

static void
fl_screen_reader_class_init (FlScreenReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_screen_reader_dispose;
  object_class->get_property = fl_screen_reader_get_property;

  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_screen_reader_init (FlScreenReader *self)
{
  self->cancellable = g_cancellable_new ();
}

FlScreenReader *
fl_screen_reader_new (void)
{
  FlScreenReader *self = g_object_new (FL_TYPE_SCREEN_READER, NULL);

  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_session, self);
  return self;
}

FlScreenReader *
fl_screen_reader_new_for (GDBusConnection *connection)
{
  FlScreenReader *self = g_object_new (FL_TYPE_SCREEN_READER, NULL);

  g_dbus_proxy_new (connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL, BUS_NAME, PATH,
                    INTERFACE, self->cancellable, on_proxy, self);
  return self;
}

gboolean
fl_screen_reader_get_running (FlScreenReader *self)
{
  g_return_val_if_fail (FL_IS_SCREEN_READER (self), FALSE);

  return self->running;
}
