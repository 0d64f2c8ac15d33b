/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-size.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/* The modules of one symbol as they were seen. */
typedef struct
{
  const FlMatrixSize *size;
  /* Row by row from the top left of the upright symbol; 1 surely dark … -1 surely light (as it is
   * printed dark on light; an inverted symbol is turned before it comes here). */
  float modules[FL_MATRIX_MAX_MODULES];
} FlMatrixGrid;

typedef struct
{
  guint n_corrected; /* codewords that the error correction mended */
  guint n_pattern;   /* modules of the finder pattern that are wrong */
  guint n_flipped;   /* codewords that were guessed anew because their modules were unsure */
} FlMatrixRepairs;

/*
 * Modules to text. What comes out of the error correction is believed only when
 *  - the finder pattern is there,
 *  - there is more evidence than a chance hit of the error correction would have: the smaller the
 *    symbol and the more it was mended, the better the pattern has to be, and
 *  - every codeword has a meaning where it stands.
 * Returns the text (any bytes; it may be a secret), NULL when there is none. Leaves no copy of it.
 * Pure.
 */
FlSecret *fl_matrix_decode (const FlMatrixGrid *grid, FlMatrixRepairs *repairs);
/* The smallest symbol that holds @text, as certain modules; @size (nullable): this one. FALSE when
 * it does not fit. For tests, the simulated camera and drawings. Packed by libdmtx, whose copies
 * are wiped. */
gboolean
fl_matrix_encode (const void *text, gsize size_bytes, const FlMatrixSize *size, FlMatrixGrid *grid);

G_END_DECLS
