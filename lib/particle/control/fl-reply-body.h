/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-request-body.h"

G_BEGIN_DECLS

/* Payloads of replies: the (simulated) device packs, the computer unpacks. Data to unpack is
 * untrusted; what does not decode is FL_ERROR_UNEXPECTED. An empty payload is a message of default
 * values. Pure. */

/* No place has more networks, and a reply of 64 KiB could claim 13,000. */
#define FL_REPLY_MAX_NETWORKS  512
#define FL_REPLY_MAX_ADDRESSES 16

/* A reply whose first field is a text: requests 20, 21, 30, 31. */
FlSecret *fl_reply_pack_text (guint16 type, const char *text);
/* (transfer full) printable ASCII of at most 64 characters, or NULL without an error when the
 * device said nothing of that kind */
char *fl_reply_unpack_text (guint16 type, const guint8 *data, gsize size_bytes, GError **error);

/* A reply whose first field is a flag or an enumeration: requests 34, 72, 74, 76, 201, 300. */
FlSecret *fl_reply_pack_number (guint16 type, int value);
gboolean fl_reply_unpack_number (guint16 type,
                                 const guint8 *data,
                                 gsize size_bytes,
                                 int *value,
                                 GError **error);

/* Request 76. @overridden: protected, but in service mode at present. */
FlSecret *fl_reply_pack_protected (gboolean state, gboolean overridden);
gboolean fl_reply_unpack_protected (const guint8 *data,
                                    gsize size_bytes,
                                    gboolean *state,
                                    gboolean *overridden,
                                    GError **error);

/* Shared by the files of replies. NULL: no network can have that name. */
FlNetwork *fl_reply_make_network (const ProtobufCBinaryData *ssid,
                                  FlSecurity security,
                                  int channel,
                                  int rssi_dbm);
/* @network: (transfer full) (nullable) */
void fl_reply_add_network (GPtrArray *networks, FlNetwork *network);

/* Request 506. Duplicates stay; entries without a name, or with one that cannot be, are left out
 * on the computer's side. (transfer full) of FlNetwork */
FlSecret *fl_reply_pack_scan (GPtrArray *networks);
GPtrArray *
fl_reply_unpack_scan (const guint8 *data, gsize size_bytes, FlWifiKind kind, GError **error);

/* Request 502, the preferred one first. (transfer full) of FlNetwork */
FlSecret *fl_reply_pack_known (GPtrArray *networks);
GPtrArray *fl_reply_unpack_known (const guint8 *data, gsize size_bytes, GError **error);

/* Request 505. The security of the network is not said. @bssid: (nullable) */
FlSecret *fl_reply_pack_current (FlNetwork *network, GBytes *bssid);
/* (transfer full) */
FlNetwork *fl_reply_unpack_current (const guint8 *data, gsize size_bytes, GError **error);

/* InterfaceType and InterfaceFlag of particle-network.proto, as far as used */
#define FL_INTERFACE_LOOPBACK      1
#define FL_INTERFACE_ETHERNET      4
#define FL_INTERFACE_WIFI          8
#define FL_INTERFACE_PPP           16
#define FL_INTERFACE_FLAG_UP       0x01
#define FL_INTERFACE_FLAG_LOWER_UP 0x40

/**
 * FlInterface:
 *
 * A network interface of the device. Fixed size, nothing owned.
 */
typedef struct
{
  guint32 index;
  char name[8]; /* "wl4" */
  int type;
  guint32 flags;
  guint32 mtu; /* bytes; 0: not told */
  guint8 mac[6];
  gboolean has_mac;
  guint8 addresses[FL_REPLY_MAX_ADDRESSES][16]; /* network order; IPv4 uses the first four bytes */
  guint8 address_sizes[FL_REPLY_MAX_ADDRESSES]; /* 4 or 16 */
  guint n_addresses;
} FlInterface;

/* Request 400: index, name, type of each. */
FlSecret *fl_reply_pack_interfaces (const FlInterface *interfaces, guint n_interfaces);
/* @index: (out) the first interface of @type, 0 when there is none */
gboolean fl_reply_find_interface (const guint8 *data,
                                  gsize size_bytes,
                                  int type,
                                  guint32 *index,
                                  GError **error);

/* Request 401. */
FlSecret *fl_reply_pack_interface (const FlInterface *interface);
gboolean fl_reply_unpack_interface (const guint8 *data,
                                    gsize size_bytes,
                                    FlInterface *interface,
                                    GError **error);
/* (transfer full) "192.168.1.10", "fe80::1" */
char *fl_interface_dup_address (const FlInterface *interface, guint n);
/* An IPv4 address that came from the network: neither 0.0.0.0 nor link-local (RFC 3927). */
gboolean fl_interface_has_ipv4 (const FlInterface *interface);

G_END_DECLS
