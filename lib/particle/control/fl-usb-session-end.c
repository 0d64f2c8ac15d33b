/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-session"
#include "config.h"

#include "fl-usb-session-private.h"

#include <string.h>

/* A CHECK follows after a fifth of the time the device already took: an answer is never noticed
 * more than that late. The least keeps prompt answers at one CHECK, the most keeps long ones quick
 * to see. */
#define CHECK_SHARE    5
#define CHECK_LEAST_US (2 * G_TIME_SPAN_MILLISECOND)
#define CHECK_MOST_US  (500 * G_TIME_SPAN_MILLISECOND)

/* Memory of the device comes back as its other work ends. */
#define NO_MEMORY_TRIES 5
#define RETRY_LEAST_US  (20 * G_TIME_SPAN_MILLISECOND)
#define RETRY_MOST_US   (500 * G_TIME_SPAN_MILLISECOND)

static void
plan_check (FlUsbRequest *request, gint64 now_us)
{
  request->due_us =
      now_us + CLAMP ((now_us - request->since_us) / CHECK_SHARE, CHECK_LEAST_US, CHECK_MOST_US);
}

static void
enter (FlUsbRequest *request, FlUsbStep step, gint64 now_us)
{
  request->step = step;
  request->since_us = now_us;
  request->due_us = now_us;
  if (step == FL_USB_STEP_ALLOCATING || step == FL_USB_STEP_RUNNING)
    plan_check (request, now_us);
}

static void
start_running (FlUsbSession *self, FlUsbRequest *request, gint64 now_us)
{
  g_clear_pointer (&request->payload, fl_secret_unref);
  enter (request, FL_USB_STEP_RUNNING, now_us);
  fl_usb_session_push_event (self, request, FL_USB_EVENT_SENT, NULL, NULL);
}

static void
fail_status (FlUsbSession *self, FlUsbRequest *request, const char *service, guint status)
{
  fl_usb_session_fail (self, request,
                       g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                    "Status %u in reply to %s of request %u", status, service,
                                    request->type));
}

/* Twice as long each time. */
static gint64
get_retry_delay (guint n_tries)
{
  return MIN (RETRY_LEAST_US << MIN (n_tries, 10), RETRY_MOST_US);
}

/* The device has forgotten the request. */
static void
retry_for_memory (FlUsbSession *self, FlUsbRequest *request, gint64 now_us)
{
  request->step = FL_USB_STEP_WAITING;
  request->held_back = TRUE;
  if (++request->n_no_memory > NO_MEMORY_TRIES)
    fl_usb_session_fail (self, request,
                         g_error_new (FL_ERROR, FL_ERROR_DEVICE_BUSY,
                                      "No memory on the device for request %u of %" G_GSIZE_FORMAT
                                      " bytes",
                                      request->type, request->size_bytes));
  else
    request->due_us = now_us + get_retry_delay (request->n_no_memory - 1);
}

/* Its places are taken: by ours, so that there are fewer than was thought, or by what nobody here
 * knows. */
static void
wait_for_place (FlUsbSession *self, FlUsbRequest *request, gint64 now_us)
{
  const guint n_active = fl_usb_session_count_active (self);

  request->held_back = TRUE;
  if (n_active > 0)
    {
      self->max_active = MIN (self->max_active, n_active);
      return;
    }
  request->due_us = now_us + RETRY_MOST_US;
  if (!request->reset_tried)
    {
      request->reset_tried = TRUE;
      request->due_us = now_us;
      self->stale = TRUE;
    }
}

static gboolean
is_id_taken (FlUsbSession *self, guint16 id)
{
  for (GList *l = self->requests->head; l != NULL; l = l->next)
    {
      const FlUsbRequest *request = l->data;

      if (request->step != FL_USB_STEP_WAITING && request->id == id)
        return TRUE;
    }
  return FALSE;
}

static void
end_init (FlUsbSession *self, FlUsbRequest *request, const FlUsbServiceReply *reply, gint64 now_us)
{
  if (reply->status == FL_USB_STATUS_BUSY)
    {
      wait_for_place (self, request, now_us);
      return;
    }
  if (reply->status == FL_USB_STATUS_NO_MEMORY)
    {
      retry_for_memory (self, request, now_us);
      return;
    }
  if (reply->status != FL_USB_STATUS_OK && reply->status != FL_USB_STATUS_PENDING)
    {
      fail_status (self, request, "INIT", reply->status);
      return;
    }
  if (!reply->has_id || is_id_taken (self, reply->id))
    {
      self->stale = TRUE; /* it has a place, but there is no telling which */
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                        "No id of its own for request %u", request->type));
      return;
    }

  request->id = reply->id;
  g_debug ("request %u: type %u, id %u", request->handle, request->type, request->id);
  if (request->size_bytes == 0)
    start_running (self, request, now_us);
  else if (reply->status == FL_USB_STATUS_OK)
    enter (request, FL_USB_STEP_SENDING, now_us);
  else
    enter (request, FL_USB_STEP_ALLOCATING, now_us);
}

static void
reply_is_complete (FlUsbSession *self, FlUsbRequest *request)
{
  GBytes *payload = g_bytes_new_take (g_steal_pointer (&request->reply), request->reply_bytes);

  g_debug ("request %u: result %d, %" G_GSIZE_FORMAT " bytes", request->handle, request->result,
           request->reply_bytes);
  fl_usb_session_push_event (self, request, FL_USB_EVENT_REPLY, payload, NULL);
  fl_usb_session_remove (self, request);
}

