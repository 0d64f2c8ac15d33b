/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-server"
#include "config.h"

#include "fl-usb-server.h"

#include <string.h>

#include "fl-requests.h"

/* Requests live on after they were cancelled, until the handler replied; the firmware's pool for
 * them is small. */
#define MAX_REQUESTS 32

typedef enum
{
  ALLOC_PENDING,
  ALLOC_FAILED,
  RECV_PAYLOAD,
  PENDING, /* for the handler, or with it */
  DONE,
} RequestState;

typedef struct
{
  guint16 id;
  guint16 type;
  guint16 size_bytes;
  RequestState state;
  gboolean active;    /* the host has it in one of its places; not so once it is cancelled */
  gboolean delivered; /* to the handler, as @index */
  guint index;
  FlSecret *data; /* (nullable) the payload, as far as it came */
  gsize received;
  FlSecret *reply; /* (nullable) */
  gsize read;      /* of the reply, by the host */
  gint32 result;
} Request;

/* Which of the next allocations fail. */
typedef struct
{
  guint after, count;
} Shortage;

struct _FlUsbServer
{
  GPtrArray *requests; /* Request, in the order of INIT */
  GQueue *tasks;       /* Request, borrowed: what the system thread has to do, in order */
  GQueue *ready;       /* Request, borrowed: for the handler */
  guint16 last_id;
  guint next_index;
  FlUsbServerEffects effects;
  Shortage pool, heap;
};

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->data, fl_secret_unref);
  g_clear_pointer (&request->reply, fl_secret_unref);
  g_free (request);
}

static gboolean
allocation_fails (Shortage *shortage)
{
  if (shortage->after > 0)
    {
      shortage->after--;
      return FALSE;
    }
  if (shortage->count == 0)
    return FALSE;
  shortage->count--;
  return TRUE;
}

static Request *
find_active (FlUsbServer *self, guint16 id)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      Request *request = g_ptr_array_index (self->requests, i);

      if (request->active && request->id == id)
        return request;
    }
  return NULL;
}

static void
forget (FlUsbServer *self, Request *request)
{
  g_queue_remove (self->tasks, request);
  g_queue_remove (self->ready, request);
  g_ptr_array_remove (self->requests, request);
}

/* Frees the place. What the handler has, or is about to get, runs on without anyone to read it. */
static void
finish_active (FlUsbServer *self, Request *request)
{
  request->active = FALSE;
  if (request->state != PENDING)
    forget (self, request);
}

static void
finish_all (FlUsbServer *self)
{
  for (guint i = self->requests->len; i > 0; i--)
    {
      Request *request = g_ptr_array_index (self->requests, i - 1);

      if (request->active)
        finish_active (self, request);
    }
}

static FlUsbOutcome
answer (const FlUsbServiceReply *service_reply, GBytes **reply)
{
  *reply = fl_usb_service_reply_encode (service_reply);
  return FL_USB_DONE;
}

static FlUsbOutcome
answer_status (FlUsbStatus status, GBytes **reply)
{
  return answer (&(FlUsbServiceReply){ .status = status }, reply);
}

/* Requests that end a stuck attempt to connect take effect in the interrupt already, if they come
 * without a payload. */
static FlUsbServerEffects
get_effects (guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_RESET:
    case FL_REQUEST_FACTORY_RESET:
    case FL_REQUEST_DFU_MODE:
    case FL_REQUEST_SAFE_MODE:
      return FL_USB_SERVER_CANCELS_CONNECTING | FL_USB_SERVER_STOPS_CLOUD;
    case FL_REQUEST_START_LISTENING:
      return FL_USB_SERVER_CANCELS_CONNECTING;
    default:
      return 0;
    }
}

