/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * fl_cli_read_secret:
 * @path: a file, or "-" for standard input
 * @max_bytes: the most that makes sense, without the final line end
 *
 * Reads a whole file into a secret. One trailing newline is removed, nothing else.
 *
 * Returns: (transfer full): NULL with FL_ERROR_INVALID_INPUT when it cannot be read, is longer, or
 *   holds a NUL byte
 */
FlSecret *fl_cli_read_secret (const char *path, gsize max_bytes, GError **error);

/* The same for a file of any bytes, every one of which counts. */
FlSecret *fl_cli_read_raw (const char *path, gsize max_bytes, GError **error);

/**
 * fl_cli_ask_secret:
 * @prompt: translated, printed to standard error
 *
 * Asks on the terminal of standard input without showing what is typed.
 *
 * Returns: (transfer full): NULL with FL_ERROR_INVALID_INPUT when standard input is no terminal or
 *   too much was typed, with FL_ERROR_CANCELLED after Ctrl+C or Ctrl+D, or when a signal says to
 *   end; the terminal is as before in any case
 */
FlSecret *fl_cli_ask_secret (const char *prompt, gsize max_bytes, GError **error);

/* "aa:bb:cc:dd:ee:ff" to 6 bytes. (transfer full) (nullable): NULL when it is no such address. */
GBytes *fl_cli_parse_bssid (const char *text);

G_END_DECLS
