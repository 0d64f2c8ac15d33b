/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-session"
#include "config.h"

#include "fl-usb-session-private.h"

#include "fl-requests.h"

static void
request_free (gpointer data)
{
  FlUsbRequest *request = data;

  g_clear_pointer (&request->payload, fl_secret_unref);
  g_free (request->reply);
  g_free (request);
}

static void
event_free (gpointer data)
{
  fl_usb_event_clear (data);
  g_free (data);
}

/* The handler of a join runs on when its request is cancelled, so nothing is won by that but a
 * device that says no more how it went. */
static gboolean
is_running_join (const FlUsbRequest *request)
{
  return (request->type == FL_REQUEST_JOIN_NEW_NETWORK ||
          request->type == FL_REQUEST_JOIN_KNOWN_NETWORK) &&
         (request->step == FL_USB_STEP_RUNNING || request->step == FL_USB_STEP_RECEIVING);
}

guint
fl_usb_session_count_active (FlUsbSession *self)
{
  guint n_active = 0;

  for (GList *l = self->requests->head; l != NULL; l = l->next)
    n_active += ((FlUsbRequest *) l->data)->step != FL_USB_STEP_WAITING ? 1 : 0;
  return n_active;
}

void
fl_usb_session_push_event (FlUsbSession *self,
                           FlUsbRequest *request,
                           FlUsbEventKind kind,
                           GBytes *payload,
                           GError *error)
{
  FlUsbEvent *event = g_new0 (FlUsbEvent, 1);

  event->kind = kind;
  event->handle = request->handle;
  event->type = request->type;
  event->result = request->result;
  event->payload = payload;
  event->error = error;
  if (request->forgotten)
    event_free (event);
  else
    g_queue_push_tail (self->events, event);
}

void
fl_usb_session_remove (FlUsbSession *self, FlUsbRequest *request)
{
  g_queue_remove (self->requests, request);
  request_free (request);
}

void
fl_usb_session_drop (FlUsbSession *self, FlUsbRequest *request)
{
  if (request->step == FL_USB_STEP_WAITING)
    {
      fl_usb_session_remove (self, request);
      return;
    }
  if (request->id == 0) /* RESET takes it for all of them, so that has to wait */
    {
      self->stale = TRUE;
      fl_usb_session_remove (self, request);
      return;
    }
  g_clear_pointer (&request->payload, fl_secret_unref);
  request->step = FL_USB_STEP_DROPPING;
  request->forgotten = TRUE;
  request->limit_us = G_MAXINT64;
}

void
fl_usb_session_fail (FlUsbSession *self, FlUsbRequest *request, GError *error)
{
  g_debug ("request %u: %s", request->handle, error->message);
  fl_usb_session_push_event (self, request, FL_USB_EVENT_FAILED, NULL, error);
  fl_usb_session_drop (self, request);
}

/* What nobody waits for goes, unless its transfer is out or it is a join that may still end. */
static void
settle (FlUsbSession *self, FlUsbRequest *request)
{
  if (!request->forgotten || request->step == FL_USB_STEP_DROPPING)
    return;
  if (self->out && self->out_request == request)
    return;
  if (!request->expired && is_running_join (request))
    return;
  fl_usb_session_drop (self, request);
}

static void
expire (FlUsbSession *self, FlUsbRequest *request)
{
  const int code = request->step == FL_USB_STEP_WAITING && request->held_back
                       ? FL_ERROR_DEVICE_BUSY
                       : FL_ERROR_DEVICE_SILENT;

  request->limit_us = G_MAXINT64;
  request->expired = TRUE;
  fl_usb_session_push_event (self, request, FL_USB_EVENT_FAILED, NULL,
                             g_error_new (FL_ERROR, code, "No reply to request %u in time",
                                          request->type));
  request->forgotten = TRUE;
  settle (self, request);
}

FlUsbSession *
fl_usb_session_new (gboolean single_transfer)
{
  FlUsbSession *self = g_new0 (FlUsbSession, 1);

  self->single_transfer = single_transfer;
  self->requests = g_queue_new ();
  self->events = g_queue_new ();
  self->max_active = FL_USB_SERVICE_MAX_ACTIVE;
  self->stale = TRUE; /* of an earlier program; Gen 4 keeps requests over a bus reset */
  return self;
}

void
fl_usb_session_free (FlUsbSession *self)
{
  if (self == NULL)
    return;

  g_queue_free_full (self->requests, request_free);
  g_queue_free_full (self->events, event_free);
  g_clear_pointer (&self->out_data, fl_secret_unref);
  g_free (self);
}

