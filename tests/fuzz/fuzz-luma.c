/* SPDX-License-Identifier: Apache-2.0 */

/* A camera may deliver anything, of any size: whatever it is, the reader stays within it and within
 * its time. */

#include <math.h>
#include <string.h>

#include "fl-matrix-reader.h"

#include "fuzz.h"

#define MAX_PIXELS 30000 /* so that one input does not take seconds */
#define MAX_LOOKS  40    /* of the clock, at most, before the time is over */
#define MAX_TEXT   136

typedef struct
{
  gint64 looks;
} Clock;

static gint64
count_look (gpointer data)
{
  Clock *clock = data;

  return clock->looks++;
}

static void
check_matrix (const FlMatrix *matrix)
{
  const FlPoint *corners = fl_matrix_get_corners (matrix);
  gsize size_bytes = fl_secret_get_size (fl_matrix_get_text (matrix));

  g_assert_cmpuint (size_bytes, >, 0);
  g_assert_cmpuint (size_bytes, <=, MAX_TEXT);
  g_assert_true (fl_matrix_get_confidence (matrix) >= 0 && fl_matrix_get_confidence (matrix) <= 1);
  g_assert_true (fl_matrix_get_module_size (matrix) > 0);
  for (guint i = 0; i < 4; i++)
    g_assert_true (isfinite (corners[i].x) && isfinite (corners[i].y));
}

static void
check_reading (const FlLuma *luma, guint flags, guint n_looks)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  Clock clock = { 0 };
  const FlBudget budget = { .now_us = count_look, .clock = &clock, .until_us = n_looks };
  const float w = (float) luma->width, h = (float) luma->height;
  const FlPoint expected[4] = { { 0, 0 }, { w, -h }, { w * 2, h }, { NAN, h } };
  const FlReadOptions options = { .max = 1 + flags % 4,
                                  .strategy = flags / 4 % 4,
                                  .budget = &budget,
                                  .expected = flags & 64 ? expected : NULL };

  /* The second look at the same picture, with the memory of the first. */
  for (guint i = 0; i < 1 + flags / 32 % 2; i++)
    {
      g_auto (FlReading) reading = fl_matrix_reader_read (reader, luma, &options);

      g_assert_cmpuint (reading.matrices->len, <=, options.max);
      for (guint j = 0; j < reading.matrices->len; j++)
        check_matrix (reading.matrices->pdata[j]);
    }
}

/* Width and height (two bytes each), gap between rows, flags, looks at the clock, then the pixels,
 * again and again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autofree guint8 *pixels = NULL;
  FlLuma luma;
  gsize n;

  if (size_bytes < 8)
    return 0;
  luma =
      (FlLuma){ .width = (guint) data[0] << 8 | data[1], .height = (guint) data[2] << 8 | data[3] };
  luma.stride = luma.width + (gsize) data[4];
  if (luma.width > 0 && luma.height > MAX_PIXELS / luma.stride)
    luma.height = (guint) (MAX_PIXELS / luma.stride);
  n = luma.height > 0 ? luma.stride * (luma.height - 1u) + luma.width : 0;
  /* Exactly what it has, so that the sanitizer sees the end. */
  pixels = g_malloc (n);
  for (gsize at = 0; at < n; at += size_bytes - 7)
    memcpy (pixels + at, data + 7, MIN (size_bytes - 7, n - at));
  luma.pixels = pixels;
  check_reading (&luma, data[5], data[6] == 0 ? MAX_LOOKS : data[6]);
  return 0;
}
