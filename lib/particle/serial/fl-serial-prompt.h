/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which dialogue a firmware has; PROTOCOL.md, "Order per generation". */
typedef enum
{
  FL_SERIAL_G0, /* Photon, P1 up to 0.4.5 */
  FL_SERIAL_G1, /* Photon, P1 0.4.6 to 0.6 */
  FL_SERIAL_G2, /* Photon, P1 0.7.0 to 3.3.1: enterprise */
  FL_SERIAL_G3, /* Argon, P2, Photon 2, M-SoM */
} FlSerialGeneration;

/* major << 16 | minor << 8 | patch, as everywhere in this folder. */
#define FL_SERIAL_VERSION(major, minor, patch)                                                     \
  ((guint) (major) << 16 | (guint) (minor) << 8 | (guint) (patch))

FlSerialGeneration fl_serial_generation_of (int platform_id, guint version);

/* What the console says in its Wi-Fi dialogue: questions, then how it ends. The texts are those of
 * particle-iot/device-os, system/src/system_setup.cpp. */
typedef enum
{
  FL_SERIAL_SAYS_SSID,
  FL_SERIAL_SAYS_SECURITY,            /* 0 to 3 */
  FL_SERIAL_SAYS_SECURITY_ENTERPRISE, /* 0 to 5 */
  FL_SERIAL_SAYS_CIPHER,
  FL_SERIAL_SAYS_PASSWORD,
  FL_SERIAL_SAYS_EAP_TYPE,
  FL_SERIAL_SAYS_USERNAME,
  FL_SERIAL_SAYS_CLIENT_CERTIFICATE,
  FL_SERIAL_SAYS_PRIVATE_KEY,
  FL_SERIAL_SAYS_OUTER_IDENTITY,
  FL_SERIAL_SAYS_ROOT_CA,
  FL_SERIAL_SAYS_SAVING, /* "Thanks! Wait" */
  FL_SERIAL_SAYS_SAVED,  /* "Awesome. Now we'll connect!" */
  FL_SERIAL_SAYS_LOVE,   /* "<3 you!": the end of the success text */
  FL_SERIAL_SAYS_FAILED, /* "Derp." */
  FL_SERIAL_SAYS_NO_MEMORY,
  FL_SERIAL_N_SAYINGS
} FlSerialSaying;

/* The exact bytes to look for, NUL-terminated: all of a question, the sure part of a status. */
const char *fl_serial_saying_get_text (FlSerialSaying saying);
/* (transfer full) All that a device with that version prints. FL_SERIAL_SAYS_SAVED has
 * FL_SERIAL_SAYS_LOVE in it. */
char *fl_serial_saying_dup_full_text (FlSerialSaying saying, guint version);
/* Whether the console waits for an answer after it. */
gboolean fl_serial_saying_is_question (FlSerialSaying saying);
/* Most bytes of an answer in one line: PROTOCOL.md, "Fields". 0: no question, or several lines. */
gsize fl_serial_saying_get_max_bytes (FlSerialSaying saying);
/* Budget of an answer in several lines, 0: it has one line. */
gsize fl_serial_saying_get_pem_bytes (FlSerialSaying saying);

/* The earliest saying in @data. FALSE: none yet; then *@keep_bytes at the end of @data may be the
 * beginning of one. @start, @end: its place. No saying is the beginning of another one, so what is
 * told is sure. */
gboolean fl_serial_find_saying (const guint8 *data,
                                gsize size_bytes,
                                FlSerialSaying *saying,
                                gsize *start,
                                gsize *end,
                                gsize *keep_bytes);

G_END_DECLS
