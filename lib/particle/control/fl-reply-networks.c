/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reply-body.h"

#include <string.h>

#include "particle-wifi.pb-c.h"

#define MAX_CHANNEL  253  /* a byte in IEEE 802.11, of which the last two are reserved */
#define MIN_RSSI_DBM -127 /* a signed byte in IEEE 802.11 */

typedef Particle__Ctrl__Wifi__ScanNetworksReply__Network ScanNetwork;
typedef Particle__Ctrl__Wifi__GetKnownNetworksReply__Network KnownNetwork;

FlNetwork *
fl_reply_make_network (const ProtobufCBinaryData *ssid,
                       FlSecurity security,
                       int channel,
                       int rssi_dbm)
{
  g_autoptr (GBytes) name = NULL;

  if (ssid->len == 0 || ssid->len > FL_SSID_MAX_BYTES || memchr (ssid->data, 0, ssid->len) != NULL)
    return NULL;
  name = g_bytes_new (ssid->data, ssid->len);
  return fl_network_new (name, security, channel > 0 && channel <= MAX_CHANNEL ? channel : 0,
                         rssi_dbm < 0 && rssi_dbm >= MIN_RSSI_DBM ? rssi_dbm : 0);
}

void
fl_reply_add_network (GPtrArray *networks, FlNetwork *network)
{
  if (network != NULL && networks->len < FL_REPLY_MAX_NETWORKS)
    g_ptr_array_add (networks, network);
  else
    g_clear_object (&network);
}

FlSecret *
fl_reply_pack_scan (GPtrArray *networks)
{
  Particle__Ctrl__Wifi__ScanNetworksReply message = PARTICLE__CTRL__WIFI__SCAN_NETWORKS_REPLY__INIT;
  g_autofree ScanNetwork *entries = NULL;
  g_autofree ScanNetwork **pointers = NULL;

  g_return_val_if_fail (networks != NULL, NULL);

  entries = g_new0 (ScanNetwork, networks->len);
  pointers = g_new0 (ScanNetwork *, networks->len);
  for (guint i = 0; i < networks->len; i++)
    {
      FlNetwork *network = networks->pdata[i];

      particle__ctrl__wifi__scan_networks_reply__network__init (&entries[i]);
      entries[i].ssid = fl_message_borrow_bytes (fl_network_get_ssid (network));
      entries[i].security =
          (Particle__Ctrl__Wifi__Security) MAX (0, fl_security_to_particle (
                                                       fl_network_get_security (network)));
      entries[i].channel = fl_network_get_channel (network);
      entries[i].rssi = fl_network_get_rssi (network);
      pointers[i] = &entries[i];
    }
  message.n_networks = networks->len;
  message.networks = pointers;
  return fl_message_pack (&message.base);
}

GPtrArray *
fl_reply_unpack_scan (const guint8 *data, gsize size_bytes, FlWifiKind kind, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (GPtrArray) networks = NULL;
  const Particle__Ctrl__Wifi__ScanNetworksReply *reply = NULL;

  message = fl_message_unpack (&particle__ctrl__wifi__scan_networks_reply__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return NULL;
  reply = (const Particle__Ctrl__Wifi__ScanNetworksReply *) message;
  networks = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < reply->n_networks; i++)
    {
      const ScanNetwork *entry = reply->networks[i];

      fl_reply_add_network (networks,
                            fl_reply_make_network (&entry->ssid,
                                                   fl_security_from_particle ((int) entry->security,
                                                                              kind),
                                                   entry->channel, entry->rssi));
    }
  return g_steal_pointer (&networks);
}

FlSecret *
fl_reply_pack_known (GPtrArray *networks)
{
  Particle__Ctrl__Wifi__GetKnownNetworksReply message =
      PARTICLE__CTRL__WIFI__GET_KNOWN_NETWORKS_REPLY__INIT;
  g_autofree KnownNetwork *entries = NULL;
  g_autofree KnownNetwork **pointers = NULL;

  g_return_val_if_fail (networks != NULL, NULL);

  entries = g_new0 (KnownNetwork, networks->len);
  pointers = g_new0 (KnownNetwork *, networks->len);
  for (guint i = 0; i < networks->len; i++)
    {
      FlNetwork *network = networks->pdata[i];
      FlSecurity security = fl_network_get_security (network);

      particle__ctrl__wifi__get_known_networks_reply__network__init (&entries[i]);
      entries[i].ssid = fl_message_borrow_bytes (fl_network_get_ssid (network));
      entries[i].security =
          (Particle__Ctrl__Wifi__Security) MAX (0, fl_security_to_particle (security));
      entries[i].credentials_type = security == FL_SECURITY_OPEN
                                        ? PARTICLE__CTRL__WIFI__CREDENTIALS_TYPE__NO_CREDENTIALS
                                        : PARTICLE__CTRL__WIFI__CREDENTIALS_TYPE__PASSWORD;
      pointers[i] = &entries[i];
    }
  message.n_networks = networks->len;
  message.networks = pointers;
  return fl_message_pack (&message.base);
}

GPtrArray *
fl_reply_unpack_known (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (GPtrArray) networks = NULL;
  const Particle__Ctrl__Wifi__GetKnownNetworksReply *reply = NULL;

  message = fl_message_unpack (&particle__ctrl__wifi__get_known_networks_reply__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return NULL;
  reply = (const Particle__Ctrl__Wifi__GetKnownNetworksReply *) message;
  networks = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < reply->n_networks; i++)
    {
      const KnownNetwork *entry = reply->networks[i];

      /* What is stored came from a request, in Particle's own numbers. */
      fl_reply_add_network (networks,
                            fl_reply_make_network (&entry->ssid,
                                                   fl_security_from_particle ((int) entry->security,
                                                                              FL_WIFI_GEN4),
                                                   0, 0));
    }
  return g_steal_pointer (&networks);
}

FlSecret *
fl_reply_pack_current (FlNetwork *network, GBytes *bssid)
{
  Particle__Ctrl__Wifi__GetCurrentNetworkReply message =
      PARTICLE__CTRL__WIFI__GET_CURRENT_NETWORK_REPLY__INIT;

  g_return_val_if_fail (FL_IS_NETWORK (network), NULL);

  message.ssid = fl_message_borrow_bytes (fl_network_get_ssid (network));
  message.bssid = fl_message_borrow_bytes (bssid);
  message.channel = fl_network_get_channel (network);
  message.rssi = fl_network_get_rssi (network);
  return fl_message_pack (&message.base);
}

FlNetwork *
fl_reply_unpack_current (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__Wifi__GetCurrentNetworkReply *reply = NULL;
  FlNetwork *network = NULL;

  message = fl_message_unpack (&particle__ctrl__wifi__get_current_network_reply__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return NULL;
  reply = (const Particle__Ctrl__Wifi__GetCurrentNetworkReply *) message;
  network = fl_reply_make_network (&reply->ssid, FL_SECURITY_UNKNOWN, reply->channel, reply->rssi);
  if (network == NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "No network has such a name");
  return network;
}
