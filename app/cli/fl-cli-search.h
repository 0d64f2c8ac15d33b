/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-target.h"

G_BEGIN_DECLS

/* Why nothing was found: the problem of a finder, of those for @road (nullable) only; else E19.
 * (transfer full) */
GError *fl_cli_search_explain (FlCli *cli, const FlRoadKind *road);

/* Looks for the device that @target names, or for the only one nearby. @target must stay until the
 * end. Ends early when the command is stopped. */
void fl_cli_search_async (FlCli *cli,
                          const FlCliTarget *target,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full) NULL: FL_ERROR_INVALID_INPUT when no name was given and several are nearby; else
 * the reason why there is none. */
FlDevice *fl_cli_search_finish (GAsyncResult *result, GError **error);

/* FALSE with FL_ERROR_INVALID_INPUT when what names @device names another one on a cable, too: a
 * cable proves nothing about which of them is meant. */
gboolean
fl_cli_search_check_only (FlCli *cli, const FlCliTarget *target, FlDevice *device, GError **error);

G_END_DECLS
