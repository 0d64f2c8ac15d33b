/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-photo-format.h"

#include <string.h>

/* A progressive JPEG has about 10, two of them in previews. */
#define MAX_SCANS 100

typedef struct
{
  const char *mime_type;
  guint at; /* bytes from the beginning */
  guint size_bytes;
  const char *bytes;
} Magic;

/* No BMP: gdk-pixbuf 2.42 allocates what its header asks for, up to 4 GB (io-bmp.c), before a size
 * is known. */
static const Magic magics[] = {
  { "image/png", 0, 8, "\x89PNG\r\n\x1a\n" },
  { "image/jpeg", 0, 3, "\xff\xd8\xff" },
  { "image/webp", 8, 4, "WEBP" },
  { "image/gif", 0, 4, "GIF8" },
  { "image/tiff", 0, 4, "II*\0" },
  { "image/tiff", 0, 4, "MM\0*" },
  { "image/avif", 4, 8, "ftypavif" },
  { "image/heic", 4, 8, "ftypheic" },
  { "image/heic", 4, 8, "ftypheix" },
  { "image/heif", 4, 8, "ftypmif1" },
};

/* "P1" … "P6" and white space or a comment. */
static gboolean
is_pnm (const guint8 *data, gsize size_bytes)
{
  return size_bytes > 2 && data[0] == 'P' && data[1] >= '1' && data[1] <= '6' &&
         (g_ascii_isspace (data[2]) || data[2] == '#');
}

const char *
fl_photo_format_get_mime_type (const guint8 *data, gsize size_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size_bytes >= magics[i].at + magics[i].size_bytes &&
        memcmp (data + magics[i].at, magics[i].bytes, magics[i].size_bytes) == 0)
      return magics[i].mime_type;
  return is_pnm (data, size_bytes) ? "image/x-portable-anymap" : NULL;
}

gboolean
fl_photo_format_is_sane (const guint8 *data, gsize size_bytes)
{
  guint n_scans = 0;

  if (size_bytes < 2 || data[0] != 0xff || data[1] != 0xd8)
    return TRUE;
  /* ISO/IEC 10918-1, B.1.1.3: FF DA begins a scan; within its data FF is followed by 00. */
  for (gsize i = 0; i + 1 < size_bytes; i++)
    if (data[i] == 0xff && data[i + 1] == 0xda)
      n_scans++;
  return n_scans <= MAX_SCANS;
}
