/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device-state.h"
#include "fl-module.h"
#include "fl-secret.h"
#include "fl-serial-session.h"

G_BEGIN_DECLS

typedef enum
{
  FL_SERIAL_ANSWER_NONE,      /* not yet, or only words of others */
  FL_SERIAL_ANSWER_MAY_GO_ON, /* there is one, and another line may follow */
  FL_SERIAL_ANSWER_COMPLETE,
} FlSerialAnswerState;

/* How much of the answer to @ask is in @data. */
FlSerialAnswerState
fl_serial_answer_get_state (FlSerialAsk ask, const guint8 *data, gsize size_bytes);
/* How long it may take, microseconds. */
gint64 fl_serial_answer_get_limit_us (FlSerialAsk ask);

/* Pure readers of what the console answers, with lines of others before and behind it; hostile text
 * gives FL_ERROR_UNEXPECTED. */

/* "i", in both formats: device_id and serial of @info. @secret: (out) (optional) (nullable)
 * (transfer full): the mobile secret that it shows. */
gboolean fl_serial_read_identity (const FlSecret *text,
                                  FlDeviceInfo *info,
                                  FlSecret **secret,
                                  GError **error);
/* "v": (transfer full) "2.3.1" */
char *fl_serial_read_version (const FlSecret *text, GError **error);
/* "m": (transfer full) "02:11:22:33:44:55" */
char *fl_serial_read_mac (const FlSecret *text, GError **error);
/* "s": (transfer full) of FlModule, those in use. @platform_id: (out) (optional). */
GPtrArray *fl_serial_read_modules (const FlSecret *text, int *platform_id, GError **error);
/* "c" */
gboolean fl_serial_read_claimed (const FlSecret *text, gboolean *claimed, GError **error);
/* "d": *@code: the last error of the network as it says it, 0: none. */
gboolean fl_serial_read_network_error (const FlSecret *text, int *code, GError **error);

G_END_DECLS
