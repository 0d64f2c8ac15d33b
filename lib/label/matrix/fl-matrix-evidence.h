/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-code.h"

G_BEGIN_DECLS

/* Whether a text that was found with @repairs, @n_pattern_modules known beforehand, is more than a
 * chance hit. See the calculation in fl-matrix-evidence.c. Pure. */
gboolean fl_matrix_evidence_is_enough (const FlMatrixSize *size,
                                       guint n_pattern_modules,
                                       const FlMatrixRepairs *repairs);
/* For tests and benches: the evidence itself, bits. */
float fl_matrix_evidence_get_bits (const FlMatrixSize *size,
                                   guint n_pattern_modules,
                                   const FlMatrixRepairs *repairs);

G_END_DECLS
