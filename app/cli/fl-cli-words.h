/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device-state.h"
#include "fl-device.h"
#include "fl-light.h"
#include "fl-network.h"
#include "fl-setup.h"

G_BEGIN_DECLS

/* Sentences and table rows for people. All (transfer full) unless said otherwise. */

/* What runs in @stage: "Joining “Home 2”". @network (nullable). */
char *fl_cli_words_stage (FlStage stage, const char *network);
/* "▮▯▮▯ blinks slowly, blue"; "should …" is said unless the device reported it. */
char *fl_cli_words_light (const FlLight *light, gboolean reported);
/* "P2 / Photon 2  4F2A1B  Bluetooth AA:BB:CC:DD:EE:FF  −52 dBm" */
char *fl_cli_words_device (FlDevice *device);
/* "Home 2  strong  WPA2"; @known: a stored network, which has no signal. */
char *fl_cli_words_network (FlNetwork *network, gboolean known);
const char *fl_cli_words_mode (FlDeviceMode mode);   /* translated, static */
const char *fl_cli_words_cloud (FlCloudState cloud); /* translated, static */
/* What the device keeps when a journey ended early. Translated, static. */
const char *fl_cli_words_kept (FlProof proof);
/* Which command mends it. (nullable), translated, static. */
const char *fl_cli_words_remedy (const GError *error);
/* "3 May 2027". @time_s: seconds since 1970. */
char *fl_cli_words_day (gint64 time_s);

G_END_DECLS
