/* SPDX-License-Identifier: Apache-2.0 */

/* A picture may come from anywhere: a file, the clipboard, a drop. */

#include "fl-error.h"
#include "fl-photo-read.h"
#include "fl-photo.h"

#include "fuzz.h"

#define MAX_LOOKS 6 /* of the clock */
/* Larger ones are only loaded: reading is fuzzed with planes, and a few bytes can be many pixels.
 */
#define MAX_READ_PIXELS (1024 * 1024)

static gint64
count_look (gpointer looks)
{
  return (*(gint64 *) looks)++;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size_bytes);
  g_auto (FlPhotoPicture) picture = { 0 };
  g_autoptr (GPtrArray) matrices = NULL;
  g_autoptr (GError) error = NULL;
  gint64 looks = 0;
  const FlBudget budget = { .now_us = count_look, .clock = &looks, .until_us = MAX_LOOKS };

  if (!fl_photo_load_picture (bytes, NULL, &picture, &error))
    {
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (picture.plane->width, <=, FL_LUMA_MAX_SIDE);
  g_assert_cmpuint (picture.plane->height, <=, FL_LUMA_MAX_SIDE);
  g_assert_cmpuint ((guint64) picture.width * picture.height, <=, FL_PHOTO_MAX_PIXELS);
  if (picture.plane->width * picture.plane->height > MAX_READ_PIXELS)
    return 0;
  matrices = fl_photo_read_picture (&picture, &budget);
  g_assert_cmpuint (matrices->len, <=, FL_PHOTO_MAX_LABELS);
  return 0;
}
