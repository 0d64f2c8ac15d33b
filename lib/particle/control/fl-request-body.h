/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-message.h"

G_BEGIN_DECLS

/* Payloads of requests: the computer packs, the (simulated) device unpacks. Data to unpack is
 * untrusted; what does not decode is FL_ERROR_UNEXPECTED. Pure. */

#define FL_BSSID_BYTES 6

/* The Wi-Fi of an Argon reports the security of its scan in the numbers of its own radio, which
 * agree with Particle's only up to 4. PROTOCOL.md, "Behaviour". */
typedef enum
{
  FL_WIFI_GEN4,
  FL_WIFI_ARGON
} FlWifiKind;

/* Particle's number; -1 for enterprise, which has none. UNKNOWN becomes WPA2: a device that sees
 * the network uses what it sees. */
int fl_security_to_particle (FlSecurity security);
FlSecurity fl_security_from_particle (int value, FlWifiKind kind);

/* Requests 500 and 507, which look the same. @security: Particle's number; @hidden: whether to say
 * so. The address of the access point goes along only if @credentials have one. */
FlSecret *fl_request_pack_join (const FlCredentials *credentials, int security, gboolean hidden);
/* @credentials_type: (out) 0 none, 1 password; devices refuse others. A name that is empty, over 32
 * bytes, or has a NUL byte is an error too. */
FlCredentials *fl_request_unpack_join (const guint8 *data,
                                       gsize size_bytes,
                                       int *credentials_type,
                                       GError **error);

/* Requests 501 and 503. Never send an empty name: devices may crash. */
FlSecret *fl_request_pack_ssid (GBytes *ssid);
/* (transfer full), may be empty */
GBytes *fl_request_unpack_ssid (const guint8 *data, gsize size_bytes, GError **error);

/* Request 401. */
FlSecret *fl_request_pack_interface (guint32 index);
gboolean
fl_request_unpack_interface (const guint8 *data, gsize size_bytes, guint32 *index, GError **error);

/* Request 73. */
FlSecret *fl_request_pack_setup_done (gboolean done);

/* Request 200: 63 characters. */
FlSecret *fl_request_pack_claim_code (const char *code);
/* (transfer full) */
char *fl_request_unpack_claim_code (const guint8 *data, gsize size_bytes, GError **error);

/* Shared with replies. @bytes: exact bytes of a text field; borrowed by the result. */
ProtobufCBinaryData fl_message_borrow_bytes (GBytes *bytes);

G_END_DECLS
