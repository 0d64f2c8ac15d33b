/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-driver.h"
#include "fl-firmware-version.h"
#include "fl-road.h"

G_BEGIN_DECLS

/* What a Particle device can do, by platform, version of Device OS and protection. Pure.
 * PROTOCOL.md, "Behaviour". */

#define FL_PLATFORM_PHOTON 6
#define FL_PLATFORM_P1     8
#define FL_PLATFORM_ARGON  12
#define FL_PLATFORM_P2     32 /* and Photon 2 */
#define FL_PLATFORM_MSOM   35

/* Device OS keeps that many: device-os, system/src/wifi_network_manager. */
#define FL_CONTROL_MAX_KNOWN 10

typedef struct
{
  int platform_id; /* 0 unknown */
  FlFirmwareVersion version;
  gboolean is_protected;
  FlRoadKind road;
  gboolean old_wifi_refused; /* Gen 2, and it said so */
} FlControlDevice;

/* Photon and P1, which have requests of their own for Wi-Fi: fl-old-wifi.h. */
gboolean fl_control_is_gen2 (const FlControlDevice *device);
/* The RTL872x platforms. */
gboolean fl_control_is_gen4 (const FlControlDevice *device);
/* What an unknown version or platform could do is allowed: the device itself then refuses. */
FlCapabilities fl_control_get_capabilities (const FlControlDevice *device);
/* Static: "Photon"; NULL: not known. */
const char *fl_control_get_platform_name (int platform_id);
/* Whether a join fails unless the radio was made to scan before: Gen 4 before 5.8, and 6.0. */
gboolean fl_control_needs_scan (const FlControlDevice *device);
/* Particle's number for @security as this device understands it; @hidden: (inout) whether the
 * request must say that the network is hidden, although it may not be. -1: cannot be joined. */
int
fl_control_choose_security (const FlControlDevice *device, FlSecurity security, gboolean *hidden);

G_END_DECLS
