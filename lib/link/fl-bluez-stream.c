/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-stream"
#include "config.h"

#include "fl-bluez-stream.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fl-bluez-error.h"

/* Bluetooth Core, Vol 3 Part F 3.2.8 and Part G 5.2.1: least ATT_MTU on LE, and the one at which an
 * attribute of the largest size, 512, fits one packet. A write takes 3 bytes of it. */
#define ATT_MTU_MIN        23
#define ATT_MTU_MAX        517
#define WRITE_HEADER_BYTES 3
#define CALL_LIMIT_MS      10000

struct _FlBluezStream
{
  GObject parent_instance;

  FlBluez *bluez;
  char *device, *rx, *tx;
  FlGattFlags rx_flags;

  int write_fd; /* -1: none */
  GSource *hang_up_source;
  guint16 mtu; /* as the write socket came; 0 unknown */
  gboolean notifying;
  gulong changed_id;
  gboolean closed;

  GTask *send; /* (nullable) owned, running */
  GBytes *sending;
  GSource *send_source;
  GCancellable *cancellable; /* of calls */
};

G_DEFINE_FINAL_TYPE (FlBluezStream, fl_bluez_stream, G_TYPE_OBJECT)

enum
{
  SIGNAL_RECEIVED,
  SIGNAL_LOST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
finish_send (FlBluezStream *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->send);

  clear_source (&self->send_source);
  g_clear_pointer (&self->sending, g_bytes_unref);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
lose (FlBluezStream *self, const char *message)
{
  if (self->closed)
    return;

  g_object_ref (self);
  finish_send (self, g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, message));
  fl_bluez_stream_close (self);
  g_debug ("%s: %s", self->device, message);
  g_signal_emit (self, signals[SIGNAL_LOST], 0);
  g_object_unref (self);
}

static GSource *
watch (FlBluezStream *self, int fd, GIOCondition condition, GUnixFDSourceFunc callback)
{
  GSource *source = g_unix_fd_source_new (fd, condition);

  g_source_set_callback (source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
on_hang_up (int fd, GIOCondition condition, gpointer user_data)
{
  lose (FL_BLUEZ_STREAM (user_data), "The write socket was closed");
  return G_SOURCE_CONTINUE;
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       FlBluezStream *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!self->notifying || !g_str_equal (path, self->tx))
    return;
  value = g_variant_lookup_value (changed, "Value", G_VARIANT_TYPE_BYTESTRING);
  if (value == NULL || g_variant_get_size (value) == 0)
    return;

  bytes = g_variant_get_data_as_bytes (value);
  g_signal_emit (self, signals[SIGNAL_RECEIVED], 0, bytes);
}

/* Takes the socket of an Acquire call out of its reply; -1 when there is none. */
static int
take_socket (GVariant *reply, GUnixFDList *descriptors, guint16 *mtu)
{
  gint32 index;

  if (descriptors == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(hq)")))
    return -1;
  g_variant_get (reply, "(hq)", &index, mtu);
  if (index < 0 || index >= g_unix_fd_list_get_length (descriptors))
    return -1;
  return g_unix_fd_list_get (descriptors, index, NULL); /* a duplicate with close-on-exec */
}

static gboolean
refuse_if_closed (FlBluezStream *self, GTask *task)
{
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "Closed while it opened");
  return self->closed;
}

static void
on_write_acquired (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  FlBluezStream *self = g_task_get_source_object (task);
  g_autoptr (GUnixFDList) descriptors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      fl_bluez_call_finish (FL_BLUEZ (source), result, &descriptors, &error);

  if (g_task_return_error_if_cancelled (task) || refuse_if_closed (self, task))
    return;

  if (reply != NULL)
    self->write_fd = take_socket (reply, descriptors, &self->mtu);
  if (self->write_fd >= 0)
    self->hang_up_source = watch (self, self->write_fd, G_IO_HUP | G_IO_ERR, on_hang_up);
  else /* WriteValue does it too */
    g_debug ("%s: AcquireWrite: %s", self->rx, error != NULL ? error->message : "no socket");
  g_task_return_boolean (task, TRUE);
}

static void
acquire_write (GTask *task)
{
  FlBluezStream *self = g_task_get_source_object (task);

  if ((self->rx_flags & FL_GATT_WRITE_WITHOUT_RESPONSE) == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  fl_bluez_call_async (self->bluez, self->rx, FL_BLUEZ_CHARACTERISTIC, "AcquireWrite",
                       g_variant_new ("(a{sv})", NULL), CALL_LIMIT_MS,
                       g_task_get_cancellable (task), on_write_acquired, task);
}

static void
on_notify_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (!refuse_if_closed (g_task_get_source_object (task), task))
    {
      acquire_write (task);
      return;
    }
  g_object_unref (task);
}

static gboolean
write_now (FlBluezStream *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->sending, &size);
  gssize written = send (self->write_fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);

  if (written < 0 && (errno == EAGAIN || errno == EINTR || errno == ENOBUFS))
    return FALSE;
  if (written < 0 || (gsize) written != size)
    lose (self, "Writing to the socket failed");
  else
    finish_send (self, NULL);
  return TRUE;
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer user_data)
{
  write_now (FL_BLUEZ_STREAM (user_data));
  return G_SOURCE_CONTINUE; /* finish_send() destroyed the source when it is over */
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  FlBluezStream *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (self->send != task)
    return; /* closed or cancelled meanwhile */
  if (reply != NULL)
    finish_send (self, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish_send (self, g_steal_pointer (&error));
  else
    lose (self, error->message);
}

static void
write_value (FlBluezStream *self)
{
  GVariantBuilder options;
  const char *type = (self->rx_flags & FL_GATT_WRITE) != 0 ? "request" : "command";

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "type", g_variant_new_string (type));
  fl_bluez_call_async (self->bluez, self->rx, FL_BLUEZ_CHARACTERISTIC, "WriteValue",
                       g_variant_new ("(@aya{sv})",
                                      g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING,
                                                                self->sending, TRUE),
                                      &options),
                       CALL_LIMIT_MS, self->cancellable, on_written, g_object_ref (self->send));
}

