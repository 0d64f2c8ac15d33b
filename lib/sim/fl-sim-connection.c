/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-connection.h"

#include "fl-error.h"
#include "fl-sim-channel.h"
#include "fl-sim-world-private.h"

#define LEAST_MTU      23
#define ATT_HEADER     3
#define SUPERVISION_US G_GINT64_CONSTANT (5000000)

typedef struct
{
  GBytes *packet;
  gint64 at_us;
} Flight;

struct _FlSimConnection
{
  FlSimDevice *device;
  FlSimWorld *world; /* kept alive */
  FlSimChannel *channel;
  guint epoch; /* of the device when the connection began */
  FlSimClosed closed;

  gint64 start_us;
  gint64 seen_us;            /* all events up to then have happened */
  gint64 drop_us, vanish_us; /* by fault; G_MAXINT64: never */
  guint mtu;
  gboolean subscribed;

  GQueue to_device; /* of GBytes: written, not yet sent */
  GQueue on_air;    /* of Flight: sent, arrives one after another */
  GQueue arrived;   /* of GBytes: notifications at the client */
};

static void
set_closed (FlSimConnection *self, FlSimClosed how)
{
  if (self->closed != FL_SIM_OPEN)
    return;
  self->closed = how;
  self->device->connected = FALSE;
  fl_sim_world_count_link (self->world, -1);
}

/* The first event at or after @from_us that has not happened yet. */
static gint64
get_event_after (FlSimConnection *self, gint64 from_us)
{
  gint64 interval_us = (gint64) self->device->spec->interval_ms * 1000;
  gint64 n;

  from_us = MAX (from_us, self->seen_us + 1);
  n = (from_us - self->start_us + interval_us - 1) / interval_us;
  return self->start_us + n * interval_us;
}

/* The next event in which something moves. */
static gint64
get_next_event (FlSimConnection *self)
{
  gint64 ready_us = self->subscribed ? fl_sim_channel_get_ready (self->channel) : G_MAXINT64;

  if (fl_sim_channel_is_over (self->channel) || self->to_device.length > 0)
    ready_us = self->seen_us;
  return ready_us == G_MAXINT64 ? G_MAXINT64 : get_event_after (self, ready_us);
}

static void
flight_free (Flight *flight)
{
  g_bytes_unref (flight->packet);
  g_free (flight);
}

static gint64
get_landing (FlSimConnection *self)
{
  const Flight *first = g_queue_peek_head (&self->on_air);

  return first != NULL ? first->at_us : G_MAXINT64;
}

/* The packets of one event follow each other as fast as the air takes them: 8 µs a byte with the
 * headers of ATT, L2CAP and link layer, two pauses and an empty answer (1M PHY, Core Specification
 * 5.3, volume 6, part B, 2 and 4.1). */
static void
send_packets (FlSimConnection *self, gint64 now_us)
{
  for (int i = 0; i < self->device->spec->packets && self->to_device.length > 0; i++)
    {
      Flight *flight = g_new0 (Flight, 1);

      flight->packet = g_queue_pop_head (&self->to_device);
      now_us += ((gint64) g_bytes_get_size (flight->packet) + 21) * 8 + 380;
      flight->at_us = now_us;
      g_queue_push_tail (&self->on_air, flight);
    }
}

static void
land_packets (FlSimConnection *self, gint64 now_us)
{
  while (get_landing (self) <= now_us)
    {
      Flight *flight = g_queue_pop_head (&self->on_air);

      fl_sim_channel_receive (self->channel, g_steal_pointer (&flight->packet), flight->at_us);
      g_free (flight);
    }
}

static void
run_event (FlSimConnection *self, gint64 now_us)
{
  int packets = self->device->spec->packets;

  if (fl_sim_channel_is_over (self->channel))
    {
      set_closed (self, FL_SIM_CLOSED_BY_DEVICE);
      return;
    }
  send_packets (self, now_us);
  for (int i = 0; i < packets && self->subscribed && !fl_sim_channel_is_over (self->channel); i++)
    {
      GBytes *packet = fl_sim_channel_take (self->channel, self->mtu - ATT_HEADER, now_us);

      if (packet == NULL)
        break;
      g_queue_push_tail (&self->arrived, packet);
    }
}

