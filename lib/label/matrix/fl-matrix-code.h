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
 * Modules to text: the placement, Reed-Solomon and the text encodings are libdmtx's. What it
 * returns is believed only when
 *  - the corrected codewords are a codeword of the code indeed (all syndromes are zero: libdmtx
 * also accepts corrections beyond the end of a shortened block), and
 *  - the finder pattern is there, and
 *  - there is more evidence than a chance hit of the error correction would have: the smaller the
 *    symbol and the more it was mended, the better pattern and contrast have to be.
 * Returns the text (any bytes; it may be a secret), NULL when there is none. Every copy that
 * libdmtx made is wiped. Pure.
 */
FlSecret *fl_matrix_decode (const FlMatrixGrid *grid, FlMatrixRepairs *repairs);
/* The smallest symbol that holds @text, as certain modules; @size (nullable): this one. FALSE when
 * it does not fit. For tests, the simulated camera and drawings. Wipes what libdmtx copied. */
gboolean
fl_matrix_encode (const void *text, gsize size_bytes, const FlMatrixSize *size, FlMatrixGrid *grid);

G_END_DECLS