static FlUsbOutcome
handle_init (FlUsbServer *self, const FlUsbSetup *setup, GBytes **reply)
{
  FlUsbServiceReply service_reply = { .status = FL_USB_STATUS_OK, .has_id = TRUE };
  Request *request = NULL;

  if (fl_usb_server_get_n_active (self) >= FL_USB_SERVICE_MAX_ACTIVE)
    return answer_status (FL_USB_STATUS_BUSY, reply);
  if (allocation_fails (&self->pool) || self->requests->len >= MAX_REQUESTS)
    return answer_status (FL_USB_STATUS_NO_MEMORY, reply);

  request = g_new0 (Request, 1);
  request->id = ++self->last_id;
  request->type = setup->index;
  request->size_bytes = setup->value;
  request->active = TRUE;
  g_ptr_array_add (self->requests, request);
  if (request->size_bytes == 0)
    {
      request->state = PENDING;
      g_queue_push_tail (self->tasks, request);
      self->effects |= get_effects (request->type);
    }
  else if (request->size_bytes <= FL_USB_SERVICE_MAX_INLINE && !allocation_fails (&self->pool))
    {
      request->state = RECV_PAYLOAD;
      request->data = fl_secret_new_zeroed (request->size_bytes);
    }
  else
    {
      request->state = ALLOC_PENDING;
      g_queue_push_tail (self->tasks, request);
      service_reply.status = FL_USB_STATUS_PENDING;
    }
  service_reply.id = request->id;
  return answer (&service_reply, reply);
}

static FlUsbOutcome
handle_check (FlUsbServer *self, const FlUsbSetup *setup, GBytes **reply)
{
  FlUsbServiceReply service_reply = { .status = FL_USB_STATUS_OK };
  Request *request = find_active (self, setup->index);

  if (request == NULL)
    return answer_status (FL_USB_STATUS_NOT_FOUND, reply);

  switch (request->state)
    {
    case ALLOC_PENDING:
    case PENDING:
      service_reply.status = FL_USB_STATUS_PENDING;
      break;
    case ALLOC_FAILED:
      service_reply.status = FL_USB_STATUS_NO_MEMORY;
      finish_active (self, request);
      break;
    case RECV_PAYLOAD:
      break;
    case DONE:
      service_reply.has_result = TRUE;
      service_reply.result = request->result;
      if (request->reply != NULL)
        {
          service_reply.has_size = TRUE;
          service_reply.size_bytes = (guint32) fl_secret_get_size (request->reply);
        }
      else
        finish_active (self, request);
      break;
    }
  return answer (&service_reply, reply);
}

/* Up to 64 bytes go through a buffer of the vendor's USB layer, which acknowledges them whatever
 * becomes of them; for more it needs the request's own: device-os,
 * hal/src/rtl872x/usbd_control.cpp. */
static FlUsbOutcome
refuse_send (const FlUsbSetup *setup)
{
  if (setup->length == 0 || setup->length > FL_USB_SERVICE_MAX_INLINE)
    return FL_USB_STALLED;
  return FL_USB_DONE;
}

static FlUsbOutcome
handle_send (FlUsbServer *self, const FlUsbSetup *setup, const guint8 *data)
{
  Request *request = find_active (self, setup->index);

  if (request == NULL || request->state != RECV_PAYLOAD || setup->length == 0 ||
      setup->length > request->size_bytes - request->received)
    return refuse_send (setup);

  memcpy (fl_secret_get_writable (request->data) + request->received, data, setup->length);
  request->received += setup->length;
  if (request->received == request->size_bytes)
    {
      request->state = PENDING;
      g_queue_push_tail (self->tasks, request);
    }
  return FL_USB_DONE;
}

static FlUsbOutcome
handle_recv (FlUsbServer *self, const FlUsbSetup *setup, GBytes **reply)
{
  Request *request = find_active (self, setup->index);
  gsize left_bytes = 0;

  if (request == NULL || request->state != DONE || request->reply == NULL)
    return FL_USB_STALLED;
  left_bytes = fl_secret_get_size (request->reply) - request->read;
  if (setup->length == 0 || setup->length > left_bytes)
    return FL_USB_STALLED;

  *reply = g_bytes_new (fl_secret_get_data (request->reply) + request->read, setup->length);
  request->read += setup->length;
  if (request->read == fl_secret_get_size (request->reply))
    finish_active (self, request);
  return FL_USB_DONE;
}

static FlUsbOutcome
handle_reset (FlUsbServer *self, const FlUsbSetup *setup, GBytes **reply)
{
  Request *request = NULL;

  if (setup->index == 0)
    {
      finish_all (self);
      return answer_status (FL_USB_STATUS_OK, reply);
    }
  request = find_active (self, setup->index);
  if (request == NULL)
    return answer_status (FL_USB_STATUS_NOT_FOUND, reply);
  finish_active (self, request);
  return answer_status (FL_USB_STATUS_OK, reply);
}

