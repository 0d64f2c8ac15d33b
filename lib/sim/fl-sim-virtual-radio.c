/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-virtual-radio"
#include "config.h"

#include "fl-sim-virtual-radio.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

#include "fl-sim-host.h"
#include "fl-source.h"

#define LOOK_US    G_GINT64_CONSTANT (100000) /* how soon a device that was silent is heard */
#define READ_BYTES 4096

struct _FlSimVirtualRadio
{
  FlSimShell parent_instance;

  char *path;
  GSocket *socket; /* (nullable): its radio is off */
  FlSimHost *host; /* as long as the socket */
  GSource *reading, *writing;
  GByteArray *unsent;
};

G_DEFINE_FINAL_TYPE (FlSimVirtualRadio, fl_sim_virtual_radio, FL_TYPE_SIM_SHELL)

/* The radio tells the central that it hears nothing any more. */
static void
turn_off (FlSimVirtualRadio *self)
{
  fl_source_clear (&self->reading);
  fl_source_clear (&self->writing);
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
  self->host = fl_sim_host_new (fl_sim_shell_get_device (FL_SIM_SHELL (self)));
  return TRUE;
}

static gboolean
on_writable (GSocket *socket, GIOCondition condition, gpointer data)
{
  FlSimVirtualRadio *self = data;

  fl_source_clear (&self->writing);
  fl_sim_shell_look (FL_SIM_SHELL (self));
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
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "The virtual radio is gone");
      fl_sim_shell_fail (FL_SIM_SHELL (self), error);
      return G_SOURCE_REMOVE;
    }
  fl_sim_host_feed (self->host, (const guint8 *) buffer, (gsize) n_bytes,
                    fl_sim_shell_get_now (FL_SIM_SHELL (self)));
  fl_sim_shell_look (FL_SIM_SHELL (self));
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
    fl_source_clear (&self->reading);
  else if (self->reading == NULL)
    self->reading = watch (self, G_IO_IN, on_readable);
}

/* The radio is on while the device can be heard; a connection keeps it on until it has timed out.
 */
static gboolean
check_power (FlSimVirtualRadio *self, gint64 now_us, GError **error)
{
  FlSimDevice *device = fl_sim_shell_get_device (FL_SIM_SHELL (self));
  gboolean was_on = self->socket != NULL;
  gboolean is_silent = !fl_sim_host_can_be_heard (device, now_us);

  if (was_on &&
      (fl_sim_host_get_state (self->host) == FL_SIM_HOST_CUT ||
       !fl_sim_device_is_running (device) || (is_silent && !fl_sim_host_is_connected (self->host))))
    turn_off (self);
  if (self->socket == NULL && !is_silent && !turn_on (self, error))
    return FALSE;
  if ((self->socket != NULL) != was_on)
    fl_sim_shell_notify_place (FL_SIM_SHELL (self));
  return TRUE;
}

static gboolean
fl_sim_virtual_radio_look (FlSimShell *shell, gint64 now_us, gint64 *next_us, GError **error)
{
  FlSimVirtualRadio *self = FL_SIM_VIRTUAL_RADIO (shell);
  FlSimDevice *device = fl_sim_shell_get_device (shell);

  fl_sim_world_tick (fl_sim_device_get_world (device), now_us);
  if (self->host != NULL)
    fl_sim_host_tick (self->host, now_us);
  if (!check_power (self, now_us, error))
    return FALSE;
  *next_us = now_us + LOOK_US;
  if (self->host != NULL)
    {
      fl_sim_host_tick (self->host, now_us);
      write_out (self);
      choose_reading (self, now_us);
      *next_us = fl_sim_host_get_deadline (self->host, now_us);
      if (fl_sim_host_get_state (self->host) == FL_SIM_HOST_FAILED)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                               "The controller on the virtual radio is of no use");
          return FALSE;
        }
    }
  *next_us = MIN (*next_us, fl_sim_device_get_deadline (device));
  return TRUE;
}

static const char *
fl_sim_virtual_radio_get_place (FlSimShell *shell)
{
  FlSimVirtualRadio *self = FL_SIM_VIRTUAL_RADIO (shell);

  return self->socket != NULL ? fl_sim_device_get_spec (fl_sim_shell_get_device (shell))->address
                              : NULL;
}

static void
fl_sim_virtual_radio_close (FlSimShell *shell)
{
  turn_off (FL_SIM_VIRTUAL_RADIO (shell));
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
  FlSimShellClass *shell_class = FL_SIM_SHELL_CLASS (class);

  shell_class->get_place = fl_sim_virtual_radio_get_place;
  shell_class->look = fl_sim_virtual_radio_look;
  shell_class->close = fl_sim_virtual_radio_close;
  G_OBJECT_CLASS (class)->finalize = fl_sim_virtual_radio_finalize;
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
  g_autoptr (FlSimVirtualRadio) self =
      fl_sim_shell_create (FL_TYPE_SIM_VIRTUAL_RADIO, world, device, clock);

  g_return_val_if_fail (self != NULL, NULL);

  self->path = g_strdup (path != NULL ? path : FL_SIM_VIRTUAL_RADIO_SOCKET);
  return fl_sim_shell_begin (FL_SIM_SHELL (self), error) ? g_steal_pointer (&self) : NULL;
}
