/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-scanner.h"

G_BEGIN_DECLS

#define FL_PHOTO_MAX_PIXELS (64 * 1000 * 1000) /* above it: FL_ERROR_INVALID_INPUT */
#define FL_PHOTO_MAX_BYTES  (64 * 1024 * 1024)
#define FL_PHOTO_LIMIT_MS   3000 /* of reading one picture */

/* Reads every label of a picture file: PNG, PGM, JPEG (its orientation applied) and what else
 * gdk-pixbuf has loaders for. In a worker thread. Result: GPtrArray of FlScan, never empty:
 * FL_ERROR_LABEL_UNREADABLE (E16) when there is no code in it, FL_ERROR_INVALID_INPUT when it is no
 * picture, is broken, or is too large (message translated). */
void fl_photo_read_async (GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
/* The same from a file's bytes: the clipboard, a drop. */
void fl_photo_read_bytes_async (GBytes *bytes,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
GPtrArray *fl_photo_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
