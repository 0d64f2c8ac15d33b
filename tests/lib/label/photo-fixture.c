/* SPDX-License-Identifier: Apache-2.0 */
#include "photo-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define WIDTH  480
#define HEIGHT 360

void
photo_paint (Canvas *canvas, const char *text, float x, float y, float module, float rotation)
{
  const Pose pose = { .centre = { x, y }, .module = module, .rotation = rotation };
  FlMatrixGrid grid;
  FlPoint corners[4];

  g_assert_true (fl_matrix_encode (text, strlen (text), NULL, &grid));
  pose_corners (&pose, grid.size->rows, grid.size->columns, corners);
  canvas_draw (canvas, &grid, corners, 40, 220, 2);
}

GBytes *
photo_luma (guint *width, guint *height)
{
  g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 150);
  FlLuma luma;

  photo_paint (canvas, PHOTO_LABEL, 180, 160, 5, 10);
  luma = canvas_luma (canvas);
  g_assert_cmpuint (luma.stride, ==, WIDTH);
  *width = luma.width;
  *height = luma.height;
  return g_bytes_new (luma.pixels, (gsize) WIDTH * HEIGHT);
}

GBytes *
photo_pgm (const guint8 *luma, guint width, guint height)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree char *header = g_strdup_printf ("P5\n# a comment\n%u %u\n255\n", width, height);

  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (file, luma, width * height);
  return g_byte_array_free_to_bytes (file);
}

static gboolean
can_write (const char *type)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *i = formats; i != NULL; i = i->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (i->data);

      if (strcmp (name, type) == 0 && gdk_pixbuf_format_is_writable (i->data))
        return TRUE;
    }
  return FALSE;
}

GBytes *
photo_saved (const guint8 *luma, guint width, guint height, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *pixels;
  gsize stride, size_bytes;
  char *data = NULL;

  if (!can_write (type))
    return NULL;
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  pixels = gdk_pixbuf_get_pixels (pixbuf);
  stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memset (pixels + y * stride + 3 * (gsize) x, luma[(gsize) y * width + x], 3);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size_bytes, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size_bytes);
}

static void
append_be32 (GByteArray *file, guint32 value)
{
  guint32 swapped = GUINT32_TO_BE (value);

  g_byte_array_append (file, (const guint8 *) &swapped, 4);
}

/* ISO/IEC 15948, annex D. */
static guint32
get_crc (const guint8 *data, gsize size_bytes)
{
  guint32 crc = G_MAXUINT32;

  for (gsize i = 0; i < size_bytes; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
    }
  return ~crc;
}

static void
append_chunk (GByteArray *file, const char *type, const guint8 *data, gsize size_bytes)
{
  guint begin;

  append_be32 (file, (guint32) size_bytes);
  begin = file->len;
  g_byte_array_append (file, (const guint8 *) type, 4);
  if (size_bytes > 0)
    g_byte_array_append (file, data, (guint) size_bytes);
  append_be32 (file, get_crc (file->data + begin, file->len - begin));
}

static GByteArray *
compress (const guint8 *data, gsize row_bytes, guint height)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  GByteArray *packed = g_byte_array_new ();
  gsize n_read, n_written;

  for (guint y = 0; y < height; y++)
    {
      g_byte_array_append (rows, (const guint8 *) "", 1); /* no filter */
      g_byte_array_append (rows, data + y * row_bytes, (guint) row_bytes);
    }
  g_byte_array_set_size (packed, rows->len + 1000);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (zlib), rows->data, rows->len, packed->data,
                                        packed->len, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                                        NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);
  return packed;
}