/* From when on the device is not heard any more; G_MAXINT64: it is. */
static gint64
get_lost (FlSimConnection *self)
{
  gint64 lost_us = MIN (self->vanish_us, self->device->away_us);

  return self->device->off_us >= self->start_us ? MIN (lost_us, self->device->off_us) : lost_us;
}

static gint64
get_next (FlSimConnection *self)
{
  gint64 next_us =
      MIN (fl_sim_device_get_deadline (self->device), fl_sim_channel_get_deadline (self->channel));
  gint64 lost_us = get_lost (self);

  if (self->seen_us >= lost_us)
    return lost_us + SUPERVISION_US;
  if (self->device->epoch != self->epoch)
    return self->seen_us;
  next_us = MIN (next_us, get_landing (self));
  next_us = MAX (self->seen_us, MIN (next_us, get_next_event (self)));
  return MIN (next_us, MIN (lost_us, self->drop_us));
}

/* What a link can die of besides the device's wish. */
static void
check_link (FlSimConnection *self, gint64 now_us)
{
  gint64 lost_us = get_lost (self);

  if (lost_us != G_MAXINT64 && now_us >= lost_us + SUPERVISION_US)
    set_closed (self, FL_SIM_CLOSED_TIMEOUT);
  else if (lost_us > now_us && self->device->epoch != self->epoch)
    set_closed (self, FL_SIM_CLOSED_BY_DEVICE);
  else if (now_us >= self->drop_us)
    {
      fl_sim_device_fire (self->device, FL_SIM_FAULT_DROP_LINK_AFTER);
      set_closed (self, FL_SIM_CLOSED_BY_DEVICE);
    }
}

static void
step (FlSimConnection *self, gint64 now_us)
{
  gboolean has_event = get_next_event (self) <= now_us;

  fl_sim_device_tick (self->device, now_us);
  check_link (self, now_us);
  if (self->closed == FL_SIM_OPEN && now_us < get_lost (self))
    {
      land_packets (self, now_us);
      fl_sim_channel_run (self->channel, now_us);
      if (has_event)
        run_event (self, now_us);
    }
  self->seen_us = MAX (self->seen_us, now_us);
}

gint64
fl_sim_device_get_connect_time (FlSimDevice *device)
{
  g_return_val_if_fail (device != NULL, 0);

  return fl_sim_device_fire_time (device, FL_SIM_FAULT_CONNECT_SLOW, device->spec->connect_us);
}

static gboolean
check_connect (FlSimDevice *device, gint64 now_us, GError **error)
{
  guint8 payload[2][31];
  gsize size[2];

  if (fl_sim_world_get_free_links (device->world) <= 0)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_BLUETOOTH_BUSY,
                           "The simulated adapter holds no more links");
      return FALSE;
    }
  if (fl_sim_device_advertise (device, payload[0], &size[0], payload[1], &size[1], now_us) &&
      fl_sim_device_fire (device, FL_SIM_FAULT_CONNECT_FAILS) == NULL)
    return TRUE;
  g_set_error_literal (error, FL_ERROR, FL_ERROR_CONNECT_FAILED,
                       "The simulated device did not answer");
  return FALSE;
}

static void
set_faults (FlSimConnection *self, gint64 now_us)
{
  const FlSimFault *drop = fl_sim_device_get_fault (self->device, FL_SIM_FAULT_DROP_LINK_AFTER);
  const FlSimFault *vanish = fl_sim_device_get_fault (self->device, FL_SIM_FAULT_VANISH_AT);

  self->drop_us = drop != NULL ? now_us + drop->value : G_MAXINT64;
  self->vanish_us = G_MAXINT64;
  if (vanish != NULL)
    self->vanish_us =
        now_us + vanish->value - fl_sim_world_get_elapsed (self->device->world, now_us);
}

