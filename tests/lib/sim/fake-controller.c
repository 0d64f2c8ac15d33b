/* SPDX-License-Identifier: Apache-2.0 */
#include "fake-controller.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define HANDLE    0x0040
#define ACL_SIZE  27
#define N_BUFFERS 2

static void read_on (FakeController *self);

static void
send_bytes (FakeController *self, const guint8 *data, gsize size_bytes)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->device));
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (out, data, size_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
complete (FakeController *self, guint16 opcode, const guint8 *result, gsize size_bytes)
{
  guint8 event[3 + 3 + 32] = {
    0x04, 0x0e, (guint8) (3 + size_bytes), 1, (guint8) opcode, (guint8) (opcode >> 8)
  };

  memcpy (event + 6, result, size_bytes);
  send_bytes (self, event, 6 + size_bytes);
}

static void
tell_disconnected (FakeController *self, guint8 reason)
{
  guint8 event[] = { 0x04, 0x05, 4, 0, (guint8) HANDLE, HANDLE >> 8, reason };

  self->is_connected = FALSE;
  self->n_unfinished = 0;
  g_byte_array_set_size (self->frame, 0);
  send_bytes (self, event, sizeof event);
}

/* A virtual radio refuses to turn on what is on. */
static void
run_command (FakeController *self, guint16 opcode, const guint8 *data, gsize size_bytes)
{
  static const guint8 success[1] = { 0 };
  static const guint8 buffers[4] = { 0, ACL_SIZE, 0, N_BUFFERS };
  static const guint8 status[] = { 0x04, 0x0f, 4, 0, 1, 0x06, 0x04 };

  switch (opcode)
    {
    case 0x2002:
      complete (self, opcode, buffers, sizeof buffers);
      return;
    case 0x2005:
      memcpy (self->address, data, 6);
      break;
    case 0x2008:
      g_assert_cmpuint (size_bytes, ==, 32);
      memcpy (self->advert, data, 32);
      break;
    case 0x2009:
      g_assert_cmpuint (size_bytes, ==, 32);
      memcpy (self->response, data, 32);
      break;
    case 0x200a:
      g_assert_cmpint (self->is_advertising, !=, data[0]);
      g_assert_false (self->is_connected);
      self->is_advertising = data[0];
      break;
    case 0x0406:
      g_assert_true (self->is_connected);
      self->reason = data[2];
      send_bytes (self, status, sizeof status);
      tell_disconnected (self, 0x16);
      return;
    default:
      break;
    }
  complete (self, opcode, success, sizeof success);
}

static void
take_frame (FakeController *self)
{
  const guint8 *data = self->frame->data;
  const gsize size = (gsize) (data[0] | data[1] << 8);

  g_assert_cmpuint (self->frame->len, <=, 4 + size);
  if (self->frame->len < 4 + size)
    return;
  if (data[2] == 4)
    g_queue_push_tail (&self->pdus, g_bytes_new (data + 4, size));
  else
    g_queue_push_tail (&self->others, g_bytes_new (data, 4 + size));
  g_byte_array_set_size (self->frame, 0);
}

static void
take_data (FakeController *self, const guint8 *data, gsize size_bytes)
{
  const guint flags = data[1] >> 4 & 3;

  g_assert_true (self->is_connected);
  g_assert_cmpuint (data[0], ==, HANDLE);
  g_assert_cmpuint (size_bytes - 4, <=, ACL_SIZE);
  g_assert_cmpuint (flags, ==, self->frame->len > 0 ? 1 : 0);
  self->n_unfinished++;
  g_assert_cmpuint (self->n_unfinished, <=, N_BUFFERS);
  g_byte_array_append (self->frame, data + 4, (guint) size_bytes - 4);
  take_frame (self);
  if (!self->holds)
    fake_controller_finish_packets (self);
}

static gsize
get_packet_size (FakeController *self)
{
  const guint8 *data = self->input->data;

  if (self->input->len < 5)
    return self->input->len == 4 && data[0] == 1 && data[3] == 0 ? 4 : 0;
  if (data[0] == 1)
    return 4 + (gsize) data[3];
  g_assert_cmpuint (data[0], ==, 2);
  return 5 + (gsize) (data[3] | data[4] << 8);
}

static void
run_packets (FakeController *self)
{
  gsize size;

  while ((size = get_packet_size (self)) > 0 && size <= self->input->len)
    {
      g_autofree guint8 *packet = g_memdup2 (self->input->data, size);

      g_byte_array_remove_range (self->input, 0, (guint) size);
      if (packet[0] == 1)
        run_command (self, (guint16) (packet[1] | packet[2] << 8), packet + 4, size - 4);
      else
        take_data (self, packet + 1, size - 1);
    }
}

static void
drop_device (FakeController *self)
{
  self->is_advertising = self->is_connected = FALSE;
  self->n_unfinished = 0;
  g_byte_array_set_size (self->input, 0);
  g_byte_array_set_size (self->frame, 0);
  memset (self->advert, 0, sizeof self->advert);
  memset (self->response, 0, sizeof self->response);
  g_clear_object (&self->device);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  FakeController *self = data;

  self->n_reading--;
  if (self->device == NULL ||
      source != (GObject *) g_io_stream_get_input_stream (G_IO_STREAM (self->device)))
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      drop_device (self);
      return;
    }
  g_byte_array_append (self->input, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  run_packets (self);
  read_on (self);
}

static void
read_on (FakeController *self)
{
  self->n_reading++;
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (self->device)), 4096,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             FakeController *self)
{
  if (self->device != NULL)
    drop_device (self); /* nobody has noticed its end yet */
  self->device = g_object_ref (connection);
  self->n_opened++;
  read_on (self);
  return TRUE;
}

