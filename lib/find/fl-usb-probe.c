/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-probe"
#include "config.h"

#include "fl-usb-probe.h"

#include "fl-reply-body.h"
#include "fl-requests.h"
#include "fl-usb-channel.h"

/* A device whose system thread is busy answers late; nobody waits for this. */
#define REQUEST_MS 5000

struct _FlUsbProbe
{
  FlControlChannel *channel;
  GCancellable *cancellable;
  FlUsbProbeFunc func; /* NULL: nobody wants to know any more */
  gpointer data;
  guint n_pending;
  char *serial;
  char *firmware;
  FlDeviceMode mode;
};

typedef struct
{
  FlUsbProbe *probe; /* a reference */
  guint16 type;
} Question;

static void
clear (gpointer data)
{
  FlUsbProbe *self = data;

  g_clear_object (&self->channel);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->firmware, g_free);
}

static void
release (FlUsbProbe *self)
{
  g_rc_box_release_full (self, clear);
}

/* The caller holds a reference. */
static void
finish (FlUsbProbe *self, const GError *error)
{
  FlUsbProbeFunc func = self->func;
  FlUsbAnswer answer = {
    .serial = self->serial,
    .firmware = self->firmware,
    .mode = self->mode,
    .error = error,
  };

  fl_control_channel_close (self->channel);
  self->func = NULL;
  if (func != NULL)
    func (self, &answer, self->data);
}

static void
take_reply (FlUsbProbe *self, guint16 type, GBytes *payload)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (payload, &size_bytes);
  int value = 0;

  if (type == FL_REQUEST_GET_SERIAL_NUMBER)
    self->serial = fl_reply_unpack_text (type, data, size_bytes, NULL);
  else if (type == FL_REQUEST_GET_SYSTEM_VERSION)
    self->firmware = fl_reply_unpack_text (type, data, size_bytes, NULL);
  else if (fl_reply_unpack_number (type, data, size_bytes, &value, NULL))
    self->mode = value == 1 ? FL_MODE_LISTENING : FL_MODE_RUNNING; /* DeviceMode of the protocol */
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  FlUsbProbe *self = question->probe;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;
  int code = 0;

  payload = fl_control_channel_request_finish (FL_CONTROL_CHANNEL (source), result, &code, &error);
  if (payload == NULL)
    g_debug ("Request %u: %s", question->type, error->message);
  else if (code >= 0)
    take_reply (self, question->type, payload);
  if (--self->n_pending == 0)
    finish (self, NULL);
  release (self);
}

static void
ask (FlUsbProbe *self, guint16 type)
{
  Question *question = g_new0 (Question, 1);

  question->probe = g_rc_box_acquire (self);
  question->type = type;
  self->n_pending++;
  fl_control_channel_request_async (self->channel, type, NULL, REQUEST_MS, self->cancellable,
                                    on_reply, question);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer data)
{
  FlUsbProbe *self = data;
  g_autoptr (GError) error = NULL;

  if (!fl_control_channel_finish (FL_CONTROL_CHANNEL (source), result, &error))
    finish (self, error);
  else if (self->func != NULL)
    {
      ask (self, FL_REQUEST_GET_SERIAL_NUMBER);
      ask (self, FL_REQUEST_GET_DEVICE_MODE);
      ask (self, FL_REQUEST_GET_SYSTEM_VERSION);
    }
  release (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  FlUsbProbe *self = data;
  g_autoptr (GError) error = NULL;

  if (!fl_control_channel_finish (FL_CONTROL_CHANNEL (source), result, &error))
    finish (self, error);
  else if (self->func != NULL)
    fl_control_channel_secure_async (self->channel, NULL, self->cancellable, on_secured,
                                     g_rc_box_acquire (self));
  release (self);
}

FlUsbProbe *
fl_usb_probe_new (FlUsbLink *link, FlClock *clock, FlUsbProbeFunc func, gpointer data)
{
  FlUsbProbe *self;

  g_return_val_if_fail (FL_IS_USB_LINK (link), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_rc_box_new0 (FlUsbProbe);
  self->channel = fl_usb_channel_new (link, clock);
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  fl_control_channel_connect_async (self->channel, self->cancellable, on_connected,
                                    g_rc_box_acquire (self));
  return self;
}

void
fl_usb_probe_free (FlUsbProbe *self)
{
  if (self->func != NULL)
    {
      self->func = NULL;
      g_cancellable_cancel (self->cancellable);
      fl_control_channel_close (self->channel);
    }
  release (self);
}
