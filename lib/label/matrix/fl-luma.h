/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The brightness of a picture, borrowed from whoever has it: a camera's frame or a photo. */
typedef struct
{
  const guint8 *pixels; /* row 0 on top; 0 black to 255 white */
  guint width;          /* pixels */
  guint height;         /* pixels */
  gsize stride;         /* bytes from one row to the next, at least width */
} FlLuma;

#define FL_LUMA_MAX_SIDE 8192 /* pixels; larger pictures are refused, not shrunk */

/* A place in a picture, in pixels: (0, 0) is the outer corner of the first pixel, whose centre is
 * (0.5, 0.5). */
typedef struct
{
  float x;
  float y;
} FlPoint;

/* FALSE: no pixels, a side of 0 or above FL_LUMA_MAX_SIDE, or a stride below the width. */
gboolean fl_luma_is_valid (const FlLuma *luma);

G_END_DECLS
