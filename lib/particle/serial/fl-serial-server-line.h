/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* serialReadLine(): particle-iot/device-os, wiring/src/spark_wiring_stream.cpp. Its counter has 8
 * bits, so that a limit above 255 is none; there a line is cut instead of overrunning memory. */
typedef struct
{
  GByteArray *bytes;
  gsize max_bytes;
  guint count;
} FlSerialLine;

typedef enum
{
  FL_SERIAL_LINE_TAKEN,   /* and echoed */
  FL_SERIAL_LINE_IGNORED, /* not echoed */
  FL_SERIAL_LINE_ENDED,
} FlSerialLineResult;

void fl_serial_line_init (FlSerialLine *self);
void fl_serial_line_clear (FlSerialLine *self); /* wipes */
void fl_serial_line_begin (FlSerialLine *self, gsize max_bytes);
FlSerialLineResult fl_serial_line_feed (FlSerialLine *self, guint8 byte);
/* Borrowed: as the firmware sees it, up to the first NUL. */
const char *fl_serial_line_get_text (FlSerialLine *self);

G_END_DECLS
