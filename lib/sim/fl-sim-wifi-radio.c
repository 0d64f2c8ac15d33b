/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wifi-radio.h"

#include "fl-sim-known.h"
#include "fl-sim-serial-private.h"
#include "fl-sim-world-private.h"

#define JOINS (FL_SIM_WIFI_RADIO_TRIES | FL_SIM_WIFI_RADIO_CONNECTS)

void
fl_sim_wifi_radio_clear (FlSimWifiRadio *self)
{
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->network, fl_sim_network_spec_free);
  g_clear_object (&self->station);
}

void
fl_sim_wifi_radio_power_off (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->station == NULL)
    return;
  self->work = self->waiting = 0;
  self->address = 0;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  fl_sim_station_part (self->station);
  fl_sim_station_leave (self->station);
}

/* The request that waits for @work is done. */
static void
finish_request (FlSimDevice *device, guint work, gint64 now_us)
{
  if (device->request.waits_for != work)
    return;
  device->request.waits_for = 0;
  device->request.done_us = now_us;
}

static void
finish_try (FlSimDevice *device, FlSimJoinOutcome outcome, gint64 now_us)
{
  device->request.join_result = fl_sim_wifi_get_result (device, outcome);
  device->request.network = device->wifi_radio.network;
  finish_request (device, FL_SIM_WIFI_RADIO_TRIES, now_us);
}

/* Either it is in that one, or the next one has its turn. */
static void
finish_connect (FlSimDevice *device, FlSimJoinOutcome outcome, gint64 now_us)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (outcome == FL_SIM_JOIN_OK)
    {
      device->listen_if_it_fails = FALSE;
      fl_sim_course_associated (device, self->network, now_us);
    }
  else if (++self->next < device->known->len)
    self->waiting |= FL_SIM_WIFI_RADIO_CONNECTS;
  else
    fl_sim_course_failed (device, now_us);
}

/* (nullable): it was removed meanwhile */
static const FlSimKnown *
get_wanted (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->work == FL_SIM_WIFI_RADIO_TRIES)
    return device->request.known;
  return self->next < device->known->len ? device->known->pdata[self->next] : NULL;
}

static void
finish_join (FlSimDevice *device, FlSimJoinOutcome outcome, gint64 now_us)
{
  const FlSimKnown *wanted = get_wanted (device);
  guint work = device->wifi_radio.work;

  device->wifi_radio.work = 0;
  if (work == FL_SIM_WIFI_RADIO_TRIES)
    {
      finish_try (device, outcome, now_us);
      return;
    }
  if (wanted != NULL)
    fl_sim_serial_note_join (device, wanted, outcome, now_us);
  finish_connect (device, outcome, now_us);
}

/* Some attempts end before the radio hears of them. */
static void
join (FlSimDevice *device, gint64 now_us)
{
  FlSimWifiRadio *self = &device->wifi_radio;
  const FlSimKnown *wanted = get_wanted (device);
  g_autoptr (FlSimKnown) real = NULL;
  FlSimJoinOutcome outcome = FL_SIM_JOIN_SKIPPED;

  self->address = 0;
  if (wanted != NULL)
    outcome = fl_sim_wifi_prepare (device, wanted, &real, now_us);
  if (outcome == FL_SIM_JOIN_OK)
    fl_sim_station_join (self->station, real);
  else
    finish_join (device, outcome, now_us);
}

/* One thing after another. */
static void
go_on (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  while (self->work == 0 && self->waiting != 0)
    {
      self->work = self->waiting & -self->waiting;
      self->waiting &= ~self->work;
      if (self->work == FL_SIM_WIFI_RADIO_SCANS)
        fl_sim_station_scan (self->station);
      else
        join (device, fl_sim_world_get_now (device->world));
    }
}

gboolean
fl_sim_wifi_radio_scan (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->station == NULL)
    return FALSE;
  if (self->work != FL_SIM_WIFI_RADIO_SCANS)
    self->waiting |= FL_SIM_WIFI_RADIO_SCANS;
  go_on (device);
  return TRUE;
}

gboolean
fl_sim_wifi_radio_scan_for_request (FlSimDevice *device)
{
  device->request.waits_for = device->wifi_radio.station != NULL ? FL_SIM_WIFI_RADIO_SCANS : 0;
  return fl_sim_wifi_radio_scan (device);
}

gboolean
fl_sim_wifi_radio_try (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->station == NULL)
    return FALSE;
  device->request.waits_for = FL_SIM_WIFI_RADIO_TRIES;
  self->waiting |= FL_SIM_WIFI_RADIO_TRIES;
  if (fl_sim_wifi_scans_to_join (device))
    self->waiting |= FL_SIM_WIFI_RADIO_SCANS;
  go_on (device);
  return TRUE;
}

