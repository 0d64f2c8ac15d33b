/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-luma.h"

gboolean
fl_luma_is_valid (const FlLuma *luma)
{
  return luma != NULL && luma->pixels != NULL && luma->width > 0 && luma->height > 0 &&
         luma->width <= FL_LUMA_MAX_SIDE && luma->height <= FL_LUMA_MAX_SIDE &&
         luma->stride >= luma->width;
}

FlLuma
fl_luma_crop (const FlLuma *luma, guint x, guint y, guint width, guint height)
{
  FlLuma part = { 0 };

  g_return_val_if_fail (fl_luma_is_valid (luma), part);

  x = MIN (x, luma->width - 1);
  y = MIN (y, luma->height - 1);
  part.pixels = luma->pixels + y * luma->stride + x;
  part.width = MIN (width, luma->width - x);
  part.height = MIN (height, luma->height - y);
  part.stride = luma->stride;
  return part;
}
