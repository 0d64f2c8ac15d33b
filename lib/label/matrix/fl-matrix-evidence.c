/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-evidence.h"

#include <math.h>

/*
 * How likely is it that something that is no symbol gives a text?
 *
 * Code. Of 256^n words of n codewords, those that lie within e errors and f erasures of one of the
 * 256^(n - check) codewords are about 256^(n - check) * C(n - f, e) * 255^e * 256^f (the largest e
 * dominates the sum). So a random word is mended with at most e and f with a chance of
 *   C(n - f, e) * 255^e * 256^f / 256^check.
 * 18 x 18 with no repairs: 112 bits; with all 7 errors: 34 bits. 10 x 10 with its 2: 19 bits.
 *
 * Pattern. w of m known modules wrong: at best sum(i <= w) C(m, i) / 2^m. It counts by half only:
 * the outline was chosen to fit the pattern, and pictures are full of bars and stripes.
 *
 * Demand. A camera that looks at things that are no symbols, 30 frames a second with about 100
 * hypotheses each for 10,000 hours, asks 2^37 times. One wrong text in a hundred such cameras is
 * 2^44 times. The code alone has to give 2^26: a symbol that is too blurred has a perfect pattern,
 * and is tried again and again. What is left over are the texts' own rules (most random codewords
 * are no text), which are not counted.
 */
#define WANTED_BITS      44.0f
#define WANTED_CODE_BITS 26.0f
#define PATTERN_WEIGHT   0.5f
/* The pattern has to be there, however good the code is: a random one has half of it wrong, one
 * that a scratch crosses a tenth. */
#define MAX_WRONG_PARTS 5

static float
log2_choose (guint n, guint k)
{
  return (float) ((lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0)) / G_LN2);
}

static float
get_code_bits (const FlMatrixSize *size, const FlMatrixRepairs *repairs)
{
  guint n = (guint) size->n_data + size->n_check;
  guint f = MIN (repairs->n_flipped, n);
  guint e = MIN (repairs->n_corrected, n - f);

  return 8.0f * (float) size->n_check - log2_choose (n - f, e) - (float) e * log2f (255) -
         8.0f * (float) f;
}

static float
get_pattern_bits (guint n_modules, guint n_wrong)
{
  double chance = 0;

  for (guint i = 0; i <= MIN (n_wrong, n_modules); i++)
    chance += exp2 ((double) log2_choose (n_modules, i) - n_modules);
  return (float) -log2 (MIN (chance, 1.0));
}

float
fl_matrix_evidence_get_bits (const FlMatrixSize *size,
                             guint n_pattern_modules,
                             const FlMatrixRepairs *repairs)
{
  g_return_val_if_fail (size != NULL && repairs != NULL, 0);

  return get_code_bits (size, repairs) +
         PATTERN_WEIGHT * get_pattern_bits (n_pattern_modules, repairs->n_pattern);
}

gboolean
fl_matrix_evidence_is_enough (const FlMatrixSize *size,
                              guint n_pattern_modules,
                              const FlMatrixRepairs *repairs)
{
  g_return_val_if_fail (size != NULL && repairs != NULL, FALSE);

  return repairs->n_pattern * MAX_WRONG_PARTS <= n_pattern_modules &&
         get_code_bits (size, repairs) >= WANTED_CODE_BITS &&
         fl_matrix_evidence_get_bits (size, n_pattern_modules, repairs) >= WANTED_BITS;
}