guint32
fl_usb_session_submit (FlUsbSession *self,
                       guint16 type,
                       FlSecret *payload,
                       guint limit_ms,
                       gint64 now_us)
{
  FlUsbRequest *request = g_new0 (FlUsbRequest, 1);
  gsize most_bytes = self->single_transfer ? FL_USB_MAX_TRANSFER : FL_USB_SERVICE_MAX_PAYLOAD;

  if (++self->last_handle == 0)
    self->last_handle = 1;
  request->handle = self->last_handle;
  request->type = type;
  request->size_bytes = payload != NULL ? fl_secret_get_size (payload) : 0;
  request->payload = request->size_bytes > 0 ? fl_secret_ref (payload) : NULL;
  request->limit_us = now_us + limit_ms * G_TIME_SPAN_MILLISECOND;
  request->due_us = now_us;
  g_queue_push_tail (self->requests, request);
  self->reset_failed = FALSE;
  if (request->size_bytes > most_bytes)
    fl_usb_session_fail (self, request,
                         g_error_new (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                      "Request %u of %" G_GSIZE_FORMAT " bytes cannot be sent",
                                      type, request->size_bytes));
  return self->last_handle;
}

void
fl_usb_session_cancel (FlUsbSession *self, guint32 handle, gint64 now_us)
{
  for (GList *l = self->requests->head; l != NULL; l = l->next)
    {
      FlUsbRequest *request = l->data;

      if (request->handle != handle || request->forgotten)
        continue;
      request->forgotten = TRUE;
      settle (self, request);
      return;
    }
}

/* What has begun is finished first, then comes what waits, then what is due to be asked after. */
static FlUsbRequest *
choose (FlUsbSession *self, gint64 now_us)
{
  const gboolean has_place = fl_usb_session_count_active (self) < self->max_active;
  FlUsbRequest *first_waiting = NULL;
  FlUsbRequest *due = NULL;

  for (GList *l = self->requests->head; l != NULL; l = l->next)
    {
      FlUsbRequest *request = l->data;

      switch (request->step)
        {
        case FL_USB_STEP_SENDING:
        case FL_USB_STEP_RECEIVING:
        case FL_USB_STEP_DROPPING:
          return request;
        case FL_USB_STEP_WAITING:
          if (first_waiting == NULL)
            first_waiting = request;
          break;
        case FL_USB_STEP_ALLOCATING:
        case FL_USB_STEP_RUNNING:
          if (request->due_us <= now_us && (due == NULL || request->due_us < due->due_us))
            due = request;
          break;
        }
    }
  if (has_place && first_waiting != NULL && first_waiting->due_us <= now_us)
    return first_waiting;
  return due;
}

static void
set_out (FlUsbSession *self, guint8 service, guint16 value, guint16 index, gsize length)
{
  self->out_setup = (FlUsbSetup){
    .request_type = service == FL_USB_SERVICE_SEND ? FL_USB_SERVICE_OUT : FL_USB_SERVICE_IN,
    .request = service,
    .value = value,
    .index = index,
    .length = (guint16) length,
  };
}

static void
set_out_send (FlUsbSession *self, FlUsbRequest *request)
{
  const gsize length = MIN (request->size_bytes - request->sent, FL_USB_MAX_TRANSFER);

  set_out (self, FL_USB_SERVICE_SEND, 0, request->id, length);
  self->out_data =
      length == request->size_bytes
          ? fl_secret_ref (request->payload)
          : fl_secret_new (fl_secret_get_data (request->payload) + request->sent, length);
}

static void
prepare (FlUsbSession *self, FlUsbRequest *request)
{
  switch (request->step)
    {
    case FL_USB_STEP_WAITING:
      set_out (self, FL_USB_SERVICE_INIT, (guint16) request->size_bytes, request->type,
               FL_USB_SERVICE_REPLY_BYTES);
      break;
    case FL_USB_STEP_ALLOCATING:
    case FL_USB_STEP_RUNNING:
      set_out (self, FL_USB_SERVICE_CHECK, 0, request->id, FL_USB_SERVICE_REPLY_BYTES);
      break;
    case FL_USB_STEP_SENDING:
      set_out_send (self, request);
      break;
    case FL_USB_STEP_RECEIVING:
      set_out (self, FL_USB_SERVICE_RECV, 0, request->id,
               MIN (request->reply_bytes - request->received, FL_USB_MAX_TRANSFER));
      break;
    case FL_USB_STEP_DROPPING:
      set_out (self, FL_USB_SERVICE_RESET, 0, request->id, FL_USB_SERVICE_REPLY_BYTES);
      break;
    }
}

