/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Reed-Solomon over GF(256) as in ISO/IEC 16022:2006, annex E: polynomial 0x12D, roots α^1 …
 * α^n_check. Not libdmtx's (0.7.7), because that
 *  - corrects at places beyond the end of a shortened block and calls it success,
 *  - cannot mend some patterns of errors that the code can: RsFindErrorLocatorPoly() looks at
 *    elp[i - 1] where it takes elp[m],
 *  - knows no erasures, and
 *  - goes on to the text at once, see fl-matrix-text.h.
 */

#define FL_MATRIX_RS_MAX_CHECK 68 /* of any Data Matrix block */

/* What is the same for every try with one received word. */
typedef struct
{
  guint n_words; /* data, then error correction; at most 255 */
  guint n_check; /* error correction */
  gboolean is_codeword;
  guint8 syndromes[FL_MATRIX_RS_MAX_CHECK];
} FlMatrixRs;

void fl_matrix_rs_init (FlMatrixRs *self, const guint8 *words, guint n_words, guint n_check);
/* Mends @words, those of fl_matrix_rs_init(), in place. @erased (nullable): places of @n_erased
 * words that are not to be trusted, each once. FALSE, and @words as they were, when there is no
 * codeword with 2 * errors + erased <= n_check. @n_errors: words that were mended besides the
 * erased ones. */
gboolean fl_matrix_rs_correct (const FlMatrixRs *self,
                               guint8 *words,
                               const guint8 *erased,
                               guint n_erased,
                               guint *n_errors);

G_END_DECLS
