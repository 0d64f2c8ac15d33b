/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-link"
#include "config.h"

#include "fl-sim-link.h"

#include <string.h>

#include "fl-error.h"
#include "fl-sim-connection.h"
#include "fl-source.h"

#define TRIES          5
#define FIRST_PAUSE_MS 250 /* doubles with each try */
#define CLIENT_MTU     517 /* what BlueZ offers */
#define ATT_HEADER     3
#define MAX_UNSENT     8 /* the adapter's own buffers */

struct _FlSimLink
{
  GObject parent_instance;

  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  FlClock *clock;
  FlProduct *product;
  FlSimConnection *connection; /* (nullable) */
  GTask *opening;              /* (nullable) */
  GTask *sending;              /* (nullable) waits for room */
  GSource *cancel_source;      /* of the one or the other */
  guint timer_id;
  guint tries;
};

static void fl_sim_link_iface_init (FlLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimLink,
                               fl_sim_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_sim_link_iface_init))

static void pump (FlSimLink *self);
static void try_to_connect (gpointer data);

/* The one exit of both operations. (transfer full) (nullable) @error */
static void
finish (FlSimLink *self, GTask **slot, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (slot);

  fl_source_clear (&self->cancel_source);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The link is closed from now on. (transfer full) (nullable) @reason */
static void
shut (FlSimLink *self, GError *reason)
{
  g_autoptr (FlSimLink) keep = g_object_ref (self);
  g_autoptr (GError) owned = reason;
  g_autoptr (GError) failure =
      reason != NULL ? g_error_copy (reason)
                     : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
  gboolean was_open = self->connection != NULL && self->opening == NULL;

  fl_clock_clear (self->clock, &self->timer_id);
  if (self->connection != NULL)
    fl_sim_connection_close (self->connection, fl_clock_now_us (self->clock));
  g_clear_pointer (&self->connection, fl_sim_connection_free);
  if (self->opening != NULL)
    finish (self, &self->opening, g_steal_pointer (&failure));
  else if (self->sending != NULL)
    finish (self, &self->sending, g_steal_pointer (&failure));
  if (was_open)
    fl_link_emit_closed (FL_LINK (self), owned);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  shut (FL_SIM_LINK (data),
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled"));
  return G_SOURCE_REMOVE;
}

static void
watch (FlSimLink *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable == NULL)
    return;
  self->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancel_source, g_main_context_get_thread_default ());
}

static const FlSimService *
find_service (const FlSimService *services, guint n_services, const char *uuid)
{
  for (guint i = 0; i < n_services; i++)
    if (strcmp (services[i].uuid, uuid) == 0)
      return &services[i];
  return NULL;
}

static gboolean
has_characteristic (const FlSimService *service, const char *uuid, guint any_property)
{
  for (guint i = 0; i < service->n_characteristics; i++)
    if (strcmp (service->characteristics[i].uuid, uuid) == 0 &&
        (service->characteristics[i].properties & any_property) != 0)
      return TRUE;
  return FALSE;
}

/* NULL: as the product says. */
static GError *
check_services (FlSimLink *self)
{
  const FlGattProfile *gatt = fl_product_get_gatt (self->product);
  FlSimService services[FL_SIM_MAX_SERVICES];
  guint n_services = fl_sim_connection_list_services (self->connection, services);
  const FlSimService *service = find_service (services, n_services, gatt->service);
  g_autoptr (GBytes) version = NULL;
  const guint8 *value;

  if (service == NULL || !has_characteristic (service, gatt->tx, FL_SIM_GATT_NOTIFY) ||
      !has_characteristic (service, gatt->rx,
                           FL_SIM_GATT_WRITE | FL_SIM_GATT_WRITE_WITHOUT_RESPONSE) ||
      !has_characteristic (service, gatt->version, FL_SIM_GATT_READ))
    return g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES,
                                "The simulated device lacks a service or characteristic");
  version = fl_sim_connection_read_version (self->connection);
  value = g_bytes_get_data (version, NULL);
  if (value[0] != gatt->version_value)
    return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES,
                        "The simulated device speaks version %u", value[0]);
  return NULL;
}

static GError *
get_adapter_error (FlSimLink *self)
{
  switch (fl_sim_world_get_adapter (self->world, fl_clock_now_us (self->clock)))
    {
    case FL_SIM_ADAPTER_ON:
    case FL_SIM_ADAPTER_DEAF:
      return NULL;
    case FL_SIM_ADAPTER_OFF:
      return g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "The simulated adapter is off");
    case FL_SIM_ADAPTER_REMOVED:
      return g_error_new_literal (FL_ERROR, FL_ERROR_NO_BLUETOOTH,
                                  "The simulated adapter was removed");
    }
  return NULL;
}

static void
wait_to_connect (FlSimLink *self, gint64 extra_us)
{
  gint64 now_us = fl_clock_now_us (self->clock);

  self->timer_id =
      fl_clock_add_at (self->clock,
                       now_us + extra_us + fl_sim_device_get_connect_time (self->device),
                       try_to_connect, self);
}

