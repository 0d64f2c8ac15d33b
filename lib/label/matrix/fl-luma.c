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
