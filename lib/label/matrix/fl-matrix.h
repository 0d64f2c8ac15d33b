/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit.h"
#include "fl-matrix-reader.h"

G_BEGIN_DECLS

/* Private to the reader. @text: (transfer full). */
FlMatrix *fl_matrix_new (FlSecret *text, const FlMatrixFit *fit, const FlMatrixRepairs *repairs);

G_END_DECLS
