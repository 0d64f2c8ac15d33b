/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-equal.h"

G_BEGIN_DECLS

/* What a symbol's plane is off from where its corners put it: shifts in modules that change over
 * the symbol up to the second order. Also bent labels and rolling shutters are about so. */
#define FL_WARP_TERMS 6 /* 1, x, y, xy, x², y², with x and y from -1 to 1 */

struct _FlWarp
{
  float across[FL_WARP_TERMS];
  float down[FL_WARP_TERMS];
};

/* Where the place (@u, @v), modules, is as the corners see it. */
FlPoint fl_warp_map (const FlWarp *self, const FlMatrixSize *size, float u, float v);
/* One step towards where the decided modules are; @soft: what @equaliser made of @lattice. */
gboolean fl_warp_improve (FlWarp *self,
                          const FlEqualiser *equaliser,
                          const FlLattice *lattice,
                          const FlMatrixSize *size,
                          const float *soft);

G_END_DECLS
