/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-photo.h"
#include "paint.h"

#define PHOTO_LABEL  "P046AB12CD4F2A1 aB3$efGhIj1k2L~"
#define PHOTO_NUMBER "P046AB12CD4F2A1"

/* A label with its middle at (@x, @y). @module: pixels. */
void photo_paint (Canvas *canvas, const char *text, float x, float y, float module, float rotation);
/* A picture of 480 x 360 with a label left of the middle; no symmetry. */
GBytes *photo_luma (guint *width, guint *height); /* brightness, row by row */

/* Files. @luma: brightness, row by row, without gaps. */
GBytes *photo_pgm (const guint8 *luma, guint width, guint height);
/* By gdk-pixbuf: "png", "jpeg" …; NULL: it cannot write this type. */
GBytes *photo_saved (const guint8 *luma, guint width, guint height, const char *type);
/* By hand. @depth: bits of a channel; @colour_type: PNG's; @data: as the type wants it, row by row,
 * without filter bytes. */
GBytes *photo_png (const guint8 *data,
                   gsize row_bytes,
                   guint width,
                   guint height,
                   guint8 depth,
                   guint8 colour_type);
/* @n_frames: the first one is @luma, the others are white. */
GBytes *photo_gif (const guint8 *luma, guint width, guint height, guint n_frames);
/* @jpeg with an Exif segment that tells this orientation. */
GBytes *photo_with_orientation (GBytes *jpeg, guint8 orientation);
/* What a file with this orientation has where the upright picture is @luma. */
guint8 *photo_turned (const guint8 *luma,
                      guint *width,
                      guint *height,
                      guint orientation); /* (transfer full) */

/* Runs fl_photo_read_bytes_async(), or fl_photo_read_async(), to its end. */
GPtrArray *photo_read (GBytes *bytes, GError **error);
GPtrArray *photo_read_path (const char *path, GCancellable *cancellable, GError **error);
void photo_assert_label (GBytes *bytes);
