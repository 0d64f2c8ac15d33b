/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-host"
#include "config.h"

#include "fl-sim-host.h"

#include "fl-sim-att.h"
#include "fl-sim-device-private.h"
#include "fl-sim-hci.h"
#include "fl-sim-l2cap.h"

#define LOOK_US    G_GINT64_CONSTANT (100000) /* how soon it advertises something else */
#define MAX_UNSENT 32                         /* writes that wait for a connection event */

/* Remote User Terminated Connection, Core Specification 5.3, volume 1, part F, 2.19 */
#define REASON_USER 0x13

struct _FlSimHost
{
  FlSimDevice *device;
  FlSimHci *hci;
  FlSimHostState state;

  /* of a connection */
  FlSimConnection *connection; /* (nullable) */
  FlSimAtt *att;
  FlSimL2cap *link;
  gint64 start_us;
  GQueue answers; /* of GBytes, for the next event */
  gint64 answer_us;
};

static void
drop_connection (FlSimHost *self)
{
  g_clear_pointer (&self->att, fl_sim_att_free);
  g_clear_pointer (&self->connection, fl_sim_connection_free);
  g_clear_pointer (&self->link, fl_sim_l2cap_free);
  g_queue_clear_full (&self->answers, (GDestroyNotify) g_bytes_unref);
  self->answer_us = G_MAXINT64;
}

/* A device that does not answer is there no more for the central. */
static void
begin_connection (FlSimHost *self, gint64 now_us)
{
  g_autoptr (GError) error = NULL;

  drop_connection (self);
  self->connection = fl_sim_device_connect (self->device, now_us, &error);
  if (self->connection == NULL)
    {
      g_debug ("%s: %s", fl_sim_device_get_spec (self->device)->name, error->message);
      self->state = FL_SIM_HOST_CUT;
      return;
    }
  self->att = fl_sim_att_new (self->device, self->connection, now_us);
  self->link = fl_sim_l2cap_new ();
  self->start_us = now_us;
}

static gint64
get_next_event (FlSimHost *self, gint64 now_us)
{
  gint64 interval_us = (gint64) fl_sim_device_get_spec (self->device)->interval_ms * 1000;

  return self->start_us + ((now_us - self->start_us) / interval_us + 1) * interval_us;
}

static void
receive (FlSimHost *self, const FlSimHciEvent *event, gint64 now_us)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (event->data, &size_bytes);
  GBytes *pdu;

  if (self->connection == NULL)
    return;
  fl_sim_l2cap_receive (self->link, event->starts, data, size_bytes);
  while ((pdu = fl_sim_l2cap_take_pdu (self->link)) != NULL)
    {
      gsize pdu_size;
      const guint8 *bytes = g_bytes_get_data (pdu, &pdu_size);
      GBytes *answer = fl_sim_att_receive (self->att, bytes, pdu_size, now_us);

      g_bytes_unref (pdu);
      if (answer == NULL)
        continue;
      if (g_queue_is_empty (&self->answers))
        self->answer_us = get_next_event (self, now_us);
      g_queue_push_tail (&self->answers, answer);
    }
}

static void
handle (FlSimHost *self, const FlSimHciEvent *event, gint64 now_us)
{
  switch (event->type)
    {
    case FL_SIM_HCI_CONNECTED:
      begin_connection (self, now_us);
      break;
    case FL_SIM_HCI_DISCONNECTED:
      drop_connection (self);
      break;
    case FL_SIM_HCI_DATA:
      receive (self, event, now_us);
      break;
    case FL_SIM_HCI_FAILED:
      g_debug ("%s: command %#x gave %#x", fl_sim_device_get_spec (self->device)->name,
               event->command, event->code);
      self->state = FL_SIM_HOST_FAILED;
      break;
    }
}

/* The connection may have come to its end on the device's side. */
static void
check_connection (FlSimHost *self)
{
  switch (fl_sim_connection_is_closed (self->connection))
    {
    case FL_SIM_OPEN:
      return;
    case FL_SIM_CLOSED_BY_CLIENT:
      break;
    case FL_SIM_CLOSED_BY_DEVICE:
      if (fl_sim_device_is_running (self->device))
        fl_sim_hci_disconnect (self->hci, REASON_USER);
      else
        self->state = FL_SIM_HOST_CUT;
      break;
    case FL_SIM_CLOSED_TIMEOUT:
      self->state = FL_SIM_HOST_CUT;
      break;
    }
  drop_connection (self);
}

static void
send_due (FlSimHost *self, gint64 now_us)
{
  GBytes *pdu;

  if (now_us >= self->answer_us)
    {
      self->answer_us = G_MAXINT64;
      while ((pdu = g_queue_pop_head (&self->answers)) != NULL)
        {
          fl_sim_l2cap_send_pdu (self->link, pdu);
          g_bytes_unref (pdu);
        }
    }
  while ((pdu = fl_sim_att_take (self->att, now_us)) != NULL)
    {
      fl_sim_l2cap_send_pdu (self->link, pdu);
      g_bytes_unref (pdu);
    }
}

