/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Reads @path, "-" for standard input. Only regular files, so that a pipe that nobody writes to
 * does not hang; standard input may be a pipe. Blocks. Errors: FL_ERROR_INVALID_INPUT, a translated
 * sentence (not there, no permission, no file, more than @max_bytes). (transfer full) */
FlSecret *fl_small_file_read (const char *path, gsize max_bytes, GError **error);

G_END_DECLS
