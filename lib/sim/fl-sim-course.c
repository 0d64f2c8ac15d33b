/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wifi.h"

#include "fl-sim-known.h"
#include "fl-sim-serial-private.h"
#include "fl-sim-wifi-radio.h"
#include "fl-sim-world-private.h"

#define RETRY_US         G_GINT64_CONSTANT (5000000)
#define CLOUD_ATTEMPT_US G_GINT64_CONSTANT (10000000)
#define CLOUD_PAUSE_US   G_GINT64_CONSTANT (5000000)

static void
set_cloud (FlSimDevice *device, FlSimCloudState state, gint64 at_us)
{
  if (state == FL_SIM_CLOUD_DISCONNECTED && device->cloud != FL_SIM_CLOUD_DISCONNECTED)
    fl_sim_wifi_radio_part (device);
  device->cloud = state;
  device->cloud_us = at_us;
}

static gboolean
can_reach_cloud (FlSimDevice *device)
{
  return fl_sim_world_get_scenario (device->world)->cloud_up && device->network != NULL &&
         device->network->internet && device->network->cloud &&
         fl_sim_device_get_fault (device, FL_SIM_FAULT_NO_CLOUD) == NULL;
}

static void
start_cloud (FlSimDevice *device, gint64 now_us)
{
  gint64 slow_us;

  if (!device->cloud_wanted || device->wifi != FL_SIM_WIFI_READY)
    return;
  if (fl_sim_wifi_radio_reach (device))
    {
      set_cloud (device, FL_SIM_CLOUD_CONNECTING, G_MAXINT64);
      return;
    }
  slow_us = fl_sim_device_fire_time (device, FL_SIM_FAULT_CLOUD_SLOW, device->spec->cloud_us);
  set_cloud (device, FL_SIM_CLOUD_CONNECTING,
             now_us + (can_reach_cloud (device) ? slow_us : CLOUD_ATTEMPT_US));
}

static gboolean
can_get_address (FlSimDevice *device)
{
  if (device->wifi_radio.station != NULL)
    return device->wifi_radio.address != 0;
  return device->network->dhcp && fl_sim_device_get_fault (device, FL_SIM_FAULT_NO_ADDRESS) == NULL;
}

static void
set_wifi (FlSimDevice *device, FlSimWifiState state, gint64 at_us)
{
  device->wifi = state;
  device->wifi_us = at_us;
  if (state < FL_SIM_WIFI_ADDRESSING)
    device->network = NULL;
  if (state < FL_SIM_WIFI_READY)
    set_cloud (device, FL_SIM_CLOUD_DISCONNECTED, G_MAXINT64);
}

/* When the network that the device is in goes off the air. */
static gint64
get_end (FlSimDevice *device, gint64 now_us)
{
  if (device->network == NULL || device->network->leaves_at_us == 0)
    return G_MAXINT64;
  return now_us + device->network->leaves_at_us - fl_sim_world_get_elapsed (device->world, now_us);
}

/* Gen 2 comes back to listening when the first try with what was stored there is in vain:
 * particle-iot/device-os 1.5, system/src/system_network_internal.h, WLAN_LISTEN_ON_FAILED_CONNECT.
 */
void
fl_sim_course_failed (FlSimDevice *device, gint64 now_us)
{
  if (!device->listen_if_it_fails)
    {
      set_wifi (device, FL_SIM_WIFI_CONNECTING, now_us + RETRY_US);
      return;
    }
  device->listen_if_it_fails = FALSE;
  fl_sim_device_enter_listening (device);
}

static void
connect_to_known (FlSimDevice *device, gint64 now_us)
{
  if (fl_sim_wifi_radio_connect (device))
    {
      device->wifi_us = G_MAXINT64;
      return;
    }
  for (guint i = 0; i < device->known->len; i++)
    {
      const FlSimKnown *known = device->known->pdata[i];
      const FlSimNetworkSpec *network = NULL;

      FlSimJoinOutcome outcome = fl_sim_wifi_try (device, known, &network, now_us);

      fl_sim_serial_note_join (device, known, outcome, now_us);
      if (outcome == FL_SIM_JOIN_OK)
        {
          device->listen_if_it_fails = FALSE;
          fl_sim_course_associated (device, network, now_us);
          return;
        }
    }
  fl_sim_course_failed (device, now_us);
}

void
fl_sim_course_start (FlSimDevice *device, gint64 now_us)
{
  if (device->known->len == 0)
    return;
  device->radio_on = TRUE;
  set_wifi (device, FL_SIM_WIFI_CONNECTING,
            now_us + (device->wifi_radio.station != NULL ? 0 : device->spec->associate_us));
}

