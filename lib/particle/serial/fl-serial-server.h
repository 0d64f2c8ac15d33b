/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"
#include "fl-serial-prompt.h"

G_BEGIN_DECLS

/* What the device's own search finds of a network. */
typedef struct
{
  int security; /* number to type: 0 to 6; PROTOCOL.md, "Numbers to type" */
  int cipher;   /* 1 AES, 2 TKIP, 3 both; 0: not known */
} FlSerialFound;

/* What was typed. Borrowed. */
typedef struct
{
  GBytes *ssid;
  int security, cipher;
  int eap_type;                                /* -1: none, else as typed: 0 PEAP, 1 TLS */
  FlSecret *password;                          /* (nullable) */
  const char *identity, *outer_identity;       /* (nullable) */
  GBytes *client_certificate, *ca_certificate; /* (nullable) PEM as stored, CR LF */
  FlSecret *private_key;                       /* (nullable) as well */
} FlSerialTyped;

typedef enum
{
  FL_SERIAL_SAVE_DONE,
  FL_SERIAL_SAVE_REFUSED,   /* "Derp." */
  FL_SERIAL_SAVE_NO_MEMORY, /* T4 */
} FlSerialSave;

/* The device behind the console. */
typedef struct
{
  /* FALSE: not in sight */
  gboolean (*look_up) (gpointer device, GBytes *ssid, FlSerialFound *found);
  /* How long that search takes, microseconds. */
  gint64 (*get_scan_time) (gpointer device);
  FlSerialSave (*save) (gpointer device, const FlSerialTyped *typed);
  /* 'i', 'v', 'm', 's', 'c', 'd': the text with its line ends; NULL: it does not know that letter.
   * (transfer full) */
  FlSecret *(*answer) (gpointer device, char letter);
  /* 'x', 'L' */
  void (*command) (gpointer device, char letter);
} FlSerialDevice;

/**
 * FlSerialServer:
 *
 * The device's half of the console, as its firmware has it: PROTOCOL.md. Pure: bytes and time in,
 * bytes out.
 */
typedef struct _FlSerialServer FlSerialServer;

/* @version: of Device OS, major << 16 | minor << 8 | patch. @device: borrowed. */
FlSerialServer *fl_serial_server_new (FlSerialGeneration generation,
                                      guint version,
                                      const FlSerialDevice *vtable,
                                      gpointer device);
void fl_serial_server_free (FlSerialServer *self);
/* Nothing is read or said while it is not listening. */
void fl_serial_server_set_listening (FlSerialServer *self, gboolean listening);
void
fl_serial_server_feed (FlSerialServer *self, const guint8 *data, gsize size_bytes, gint64 now_us);
void fl_serial_server_tick (FlSerialServer *self, gint64 now_us);
gint64 fl_serial_server_get_deadline (FlSerialServer *self);
GBytes *fl_serial_server_take (FlSerialServer *self); /* (transfer full) (nullable) */
/* The question it waits in, or FL_SERIAL_N_SAYINGS: it takes commands. */
FlSerialSaying fl_serial_server_get_question (FlSerialServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSerialServer, fl_serial_server_free)

G_END_DECLS
