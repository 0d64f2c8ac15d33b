/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-target.h"

G_BEGIN_DECLS

/* Looks for --json and --verbose anywhere, so that even a usage error has the face that was asked
 * for. Leaves @args as they are. */
void fl_cli_options_peek (FlCli *cli, char **args);

/* Global options before the command; stops at the first word that is no option. @table ends with a
 * NULL name and is for the help text. Errors: FL_ERROR_INVALID_INPUT. */
gboolean
fl_cli_options_parse_global (FlCli *cli, const FlCliCommand *table, char ***args, GError **error);

/**
 * fl_cli_options_parse_command:
 * @entries: the command's own options
 * @more: (nullable) (transfer full): groups of options beside its own; ends with NULL
 * @args: (inout): the command's name, then its words; only words are left afterwards
 * @min_words, @max_words: how many words may be left after the name
 *
 * Global options are understood here, too. With --help the help text is printed and
 * FALSE returned without an error: main() looks at cli->help.
 *
 * Returns: FALSE with FL_ERROR_INVALID_INPUT when something is wrong
 */
gboolean fl_cli_options_parse_command (FlCli *cli,
                                       const FlCliCommand *command,
                                       const GOptionEntry *entries,
                                       GOptionGroup *const *more,
                                       char ***args,
                                       guint min_words,
                                       guint max_words,
                                       GError **error);

/* The same for a command about devices, any number of them, with the options for their labels.
 * @more: (nullable) (transfer full): one more group. */
gboolean fl_cli_options_parse_devices (FlCli *cli,
                                       const FlCliCommand *command,
                                       const GOptionEntry *entries,
                                       GOptionGroup *more,
                                       FlCliTargets *targets,
                                       char ***args,
                                       GError **error);

/* Shows a text that was asked for (help, version), in the face of the output. */
void fl_cli_options_show (FlCli *cli, const char *text);

G_END_DECLS