gboolean
fl_sim_wifi_radio_connect (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->station == NULL)
    return FALSE;
  fl_sim_wifi_radio_leave (device); /* it begins anew */
  self->next = 0;
  self->waiting |= FL_SIM_WIFI_RADIO_CONNECTS;
  if (fl_sim_wifi_scans_to_join (device))
    self->waiting |= FL_SIM_WIFI_RADIO_SCANS;
  go_on (device);
  return TRUE;
}

void
fl_sim_wifi_radio_leave (FlSimDevice *device)
{
  FlSimWifiRadio *self = &device->wifi_radio;

  if (self->station == NULL)
    return;
  self->waiting &= ~(guint) FL_SIM_WIFI_RADIO_CONNECTS;
  if (self->work == FL_SIM_WIFI_RADIO_CONNECTS)
    self->work = 0;
  self->address = 0;
  if (self->work != FL_SIM_WIFI_RADIO_TRIES)
    fl_sim_station_leave (self->station);
  go_on (device);
}

gboolean
fl_sim_wifi_radio_reach (FlSimDevice *device)
{
  if (device->wifi_radio.station == NULL)
    return FALSE;
  fl_sim_station_reach (device->wifi_radio.station, device->spec->device_id);
  return TRUE;
}

void
fl_sim_wifi_radio_part (FlSimDevice *device)
{
  if (device->wifi_radio.station != NULL)
    fl_sim_station_part (device->wifi_radio.station);
}

void
fl_sim_device_set_station (FlSimDevice *self, FlSimStation *station)
{
  g_return_if_fail (self != NULL);

  if (station != NULL)
    g_object_ref (station);
  g_clear_object (&self->wifi_radio.station);
  self->wifi_radio.station = station;
}

/* What was heard may have made something due. */
static void
end_hearing (FlSimDevice *device, gint64 now_us)
{
  go_on (device);
  fl_sim_device_tick (device, now_us);
  fl_sim_world_tell_changed (device->world);
}

void
fl_sim_device_hear_scan (FlSimDevice *self, GPtrArray *networks, gint64 now_us)
{
  g_return_if_fail (self != NULL && networks != NULL);

  fl_sim_device_tick (self, now_us);
  if (self->wifi_radio.work != FL_SIM_WIFI_RADIO_SCANS)
    {
      g_ptr_array_unref (networks);
      return;
    }
  self->wifi_radio.work = 0;
  g_clear_pointer (&self->wifi_radio.found, g_ptr_array_unref);
  self->wifi_radio.found = networks;
  finish_request (self, FL_SIM_WIFI_RADIO_SCANS, now_us);
  if (self->serial->server != NULL)
    fl_serial_server_wake (fl_sim_serial_get_server (self, now_us), now_us);
  end_hearing (self, now_us);
}

void
fl_sim_device_hear_join (FlSimDevice *self,
                         FlSimJoinOutcome outcome,
                         FlSimNetworkSpec *network,
                         gint64 now_us)
{
  g_return_if_fail (self != NULL && (network != NULL) == (outcome == FL_SIM_JOIN_OK));

  fl_sim_device_tick (self, now_us);
  if ((self->wifi_radio.work & JOINS) == 0)
    {
      g_clear_pointer (&network, fl_sim_network_spec_free);
      return;
    }
  if (network != NULL)
    {
      g_clear_pointer (&self->wifi_radio.network, fl_sim_network_spec_free);
      self->wifi_radio.network = network;
    }
  finish_join (self, outcome, now_us);
  end_hearing (self, now_us);
}

static gboolean
is_joining (FlSimDevice *device)
{
  return (device->wifi_radio.work & JOINS) != 0;
}

void
fl_sim_device_hear_address (FlSimDevice *self, guint32 address, guint8 prefix, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_device_tick (self, now_us);
  if (is_joining (self))
    return;
  self->wifi_radio.address = address;
  fl_sim_course_addressed (self, now_us);
  end_hearing (self, now_us);
}

void
fl_sim_device_hear_loss (FlSimDevice *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_device_tick (self, now_us);
  if (is_joining (self))
    return;
  self->wifi_radio.address = 0;
  fl_sim_course_lost (self, now_us);
  end_hearing (self, now_us);
}

void
fl_sim_device_hear_service (FlSimDevice *self, gboolean is_reached, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_device_tick (self, now_us);
  fl_sim_course_served (self, is_reached, now_us);
  end_hearing (self, now_us);
}
