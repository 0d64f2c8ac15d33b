/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

#include "fl-budget.h"
#include "fl-luma.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/* What a person with a camera should do, from what one picture shows. */
typedef enum
{
  FL_HINT_NONE,
  FL_HINT_CLOSER,
  FL_HINT_FURTHER,
  FL_HINT_TOO_DARK,
  FL_HINT_HOLD_STILL,
  FL_HINT_GLARE,
} FlHint;

/**
 * FlMatrix:
 *
 * One Data Matrix symbol that was read. Boxed, reference counted, immutable.
 */
typedef struct _FlMatrix FlMatrix;

#define FL_TYPE_MATRIX (fl_matrix_get_type ())
GType fl_matrix_get_type (void);

FlMatrix *fl_matrix_ref (FlMatrix *self);
void fl_matrix_unref (FlMatrix *self);
/* Any bytes; it may hold a device's secret, so nobody sees it by accident. Borrowed. */
FlSecret *fl_matrix_get_text (const FlMatrix *self);
/* Four outer corners in the picture that was read, clockwise in the upright symbol from its top
 * left. Borrowed. */
const FlPoint *fl_matrix_get_corners (const FlMatrix *self);
guint fl_matrix_get_rows (const FlMatrix *self);        /* modules */
guint fl_matrix_get_columns (const FlMatrix *self);     /* modules */
float fl_matrix_get_module_size (const FlMatrix *self); /* pixels, mean */
/* 0 … 1: the part of the error correction that was not needed, times the quality of the pattern. */
float fl_matrix_get_confidence (const FlMatrix *self);
gboolean fl_matrix_is_light_on_dark (const FlMatrix *self);
/* The same symbol in the picture that this one was cut out of and shrunk from: a place here is
 * @scale times as far from @origin there. (transfer full) */
FlMatrix *fl_matrix_new_mapped (const FlMatrix *self, float scale, FlPoint origin);

/* Time for one picture of a camera that gives 30 a second: the rest is the preview's. */
#define FL_MATRIX_LIVE_BUDGET_US 13000

typedef struct
{
  guint max;              /* symbols wanted in one picture; reading stops when they are found */
  guint strategy;         /* as of fl_matrix_finder_find(); a camera counts its frames */
  const FlBudget *budget; /* (nullable) */
  /* (nullable) where a symbol was in the frame before, four corners: looked at first. */
  const FlPoint *expected;
} FlReadOptions;

typedef struct
{
  GPtrArray *matrices; /* of FlMatrix; owned; may be empty */
  FlHint hint;         /* NONE when something was read, or nothing can be said */
  gboolean out_of_time;
  gboolean has_nearly; /* a symbol's outline was found that could not be read: */
  FlPoint nearly[4];   /* its corners, for the hint on the screen */
} FlReading;

void fl_reading_clear (FlReading *self);

/**
 * FlMatrixReader:
 *
 * Reads every Data Matrix symbol (10 x 10 to 32 x 32, and the rectangles) of a picture: dark on
 * light or light on dark, any rotation, tilted, blurred. Zero wrong texts: see fl_matrix_decode().
 * Pure and re-entrant: no clock, no randomness, no state but scratch memory; one for each thread. A
 * budget is kept also within one symbol.
 */
typedef struct _FlMatrixReader FlMatrixReader;

FlMatrixReader *fl_matrix_reader_new (void);
void fl_matrix_reader_free (FlMatrixReader *self);
/* An invalid @luma gives an empty reading. Cleared with fl_reading_clear(). */
FlReading
fl_matrix_reader_read (FlMatrixReader *self, const FlLuma *luma, const FlReadOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlMatrix, fl_matrix_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlMatrixReader, fl_matrix_reader_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlReading, fl_reading_clear)

G_END_DECLS
