/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-photo-plane.h"

#include <string.h>

FlPhotoPlane *
fl_photo_plane_new (guint width, guint height)
{
  guint8 *pixels = g_try_malloc0_n (height, width);
  FlPhotoPlane *self;

  if (pixels == NULL)
    return NULL;
  self = g_new0 (FlPhotoPlane, 1);
  *self = (FlPhotoPlane){ pixels, width, height };
  return self;
}

void
fl_photo_plane_free (FlPhotoPlane *self)
{
  g_free (self->pixels);
  g_free (self);
}

FlLuma
fl_photo_plane_get_luma (const FlPhotoPlane *self)
{
  return (FlLuma){ self->pixels, self->width, self->height, self->width };
}

static guint8
get_brightness (const guint8 *pixel, guint n_channels)
{
  guint luma = (77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2] + 128u) >> 8;

  if (n_channels == 4)
    luma = (luma * pixel[3] + 255u * (255u - pixel[3]) + 127u) / 255u;
  return (guint8) luma;
}

FlPhotoPlane *
fl_photo_plane_new_from_rgb (const guint8 *pixels,
                             guint width,
                             guint height,
                             gsize stride,
                             guint n_channels)
{
  FlPhotoPlane *self = fl_photo_plane_new (width, height);

  for (guint y = 0; self != NULL && y < height; y++)
    for (guint x = 0; x < width; x++)
      self->pixels[(gsize) y * width + x] =
          get_brightness (pixels + y * stride + (gsize) x * n_channels, n_channels);
  return self;
}

/* Where the pixel of the upright picture at (@x, @y) is in the file's. */
static gsize
find_source (const FlPhotoPlane *from, guint orientation, guint x, guint y)
{
  guint right = from->width - 1, bottom = from->height - 1;
  guint column = orientation >= 5 ? y : x;
  guint row = orientation >= 5 ? x : y;

  if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
    column = right - column;
  if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
    row = bottom - row;
  return (gsize) row * from->width + column;
}

FlPhotoPlane *
fl_photo_plane_orient (FlPhotoPlane *self, guint orientation)
{
  FlPhotoPlane *upright;

  if (orientation < 2 || orientation > 8)
    return self;
  upright = fl_photo_plane_new (orientation >= 5 ? self->height : self->width,
                                orientation >= 5 ? self->width : self->height);
  for (guint y = 0; upright != NULL && y < upright->height; y++)
    for (guint x = 0; x < upright->width; x++)
      upright->pixels[(gsize) y * upright->width + x] =
          self->pixels[find_source (self, orientation, x, y)];
  fl_photo_plane_free (self);
  return upright;
}

static guint8
get_mean (const guint8 *corner, gsize stride, guint factor)
{
  guint sum = 0;

  for (guint y = 0; y < factor; y++)
    for (guint x = 0; x < factor; x++)
      sum += corner[y * stride + x];
  return (guint8) ((sum + factor * factor / 2) / (factor * factor));
}

FlPhotoPlane *
fl_photo_plane_shrink (const FlPhotoPlane *self, guint factor)
{
  FlPhotoPlane *small = fl_photo_plane_new (self->width / factor, self->height / factor);

  for (guint y = 0; small != NULL && y < small->height; y++)
    for (guint x = 0; x < small->width; x++)
      small->pixels[(gsize) y * small->width + x] =
          get_mean (self->pixels + (gsize) y * factor * self->width + (gsize) x * factor,
                    self->width, factor);
  return small;
}

FlPhotoPlane *
fl_photo_plane_enlarge (const FlPhotoPlane *self, guint factor, guint margin)
{
  FlPhotoPlane *large =
      fl_photo_plane_new (self->width * factor + 2 * margin, self->height * factor + 2 * margin);

  if (large == NULL)
    return NULL;
  memset (large->pixels, 255, (gsize) large->width * large->height);
  for (guint y = 0; y < self->height * factor; y++)
    for (guint x = 0; x < self->width * factor; x++)
      large->pixels[(gsize) (y + margin) * large->width + x + margin] =
          self->pixels[(gsize) (y / factor) * self->width + x / factor];
  return large;
}

