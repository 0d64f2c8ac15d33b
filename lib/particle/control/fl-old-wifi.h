/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-message.h"

G_BEGIN_DECLS

/* Requests 110 to 115, which only Gen 2 with Device OS 0.8 to 1.5 answers: both sides' codec.
 * device-os 1.5, system/src/control/wifi.cpp; hal/src/photon/wlan_hal.cpp. Data to unpack is
 * untrusted; what does not decode is FL_ERROR_UNEXPECTED. Pure. */

/* Networks that the device keeps: CONFIG_AP_LIST_SIZE of its radio's SDK. */
#define FL_OLD_WIFI_MAX_KNOWN 5

/* WiFiSecurityCipher. With none the device looks at the network by itself, and refuses one of
 * WPA or WPA2 that it does not see. */
typedef enum
{
  FL_OLD_CIPHER_NONE = 0,
  FL_OLD_CIPHER_AES = 1,
  FL_OLD_CIPHER_TKIP = 2,
  FL_OLD_CIPHER_AES_TKIP = 3,
} FlOldCipher;

/* WiFiAntenna. */
typedef enum
{
  FL_OLD_ANTENNA_NONE = 0,
  FL_OLD_ANTENNA_INTERNAL = 1,
  FL_OLD_ANTENNA_EXTERNAL = 2,
  FL_OLD_ANTENNA_AUTO = 3,
} FlOldAntenna;

/* WiFiSecurityType, whose numbers differ from those of fl_security_to_particle(). WPA3, which these
 * devices have not, gives -1; UNKNOWN lets the device look. */
int fl_old_wifi_security_to_particle (FlSecurity security);
FlSecurity fl_old_wifi_security_from_particle (int value);

/* Request 113. WPA2-Enterprise with the EAP fields of its FlEnterprise. @credentials: of a security
 * that fl_old_wifi_security_to_particle() has a number for. */
FlSecret *fl_old_wifi_pack_credentials (const FlCredentials *credentials, FlOldCipher cipher);
/* @cipher: (out). A name that is empty, over 32 bytes, or has a NUL byte is an error too.
 * Enterprise credentials without a method that is known come back without an FlEnterprise. */
FlCredentials *fl_old_wifi_unpack_credentials (const guint8 *data,
                                               gsize size_bytes,
                                               FlOldCipher *cipher,
                                               GError **error);

/* Replies to 112 and 114, which look the same; the device leaves its passwords out. Entries
 * without a name, or with one that cannot be, are left out on the computer's side. (transfer full)
 * of FlNetwork, at most FL_REPLY_MAX_NETWORKS */
FlSecret *fl_old_wifi_pack_networks (GPtrArray *networks);
GPtrArray *fl_old_wifi_unpack_networks (const guint8 *data, gsize size_bytes, GError **error);

/* Request 110 and the reply to 111, which look the same. */
FlSecret *fl_old_wifi_pack_antenna (FlOldAntenna antenna);
gboolean fl_old_wifi_unpack_antenna (const guint8 *data,
                                     gsize size_bytes,
                                     FlOldAntenna *antenna,
                                     GError **error);

G_END_DECLS
