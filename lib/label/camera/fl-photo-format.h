/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kinds of pictures that are opened, by their first bytes; never by a file's name. NULL: another
 * one. Not among them are drawings (SVG), which may ask for other files, and what no camera and no
 * scanner writes. Static. */
const char *fl_photo_format_get_mime_type (const guint8 *data, gsize size_bytes);
/* FALSE: a JPEG of more scans than any camera's or editor's. Each passes over the whole picture, so
 * that a small file could take hours. */
gboolean fl_photo_format_is_sane (const guint8 *data, gsize size_bytes);

G_END_DECLS
