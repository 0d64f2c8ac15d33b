/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-usb-sim.h"

#include "fl-clock.h"
#include "fl-sim-usb.h"

typedef struct
{
  MockUsbSim *sim;
  FlSimDevice *device;
  guint attachment;    /* that the computer knows of; 0: none */
  MockUsbDevice *mock; /* (nullable) */
} Socket;

struct _MockUsbSim
{
  MockUsb *usb;
  FlSimWorld *world; /* under the mock's lock */
  FlClock *clock;
  Socket *sockets;
  guint n_sockets;
  guint timer_id;
  gulong changed_id;
  int is_due; /* atomic: a check is on its way */
};

static void check (MockUsbSim *self);

static gboolean
on_due (gpointer data)
{
  MockUsbSim *self = data;

  g_atomic_int_set (&self->is_due, 0);
  check (self);
  return G_SOURCE_REMOVE;
}

/* Any thread. */
static void
check_soon (MockUsbSim *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_due, 0, 1))
    g_idle_add_full (G_PRIORITY_DEFAULT, on_due, self, NULL);
}

static MockUsbEnd
on_control (MockUsbDevice *mock,
            const FlUsbSetup *setup,
            const guint8 *data,
            GBytes **reply,
            gpointer user_data)
{
  Socket *socket = user_data;
  gsize size_bytes = (setup->request_type & FL_USB_IN) != 0 ? 0 : setup->length;

  switch (fl_sim_usb_control (socket->device, socket->attachment, setup, data, size_bytes,
                              g_get_monotonic_time (), reply))
    {
    case FL_SIM_USB_DONE:
      return MOCK_USB_DONE;
    case FL_SIM_USB_STALLED:
      return MOCK_USB_STALLED;
    case FL_SIM_USB_PENDING:
      return MOCK_USB_PENDING;
    case FL_SIM_USB_GONE:
      check_soon (socket->sim); /* ends it */
      return MOCK_USB_PENDING;
    }
  g_assert_not_reached ();
}

static void
plug (MockUsbSim *self, Socket *socket)
{
  FlSimUsbIdentity identity;
  MockUsbIdentity mock;

  fl_sim_usb_get_identity (socket->device, &identity);
  mock = (MockUsbIdentity){
    .location = identity.location,
    .vendor_id = identity.vendor_id,
    .product_id = identity.product_id,
    .serial = identity.serial,
    .product = identity.product,
    .is_refused = identity.is_refused,
  };
  socket->mock = mock_usb_plug (self->usb, &mock, on_control, socket);
}

static void
check_socket (MockUsbSim *self, Socket *socket, gint64 now_us)
{
  guint attachment;

  mock_usb_lock (self->usb);
  attachment = fl_sim_usb_get_attachment (socket->device, now_us);
  mock_usb_unlock (self->usb);
  if (attachment == socket->attachment)
    return;
  if (socket->mock != NULL)
    mock_usb_unplug (socket->mock);
  socket->mock = NULL;
  mock_usb_lock (self->usb);
  socket->attachment = attachment;
  mock_usb_unlock (self->usb);
  if (attachment != 0)
    plug (self, socket);
}

static void
on_timer (gpointer data)
{
  MockUsbSim *self = data;

  self->timer_id = 0;
  check (self);
}

static void
check (MockUsbSim *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 next_us = G_MAXINT64;

  for (guint i = 0; i < self->n_sockets; i++)
    {
      if (!fl_sim_usb_has_cable (self->sockets[i].device) && self->sockets[i].attachment == 0)
        continue;
      check_socket (self, &self->sockets[i], now_us);
      mock_usb_lock (self->usb);
      next_us = MIN (next_us, fl_sim_device_get_deadline (self->sockets[i].device));
      mock_usb_unlock (self->usb);
    }
  fl_clock_clear (self->clock, &self->timer_id);
  if (next_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, next_us, on_timer, self);
}

MockUsbSim *
mock_usb_sim_new (MockUsb *usb, FlSimWorld *world)
{
  MockUsbSim *self = g_new0 (MockUsbSim, 1);

  self->usb = usb;
  self->world = g_object_ref (world);
  self->clock = fl_clock_new ();
  self->n_sockets = fl_sim_world_get_n_devices (world);
  self->sockets = g_new0 (Socket, self->n_sockets);
  for (guint i = 0; i < self->n_sockets; i++)
    {
      self->sockets[i].sim = self;
      self->sockets[i].device = fl_sim_world_get_device (world, i);
    }
  self->changed_id = g_signal_connect_swapped (world, "changed", G_CALLBACK (check_soon), self);
  check (self);
  return self;
}

void
mock_usb_sim_set_plugged (MockUsbSim *self, gboolean is_plugged)
{
  gint64 now_us = g_get_monotonic_time ();

  mock_usb_lock (self->usb);
  for (guint i = 0; i < self->n_sockets; i++)
    {
      if (!fl_sim_usb_has_cable (self->sockets[i].device))
        continue;
      if (is_plugged)
        fl_sim_usb_plug (self->sockets[i].device, now_us);
      else
        fl_sim_usb_unplug (self->sockets[i].device, now_us);
    }
  mock_usb_unlock (self->usb);
  check (self);
}

void
mock_usb_sim_free (MockUsbSim *self)
{
  for (guint i = 0; i < self->n_sockets; i++)
    if (self->sockets[i].mock != NULL)
      mock_usb_unplug (self->sockets[i].mock);
  g_clear_signal_handler (&self->changed_id, self->world);
  fl_clock_clear (self->clock, &self->timer_id);
  g_idle_remove_by_data (self);
  g_object_unref (self->clock);
  g_object_unref (self->world);
  g_free (self->sockets);
  g_free (self);
}
