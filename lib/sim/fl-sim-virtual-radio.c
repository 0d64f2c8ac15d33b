/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-virtual-radio"
#include "config.h"

#include "fl-sim-virtual-radio.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

#include "fl-sim-host.h"

#define LOOK_US    G_GINT64_CONSTANT (100000) /* how soon a device that was silent is heard */
#define READ_BYTES 4096

struct _FlSimVirtualRadio
{
  GObject parent_instance;

  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  FlClock *clock;
  char *path;
  gulong changed_id;
  guint timer_id;
  gboolean failed; /* for good */

  GSocket *socket; /* (nullable): its radio is off */
  FlSimHost *host; /* as long as the socket */
  GSource *reading, *writing;
  GByteArray *unsent;
};

static void shell_init (FlSimShellInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimVirtualRadio,
                               fl_sim_virtual_radio,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_SHELL, shell_init))

typedef enum
{
  PROP_PLACE = 1,
} FlSimVirtualRadioProperty;

static void look (FlSimVirtualRadio *self);

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* The radio tells the central that it hears nothing any more. */
static void
turn_off (FlSimVirtualRadio *self)
{
  drop_source (&self->reading);
  drop_source (&self->writing);
  g_byte_array_set_size (self->unsent, 0);
  g_clear_pointer (&self->host, fl_sim_host_free);
  g_clear_object (&self->socket);
}

/* Off it stays, and is tried again at the next look, where more devices than the radio can queue
 * turn on in the same moment. */
static gboolean
turn_on (FlSimVirtualRadio *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);

  if (socket == NULL)
    return FALSE;
  if (!g_socket_connect (socket, address, NULL, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return TRUE;
      g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s: ", self->path);
      return FALSE;
    }
  g_socket_set_blocking (socket, FALSE);
  self->socket = g_steal_pointer (&socket);
  self->host = fl_sim_host_new (self->device);
  return TRUE;
}

static void
fail (FlSimVirtualRadio *self, const GError *error)
{
  self->failed = TRUE;
  turn_off (self);
  fl_clock_clear (self->clock, &self->timer_id);
  fl_sim_shell_notify_place (FL_SIM_SHELL (self));
  fl_sim_shell_fail (FL_SIM_SHELL (self), error);
}

static void
fail_with (FlSimVirtualRadio *self, const char *text)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, text);

  fail (self, error);
}

static gboolean
on_writable (GSocket *socket, GIOCondition condition, gpointer data)
{
  FlSimVirtualRadio *self = data;

  drop_source (&self->writing);
  look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  g_autoptr (FlSimVirtualRadio) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  char buffer[READ_BYTES];
  gssize n_bytes = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n_bytes <= 0)
    {
      if (error != NULL)
        fail (self, error);
      else
        fail_with (self, "The virtual radio is gone");
      return G_SOURCE_REMOVE;
    }
  fl_sim_host_feed (self->host, (const guint8 *) buffer, (gsize) n_bytes,
                    fl_clock_now_us (self->clock));
  look (self);
  return G_SOURCE_CONTINUE;
}