static void
try_to_connect (gpointer data)
{
  FlSimLink *self = data;
  g_autoptr (FlSimLink) keep = g_object_ref (self); /* whoever hears of it may let go of the link */
  g_autoptr (GError) error = get_adapter_error (self);

  self->timer_id = 0;
  self->tries++;
  if (error == NULL)
    self->connection = fl_sim_device_connect (self->device, fl_clock_now_us (self->clock), &error);
  if (g_error_matches (error, FL_ERROR, FL_ERROR_CONNECT_FAILED) && self->tries < TRIES)
    {
      wait_to_connect (self, (gint64) FIRST_PAUSE_MS * 1000 << (self->tries - 1));
      return;
    }
  if (error == NULL)
    error = check_services (self);
  if (error != NULL)
    {
      shut (self, g_steal_pointer (&error));
      return;
    }
  fl_sim_connection_exchange_mtu (self->connection, CLIENT_MTU);
  fl_sim_connection_subscribe (self->connection, TRUE);
  finish (self, &self->opening, NULL);
  pump (self);
}

static void
on_timer (gpointer data)
{
  FlSimLink *self = data;

  self->timer_id = 0;
  pump (self);
}

static GError *
get_end (FlSimLink *self)
{
  GError *error = get_adapter_error (self);

  if (error != NULL)
    return error;
  switch (fl_sim_connection_is_closed (self->connection))
    {
    case FL_SIM_OPEN:
    case FL_SIM_CLOSED_BY_CLIENT:
      return NULL;
    case FL_SIM_CLOSED_BY_DEVICE:
      return g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                                  "The simulated device disconnected");
    case FL_SIM_CLOSED_TIMEOUT:
      return g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                                  "The simulated device is out of reach");
    }
  return NULL;
}

/* Lets the connection live up to now, hands on what came of it, and sets the next timer. Handlers
 * may close the link, so it is looked at anew after each. */
static void
pump (FlSimLink *self)
{
  g_autoptr (FlSimLink) keep = g_object_ref (self);
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us;
  GBytes *packet;
  GError *end;

  if (self->connection == NULL)
    return;
  fl_sim_connection_tick (self->connection, now_us);
  while (self->connection != NULL && (packet = fl_sim_connection_take (self->connection)) != NULL)
    {
      fl_link_emit_received (FL_LINK (self), packet);
      g_bytes_unref (packet);
    }
  if (self->connection == NULL)
    return;
  end = get_end (self);
  if (end != NULL)
    {
      shut (self, end);
      return;
    }
  if (self->sending != NULL && fl_sim_connection_get_n_unsent (self->connection) < MAX_UNSENT)
    finish (self, &self->sending, NULL);
  next_us = MIN (fl_sim_connection_get_deadline (self->connection),
                 fl_sim_world_get_adapter_deadline (self->world, now_us));
  fl_clock_clear (self->clock, &self->timer_id);
  if (next_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, next_us, on_timer, self);
}

static void
fl_sim_link_open_async (FlLink *link,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FlSimLink *self = FL_SIM_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_sim_link_open_async);
  if (self->opening != NULL || self->connection != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "The link is open already");
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  self->opening = g_steal_pointer (&task);
  self->tries = 0;
  watch (self, self->opening);
  wait_to_connect (self, 0);
}

static gboolean
fl_sim_link_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_sim_link_send_async (FlLink *link,
                        GBytes *bytes,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FlSimLink *self = FL_SIM_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_task_set_source_tag (task, fl_sim_link_send_async);
  if (self->connection == NULL || self->opening != NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if (self->sending != NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "Another send is under way");
  else if (g_task_return_error_if_cancelled (task))
    shut (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled"));
  else if (!fl_sim_connection_write (self->connection, data, size, fl_clock_now_us (self->clock)))
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link does not take this");
  else
    {
      self->sending = g_steal_pointer (&task);
      watch (self, self->sending);
      pump (self);
    }
}

static void
fl_sim_link_close (FlLink *link)
{
  shut (FL_SIM_LINK (link), NULL);
}

static gsize
fl_sim_link_get_max_send (FlLink *link)
{
  FlSimLink *self = FL_SIM_LINK (link);

  return self->connection != NULL ? fl_sim_connection_get_mtu (self->connection) - ATT_HEADER : 0;
}

static void
fl_sim_link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = fl_sim_link_open_async;
  iface->open_finish = fl_sim_link_finish;
  iface->send_async = fl_sim_link_send_async;
  iface->send_finish = fl_sim_link_finish;
  iface->close = fl_sim_link_close;
  iface->get_max_send = fl_sim_link_get_max_send;
}

static void
fl_sim_link_dispose (GObject *object)
{
  FlSimLink *self = FL_SIM_LINK (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  g_clear_pointer (&self->connection, fl_sim_connection_free);
  g_clear_object (&self->product);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_link_parent_class)->dispose (object);
}

static void
fl_sim_link_class_init (FlSimLinkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_sim_link_dispose;
}

static void
fl_sim_link_init (FlSimLink *self)
{
}

FlSimLink *
fl_sim_link_new (FlSimDevice *device, FlClock *clock, FlProduct *product)
{
  FlSimLink *self;

  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (FL_IS_PRODUCT (product), NULL);

  self = g_object_new (FL_TYPE_SIM_LINK, NULL);
  self->device = device;
  self->world = g_object_ref (fl_sim_device_get_world (device));
  self->clock = g_object_ref (clock);
  self->product = g_object_ref (product);
  return self;
}
