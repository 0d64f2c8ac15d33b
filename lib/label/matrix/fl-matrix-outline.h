/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit-private.h"

G_BEGIN_DECLS

#define FL_OUTLINE_MAX 5

/* The likeliest outlines in a patch, in its own coordinates, the best first. */
typedef struct
{
  FlMatrixFit at[FL_OUTLINE_MAX];
  guint n;
} FlOutlineList;

void fl_outline_guess (const FlPatch *patch, const FlBudget *budget, FlOutlineList *list);

#define FL_TIMING_MAX 3

/* How many modules an alternating side may have, and where, as parts of the side as it was taken
 * to be, they begin at the dark end and end at the light one. */
typedef struct
{
  guint count;
  float from;
  float to;
  guint depth; /* of the line in the side: which one was the best */
  float score; /* how regular it is, and how long */
} FlTimingGuess;

typedef struct
{
  FlTimingGuess at[FL_TIMING_MAX]; /* the best first */
  guint n;
} FlTiming;

/* @unit: from the unit square to the picture, the bars at the left and at the bottom. @is_top: the
 * top side, else the right one. */
void fl_timing_find (FlTiming *self,
                     const FlLuma *luma,
                     const FlHomography *unit,
                     gboolean is_top,
                     float sign);

G_END_DECLS
