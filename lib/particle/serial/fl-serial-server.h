/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"
#include "fl-serial-prompt.h"

G_BEGIN_DECLS

/* What the device's own search finds of a network. */
typedef struct
{
  int security; /* number to type: 0 to 6; PROTOCOL.md, "Numbers to type" */
  int cipher;   /* 1 AES, 2 TKIP, 3 both; 0: not known, as of open and WEP networks */
} FlSerialFound;

/* What was typed. Borrowed. */
typedef struct
{
  GBytes *ssid;
  int security, cipher;
  int eap_type;                                /* -1: none, else as typed: 0 PEAP, 1 TLS */
  FlSecret *password;                          /* (nullable) */
  const char *identity, *outer_identity;       /* (nullable); any bytes but NUL */
  GBytes *client_certificate, *ca_certificate; /* (nullable) PEM as stored, CR LF */
  FlSecret *private_key;                       /* (nullable) as well */
} FlSerialTyped;

typedef enum
{
  FL_SERIAL_SAVE_DONE,
  FL_SERIAL_SAVE_REFUSED, /* "Derp." */
} FlSerialSave;

/* The device behind the console. */
typedef struct
{
  /* FALSE: not in sight */
  gboolean (*look_up) (gpointer device, GBytes *ssid, FlSerialFound *found);
  /* How long that search takes, microseconds; negative: until fl_serial_server_wake(). */
  gint64 (*get_scan_time) (gpointer device);
  /* (nullable) FALSE: there is none for enterprise credentials, T4. NULL: always TRUE. */
  gboolean (*has_memory) (gpointer device);
  /* What the firmware checks of lengths was checked, and what fails there is refused without asking
   * here. This one reads the certificates and the key: what cannot be read is as if it was not
   * typed, so a login by certificate is then refused, and a CA is stored as none. */
  FlSerialSave (*save) (gpointer device, const FlSerialTyped *typed);
  /* 'i', 'v', 'm', 's', 'c', 'd': the text with its line ends; NULL: it does not know that letter.
   * (transfer full) */
  FlSecret *(*answer) (gpointer device, char letter);
  /* 'x': leave listening mode; also after a dialogue that ends so. 'L': restart into it. */
  void (*command) (gpointer device, char letter);
  /* (nullable) A claim code of 63 characters. */
  void (*claim) (gpointer device, const char *code);
} FlSerialDevice;

/**
 * FlSerialServer:
 *
 * The device's half of the console, as its firmware has it: PROTOCOL.md. Pure: bytes and time in,
 * bytes out.
 */
typedef struct _FlSerialServer FlSerialServer;

/* @version: of Device OS, FL_SERIAL_VERSION(). @vtable, @device: borrowed. */
FlSerialServer *fl_serial_server_new (FlSerialGeneration generation,
                                      guint version,
                                      const FlSerialDevice *vtable,
                                      gpointer device);
void fl_serial_server_free (FlSerialServer *self);
/* It listens at first. Nothing is read or said while it does not, and a dialogue is over. May be
 * called from the functions of @vtable: what is still to be said of that command is said. */
void fl_serial_server_set_listening (FlSerialServer *self, gboolean listening);
void
fl_serial_server_feed (FlSerialServer *self, const guint8 *data, gsize size_bytes, gint64 now_us);
void fl_serial_server_tick (FlSerialServer *self, gint64 now_us);
gint64 fl_serial_server_get_deadline (FlSerialServer *self); /* G_MAXINT64: none */
/* A search of unknown length is over, if there is one. */
void fl_serial_server_wake (FlSerialServer *self, gint64 now_us);
GBytes *fl_serial_server_take (FlSerialServer *self); /* (transfer full) (nullable) */
/* The question it waits in, or FL_SERIAL_N_SAYINGS: it takes commands, or is busy. */
FlSerialSaying fl_serial_server_get_question (FlSerialServer *self);

/* Faults. */
/* What is typed is not echoed any more. */
void fl_serial_server_set_echo (FlSerialServer *self, gboolean echo);
/* Prints what an application on the device would. */
void fl_serial_server_print (FlSerialServer *self, const char *text);
/* Goes into @question as if a dialogue had come that far. */
void fl_serial_server_get_stuck (FlSerialServer *self, FlSerialSaying question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSerialServer, fl_serial_server_free)

G_END_DECLS
