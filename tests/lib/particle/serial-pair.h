/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-server.h"
#include "fl-serial-session.h"

G_BEGIN_DECLS

/* Both halves of the console joined by a wire, in virtual time. */
typedef struct
{
  FlSerialSession *session;
  FlSerialServer *server;
  gint64 now_us;
  gsize chunk_bytes; /* how many the wire carries at once */

  /* The device. */
  gboolean visible;
  FlSerialFound found;
  gint64 scan_us;
  gboolean no_memory;
  FlSerialSave save;
  const char *answer; /* to any letter; NULL: none */

  /* What became of it. */
  guint n_scans; /* look-ups */
  guint n_saved;
  GBytes *ssid;
  int security, cipher, eap_type;
  FlSecret *password;
  char *identity, *outer_identity;
  GBytes *client_certificate, *ca_certificate;
  FlSecret *private_key;
  GString *commands;
  char *claim_code;

  GString *device_said;
  GString *host_said;
  const char *noise; /* (nullable) printed before each portion of the device */
  gboolean unplugged;
  guint unplug_after; /* so many questions; 0: never */

  /* Events. */
  GString *questions; /* their numbers, as letters from 'A' */
  GString *log;       /* lines */
  FlSecret *text;     /* of the last answer */
  GError *error;
  guint n_saving, n_done, n_free;
} SerialPair;

SerialPair *serial_pair_new (FlSerialGeneration generation, guint version);
void serial_pair_free (SerialPair *self);
/* Until nothing happens any more but by the session's time-outs; @limit_us: of virtual time from
 * now on. */
void serial_pair_run (SerialPair *self, gint64 limit_us);
/* Until the session is not busy. */
void serial_pair_finish (SerialPair *self);
/* Bytes of the device's or of the host's alone. */
void serial_pair_device_says (SerialPair *self, const char *text);
void serial_pair_host_says (SerialPair *self, const char *text);

FlCredentials *serial_personal (const char *ssid, FlSecurity security, const char *password);

/* PEAP at "eduroam"; all nullable */
FlCredentials *
serial_login (const char *identity, const char *password, const char *outer, const char *ca);
/* EAP-TLS; PEM texts */
FlCredentials *serial_certificate_login (const char *certificate, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SerialPair, serial_pair_free)

G_END_DECLS
