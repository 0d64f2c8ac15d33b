/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit.h"
#include "fl-matrix-reader.h"

G_BEGIN_DECLS

/* What to do about a picture that nothing was read in. @spot: (nullable) the place that is most
 * like a symbol; @fit: (nullable) an outline there. Pure. */
FlHint fl_hint_choose (const FlLuma *luma, const FlMatrixSpot *spot, const FlMatrixFit *fit);

G_END_DECLS