static void
end_check_running (FlUsbSession *self, FlUsbRequest *request, const FlUsbServiceReply *reply)
{
  if (!reply->has_result)
    {
      /* As if it waited for bytes: short SENDs are acknowledged even when they were refused. */
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                        "The device did not take all of request %u",
                                        request->type));
      return;
    }
  if (reply->has_size && reply->size_bytes > FL_USB_SERVICE_MAX_PAYLOAD)
    {
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                        "A reply of %u bytes to request %u", reply->size_bytes,
                                        request->type));
      return;
    }
  if (self->single_transfer && reply->size_bytes > FL_USB_MAX_TRANSFER)
    {
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                        "This firmware sends its %u bytes in one piece only",
                                        reply->size_bytes));
      return;
    }

  request->result = reply->result;
  request->reply_bytes = reply->size_bytes;
  if (request->reply_bytes == 0)
    {
      reply_is_complete (self, request);
      return;
    }
  request->reply = g_malloc (request->reply_bytes);
  request->step = FL_USB_STEP_RECEIVING;
}

static void
end_check (FlUsbSession *self, FlUsbRequest *request, const FlUsbServiceReply *reply, gint64 now_us)
{
  const gboolean allocating = request->step == FL_USB_STEP_ALLOCATING;

  if (reply->has_id && reply->id != request->id)
    fl_usb_session_fail (self, request,
                         g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                      "The state of request %u for that of %u", reply->id,
                                      request->id));
  else if (reply->status == FL_USB_STATUS_PENDING)
    plan_check (request, now_us);
  else if (reply->status == FL_USB_STATUS_NO_MEMORY && allocating)
    retry_for_memory (self, request, now_us);
  else if (reply->status == FL_USB_STATUS_NOT_FOUND)
    {
      /* Only a reset, or another program, makes a device forget; what was set up is gone. */
      request->step = FL_USB_STEP_WAITING; /* it has no place to free */
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_LINK_LOST,
                                        "The device has forgotten request %u", request->type));
    }
  else if (reply->status != FL_USB_STATUS_OK || (allocating && reply->has_result))
    fail_status (self, request, "CHECK", reply->status);
  else if (allocating)
    enter (request, FL_USB_STEP_SENDING, now_us);
  else
    end_check_running (self, request, reply);
}

static void
end_recv (FlUsbSession *self, FlUsbRequest *request, const guint8 *data, gsize size_bytes)
{
  if (size_bytes != self->out_setup.length)
    {
      fl_usb_session_fail (self, request,
                           g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                        "%" G_GSIZE_FORMAT
                                        " bytes of a reply to request %u where %u were asked for",
                                        size_bytes, request->type, self->out_setup.length));
      return;
    }
  memcpy (request->reply + request->received, data, size_bytes);
  request->received += size_bytes;
  if (request->received == request->reply_bytes)
    reply_is_complete (self, request);
}

static void
end_service (FlUsbSession *self,
             FlUsbRequest *request,
             const guint8 *data,
             gsize size_bytes,
             gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  FlUsbServiceReply reply;

  if (!fl_usb_service_reply_decode (data, size_bytes, &reply, &error))
    {
      if (request->step == FL_USB_STEP_WAITING)
        self->stale = TRUE;
      fl_usb_session_fail (self, request, g_steal_pointer (&error));
    }
  else if (request->step == FL_USB_STEP_WAITING)
    end_init (self, request, &reply, now_us);
  else
    end_check (self, request, &reply, now_us);
}

/* Firmware that refuses RESET as well as INIT is from before these requests. */
static void
end_stalled (FlUsbSession *self, FlUsbRequest *request)
{
  const gboolean is_old = request->step == FL_USB_STEP_WAITING && self->reset_stalled;

  fl_usb_session_fail (self, request,
                       g_error_new (FL_ERROR, is_old ? FL_ERROR_UNSUPPORTED : FL_ERROR_UNEXPECTED,
                                    "The device refused service %u of request %u",
                                    self->out_setup.request, request->type));
}

void
fl_usb_session_end (FlUsbSession *self,
                    FlUsbRequest *request,
                    FlUsbOutcome outcome,
                    const guint8 *data,
                    gsize size_bytes,
                    gint64 now_us)
{
  if (request->step == FL_USB_STEP_DROPPING)
    {
      fl_usb_session_remove (self, request); /* whatever it says: no more can be done */
      return;
    }
  if (outcome == FL_USB_STALLED)
    {
      end_stalled (self, request);
      return;
    }

  switch (request->step)
    {
    case FL_USB_STEP_WAITING:
    case FL_USB_STEP_ALLOCATING:
    case FL_USB_STEP_RUNNING:
      end_service (self, request, data, size_bytes, now_us);
      break;
    case FL_USB_STEP_SENDING:
      request->sent += self->out_setup.length;
      if (request->sent == request->size_bytes)
        start_running (self, request, now_us);
      break;
    case FL_USB_STEP_RECEIVING:
      end_recv (self, request, data, size_bytes);
      break;
    case FL_USB_STEP_DROPPING:
      break;
    }
}
