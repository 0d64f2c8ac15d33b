/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-weave.h"

G_BEGIN_DECLS

/* How sure it is that @weave is read, as a log of odds: 0 is even, FL_RANK_MIN leaves out one
 * symbol in a hundred, FL_RANK_LOWEST one in a thousand. @window_score: of the window it comes
 * from. */
#define FL_RANK_MIN    (-2.f)
#define FL_RANK_LOWEST (-3.f)
float fl_matrix_rank_weave (float window_score, const FlMatrixWeave *weave);
/* How sure it is that @weave is a symbol, also one that is too small, dark or moved to be read. */
float fl_matrix_rank_likeness (float window_score, const FlMatrixWeave *weave);

G_END_DECLS
