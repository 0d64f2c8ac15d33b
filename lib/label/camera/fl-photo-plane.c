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