GBytes *
photo_png (const guint8 *data,
           gsize row_bytes,
           guint width,
           guint height,
           guint8 depth,
           guint8 colour_type)
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  const guint8 rest[] = { depth, colour_type, 0, 0, 0 };

  g_byte_array_append (file, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_be32 (header, width);
  append_be32 (header, height);
  g_byte_array_append (header, rest, sizeof rest);
  append_chunk (file, "IHDR", header->data, header->len);
  packed = compress (data, row_bytes, data != NULL ? height : 0);
  append_chunk (file, "IDAT", packed->data, packed->len);
  append_chunk (file, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (file);
}

/* 7 bits a pixel in codes of 8 bits; a clear code comes before they would grow. */
static void
append_gif_frame (GByteArray *file, const guint8 *luma, guint width, guint height)
{
  const guint8 head[] = {
    ',', 0, 0, 0, 0, (guint8) width, (guint8) (width >> 8), (guint8) height, (guint8) (height >> 8),
    0,   7
  };
  g_autoptr (GByteArray) codes = g_byte_array_new ();
  const guint8 clear = 128, end = 129, zero = 0;

  g_byte_array_append (file, head, sizeof head);
  for (gsize i = 0; i < (gsize) width * height; i++)
    {
      guint8 code = luma != NULL ? luma[i] / 2 : 127;

      if (i % 100 == 0)
        g_byte_array_append (codes, &clear, 1);
      g_byte_array_append (codes, &code, 1);
    }
  g_byte_array_append (codes, &end, 1);
  for (guint i = 0; i < codes->len; i += 255)
    {
      guint8 n = (guint8) MIN (255, codes->len - i);

      g_byte_array_append (file, &n, 1);
      g_byte_array_append (file, codes->data + i, n);
    }
  g_byte_array_append (file, &zero, 1);
}

GBytes *
photo_gif (const guint8 *luma, guint width, guint height, guint n_frames)
{
  GByteArray *file = g_byte_array_new ();
  const guint8 screen[] = {
    (guint8) width, (guint8) (width >> 8), (guint8) height, (guint8) (height >> 8), 0xf6, 0, 0
  };

  g_byte_array_append (file, (const guint8 *) "GIF89a", 6);
  g_byte_array_append (file, screen, sizeof screen);
  for (guint i = 0; i < 128; i++)
    {
      const guint8 grey[] = { (guint8) (2 * i), (guint8) (2 * i), (guint8) (2 * i) };

      g_byte_array_append (file, grey, sizeof grey);
    }
  for (guint i = 0; i < n_frames; i++)
    append_gif_frame (file, i == 0 ? luma : NULL, width, height);
  g_byte_array_append (file, (const guint8 *) ";", 1);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
photo_with_orientation (GBytes *jpeg, guint8 orientation)
{
  /* One tag: 0x0112, SHORT, one value; little endian. */
  const guint8 segment[] = { 0xff, 0xe1, 0, 34, 'E',         'x', 'i', 'f', 0,    0,    'I', 'I',
                             42,   0,    8, 0,  0,           0,   1,   0,   0x12, 0x01, 3,   0,
                             1,    0,    0, 0,  orientation, 0,   0,   0,   0,    0,    0,   0 };
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (jpeg, &size_bytes);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, data, 2);
  g_byte_array_append (file, segment, sizeof segment);
  g_byte_array_append (file, data + 2, (guint) size_bytes - 2);
  return g_byte_array_free_to_bytes (file);
}

guint8 *
photo_turned (const guint8 *luma, guint *width, guint *height, guint orientation)
{
  guint w = *width, h = *height;
  guint8 *turned = g_malloc ((gsize) w * h);
  guint turned_width = orientation >= 5 ? h : w;

  for (guint y = 0; y < h; y++)
    for (guint x = 0; x < w; x++)
      {
        /* Exif 2.32, tag 274: row 0 of the file is the top, the bottom (3, 4), the left (5, 8) or
         * the right (6, 7) of the picture; column 0 is its left or right (2, 3), top or bottom (7,
         * 8). */
        guint row = orientation >= 5 ? x : y, column = orientation >= 5 ? y : x;
        guint last_row = orientation >= 5 ? w - 1 : h - 1;
        guint last_column = orientation >= 5 ? h - 1 : w - 1;

        if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
          row = last_row - row;
        if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
          column = last_column - column;
        turned[(gsize) row * turned_width + column] = luma[(gsize) y * w + x];
      }
  *width = turned_width;
  *height = orientation >= 5 ? w : h;
  return turned;
}

typedef struct
{
  GPtrArray *scans;
  GError *error;
  gboolean done;
} Reading;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;

  reading->scans = fl_photo_read_finish (result, &reading->error);
  reading->done = TRUE;
}

static GPtrArray *
finish (Reading *reading, GError **error)
{
  while (!reading->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((reading->scans == NULL) == (reading->error != NULL));
  if (reading->error != NULL)
    g_propagate_error (error, reading->error);
  return reading->scans;
}

GPtrArray *
photo_read (GBytes *bytes, GError **error)
{
  Reading reading = { 0 };

  fl_photo_read_bytes_async (bytes, NULL, on_read, &reading);
  return finish (&reading, error);
}

GPtrArray *
photo_read_path (const char *path, GCancellable *cancellable, GError **error)
{
  Reading reading = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path (path);

  fl_photo_read_async (file, cancellable, on_read, &reading);
  return finish (&reading, error);
}

void
photo_assert_label (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = photo_read (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scans->len, ==, 1);
  g_assert_cmpstr (fl_secret_get_text (fl_matrix_get_text (fl_scan_get_matrix (scans->pdata[0]))),
                   ==, PHOTO_LABEL);
  g_assert_cmpstr (fl_label_text_get_number (fl_scan_get_text (scans->pdata[0])), ==, PHOTO_NUMBER);
}
