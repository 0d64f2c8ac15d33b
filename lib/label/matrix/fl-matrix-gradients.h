/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"

G_BEGIN_DECLS

#define FL_GRADIENTS_MAX_SIDE  66 /* samples in each direction */
#define FL_GRADIENTS_MAX_REACH 64 /* pixels from the centre */

/* The gradients (Sobel's) of a square part of a picture, row by row: every pixel's of a small one,
 * every second pixel's of a large one. */
typedef struct
{
  guint columns; /* samples */
  guint rows;
  float x0; /* of the first sample, from the centre; pixels */
  float y0;
  float step; /* pixels */
  float gx[FL_GRADIENTS_MAX_SIDE * FL_GRADIENTS_MAX_SIDE];
  float gy[FL_GRADIENTS_MAX_SIDE * FL_GRADIENTS_MAX_SIDE];
  float luma[FL_GRADIENTS_MAX_SIDE * FL_GRADIENTS_MAX_SIDE];
} FlGradients;

/* Of the square of twice @side pixels about @centre, as far as it is in @luma. @side: at most
 * FL_GRADIENTS_MAX_REACH. FALSE: nothing, or too little. */
gboolean fl_gradients_take (FlGradients *self, const FlLuma *luma, FlPoint centre, float side);
/* The two directions that most edges within @side run in, at least 51 degrees apart, the stronger
 * first: @angles (2), radians, 0 … pi. @parts (2): the part of all strength that is in each. FALSE:
 * no edges. */
gboolean
fl_gradients_find_directions (const FlGradients *self, float side, float *angles, float *parts);

G_END_DECLS
