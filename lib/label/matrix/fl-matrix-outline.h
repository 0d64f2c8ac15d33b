/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit-private.h"

G_BEGIN_DECLS

#define FL_OUTLINE_MAX 6

/* The likeliest outlines, the best first; their quality is the pattern's contrast, grey levels. */
typedef struct
{
  FlMatrixFit at[FL_OUTLINE_MAX];
  guint n;
} FlOutlineList;

void fl_outline_guess (const FlPatch *patch,
                       const FlLuma *luma,
                       const FlPatchBox *box,
                       FlOutlineList *list);

G_END_DECLS