/* As much as the controller takes. */
static void
fill_controller (FlSimHost *self)
{
  GBytes *fragment;
  gboolean starts = FALSE;
  gsize room;

  while ((room = fl_sim_hci_get_room (self->hci)) > 0 &&
         (fragment = fl_sim_l2cap_take_fragment (self->link, room, &starts)) != NULL)
    {
      gsize size_bytes;
      const guint8 *data = g_bytes_get_data (fragment, &size_bytes);

      fl_sim_hci_send (self->hci, starts, data, size_bytes);
      g_bytes_unref (fragment);
    }
}

static void
advertise (FlSimHost *self, gint64 now_us)
{
  FlSimHciAdvert advert = { 0 };

  if (fl_sim_device_advertise (self->device, advert.advert, &advert.advert_size, advert.response,
                               &advert.response_size, now_us))
    fl_sim_hci_advertise (self->hci, &advert);
  else
    fl_sim_hci_advertise (self->hci, NULL);
}

static void
parse_address (const char *text, guint8 out[FL_SIM_HCI_ADDRESS_SIZE])
{
  for (guint i = 0; i < FL_SIM_HCI_ADDRESS_SIZE; i++)
    out[i] =
        (guint8) (g_ascii_xdigit_value (text[i * 3]) << 4 | g_ascii_xdigit_value (text[i * 3 + 1]));
}

FlSimHost *
fl_sim_host_new (FlSimDevice *device)
{
  FlSimHost *self;
  guint8 address[FL_SIM_HCI_ADDRESS_SIZE];

  g_return_val_if_fail (device != NULL, NULL);

  self = g_new0 (FlSimHost, 1);
  self->device = device;
  parse_address (fl_sim_device_get_spec (device)->address, address);
  self->hci = fl_sim_hci_new (address);
  self->answer_us = G_MAXINT64;
  return self;
}

void
fl_sim_host_free (FlSimHost *self)
{
  drop_connection (self);
  fl_sim_hci_free (self->hci);
  g_free (self);
}

void
fl_sim_host_feed (FlSimHost *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_auto (FlSimHciEvent) event = { 0 };

  g_return_if_fail (self != NULL);

  fl_sim_hci_feed (self->hci, data, size_bytes);
  while (fl_sim_hci_take_event (self->hci, &event))
    {
      handle (self, &event, now_us);
      fl_sim_hci_event_clear (&event);
    }
  fl_sim_host_tick (self, now_us);
}

gboolean
fl_sim_host_is_busy (FlSimHost *self, gint64 now_us)
{
  if (self->connection == NULL)
    return FALSE;
  return !fl_sim_host_can_be_heard (self->device, now_us) ||
         fl_sim_connection_get_n_unsent (self->connection) >= MAX_UNSENT;
}

void
fl_sim_host_tick (FlSimHost *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_device_tick (self->device, now_us);
  if (self->connection != NULL)
    {
      fl_sim_connection_tick (self->connection, now_us);
      check_connection (self);
    }
  if (self->connection == NULL)
    {
      advertise (self, now_us);
      return;
    }
  if (!fl_sim_host_can_be_heard (self->device, now_us))
    return;
  send_due (self, now_us);
  fill_controller (self);
}

gint64
fl_sim_host_get_deadline (FlSimHost *self, gint64 now_us)
{
  gint64 next_us = MIN (fl_sim_device_get_deadline (self->device), now_us + LOOK_US);

  if (self->connection == NULL)
    return next_us;
  next_us = MIN (next_us, fl_sim_connection_get_deadline (self->connection));
  if (!fl_sim_host_can_be_heard (self->device, now_us))
    return next_us; /* what it has to say waits */
  next_us = MIN (next_us, fl_sim_att_get_deadline (self->att));
  return MAX (now_us, MIN (next_us, self->answer_us));
}

GBytes *
fl_sim_host_take (FlSimHost *self)
{
  return fl_sim_hci_take (self->hci);
}

FlSimHostState
fl_sim_host_get_state (FlSimHost *self)
{
  return self->state;
}

gboolean
fl_sim_host_is_connected (FlSimHost *self)
{
  return self->connection != NULL;
}

gboolean
fl_sim_host_can_be_heard (FlSimDevice *device, gint64 now_us)
{
  return fl_sim_device_get_spec (device)->has_bluetooth && fl_sim_device_is_running (device) &&
         !fl_sim_device_is_away (device, now_us) && !fl_sim_device_has_vanished (device, now_us);
}
