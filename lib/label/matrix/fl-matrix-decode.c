/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-code.h"
#include "fl-matrix-evidence.h"
#include "fl-matrix-placement.h"
#include "fl-matrix-rs.h"
#include "fl-matrix-text.h"

#include <math.h>
#include <string.h>

/* A codeword with a module nearer to grey than this may be erased: half way to sure. */
#define UNSURE 0.5f
/* Erasures are tried in so many steps, each with a part more of what the code can bear. */
#define ERASURE_STEPS 4

typedef struct
{
  guint8 words[FL_MATRIX_MAX_CODEWORDS];
  guint8 by_doubt[FL_MATRIX_MAX_CODEWORDS]; /* their places, the least sure first */
  guint n_words;
  guint n_unsure;
} Codewords;

static gboolean
is_dark (float module)
{
  return module > 0;
}

/* The finder pattern's modules that are there, and those that are wrong; with the corner. */
static guint
count_pattern (const FlMatrixGrid *grid, const FlMatrixPlacement *placement, guint *n_wrong)
{
  const FlMatrixSize *size = grid->size;
  guint n = 0;

  *n_wrong = 0;
  for (guint row = 0; row < size->rows; row++)
    for (guint column = 0; column < size->columns; column++)
      {
        FlModulePattern pattern = fl_matrix_size_pattern (size, row, column);
        gboolean dark = is_dark (grid->modules[row * size->columns + column]);

        if (pattern == FL_MODULE_DATA)
          continue;
        n++;
        *n_wrong += dark != (pattern == FL_MODULE_DARK);
      }
  for (guint i = 0; placement->has_corner && i < 4; i++, n++)
    *n_wrong += is_dark (grid->modules[placement->corner[i]]) != (i == 0 || i == 3);
  return n;
}

static void
read_codewords (const FlMatrixGrid *grid, const FlMatrixPlacement *placement, Codewords *codewords)
{
  float sure[FL_MATRIX_MAX_CODEWORDS];

  memset (codewords, 0, sizeof *codewords);
  codewords->n_words = placement->n_codewords;
  for (guint i = 0; i < placement->n_codewords; i++)
    {
      guint at = i;

      sure[i] = 1;
      for (guint bit = 0; bit < 8; bit++)
        {
          float module = grid->modules[placement->modules[i][bit]];

          codewords->words[i] = (guint8) (codewords->words[i] << 1 | is_dark (module));
          sure[i] = fminf (sure[i], fabsf (module));
        }
      codewords->n_unsure += sure[i] < UNSURE;
      for (; at > 0 && sure[codewords->by_doubt[at - 1]] > sure[i]; at--)
        codewords->by_doubt[at] = codewords->by_doubt[at - 1];
      codewords->by_doubt[at] = (guint8) i;
    }
  fl_wipe (sure, sizeof sure);
}

/* As they were read, then with more and more of the least sure ones erased. */
static gboolean
correct (Codewords *codewords, const FlMatrixSize *size, guint n_modules, FlMatrixRepairs *repairs)
{
  FlMatrixRs rs;

  fl_matrix_rs_init (&rs, codewords->words, codewords->n_words, size->n_check);
  for (guint step = 0; step < ERASURE_STEPS; step++)
    {
      guint n_erased = step * size->n_check / ERASURE_STEPS;

      repairs->n_corrected = 0;
      repairs->n_flipped = n_erased;
      if (n_erased > codewords->n_unsure ||
          !fl_matrix_evidence_is_enough (size, n_modules, repairs))
        return FALSE;
      if (fl_matrix_rs_correct (&rs, codewords->words, codewords->by_doubt, n_erased,
                                &repairs->n_corrected) &&
          fl_matrix_evidence_is_enough (size, n_modules, repairs))
        return TRUE;
    }
  return FALSE;
}

static FlSecret *
decode (const FlMatrixGrid *grid,
        const FlMatrixPlacement *placement,
        guint n_modules,
        FlMatrixRepairs *repairs)
{
  Codewords codewords;
  guint8 text[FL_MATRIX_MAX_TEXT_BYTES];
  gsize size_bytes = 0;
  FlSecret *secret = NULL;

  read_codewords (grid, placement, &codewords);
  if (correct (&codewords, grid->size, n_modules, repairs))
    size_bytes = fl_matrix_text_from_codewords (codewords.words, grid->size->n_data, text);
  if (size_bytes > 0)
    secret = fl_secret_new (text, size_bytes);
  fl_wipe (&codewords, sizeof codewords);
  fl_wipe (text, sizeof text);
  return secret;
}

FlSecret *
fl_matrix_decode (const FlMatrixGrid *grid, FlMatrixRepairs *repairs)
{
  FlMatrixPlacement placement;
  FlMatrixRepairs own;
  guint n_modules;

  g_return_val_if_fail (grid != NULL && grid->size != NULL, NULL);

  if (repairs == NULL)
    repairs = &own;
  memset (repairs, 0, sizeof *repairs);
  fl_matrix_placement_init (&placement, grid->size);
  n_modules = count_pattern (grid, &placement, &repairs->n_pattern);
  /* Without any repair it is the most that can be had. */
  if (!fl_matrix_evidence_is_enough (grid->size, n_modules, repairs))
    return NULL;
  return decode (grid, &placement, n_modules, repairs);
}