FlUsbServer *
fl_usb_server_new (void)
{
  FlUsbServer *self = g_new0 (FlUsbServer, 1);

  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->tasks = g_queue_new ();
  self->ready = g_queue_new ();
  return self;
}

void
fl_usb_server_free (FlUsbServer *self)
{
  if (self == NULL)
    return;

  g_queue_free (self->tasks);
  g_queue_free (self->ready);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

FlUsbOutcome
fl_usb_server_control (FlUsbServer *self,
                       const FlUsbSetup *setup,
                       const guint8 *data,
                       gsize size_bytes,
                       GBytes **reply)
{
  *reply = NULL;
  if (setup->request_type == FL_USB_SERVICE_OUT)
    return setup->request == FL_USB_SERVICE_SEND && size_bytes == setup->length
               ? handle_send (self, setup, data)
               : FL_USB_STALLED;
  if (setup->request_type != FL_USB_SERVICE_IN)
    return FL_USB_STALLED;
  if (setup->request == FL_USB_SERVICE_RECV)
    return handle_recv (self, setup, reply);
  if (setup->length != FL_USB_SERVICE_REPLY_BYTES) /* less is refused, more gets no buffer */
    return FL_USB_STALLED;

  switch (setup->request)
    {
    case FL_USB_SERVICE_INIT:
      return handle_init (self, setup, reply);
    case FL_USB_SERVICE_CHECK:
      return handle_check (self, setup, reply);
    case FL_USB_SERVICE_RESET:
      return handle_reset (self, setup, reply);
    default:
      return FL_USB_STALLED;
    }
}

void
fl_usb_server_run (FlUsbServer *self)
{
  Request *request = NULL;

  while ((request = g_queue_pop_head (self->tasks)) != NULL)
    {
      if (request->state == PENDING)
        g_queue_push_tail (self->ready, request);
      else if (allocation_fails (&self->heap))
        request->state = ALLOC_FAILED;
      else
        {
          request->state = RECV_PAYLOAD;
          request->data = fl_secret_new_zeroed (request->size_bytes);
        }
    }
}

gboolean
fl_usb_server_take_request (FlUsbServer *self, FlUsbServerRequest *request)
{
  Request *next = g_queue_pop_head (self->ready);

  *request = (FlUsbServerRequest){ 0 };
  if (next == NULL)
    return FALSE;

  next->delivered = TRUE;
  next->index = self->next_index++;
  request->index = next->index;
  request->type = next->type;
  request->data = g_steal_pointer (&next->data);
  return TRUE;
}

void
fl_usb_server_request_clear (FlUsbServerRequest *request)
{
  g_clear_pointer (&request->data, fl_secret_unref);
}

void
fl_usb_server_reply (FlUsbServer *self, guint index, gint32 result, FlSecret *payload)
{
  for (guint i = 0; i < self->requests->len; i++)
    {
      Request *request = g_ptr_array_index (self->requests, i);

      if (request->state != PENDING || !request->delivered || request->index != index)
        continue;
      if (!request->active)
        {
          forget (self, request);
          return;
        }
      request->state = DONE;
      request->result = result;
      if (payload != NULL && fl_secret_get_size (payload) > 0)
        request->reply = fl_secret_ref (payload);
      return;
    }
}

void
fl_usb_server_bus_reset (FlUsbServer *self, gboolean aborts)
{
  if (aborts)
    finish_all (self);
}

guint
fl_usb_server_get_n_active (FlUsbServer *self)
{
  guint n_active = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n_active += ((Request *) g_ptr_array_index (self->requests, i))->active ? 1 : 0;
  return n_active;
}

FlUsbServerEffects
fl_usb_server_take_effects (FlUsbServer *self)
{
  const FlUsbServerEffects effects = self->effects;

  self->effects = 0;
  return effects;
}

void
fl_usb_server_fail_pool (FlUsbServer *self, guint after, guint count)
{
  self->pool = (Shortage){ .after = after, .count = count };
}

void
fl_usb_server_fail_heap (FlUsbServer *self, guint after, guint count)
{
  self->heap = (Shortage){ .after = after, .count = count };
}
