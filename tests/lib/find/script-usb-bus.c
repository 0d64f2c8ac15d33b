/* SPDX-License-Identifier: Apache-2.0 */
#include "script-usb-bus.h"

#include "fl-reply-body.h"
#include "fl-requests.h"
#include "fl-usb-server.h"

#define PARTICLE 0x2b04

typedef struct
{
  const ScriptUsbDevice *device;
  FlUsbPort *port;
  FlUsbServer *server;
} Socket;

/* One conversation. It does not outlive the bus in any test. */
#define SCRIPT_TYPE_USB_LINK (script_usb_link_get_type ())
G_DECLARE_FINAL_TYPE (ScriptUsbLink, script_usb_link, SCRIPT, USB_LINK, GObject)

struct _ScriptUsbLink
{
  GObject parent_instance;

  ScriptUsbBus *bus;
  FlUsbPort *port;
  gboolean is_open;
  GTask *pending; /* (nullable) */
  FlUsbSetup setup;
  FlSecret *data;
  guint timer_id;
};

static void
socket_free (gpointer data)
{
  Socket *socket = data;

  g_clear_object (&socket->port);
  fl_usb_server_free (socket->server);
  g_free (socket);
}

static Socket *
find_socket (ScriptUsbBus *self, FlUsbPort *port)
{
  for (guint i = 0; i < self->sockets->len; i++)
    if (((Socket *) self->sockets->pdata[i])->port == port)
      return self->sockets->pdata[i];
  return NULL;
}

static void
answer (const ScriptUsbDevice *device, FlUsbServer *server, const FlUsbServerRequest *request)
{
  g_autoptr (FlSecret) payload = NULL;

  if (device->is_silent)
    return;
  if (device->refusal != 0)
    {
      fl_usb_server_reply (server, request->index, device->refusal, NULL);
      return;
    }
  if (request->type == FL_REQUEST_GET_SERIAL_NUMBER && device->serial != NULL)
    payload = fl_reply_pack_text (request->type, device->serial);
  else if (request->type == FL_REQUEST_GET_SYSTEM_VERSION && device->firmware != NULL)
    payload = fl_reply_pack_text (request->type, device->firmware);
  else if (request->type == FL_REQUEST_GET_DEVICE_MODE)
    payload = fl_reply_pack_number (request->type, device->mode);
  fl_usb_server_reply (server, request->index, payload != NULL ? 0 : -120, payload);
}

static void
run (Socket *socket)
{
  FlUsbServerRequest request;

  fl_usb_server_run (socket->server);
  while (fl_usb_server_take_request (socket->server, &request))
    {
      answer (socket->device, socket->server, &request);
      fl_usb_server_request_clear (&request);
    }
}

static void script_usb_link_init_link (FlLinkInterface *iface);
static void script_usb_link_init_usb (FlUsbLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptUsbLink,
                               script_usb_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, script_usb_link_init_link)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_USB_LINK,
                                                          script_usb_link_init_usb))

static void
shut (ScriptUsbLink *self, const GError *reason)
{
  g_autoptr (GTask) pending = g_steal_pointer (&self->pending);

  fl_clock_clear (self->bus->clock, &self->timer_id);
  g_clear_pointer (&self->data, fl_secret_unref);
  if (pending != NULL)
    g_task_return_error (pending, reason != NULL
                                      ? g_error_copy (reason)
                                      : g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
  if (!self->is_open)
    return;
  self->is_open = FALSE;
  self->bus->n_open--;
  fl_link_emit_closed (FL_LINK (self), reason);
}

static void
on_opened (gpointer data)
{
  ScriptUsbLink *self = data;
  g_autoptr (GTask) task = g_steal_pointer (&self->pending);
  Socket *socket = find_socket (self->bus, self->port);

  self->timer_id = 0;
  if (socket == NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH, "unplugged");
      return;
    }
  if (socket->device->refused != 0)
    {
      g_task_return_new_error (task, FL_ERROR, (int) socket->device->refused, "by the test");
      return;
    }
  self->is_open = TRUE;
  self->bus->n_open++;
  self->bus->n_opened++;
  self->bus->most_open = MAX (self->bus->most_open, self->bus->n_open);
  g_task_return_boolean (task, TRUE);
}

