/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"
#include "fl-photo.h"

G_BEGIN_DECLS

/* Reads a picture file, running the main context. Of FlScan; errors: as fl_photo_read_async(). */
GPtrArray *fl_cli_photo_read (FlCli *cli, const char *path, GError **error);

/* Whether a file begins like a picture. */
gboolean fl_cli_photo_is_one (const char *path);
/* The labels of devices in it, of FlLabel; at most @max. Errors also: FL_ERROR_LABEL_OTHER_CODE,
 * FL_ERROR_INVALID_INPUT for too many. */
GPtrArray *fl_cli_photo_read_labels (FlCli *cli, const char *path, guint max, GError **error);

G_END_DECLS