static GSource *
watch (FlSimVirtualRadio *self, GIOCondition condition, GSocketSourceFunc func)
{
  GSource *source = g_socket_create_source (self->socket, condition, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* What the radio does not take now waits until it does. */
static void
write_out (FlSimVirtualRadio *self)
{
  g_autoptr (GError) error = NULL;
  GBytes *packet;
  gssize n_bytes;

  while ((packet = fl_sim_host_take (self->host)) != NULL)
    {
      g_byte_array_append (self->unsent, g_bytes_get_data (packet, NULL),
                           (guint) g_bytes_get_size (packet));
      g_bytes_unref (packet);
    }
  if (self->unsent->len == 0)
    return;
  n_bytes = g_socket_send (self->socket, (const char *) self->unsent->data, self->unsent->len, NULL,
                           &error);
  if (n_bytes > 0)
    g_byte_array_remove_range (self->unsent, 0, (guint) n_bytes);
  if (self->unsent->len > 0 && self->writing == NULL)
    self->writing = watch (self, G_IO_OUT, on_writable);
}

/* Nothing is read that the device would not hear, or has no room for. */
static void
choose_reading (FlSimVirtualRadio *self, gint64 now_us)
{
  if (fl_sim_host_is_busy (self->host, now_us))
    drop_source (&self->reading);
  else if (self->reading == NULL)
    self->reading = watch (self, G_IO_IN, on_readable);
}

/* The radio is on while the device can be heard; a connection keeps it on until it has timed out.
 */
static gboolean
check_power (FlSimVirtualRadio *self, gint64 now_us, GError **error)
{
  gboolean was_on = self->socket != NULL;
  gboolean is_silent = !fl_sim_host_can_be_heard (self->device, now_us);

  if (was_on && (fl_sim_host_get_state (self->host) == FL_SIM_HOST_CUT ||
                 !fl_sim_device_is_running (self->device) ||
                 (is_silent && !fl_sim_host_is_connected (self->host))))
    turn_off (self);
  if (self->socket == NULL && !is_silent && !turn_on (self, error))
    return FALSE;
  if ((self->socket != NULL) != was_on)
    fl_sim_shell_notify_place (FL_SIM_SHELL (self));
  return TRUE;
}

static void
on_timer (gpointer data)
{
  FlSimVirtualRadio *self = data;

  self->timer_id = 0;
  look (self);
}

static void
schedule (FlSimVirtualRadio *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->timer_id);
  if (!self->failed)
    self->timer_id = fl_clock_add_at (self->clock, at_us, on_timer, self);
}

static void
look (FlSimVirtualRadio *self)
{
  g_autoptr (FlSimVirtualRadio) keep =
      g_object_ref (self); /* whoever hears of it may let go of it */
  g_autoptr (GError) error = NULL;
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us = now_us + LOOK_US;

  fl_sim_world_tick (self->world, now_us);
  if (self->host != NULL)
    fl_sim_host_tick (self->host, now_us);
  if (!check_power (self, now_us, &error))
    {
      fail (self, error);
      return;
    }
  if (self->host != NULL)
    {
      fl_sim_host_tick (self->host, now_us);
      write_out (self);
      choose_reading (self, now_us);
      next_us = fl_sim_host_get_deadline (self->host, now_us);
      if (fl_sim_host_get_state (self->host) == FL_SIM_HOST_FAILED)
        {
          fail_with (self, "The controller on the virtual radio is of no use");
          return;
        }
    }
  schedule (self, MIN (next_us, fl_sim_device_get_deadline (self->device)));
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimVirtualRadio *self)
{
  schedule (self, fl_clock_now_us (self->clock));
}

static const char *
get_place (FlSimShell *shell)
{
  FlSimVirtualRadio *self = FL_SIM_VIRTUAL_RADIO (shell);

  return self->socket != NULL ? fl_sim_device_get_spec (self->device)->address : NULL;
}

static void
shell_init (FlSimShellInterface *iface)
{
  iface->get_place = get_place;
}

static void
fl_sim_virtual_radio_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimVirtualRadioProperty) id)
    {
    case PROP_PLACE:
      g_value_set_string (value, fl_sim_shell_get_place (FL_SIM_SHELL (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fl_sim_virtual_radio_dispose (GObject *object)
{
  FlSimVirtualRadio *self = FL_SIM_VIRTUAL_RADIO (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  if (self->world != NULL)
    g_clear_signal_handler (&self->changed_id, self->world);
  turn_off (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_virtual_radio_parent_class)->dispose (object);
}

static void
fl_sim_virtual_radio_finalize (GObject *object)
{
  FlSimVirtualRadio *self = FL_SIM_VIRTUAL_RADIO (object);

  g_free (self->path);
  g_byte_array_unref (self->unsent);
  G_OBJECT_CLASS (fl_sim_virtual_radio_parent_class)->finalize (object);
}

static void
fl_sim_virtual_radio_class_init (FlSimVirtualRadioClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_sim_virtual_radio_get_property;
  object_class->dispose = fl_sim_virtual_radio_dispose;
  object_class->finalize = fl_sim_virtual_radio_finalize;
  g_object_class_override_property (object_class, PROP_PLACE, "place");
}

static void
fl_sim_virtual_radio_init (FlSimVirtualRadio *self)
{
  self->unsent = g_byte_array_new ();
}

FlSimVirtualRadio *
fl_sim_virtual_radio_new (FlSimWorld *world,
                          FlSimDevice *device,
                          FlClock *clock,
                          const char *path,
                          GError **error)
{
  g_autoptr (FlSimVirtualRadio) self = NULL;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_VIRTUAL_RADIO, NULL);
  self->world = g_object_ref (world);
  self->device = device;
  self->clock = g_object_ref (clock);
  self->path = g_strdup (path != NULL ? path : FL_SIM_VIRTUAL_RADIO_SOCKET);
  fl_sim_device_tick (device, fl_clock_now_us (clock));
  if (!check_power (self, fl_clock_now_us (clock), error))
    return NULL;
  self->changed_id = g_signal_connect (world, "usb-changed", G_CALLBACK (on_changed), self);
  look (self);
  return g_steal_pointer (&self);
}