FlSimConnection *
fl_sim_device_connect (FlSimDevice *device, gint64 now_us, GError **error)
{
  FlSimConnection *self;

  g_return_val_if_fail (device != NULL, NULL);

  fl_sim_device_tick (device, now_us);
  if (!check_connect (device, now_us, error))
    return NULL;

  self = g_new0 (FlSimConnection, 1);
  self->device = device;
  self->world = g_object_ref (device->world);
  self->epoch = device->epoch;
  self->start_us = self->seen_us = now_us;
  self->mtu = LEAST_MTU;
  self->channel = fl_sim_channel_new (device, now_us);
  device->connected = TRUE;
  fl_sim_world_count_link (device->world, 1);
  set_faults (self, now_us);
  return self;
}

void
fl_sim_connection_free (FlSimConnection *self)
{
  set_closed (self, FL_SIM_CLOSED_BY_CLIENT);
  fl_sim_channel_free (self->channel);
  g_queue_clear_full (&self->to_device, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->on_air, (GDestroyNotify) flight_free);
  g_queue_clear_full (&self->arrived, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->world);
  g_free (self);
}

void
fl_sim_connection_close (FlSimConnection *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_connection_tick (self, now_us);
  set_closed (self, FL_SIM_CLOSED_BY_CLIENT);
}

guint
fl_sim_connection_list_services (FlSimConnection *self, FlSimService services[FL_SIM_MAX_SERVICES])
{
  g_return_val_if_fail (self != NULL, 0);

  return fl_sim_gatt_list (self->device, services);
}

GBytes *
fl_sim_connection_read_version (FlSimConnection *self)
{
  const FlSimFault *fault = fl_sim_device_fire (self->device, FL_SIM_FAULT_WRONG_VERSION);
  guint8 value = fault != NULL ? (guint8) fault->value : 2;

  return g_bytes_new (&value, 1);
}

guint
fl_sim_connection_exchange_mtu (FlSimConnection *self, guint client_mtu)
{
  g_return_val_if_fail (self != NULL, LEAST_MTU);

  self->mtu = CLAMP (MIN (client_mtu, (guint) self->device->spec->mtu), LEAST_MTU, 517);
  return self->mtu;
}

guint
fl_sim_connection_get_mtu (FlSimConnection *self)
{
  return self->mtu;
}

void
fl_sim_connection_subscribe (FlSimConnection *self, gboolean on)
{
  g_return_if_fail (self != NULL);

  self->subscribed = on;
}

gboolean
fl_sim_connection_write (FlSimConnection *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  fl_sim_connection_tick (self, now_us);
  if (self->closed != FL_SIM_OPEN || size_bytes > self->mtu - ATT_HEADER)
    return FALSE;
  g_queue_push_tail (&self->to_device, g_bytes_new (data, size_bytes));
  return TRUE;
}

guint
fl_sim_connection_get_n_unsent (FlSimConnection *self)
{
  return self->to_device.length;
}

GBytes *
fl_sim_connection_take (FlSimConnection *self)
{
  return g_queue_pop_head (&self->arrived);
}

void
fl_sim_connection_tick (FlSimConnection *self, gint64 now_us)
{
  gint64 at_us;

  g_return_if_fail (self != NULL);

  while (self->closed == FL_SIM_OPEN && (at_us = get_next (self)) <= now_us)
    step (self, at_us);
  fl_sim_device_tick (self->device, now_us);
  self->seen_us = MAX (self->seen_us, now_us);
}

gint64
fl_sim_connection_get_deadline (FlSimConnection *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->closed == FL_SIM_OPEN ? get_next (self) : G_MAXINT64;
}

FlSimClosed
fl_sim_connection_is_closed (FlSimConnection *self)
{
  return self->closed;
}
