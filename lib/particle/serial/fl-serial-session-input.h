/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlSerialInput:
 *
 * What has come from the console and was not understood yet, without escape sequences of terminals
 * and without the echo of what was typed. Pure.
 */
typedef struct
{
  GByteArray *bytes;
  FlSecret *echo;     /* (nullable) still expected */
  guint escape_bytes; /* of an escape sequence that is not over; 0: none */
  gboolean in_csi;
} FlSerialInput;

void fl_serial_input_init (FlSerialInput *self);
void fl_serial_input_clear (FlSerialInput *self); /* wipes */
void fl_serial_input_feed (FlSerialInput *self, const guint8 *data, gsize size_bytes);
/* Wipes the first @size_bytes. */
void fl_serial_input_drop (FlSerialInput *self, gsize size_bytes);
void fl_serial_input_drop_all (FlSerialInput *self); /* and expects no echo */
/* @answer: as sent, lines ended by LF. What was there before it is dropped. */
void fl_serial_input_expect (FlSerialInput *self, FlSecret *answer);
/* TRUE: there is no echo to wait for. An echo that has come whole is taken out, with all before. */
gboolean fl_serial_input_settle (FlSerialInput *self);
/* Whether the echo has begun and is all right as far as it has come. */
gboolean fl_serial_input_is_echoing (FlSerialInput *self);

G_END_DECLS