FakeController *
fake_controller_new (void)
{
  FakeController *self = g_new0 (FakeController, 1);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("fake-radio-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "radio", NULL);
  self->input = g_byte_array_new ();
  self->frame = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  address = g_unix_socket_address_new (self->path);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
fake_controller_free (FakeController *self)
{
  fake_controller_shut (self);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->frame);
  g_queue_clear_full (&self->pdus, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->others, (GDestroyNotify) g_bytes_unref);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
fake_controller_shut (FakeController *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);
  while (self->n_reading > 0)
    g_main_context_iteration (NULL, TRUE);
  if (self->device != NULL)
    g_io_stream_close (G_IO_STREAM (self->device), NULL, NULL);
  g_clear_object (&self->device);
  g_unlink (self->path);
}

void
fake_controller_connect (FakeController *self)
{
  guint8 event[3 + 19] = { 0x04, 0x3e, 19, 0x01, 0, (guint8) HANDLE, HANDLE >> 8, 1, 0 };

  g_assert_true (self->is_advertising);
  self->is_advertising = FALSE;
  self->is_connected = TRUE;
  self->reason = 0;
  send_bytes (self, event, sizeof event);
}

void
fake_controller_disconnect (FakeController *self)
{
  tell_disconnected (self, 0x13);
}

void
fake_controller_send_frame (FakeController *self,
                            guint16 channel,
                            const void *data,
                            gsize size_bytes)
{
  g_autofree guint8 *frame = g_malloc (4 + size_bytes);

  frame[0] = (guint8) size_bytes;
  frame[1] = (guint8) (size_bytes >> 8);
  frame[2] = (guint8) channel;
  frame[3] = (guint8) (channel >> 8);
  memcpy (frame + 4, data, size_bytes);
  for (gsize at = 0; at < 4 + size_bytes; at += ACL_SIZE)
    {
      guint8 packet[5 + ACL_SIZE] = { 0x02, (guint8) HANDLE, at == 0 ? 0x20 : 0x10 };
      gsize size = MIN (ACL_SIZE, 4 + size_bytes - at);

      packet[3] = (guint8) size;
      memcpy (packet + 5, frame + at, size);
      send_bytes (self, packet, 5 + size);
    }
}

void
fake_controller_send_pdu (FakeController *self, const void *data, gsize size_bytes)
{
  fake_controller_send_frame (self, 4, data, size_bytes);
}

void
fake_controller_finish_packets (FakeController *self)
{
  guint8 event[] = {
    0x04, 0x13, 5, 1, (guint8) HANDLE, HANDLE >> 8, (guint8) self->n_unfinished, 0
  };

  if (self->n_unfinished == 0)
    return;
  self->n_unfinished = 0;
  send_bytes (self, event, sizeof event);
}

GBytes *
fake_controller_take_pdu (FakeController *self)
{
  return g_queue_pop_head (&self->pdus);
}
