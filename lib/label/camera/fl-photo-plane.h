/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"

G_BEGIN_DECLS

/* Brightness that belongs to whoever has the plane; without gaps between its rows. */
typedef struct
{
  guint8 *pixels;
  guint width;  /* pixels */
  guint height; /* pixels */
} FlPhotoPlane;

FlPhotoPlane *fl_photo_plane_new (guint width, guint height); /* all 0; NULL: no memory */
void fl_photo_plane_free (FlPhotoPlane *self);
FlLuma fl_photo_plane_get_luma (const FlPhotoPlane *self);

/* ITU-R BT.601 weights, over white where it is transparent. @n_channels: 3, or 4 with alpha. */
FlPhotoPlane *fl_photo_plane_new_from_rgb (const guint8 *pixels,
                                           guint width,
                                           guint height,
                                           gsize stride,
                                           guint n_channels);
/* @orientation: Exif 2.32, tag 274: 1 to 8, anything else is 1. Takes @self. */
FlPhotoPlane *fl_photo_plane_orient (FlPhotoPlane *self, guint orientation);
/* Means of @factor x @factor pixels. What is left at the right and at the bottom goes. */
FlPhotoPlane *fl_photo_plane_shrink (const FlPhotoPlane *self, guint factor);
/* Each pixel @factor x @factor times, with @margin white pixels around it all. */
FlPhotoPlane *fl_photo_plane_enlarge (const FlPhotoPlane *self, guint factor, guint margin);

/* Twice as wide and high, smoothly. */
FlPhotoPlane *fl_photo_plane_double (const FlPhotoPlane *self);
/* Takes the light out that falls on it unevenly and raises what contrast is left: differences from
 * the mean around, @radius pixels, times @gain. */
FlPhotoPlane *fl_photo_plane_flatten (const FlPhotoPlane *self, guint radius, int gain);
/* Fills the convex outline @corners with @level. Corners may lie outside. */
void fl_photo_plane_fill (FlPhotoPlane *self, const FlPoint *corners, guint8 level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlPhotoPlane, fl_photo_plane_free)

G_END_DECLS