static void
link_open_async (FlLink *link,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  ScriptUsbLink *self = SCRIPT_USB_LINK (link);

  g_assert_null (self->pending);
  self->pending = g_task_new (self, cancellable, callback, data);
  self->timer_id = fl_clock_add_ms (self->bus->clock, 1, on_opened, self);
}

static gboolean
link_open_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
link_send_async (FlLink *link,
                 GBytes *bytes,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  g_task_report_new_error (link, callback, data, NULL, FL_ERROR, FL_ERROR_UNSUPPORTED, "USB");
}

static void
link_close (FlLink *link)
{
  shut (SCRIPT_USB_LINK (link), NULL);
}

static gsize
link_get_max_send (FlLink *link)
{
  return FL_USB_MAX_TRANSFER;
}

static void
script_usb_link_init_link (FlLinkInterface *iface)
{
  iface->open_async = link_open_async;
  iface->open_finish = link_open_finish;
  iface->send_async = link_send_async;
  iface->send_finish = link_open_finish;
  iface->close = link_close;
  iface->get_max_send = link_get_max_send;
}

static void
on_transferred (gpointer data)
{
  ScriptUsbLink *self = data;
  g_autoptr (GTask) task = g_steal_pointer (&self->pending);
  g_autoptr (FlSecret) sent = g_steal_pointer (&self->data);
  Socket *socket = find_socket (self->bus, self->port);
  const guint8 *bytes = sent != NULL ? fl_secret_get_data (sent) : NULL;
  gsize size_bytes = sent != NULL ? fl_secret_get_size (sent) : 0;
  GBytes *reply = NULL;
  FlUsbOutcome outcome;

  self->timer_id = 0;
  self->bus->n_transfers++;
  outcome = fl_usb_server_control (socket->server, &self->setup, bytes, size_bytes, &reply);
  run (socket);
  g_task_set_task_data (task, GINT_TO_POINTER (outcome), NULL);
  g_task_return_pointer (task, reply != NULL ? reply : g_bytes_new (NULL, 0),
                         (GDestroyNotify) g_bytes_unref);
}

static void
link_transfer_async (FlUsbLink *link,
                     const FlUsbSetup *setup,
                     FlSecret *data,
                     guint limit_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  ScriptUsbLink *self = SCRIPT_USB_LINK (link);

  g_assert_true (self->is_open);
  g_assert_null (self->pending);
  self->pending = g_task_new (self, cancellable, callback, user_data);
  self->setup = *setup;
  self->data = data != NULL ? fl_secret_ref (data) : NULL;
  self->timer_id = fl_clock_add_ms (self->bus->clock, 1, on_transferred, self);
}

static GBytes *
link_transfer_finish (FlUsbLink *link, GAsyncResult *result, FlUsbOutcome *outcome, GError **error)
{
  *outcome = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
script_usb_link_init_usb (FlUsbLinkInterface *iface)
{
  iface->transfer_async = link_transfer_async;
  iface->transfer_finish = link_transfer_finish;
}

/* Its port went: whoever is connected hears of it. */
static void
on_port_gone (GListModel *ports, guint position, guint removed, guint added, ScriptUsbLink *self)
{
  g_autoptr (GError) reason = NULL;

  if (find_socket (self->bus, self->port) != NULL)
    return;
  reason = g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "unplugged");
  if (self->is_open)
    shut (self, reason);
}

static void
script_usb_link_dispose (GObject *object)
{
  ScriptUsbLink *self = SCRIPT_USB_LINK (object);

  if (self->bus != NULL)
    shut (self, NULL);
  g_clear_object (&self->port);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (script_usb_link_parent_class)->dispose (object);
}

static void
script_usb_link_class_init (ScriptUsbLinkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = script_usb_link_dispose;
}

static void
script_usb_link_init (ScriptUsbLink *self)
{
}

