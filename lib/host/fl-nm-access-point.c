/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-nm-access-point.h"

#include <string.h>

/* NetworkManager, src/libnm-core-public/nm-dbus-interface.h: NM80211ApFlags,
 * NM80211ApSecurityFlags */
#define PRIVACY             0x1u
#define KEY_PSK             0x100u
#define KEY_8021            0x200u
#define KEY_SAE             0x400u
#define KEY_OWE             0x800u
#define KEY_EAP_SUITE_B_192 0x2000u

#define NO_6_GHZ_MHZ 5925 /* IEEE 802.11ax, annex E: the band begins there */

static FlSecurity
read_security (guint32 flags, guint32 wpa, guint32 rsn)
{
  if ((wpa | rsn) & (KEY_8021 | KEY_EAP_SUITE_B_192))
    return FL_SECURITY_ENTERPRISE;
  if (rsn & KEY_SAE)
    return rsn & KEY_PSK ? FL_SECURITY_WPA2_WPA3 : FL_SECURITY_WPA3;
  if (rsn & KEY_PSK)
    return wpa & KEY_PSK ? FL_SECURITY_WPA_WPA2 : FL_SECURITY_WPA2;
  if (wpa & KEY_PSK)
    return FL_SECURITY_WPA;
  if (rsn & KEY_OWE)
    return FL_SECURITY_UNKNOWN;
  return flags & PRIVACY ? FL_SECURITY_WEP : FL_SECURITY_OPEN;
}

/* IEEE 802.11-2020, annex E */
static int
read_channel (guint32 mhz)
{
  if (mhz == 2484)
    return 14;
  if (mhz >= 2412 && mhz <= 2472)
    return (int) (mhz - 2407) / 5;
  return mhz >= 5000 ? (int) (mhz - 5000) / 5 : 0;
}

/* NetworkManager, src/core/supplicant/nm-supplicant-interface.c, from -100 to -40 dBm. */
static int
read_dbm (guint8 strength)
{
  return -100 + MIN (strength, 100) * 60 / 100;
}

FlNetwork *
fl_nm_access_point_read (GVariant *properties)
{
  guint32 flags = 0, wpa = 0, rsn = 0, mhz = 0;
  guint8 strength = 0;
  gsize size_bytes = 0;
  const void *data = NULL;
  g_autoptr (GVariant) ssid = g_variant_lookup_value (properties, "Ssid", G_VARIANT_TYPE ("ay"));
  g_autoptr (GBytes) bytes = NULL;

  g_variant_lookup (properties, "Flags", "u", &flags);
  g_variant_lookup (properties, "WpaFlags", "u", &wpa);
  g_variant_lookup (properties, "RsnFlags", "u", &rsn);
  g_variant_lookup (properties, "Frequency", "u", &mhz);
  g_variant_lookup (properties, "Strength", "y", &strength);
  if (ssid != NULL)
    data = g_variant_get_fixed_array (ssid, &size_bytes, 1);
  if (size_bytes == 0 || size_bytes > FL_SSID_MAX_BYTES || memchr (data, 0, size_bytes) != NULL ||
      mhz >= NO_6_GHZ_MHZ)
    return NULL;
  bytes = g_bytes_new (data, size_bytes);
  return fl_network_new (bytes, read_security (flags, wpa, rsn), read_channel (mhz),
                         read_dbm (strength));
}