static void
fl_bluez_stream_dispose (GObject *object)
{
  FlBluezStream *self = FL_BLUEZ_STREAM (object);

  fl_bluez_stream_close (self);
  g_clear_object (&self->bluez);
  G_OBJECT_CLASS (fl_bluez_stream_parent_class)->dispose (object);
}

static void
fl_bluez_stream_finalize (GObject *object)
{
  FlBluezStream *self = FL_BLUEZ_STREAM (object);

  g_clear_object (&self->cancellable);
  g_free (self->device);
  g_free (self->rx);
  g_free (self->tx);
  G_OBJECT_CLASS (fl_bluez_stream_parent_class)->finalize (object);
}

static void
fl_bluez_stream_class_init (FlBluezStreamClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_bluez_stream_dispose;
  G_OBJECT_CLASS (class)->finalize = fl_bluez_stream_finalize;
  signals[SIGNAL_RECEIVED] = g_signal_new ("received", FL_TYPE_BLUEZ_STREAM, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_LOST] = g_signal_new ("lost", FL_TYPE_BLUEZ_STREAM, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_bluez_stream_init (FlBluezStream *self)
{
  self->write_fd = -1;
  self->cancellable = g_cancellable_new ();
}

FlBluezStream *
fl_bluez_stream_new (FlBluez *bluez,
                     const char *device,
                     const char *rx,
                     FlGattFlags rx_flags,
                     const char *tx)
{
  FlBluezStream *self = g_object_new (FL_TYPE_BLUEZ_STREAM, NULL);

  self->bluez = g_object_ref (bluez);
  self->device = g_strdup (device);
  self->rx = g_strdup (rx);
  self->rx_flags = rx_flags;
  self->tx = g_strdup (tx);
  return self;
}

void
fl_bluez_stream_open_async (FlBluezStream *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_bluez_stream_open_async);
  self->changed_id = g_signal_connect (self->bluez, "properties-changed",
                                       G_CALLBACK (on_properties_changed), self);
  self->notifying = TRUE;
  fl_bluez_call_async (self->bluez, self->tx, FL_BLUEZ_CHARACTERISTIC, "StartNotify", NULL,
                       CALL_LIMIT_MS, cancellable, on_notify_started, task);
}

gboolean
fl_bluez_stream_open_finish (FlBluezStream *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fl_bluez_stream_send_async (FlBluezStream *self,
                            GBytes *bytes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_bluez_stream_send_async);
  if (self->closed)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is closed");
  else if (self->send != NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "A send is running");
  else
    {
      self->send = g_steal_pointer (&task);
      self->sending = g_bytes_ref (bytes);
      if (self->write_fd < 0)
        write_value (self);
      else if (!write_now (self))
        self->send_source = watch (self, self->write_fd, G_IO_OUT, on_writable);
    }
}

gboolean
fl_bluez_stream_send_finish (FlBluezStream *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fl_bluez_stream_close (FlBluezStream *self)
{
  g_return_if_fail (FL_IS_BLUEZ_STREAM (self));

  if (self->closed)
    return;

  self->closed = TRUE;
  clear_source (&self->hang_up_source);
  clear_source (&self->send_source);
  clear_fd (&self->write_fd);
  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->changed_id, self->bluez);
  finish_send (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The link closed"));
}

gsize
fl_bluez_stream_get_max_send (FlBluezStream *self)
{
  g_autoptr (GVariant) property =
      fl_bluez_get (self->bluez, self->rx, FL_BLUEZ_CHARACTERISTIC, "MTU", G_VARIANT_TYPE_UINT16);
  guint16 mtu = property == NULL ? 0 : g_variant_get_uint16 (property);

  return CLAMP (MAX (mtu, self->mtu), ATT_MTU_MIN, ATT_MTU_MAX) - WRITE_HEADER_BYTES;
}

const char *
fl_bluez_stream_get_device (FlBluezStream *self)
{
  return self->device;
}

const char *
fl_bluez_stream_get_notifying (FlBluezStream *self)
{
  return self->notifying ? self->tx : NULL;
}
