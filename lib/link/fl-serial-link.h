/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-link.h"

G_BEGIN_DECLS

/* Line codings that have a meaning for Particle devices: particle-iot/device-os,
 * system/src/system_setup.cpp and system_mode.cpp. There is a third one, 14400, which restarts a
 * device into its bootloader; no code of ours can ask for it. */
typedef enum
{
  FL_SERIAL_RATE_TALK,   /* 9600: means nothing */
  FL_SERIAL_RATE_LISTEN, /* 28800: enter listening mode; up to Device OS 5.9 */
} FlSerialRate;

/**
 * FlSerialLink:
 *
 * A link over a serial port: an FlLink whose chunks have no borders. Opening takes the port for
 * itself (TIOCEXCL), raw, 8N1, no flow control, DTR on, at FL_SERIAL_RATE_TALK. Errors of opening:
 * FL_ERROR_SERIAL_BUSY (E10), FL_ERROR_USB_ACCESS (E08), FL_ERROR_DEVICE_OUT_OF_REACH when it was
 * unplugged. Unplugged later: "closed" with FL_ERROR_LINK_LOST.
 */
#define FL_TYPE_SERIAL_LINK (fl_serial_link_get_type ())
G_DECLARE_INTERFACE (FlSerialLink, fl_serial_link, FL, SERIAL_LINK, FlLink)

struct _FlSerialLinkInterface
{
  GTypeInterface g_iface;

  gboolean (*set_rate) (FlSerialLink *self, FlSerialRate rate, GError **error);
};

/* While open; returns at once. The same rate again has no effect on many computers: go by
 * FL_SERIAL_RATE_TALK first. */
gboolean fl_serial_link_set_rate (FlSerialLink *self, FlSerialRate rate, GError **error);

G_END_DECLS
