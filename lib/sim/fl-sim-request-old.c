/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

#include "fl-old-wifi.h"
#include "fl-sim-known.h"
#include "fl-sim-wifi-radio.h"
#include "fl-sim-wifi.h"

/* Wi-Fi of Gen 2: particle-iot/device-os 1.5, system/src/control/wifi.cpp and
 * hal/src/photon/wlan_hal.cpp. */

/* All handlers look alike. */
#define HANDLER(name)                                                                              \
  static void name (FlSimDevice *device, const guint8 *data, gsize size_bytes, gint64 now_us,      \
                    FlSimReply *reply)

HANDLER (set_antenna)
{
  FlOldAntenna antenna;

  if (!fl_old_wifi_unpack_antenna (data, size_bytes, &antenna, NULL))
    reply->result = FL_RESULT_BAD_DATA;
  else if (antenna < FL_OLD_ANTENNA_INTERNAL || antenna > FL_OLD_ANTENNA_AUTO)
    reply->result = FL_RESULT_INVALID_ARGUMENT;
  else
    device->antenna = (int) antenna;
}

HANDLER (get_antenna)
{
  reply->payload = fl_old_wifi_pack_antenna ((FlOldAntenna) device->antenna);
}

HANDLER (scan)
{
  reply->payload = fl_sim_wifi_pack_old_scan (device, now_us);
  device->has_scanned = TRUE;
}

/* Without a cipher the firmware looks at the network by itself, and can tell nothing of one of WPA
 * or WPA2 that is not there. It has one answer for all that it does not like. */
static gboolean
is_acceptable (FlSimDevice *device,
               const FlCredentials *credentials,
               FlOldCipher cipher,
               gint64 now_us)
{
  switch (fl_credentials_get_security (credentials))
    {
    case FL_SECURITY_OPEN:
    case FL_SECURITY_WEP:
      return TRUE;
    case FL_SECURITY_ENTERPRISE:
      return fl_credentials_get_enterprise (credentials) != NULL;
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA3:
    case FL_SECURITY_WPA2_WPA3:
    case FL_SECURITY_UNKNOWN:
      break;
    }
  return cipher != FL_OLD_CIPHER_NONE ||
         fl_sim_wifi_is_in_sight (device, fl_credentials_get_ssid (credentials), now_us);
}

/* Stored without a try, as the first to connect to. */
HANDLER (set_credentials)
{
  FlOldCipher cipher;
  g_autoptr (FlCredentials) credentials =
      fl_old_wifi_unpack_credentials (data, size_bytes, &cipher, NULL);
  FlSimKnown *known;

  if (credentials == NULL)
    reply->result = FL_RESULT_BAD_DATA;
  else if (!is_acceptable (device, credentials, cipher, now_us))
    reply->result = FL_RESULT_UNKNOWN;
  if (reply->result != FL_RESULT_NONE)
    return;

  known = fl_sim_known_new (fl_credentials_get_ssid (credentials),
                            fl_credentials_get_security (credentials),
                            fl_credentials_get_password (credentials), FALSE);
  if (fl_credentials_get_enterprise (credentials) != NULL)
    known->enterprise = fl_enterprise_ref (fl_credentials_get_enterprise (credentials));
  fl_sim_known_store (device->known, known, FL_OLD_WIFI_MAX_KNOWN);
  fl_sim_known_move_to_front (device->known, fl_credentials_get_ssid (credentials));
  device->stored_while_listening = device->listening;
}

HANDLER (get_credentials)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < device->known->len; i++)
    {
      const FlSimKnown *known = device->known->pdata[i];

      g_ptr_array_add (networks, fl_network_new (known->ssid, known->security, 0, 0));
    }
  reply->payload = fl_old_wifi_pack_networks (networks);
}

HANDLER (clear_credentials) { g_ptr_array_set_size (device->known, 0); }

/* A network of WPA or WPA2 without its cipher is looked for before it is stored. */
static gboolean
looks (guint16 type, const guint8 *data, gsize size_bytes)
{
  FlOldCipher cipher = FL_OLD_CIPHER_NONE;
  g_autoptr (FlCredentials) credentials = NULL;

  if (type == FL_REQUEST_OLD_SET_CREDENTIALS)
    credentials = fl_old_wifi_unpack_credentials (data, size_bytes, &cipher, NULL);
  return credentials != NULL && cipher == FL_OLD_CIPHER_NONE &&
         fl_credentials_get_security (credentials) > FL_SECURITY_WEP &&
         fl_credentials_get_security (credentials) != FL_SECURITY_ENTERPRISE;
}

gint64
fl_sim_request_begin_old (FlSimDevice *device,
                          guint16 type,
                          const guint8 *data,
                          gsize size_bytes,
                          gint64 now_us)
{
  if ((type == FL_REQUEST_OLD_SCAN || looks (type, data, size_bytes)) &&
      fl_sim_wifi_radio_scan_for_request (device))
    return 0;
  if (type != FL_REQUEST_OLD_SCAN)
    return 0;
  return fl_sim_device_fire_time (device, FL_SIM_FAULT_SCAN_SLOW, device->spec->scan_us);
}

FlSimHandler
fl_sim_request_find_old (guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_OLD_SET_ANTENNA:
      return set_antenna;
    case FL_REQUEST_OLD_GET_ANTENNA:
      return get_antenna;
    case FL_REQUEST_OLD_SCAN:
      return scan;
    case FL_REQUEST_OLD_SET_CREDENTIALS:
      return set_credentials;
    case FL_REQUEST_OLD_GET_CREDENTIALS:
      return get_credentials;
    case FL_REQUEST_OLD_CLEAR_CREDENTIALS:
      return clear_credentials;
    default: /* of another part */
      return NULL;
    }
}
