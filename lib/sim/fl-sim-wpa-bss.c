/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wpa-bss.h"

#include <string.h>

/* (transfer full), may be of size 0; (nullable): it has none */
static GBytes *
dup_bytes (GVariant *properties, const char *name)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (properties, name, G_VARIANT_TYPE_BYTESTRING);

  return value != NULL ? g_variant_get_data_as_bytes (value) : NULL;
}

/* Key management that one of its elements offers, "RSN" or "WPA". */
static gboolean
offers (GVariant *properties, const char *element, const char *word)
{
  g_autoptr (GVariant) values =
      g_variant_lookup_value (properties, element, G_VARIANT_TYPE_VARDICT);
  g_autofree const char **management = NULL;

  if (values == NULL || !g_variant_lookup (values, "KeyMgmt", "^a&s", &management))
    return FALSE;
  for (guint i = 0; management[i] != NULL; i++)
    if (strstr (management[i], word) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_element (GVariant *properties, const char *element)
{
  return offers (properties, element, "");
}

static FlSecurity
read_security (GVariant *properties)
{
  gboolean is_private = FALSE;
  gboolean has_sae = offers (properties, "RSN", "sae");
  gboolean has_psk2 = offers (properties, "RSN", "psk");
  gboolean has_psk1 = offers (properties, "WPA", "psk");

  if (offers (properties, "RSN", "eap") || offers (properties, "WPA", "eap"))
    return FL_SECURITY_ENTERPRISE;
  if (has_sae)
    return has_psk2 ? FL_SECURITY_WPA2_WPA3 : FL_SECURITY_WPA3;
  if (has_psk2)
    return has_psk1 ? FL_SECURITY_WPA_WPA2 : FL_SECURITY_WPA2;
  if (has_psk1)
    return FL_SECURITY_WPA;
  if (has_element (properties, "RSN") || has_element (properties, "WPA"))
    return FL_SECURITY_UNKNOWN;
  g_variant_lookup (properties, "Privacy", "b", &is_private);
  return is_private ? FL_SECURITY_WEP : FL_SECURITY_OPEN;
}

/* IEEE 802.11-2020, annex E; 0: of another band */
static int
get_channel (guint16 mhz)
{
  if (mhz == 2484)
    return 14;
  if (mhz >= 2412 && mhz <= 2472)
    return (mhz - 2407) / 5;
  return mhz >= 5160 && mhz <= 5885 ? (mhz - 5000) / 5 : 0;
}

/* Some hide their name behind as many zeros. */
static gboolean
is_blank (GBytes *ssid)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (ssid, &size_bytes);

  for (gsize i = 0; i < size_bytes; i++)
    if (data[i] != 0)
      return FALSE;
  return TRUE;
}

FlSimNetworkSpec *
fl_sim_wpa_bss_read (GVariant *properties)
{
  g_autoptr (GBytes) ssid = dup_bytes (properties, "SSID");
  g_autoptr (GBytes) bssid = dup_bytes (properties, "BSSID");
  guint16 mhz = 0;
  gint16 signal_dbm = 0;
  FlSimNetworkSpec *network;

  if (ssid == NULL || g_bytes_get_size (ssid) > FL_SSID_MAX_BYTES || bssid == NULL ||
      g_bytes_get_size (bssid) != sizeof network->bssid ||
      !g_variant_lookup (properties, "Frequency", "q", &mhz) || get_channel (mhz) == 0)
    return NULL;
  g_variant_lookup (properties, "Signal", "n", &signal_dbm);

  network = fl_sim_network_spec_new ();
  network->hidden = is_blank (ssid);
  network->ssid = network->hidden ? g_bytes_new (NULL, 0) : g_bytes_ref (ssid);
  network->security = (int) read_security (properties);
  network->channel = get_channel (mhz);
  network->rssi_dbm = signal_dbm;
  memcpy (network->bssid, g_bytes_get_data (bssid, NULL), sizeof network->bssid);
  return network;
}

guint32
fl_sim_wpa_bss_get_age (GVariant *properties)
{
  guint32 seconds = 0;

  g_variant_lookup (properties, "Age", "u", &seconds);
  return seconds;
}

gboolean
fl_sim_wpa_bss_has_ssid (GVariant *properties, GBytes *ssid)
{
  g_autoptr (GBytes) own = dup_bytes (properties, "SSID");

  return own != NULL && g_bytes_equal (own, ssid);
}