static void script_usb_bus_init_bus (FlUsbBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptUsbBus,
                               script_usb_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_USB_BUS, script_usb_bus_init_bus))

static void
bus_start (FlUsbBus *bus)
{
  SCRIPT_USB_BUS (bus)->n_starts++;
}

static void
bus_stop (FlUsbBus *bus)
{
  SCRIPT_USB_BUS (bus)->n_stops++;
}

static GListModel *
bus_get_ports (FlUsbBus *bus)
{
  return G_LIST_MODEL (SCRIPT_USB_BUS (bus)->ports);
}

static FlUsbLink *
bus_create_link (FlUsbBus *bus, FlUsbPort *port)
{
  ScriptUsbBus *self = SCRIPT_USB_BUS (bus);
  ScriptUsbLink *link = g_object_new (SCRIPT_TYPE_USB_LINK, NULL);

  link->bus = g_object_ref (self);
  link->port = g_object_ref (port);
  g_signal_connect_object (self->ports, "items-changed", G_CALLBACK (on_port_gone), link, 0);
  return FL_USB_LINK (link);
}

static const GError *
bus_get_problem (FlUsbBus *bus)
{
  return SCRIPT_USB_BUS (bus)->problem;
}

static void
bus_recheck (FlUsbBus *bus)
{
  ScriptUsbBus *self = SCRIPT_USB_BUS (bus);

  self->n_rechecks++;
  for (guint i = 0; i < self->sockets->len; i++)
    fl_usb_port_take_problem (((Socket *) self->sockets->pdata[i])->port, NULL);
}

static void
script_usb_bus_init_bus (FlUsbBusInterface *iface)
{
  iface->start = bus_start;
  iface->stop = bus_stop;
  iface->get_ports = bus_get_ports;
  iface->create_link = bus_create_link;
  iface->get_problem = bus_get_problem;
  iface->recheck = bus_recheck;
}

static void
script_usb_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, SCRIPT_USB_BUS (object)->problem);
}

static void
script_usb_bus_finalize (GObject *object)
{
  ScriptUsbBus *self = SCRIPT_USB_BUS (object);

  g_clear_object (&self->ports);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (script_usb_bus_parent_class)->finalize (object);
}

static void
script_usb_bus_class_init (ScriptUsbBusClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = script_usb_bus_get_property;
  object_class->finalize = script_usb_bus_finalize;
  g_object_class_override_property (object_class, 1, "problem");
}

static void
script_usb_bus_init (ScriptUsbBus *self)
{
  self->ports = g_list_store_new (FL_TYPE_USB_PORT);
  self->sockets = g_ptr_array_new_with_free_func (socket_free);
}

ScriptUsbBus *
script_usb_bus_new (FlClock *clock)
{
  ScriptUsbBus *self = g_object_new (SCRIPT_TYPE_USB_BUS, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

FlUsbPort *
script_usb_bus_plug (ScriptUsbBus *self, const ScriptUsbDevice *device)
{
  Socket *socket = g_new0 (Socket, 1);

  socket->device = device;
  socket->server = fl_usb_server_new ();
  socket->port = fl_usb_port_new (device->location, PARTICLE, device->product_id,
                                  device->serial_text, device->product);
  g_ptr_array_add (self->sockets, socket);
  g_list_store_append (self->ports, socket->port);
  return socket->port;
}

void
script_usb_bus_unplug (ScriptUsbBus *self, const char *location)
{
  for (guint i = 0; i < self->sockets->len; i++)
    {
      Socket *socket = self->sockets->pdata[i];
      g_autoptr (FlUsbPort) port = g_object_ref (socket->port);
      guint position;

      if (!g_str_equal (fl_usb_port_get_location (port), location))
        continue;
      g_ptr_array_remove_index (self->sockets, i);
      g_assert_true (g_list_store_find (self->ports, port, &position));
      g_list_store_remove (self->ports, position);
      return;
    }
  g_assert_not_reached ();
}

void
script_usb_bus_take_problem (ScriptUsbBus *self, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify (G_OBJECT (self), "problem");
}
