/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Values are First Light's own; a family's driver translates. Nicks: "open", "wep", "wpa", "wpa2",
 * "wpa-wpa2", "wpa3", "wpa2-wpa3", "enterprise", "unknown". */
typedef enum
{
  FL_SECURITY_OPEN,
  FL_SECURITY_WEP,
  FL_SECURITY_WPA,
  FL_SECURITY_WPA2,
  FL_SECURITY_WPA_WPA2,
  FL_SECURITY_WPA3,
  FL_SECURITY_WPA2_WPA3,
  FL_SECURITY_ENTERPRISE,
  FL_SECURITY_UNKNOWN, /* secured in a way the device did not name */
} FlSecurity;

#define FL_TYPE_SECURITY (fl_security_get_type ())
GType fl_security_get_type (void);
const char *fl_security_to_string (FlSecurity security); /* static nick */
gboolean fl_security_from_string (const char *text, FlSecurity *security);
const char *fl_security_get_label (FlSecurity security); /* translated: "WPA2" … */

#define FL_SSID_MAX_BYTES 32 /* IEEE 802.11-2020, 9.4.2.2 */

/**
 * FlNetwork:
 *
 * A network as the device sees or stores it. Immutable but for its signal.
 */
#define FL_TYPE_NETWORK (fl_network_get_type ())
G_DECLARE_FINAL_TYPE (FlNetwork, fl_network, FL, NETWORK, GObject)

/* @ssid: 0..32 bytes of any value, no NUL byte. @channel: 0 when unknown. @rssi_dbm: 0 when
 * unknown. */
FlNetwork *fl_network_new (GBytes *ssid, FlSecurity security, int channel, int rssi_dbm);

GBytes *fl_network_get_ssid (FlNetwork *self); /* borrowed, exact bytes */
/* Borrowed: what a person reads: valid UTF-8, control and undecodable bytes shown as \xNN,
 * leading and trailing spaces kept. Isolating marks are the UI's matter. */
const char *fl_network_get_name (FlNetwork *self);
FlSecurity fl_network_get_security (FlNetwork *self);
int fl_network_get_channel (FlNetwork *self);
int fl_network_get_rssi (FlNetwork *self);
void fl_network_set_rssi (FlNetwork *self, int rssi_dbm); /* notifies "rssi" */
gboolean fl_network_is_5ghz (FlNetwork *self);            /* channel above 14 */
guint fl_network_get_bars (
    FlNetwork *self); /* 0..4 from dBm: >=-55 4, >=-67 3, >=-75 2, >=-83 1, else 0; unknown 0 */
const char *fl_network_get_signal_word (
    FlNetwork *self); /* translated: "strong", "good", "weak", "very weak", "" when unknown */

/* Shared: valid UTF-8 form of SSID bytes as above. (transfer full) */
char *fl_ssid_to_name (const guint8 *ssid, gsize size_bytes);

G_END_DECLS
