/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

/* One function per command. @args: (inout): the command's name and what follows; @command: its row
 * in the table. FALSE with @error, or without one when only help was asked for (cli->help). */
gboolean fl_cli_find (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_info (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_networks (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_setup (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_known (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_light (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_identify (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_listen (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_reset (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_request (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_label (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_certificate (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_doctor (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_report (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
gboolean fl_cli_world (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);

G_END_DECLS