static gboolean
wants_reset_of_all (FlUsbSession *self)
{
  return self->stale && !self->reset_failed && fl_usb_session_count_active (self) == 0;
}

gboolean
fl_usb_session_take_transfer (FlUsbSession *self, FlUsbTransfer *transfer, gint64 now_us)
{
  FlUsbRequest *request = NULL;

  *transfer = (FlUsbTransfer){ 0 };
  fl_usb_session_tick (self, now_us);
  if (self->out)
    return FALSE;

  if (wants_reset_of_all (self))
    set_out (self, FL_USB_SERVICE_RESET, 0, 0, FL_USB_SERVICE_REPLY_BYTES);
  else if ((request = choose (self, now_us)) != NULL)
    prepare (self, request);
  else
    return FALSE;

  self->out = TRUE;
  self->out_request = request;
  transfer->setup = self->out_setup;
  transfer->data = self->out_data;
  return TRUE;
}

/* When not even that gets through, nothing else will; the next request tries again. */
static void
end_reset_of_all (FlUsbSession *self, FlUsbOutcome outcome, const GError *error)
{
  self->reset_stalled = error == NULL && outcome == FL_USB_STALLED;
  self->reset_failed = error != NULL;
  self->stale = error != NULL;
  if (error == NULL)
    return;

  for (GList *l = self->requests->head; l != NULL;)
    {
      FlUsbRequest *request = l->data;

      l = l->next;
      fl_usb_session_fail (self, request, g_error_copy (error));
    }
}

void
fl_usb_session_feed (FlUsbSession *self,
                     FlUsbOutcome outcome,
                     const guint8 *data,
                     gsize size_bytes,
                     const GError *error,
                     gint64 now_us)
{
  FlUsbRequest *request = self->out_request;

  g_return_if_fail (self->out);

  self->out = FALSE;
  self->out_request = NULL;
  g_clear_pointer (&self->out_data, fl_secret_unref);
  if (request == NULL)
    {
      end_reset_of_all (self, outcome, error);
      return;
    }
  if (error != NULL && request->step == FL_USB_STEP_DROPPING)
    fl_usb_session_remove (self, request);
  else if (error != NULL)
    {
      if (request->step == FL_USB_STEP_WAITING) /* it may have got a place all the same */
        self->stale = TRUE;
      fl_usb_session_fail (self, request, g_error_copy (error));
    }
  else
    fl_usb_session_end (self, request, outcome, data, size_bytes, now_us);

  if (g_queue_find (self->requests, request) != NULL)
    settle (self, request);
  fl_usb_session_tick (self, now_us);
}

void
fl_usb_session_tick (FlUsbSession *self, gint64 now_us)
{
  for (GList *l = self->requests->head; l != NULL;)
    {
      FlUsbRequest *request = l->data;

      l = l->next;
      if (now_us >= request->limit_us)
        expire (self, request);
    }
}

/* When take_transfer() has something for this request. */
static gint64
get_due (FlUsbSession *self, const FlUsbRequest *request, gboolean may_start)
{
  switch (request->step)
    {
    case FL_USB_STEP_WAITING:
      return may_start ? request->due_us : G_MAXINT64;
    case FL_USB_STEP_ALLOCATING:
    case FL_USB_STEP_RUNNING:
      return request->due_us;
    case FL_USB_STEP_SENDING:
    case FL_USB_STEP_RECEIVING:
    case FL_USB_STEP_DROPPING:
      break;
    }
  return G_MININT64;
}

gint64
fl_usb_session_get_deadline (FlUsbSession *self)
{
  gboolean may_start = fl_usb_session_count_active (self) < self->max_active;
  gint64 deadline_us = !self->out && wants_reset_of_all (self) ? G_MININT64 : G_MAXINT64;

  for (GList *l = self->requests->head; l != NULL; l = l->next)
    {
      const FlUsbRequest *request = l->data;

      deadline_us = MIN (deadline_us, request->limit_us);
      if (!self->out)
        deadline_us = MIN (deadline_us, get_due (self, request, may_start));
      if (request->step == FL_USB_STEP_WAITING)
        may_start = FALSE; /* they start in order */
    }
  return deadline_us;
}

gboolean
fl_usb_session_take_event (FlUsbSession *self, FlUsbEvent *event)
{
  FlUsbEvent *next = g_queue_pop_head (self->events);

  *event = (FlUsbEvent){ 0 };
  if (next == NULL)
    return FALSE;

  *event = *next;
  g_free (next);
  return TRUE;
}

void
fl_usb_event_clear (FlUsbEvent *event)
{
  g_clear_pointer (&event->payload, g_bytes_unref);
  g_clear_error (&event->error);
}