void
fl_sim_course_stop (FlSimDevice *device)
{
  fl_sim_wifi_radio_leave (device);
  set_wifi (device, FL_SIM_WIFI_OFF, G_MAXINT64);
}

void
fl_sim_course_associated (FlSimDevice *device, const FlSimNetworkSpec *network, gint64 now_us)
{
  gint64 address_us = device->wifi_radio.station != NULL ? 0 : device->spec->address_us;

  device->network = network;
  fl_sim_known_move_to_front (device->known, network->ssid);
  set_wifi (device, FL_SIM_WIFI_ADDRESSING,
            can_get_address (device) ? now_us + address_us : get_end (device, now_us));
}

void
fl_sim_course_lost (FlSimDevice *device, gint64 now_us)
{
  if (device->wifi >= FL_SIM_WIFI_ADDRESSING)
    set_wifi (device, FL_SIM_WIFI_CONNECTING, now_us + RETRY_US);
}

void
fl_sim_course_addressed (FlSimDevice *device, gint64 now_us)
{
  if (device->wifi == FL_SIM_WIFI_ADDRESSING)
    device->wifi_us = can_get_address (device) ? now_us : G_MAXINT64;
  else if (device->wifi == FL_SIM_WIFI_READY && !can_get_address (device))
    set_wifi (device, FL_SIM_WIFI_ADDRESSING, G_MAXINT64);
}

void
fl_sim_course_served (FlSimDevice *device, gboolean is_reached, gint64 now_us)
{
  if (device->cloud == FL_SIM_CLOUD_DISCONNECTED)
    return;
  if (is_reached)
    set_cloud (device, FL_SIM_CLOUD_CONNECTED, G_MAXINT64);
  else
    set_cloud (device, FL_SIM_CLOUD_DISCONNECTED, now_us + CLOUD_PAUSE_US);
}

void
fl_sim_course_want_cloud (FlSimDevice *device, gboolean wanted, gint64 now_us)
{
  device->cloud_wanted = wanted;
  if (!wanted)
    set_cloud (device, FL_SIM_CLOUD_DISCONNECTED, G_MAXINT64);
  else if (device->wifi == FL_SIM_WIFI_OFF)
    fl_sim_course_start (device, now_us);
  else if (device->cloud == FL_SIM_CLOUD_DISCONNECTED)
    start_cloud (device, now_us);
}

void
fl_sim_course_settle (FlSimDevice *device, gint64 now_us)
{
  fl_sim_course_start (device, now_us);
  if (device->wifi == FL_SIM_WIFI_OFF || device->wifi_radio.station != NULL)
    return;
  connect_to_known (device, now_us);
  if (device->network == NULL || !can_get_address (device))
    return;
  set_wifi (device, FL_SIM_WIFI_READY, get_end (device, now_us));
  start_cloud (device, now_us);
  if (device->cloud_wanted && can_reach_cloud (device))
    set_cloud (device, FL_SIM_CLOUD_CONNECTED, G_MAXINT64);
}

void
fl_sim_course_run_wifi (FlSimDevice *device, gint64 now_us)
{
  gboolean is_gone =
      device->network != NULL && !fl_sim_wifi_can_see (device, device->network, now_us);

  switch (device->wifi)
    {
    case FL_SIM_WIFI_OFF:
      device->wifi_us = G_MAXINT64;
      break;
    case FL_SIM_WIFI_CONNECTING:
      connect_to_known (device, now_us);
      break;
    case FL_SIM_WIFI_ADDRESSING:
      if (is_gone)
        set_wifi (device, FL_SIM_WIFI_CONNECTING, now_us + RETRY_US);
      else
        {
          set_wifi (device, FL_SIM_WIFI_READY, get_end (device, now_us));
          start_cloud (device, now_us);
        }
      break;
    case FL_SIM_WIFI_READY:
      set_wifi (device, FL_SIM_WIFI_CONNECTING, now_us + RETRY_US);
      break;
    }
}

/* An attempt that cannot succeed ends, pauses, and begins again for ever. */
void
fl_sim_course_run_cloud (FlSimDevice *device, gint64 now_us)
{
  switch (device->cloud)
    {
    case FL_SIM_CLOUD_DISCONNECTED:
      device->cloud_us = G_MAXINT64;
      start_cloud (device, now_us);
      break;
    case FL_SIM_CLOUD_CONNECTING:
      if (can_reach_cloud (device))
        set_cloud (device, FL_SIM_CLOUD_CONNECTED, G_MAXINT64);
      else
        set_cloud (device, FL_SIM_CLOUD_DISCONNECTED, now_us + CLOUD_PAUSE_US);
      break;
    case FL_SIM_CLOUD_CONNECTED:
      device->cloud_us = G_MAXINT64;
      break;
    }
}
