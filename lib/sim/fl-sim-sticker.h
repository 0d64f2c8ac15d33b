/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-code.h"

G_BEGIN_DECLS

#define FL_SIM_STICKER_MODULE 6 /* pixels of the drawing for a module */
#define FL_SIM_STICKER_LEVELS 4

/**
 * FlSimSticker:
 *
 * A piece of a board with its label on it, and a thumb that holds it, as a drawing that a simulated
 * camera shows: the same in several degrees of sharpness. Immutable.
 */
typedef struct
{
  guint width;  /* pixels */
  guint height; /* pixels */
  double x, y;  /* the middle of the board, pixels */
  struct
  {
    guint8 *light; /* brightness times cover */
    guint8 *cover; /* 255: the drawing, 0: what is behind it */
    float blur;    /* standard deviation, pixels of the drawing */
  } levels[FL_SIM_STICKER_LEVELS];
} FlSimSticker;

/* @words: what is printed beside the square, line by line, as bars that look like print. */
FlSimSticker *fl_sim_sticker_new (const FlMatrixGrid *grid, const char *const *words);
void fl_sim_sticker_free (FlSimSticker *self);

/* The level that is as blurred as @blur, pixels of the drawing. */
guint fl_sim_sticker_choose (const FlSimSticker *self, double blur);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimSticker, fl_sim_sticker_free)

G_END_DECLS