static guint
get_pixel (const FlPhotoPlane *self, int x, int y)
{
  gsize column = (gsize) CLAMP (x, 0, (int) self->width - 1);
  gsize row = (gsize) CLAMP (y, 0, (int) self->height - 1);

  return self->pixels[row * self->width + column];
}

FlPhotoPlane *
fl_photo_plane_double (const FlPhotoPlane *self)
{
  FlPhotoPlane *large = fl_photo_plane_new (2 * self->width, 2 * self->height);

  for (guint y = 0; large != NULL && y < large->height; y++)
    for (guint x = 0; x < large->width; x++)
      {
        /* A quarter of a pixel from the nearest centre, three quarters from the next. */
        int near_x = (int) x / 2, near_y = (int) y / 2;
        int next_x = near_x + (x % 2 == 0 ? -1 : 1), next_y = near_y + (y % 2 == 0 ? -1 : 1);
        guint sum = 9 * get_pixel (self, near_x, near_y) + 3 * get_pixel (self, next_x, near_y) +
                    3 * get_pixel (self, near_x, next_y) + get_pixel (self, next_x, next_y);

        large->pixels[(gsize) y * large->width + x] = (guint8) ((sum + 8) / 16);
      }
  return large;
}

/* Sums of all pixels above and to the left; one more row and column than there are pixels. They
 * wrap, differences of them do not. (nullable) */
static guint32 *
add_up (const FlPhotoPlane *self)
{
  gsize stride = self->width + 1u;
  guint32 *sums = g_try_malloc0_n (stride * (self->height + 1u), sizeof *sums);

  for (guint y = 0; sums != NULL && y < self->height; y++)
    {
      guint32 row = 0;

      for (guint x = 0; x < self->width; x++)
        {
          row += self->pixels[(gsize) y * self->width + x];
          sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
        }
    }
  return sums;
}

static int
get_mean_around (const FlPhotoPlane *self, const guint32 *sums, guint x, guint y, guint radius)
{
  gsize stride = self->width + 1u;
  guint left = x > radius ? x - radius : 0, right = MIN (x + radius + 1, self->width);
  guint top = y > radius ? y - radius : 0, bottom = MIN (y + radius + 1, self->height);
  guint32 sum = sums[bottom * stride + right] - sums[bottom * stride + left] -
                sums[top * stride + right] + sums[top * stride + left];

  return (int) (sum / MAX ((right - left) * (bottom - top), 1));
}

FlPhotoPlane *
fl_photo_plane_flatten (const FlPhotoPlane *self, guint radius, int gain)
{
  g_autofree guint32 *sums = add_up (self);
  FlPhotoPlane *flat = sums != NULL ? fl_photo_plane_new (self->width, self->height) : NULL;

  for (guint y = 0; flat != NULL && y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        gsize at = (gsize) y * self->width + x;
        int level = 128 + gain * (self->pixels[at] - get_mean_around (self, sums, x, y, radius));

        flat->pixels[at] = (guint8) CLAMP (level, 0, 255);
      }
  return flat;
}

static gboolean
is_inside (const FlPoint *corners, float x, float y)
{
  guint n_left = 0;

  for (guint i = 0; i < 4; i++)
    {
      FlPoint a = corners[i], b = corners[(i + 1) % 4];

      n_left += (b.x - a.x) * (y - a.y) < (b.y - a.y) * (x - a.x);
    }
  return n_left == 0 || n_left == 4;
}

static guint
clamp (float place, guint size)
{
  return (guint) CLAMP (place, 0.f, (float) size);
}

void
fl_photo_plane_fill (FlPhotoPlane *self, const FlPoint *corners, guint8 level)
{
  FlPoint low = corners[0], high = corners[0];

  for (guint i = 1; i < 4; i++)
    {
      low = (FlPoint){ MIN (low.x, corners[i].x), MIN (low.y, corners[i].y) };
      high = (FlPoint){ MAX (high.x, corners[i].x), MAX (high.y, corners[i].y) };
    }
  for (guint y = clamp (low.y, self->height); y < clamp (high.y + 1, self->height); y++)
    for (guint x = clamp (low.x, self->width); x < clamp (high.x + 1, self->width); x++)
      if (is_inside (corners, (float) x + 0.5f, (float) y + 0.5f))
        self->pixels[(gsize) y * self->width + x] = level;
}
