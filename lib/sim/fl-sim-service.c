/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-service"
#include "config.h"

#include "fl-sim-service.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>

#define LIMIT_MS   15000 /* for the connection and the answer */
#define LINE_BYTES 256

struct _FlSimService
{
  char *interface;
  char *hello;
  FlClock *clock;
  FlSimServiceFunc func;
  gpointer data;
  guint limit_id;
  GCancellable *cancellable;
  GSocketAddressEnumerator *addresses;
  GSocketConnection *connection; /* (nullable) */
  gsize n_written;
  char line[LINE_BYTES];
  gsize n_read;
  gboolean is_reached;
};

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* It is over. */
static void
fail (FlSimService *self, const char *reason)
{
  g_debug ("%s", reason);
  fl_clock_clear (self->clock, &self->limit_id);
  g_cancellable_cancel (self->cancellable);
  self->func (FALSE, self->data);
}

static void
on_limit (gpointer data)
{
  FlSimService *self = data;

  self->limit_id = 0;
  fail (self, "no answer");
}

static void read_more (FlSimService *self);

/* What is said after the first line is of no interest, but that it is said. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gssize n_bytes = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  FlSimService *self = user_data;

  if (is_cancelled (error))
    return;
  if (n_bytes <= 0)
    {
      fail (self, error != NULL ? error->message : "it hung up");
      return;
    }
  self->n_read += (gsize) n_bytes;
  if (!self->is_reached && memchr (self->line, '\n', self->n_read) != NULL)
    {
      self->is_reached = TRUE;
      fl_clock_clear (self->clock, &self->limit_id);
      read_more (self);
      self->func (TRUE, self->data);
      return;
    }
  if (!self->is_reached && self->n_read == sizeof self->line)
    fail (self, "no line");
  else
    read_more (self);
}

static void
read_more (FlSimService *self)
{
  if (self->is_reached)
    self->n_read = 0;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                             self->line + self->n_read, sizeof self->line - self->n_read,
                             G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good =
      g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  FlSimService *self = user_data;

  if (is_cancelled (error))
    return;
  if (is_good)
    read_more (self);
  else
    fail (self, error->message);
}

static void try_next (FlSimService *self);

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good =
      g_socket_connection_connect_finish (G_SOCKET_CONNECTION (source), result, &error);
  FlSimService *self = user_data;

  if (is_cancelled (error))
    return;
  if (!is_good)
    {
      g_debug ("%s", error->message);
      try_next (self);
      return;
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (source)),
                                   self->hello, strlen (self->hello), G_PRIORITY_DEFAULT,
                                   self->cancellable, on_written, self);
}

/* socket(7): traffic goes through that interface even if another one has a better route. */
static gboolean
bind_to_interface (FlSimService *self, GSocket *socket, GError **error)
{
  int number;

  if (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_BINDTODEVICE, self->interface,
                  (socklen_t) strlen (self->interface)) == 0)
    return TRUE;
  number = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", self->interface,
               g_strerror (number));
  return FALSE;
}

static gboolean
begin_connecting (FlSimService *self, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !bind_to_interface (self, socket, error))
    return FALSE;
  g_socket_set_keepalive (socket, TRUE);
  g_clear_object (&self->connection);
  self->connection = g_socket_connection_factory_create_connection (socket);
  g_socket_connection_connect_async (self->connection, address, self->cancellable, on_connected,
                                     self);
  return TRUE;
}

static void
on_address (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address =
      g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result,
                                               &error);
  FlSimService *self = user_data;

  if (is_cancelled (error))
    return;
  if (address == NULL)
    fail (self, error != NULL ? error->message : "no address answers");
  else if (!begin_connecting (self, address, &error))
    fail (self, error->message);
}

static void
try_next (FlSimService *self)
{
  g_socket_address_enumerator_next_async (self->addresses, self->cancellable, on_address, self);
}

FlSimService *
fl_sim_service_new (const char *place,
                    const char *interface,
                    const char *device_id,
                    FlClock *clock,
                    FlSimServiceFunc func,
                    gpointer data)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (place, 0, NULL);
  FlSimService *self;

  g_return_val_if_fail (connectable != NULL, NULL);

  self = g_new0 (FlSimService, 1);
  self->interface = g_strdup (interface);
  self->hello = g_strconcat (device_id, "\n", NULL);
  self->clock = g_object_ref (clock);
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->limit_id = fl_clock_add_ms (clock, LIMIT_MS, on_limit, self);
  self->addresses = g_socket_connectable_enumerate (connectable);
  try_next (self);
  return self;
}

void
fl_sim_service_free (FlSimService *self)
{
  fl_clock_clear (self->clock, &self->limit_id);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->connection);
  g_object_unref (self->addresses);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  g_free (self->interface);
  g_free (self->hello);
  g_free (self);
}
