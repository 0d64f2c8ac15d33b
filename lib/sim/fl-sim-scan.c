/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wifi.h"

#include <string.h>

#include "fl-old-wifi.h"
#include "fl-request-body.h"
#include "fl-sim-world-private.h"
#include "particle-wifi.pb-c.h"

/* What a device's scan finds, as its firmware tells it. */

typedef Particle__Ctrl__Wifi__ScanNetworksReply__Network Entry;

static gboolean
is_gen4 (FlSimDevice *device)
{
  return fl_sim_device_get_generation (device) == 4;
}

/* The number that the reply carries. Gen 4 has none for the WPA2 half of WPA2/WPA3; an Argon's
 * radio gives its own (ESP-AT, "AT+CWLAP"), which differ from 5 on. */
static int
get_scan_security (FlSimDevice *device, const FlSimNetworkSpec *network)
{
  FlSecurity security = (FlSecurity) network->security;

  if (!is_gen4 (device) && security == FL_SECURITY_ENTERPRISE)
    return 5;
  if (!is_gen4 (device) && security == FL_SECURITY_WPA3)
    return 6;
  if (!is_gen4 (device) && security == FL_SECURITY_WPA2_WPA3)
    return 7;
  if (security == FL_SECURITY_WPA2_WPA3)
    return fl_security_to_particle (FL_SECURITY_WPA2);
  return fl_security_to_particle (security);
}

static Entry *
create_entry (FlSimDevice *device, const FlSimNetworkSpec *network)
{
  Entry *entry = g_new (Entry, 1);
  gsize size = 0;

  particle__ctrl__wifi__scan_networks_reply__network__init (entry);
  if (!network->hidden)
    {
      entry->ssid.data = (guint8 *) g_bytes_get_data (network->ssid, &size);
      entry->ssid.len = size;
    }
  entry->bssid.data = (guint8 *) network->bssid;
  entry->bssid.len = sizeof network->bssid;
  entry->security = (Particle__Ctrl__Wifi__Security) get_scan_security (device, network);
  entry->channel = network->channel;
  entry->rssi = fl_sim_wifi_measure (device, network);
  return entry;
}

static gboolean
is_in_scan (FlSimDevice *device, const FlSimNetworkSpec *network, gint64 now_us)
{
  gsize size;
  const char *ssid = g_bytes_get_data (network->ssid, &size);

  if (!fl_sim_wifi_can_see (device, network, now_us))
    return FALSE;
  if (is_gen4 (device))
    return fl_sim_wifi_is_in_gen4_scan (network);
  /* The Argon's reader of "+CWLAP:" lines stumbles over a comma. */
  return size == 0 || memchr (ssid, ',', size) == NULL;
}

FlSecret *
fl_sim_wifi_pack_scan (FlSimDevice *device, gint64 now_us)
{
  Particle__Ctrl__Wifi__ScanNetworksReply reply = PARTICLE__CTRL__WIFI__SCAN_NETWORKS_REPLY__INIT;
  GPtrArray *networks = fl_sim_wifi_get_networks (device);
  GRand *random = fl_sim_world_get_rand (device->world);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; networks != NULL && i < networks->len; i++)
    if (is_in_scan (device, networks->pdata[i], now_us))
      g_ptr_array_insert (entries, g_rand_int_range (random, 0, (int) entries->len + 1),
                          create_entry (device, networks->pdata[i]));
  if (entries->len == 0)
    return NULL;
  reply.n_networks = entries->len;
  reply.networks = (Entry **) entries->pdata;
  return fl_message_pack (&reply.base);
}

/* Its names come without those that hide; what it cannot name is of unknown security. */
FlSecret *
fl_sim_wifi_pack_old_scan (FlSimDevice *device, gint64 now_us)
{
  GPtrArray *networks = fl_sim_wifi_get_networks (device);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (fl_sim_device_fire (device, FL_SIM_FAULT_SCAN_EMPTY) != NULL)
    return fl_old_wifi_pack_networks (found);
  for (guint i = 0; networks != NULL && i < networks->len; i++)
    {
      const FlSimNetworkSpec *network = networks->pdata[i];
      int rssi_dbm = fl_sim_wifi_measure (device, network);

      if (!network->hidden && fl_sim_wifi_can_see (device, network, now_us))
        g_ptr_array_add (found, fl_network_new (network->ssid, (FlSecurity) network->security,
                                                network->channel, rssi_dbm));
    }
  return fl_old_wifi_pack_networks (found);
}
