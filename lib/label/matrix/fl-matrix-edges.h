/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"

G_BEGIN_DECLS

/* What the directions of the edges in a patch of a picture tell. */
typedef struct
{
  float angle[2]; /* radians, 0 … pi: directions of the edges; the stronger one first */
  float part[2];  /* 0 … 1: how much of all edge strength lies within 7.5 degrees of each */
  float strength; /* grey levels: mean edge strength */
} FlMatrixEdges;

/* The square patch of @side pixels about @centre. FALSE: outside of @luma, or no edges. */
gboolean
fl_matrix_edges_measure (const FlLuma *luma, FlPoint centre, float side, FlMatrixEdges *edges);

G_END_DECLS
