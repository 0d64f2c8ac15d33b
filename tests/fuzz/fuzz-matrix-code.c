/* SPDX-License-Identifier: Apache-2.0 */

/* A symbol can be printed by anybody: neither its modules nor its codewords may do harm. */

#include <string.h>

#include "fl-matrix-code.h"
#include "fl-matrix-rs.h"
#include "fl-matrix-text.h"

#include "fuzz.h"

static void
check_decode (const FlMatrixSize *size, const guint8 *data, gsize size_bytes)
{
  FlMatrixGrid grid = { .size = size };
  FlMatrixRepairs repairs;
  g_autoptr (FlSecret) text = NULL;

  for (guint i = 0; i < (guint) size->rows * size->columns && size_bytes > 0; i++)
    grid.modules[i] = (float) (gint8) data[i % size_bytes] / 127;
  text = fl_matrix_decode (&grid, &repairs);
  if (text == NULL)
    return;
  g_assert_cmpuint (fl_secret_get_size (text), >, 0);
  g_assert_cmpuint (fl_secret_get_size (text), <=, FL_MATRIX_MAX_TEXT_BYTES);
  g_assert_cmpuint (2 * repairs.n_corrected + repairs.n_flipped, <=, size->n_check);
  g_assert_cmpuint (repairs.n_pattern, <, size->rows + size->columns);
}

static void
check_words (const guint8 *data, gsize size_bytes)
{
  guint8 text[FL_MATRIX_MAX_TEXT_BYTES];

  if (size_bytes > 0)
    fl_matrix_text_from_codewords (data, (guint) MIN (size_bytes, 62), text);
}

/* What was mended is a codeword: there is nothing more to mend. */
static void
check_correction (const FlMatrixSize *size, const guint8 *data, gsize size_bytes)
{
  guint n = (guint) size->n_data + size->n_check, n_errors;
  FlMatrixRs rs;
  guint8 words[255], erased[255];
  guint n_erased = size_bytes > n ? data[n] % (size->n_check + 2u) : 0;

  if (size_bytes < n)
    return;
  memcpy (words, data, n);
  for (guint i = 0; i < n_erased; i++)
    erased[i] = (guint8) ((i + data[0]) % n);
  fl_matrix_rs_init (&rs, words, n, size->n_check);
  if (!fl_matrix_rs_correct (&rs, words, erased, MIN (n_erased, n), &n_errors))
    {
      g_assert_cmpmem (words, n, data, n);
      return;
    }
  g_assert_cmpuint (2 * n_errors + n_erased, <=, size->n_check + (n_errors == 0 ? n_erased : 0));
  fl_matrix_rs_init (&rs, words, n, size->n_check);
  g_assert_true (rs.is_codeword);
}

static void
check_encode (const FlMatrixSize *size, const guint8 *data, gsize size_bytes)
{
  FlMatrixGrid grid;
  g_autoptr (FlSecret) text = NULL;

  if (size_bytes == 0 || !fl_matrix_encode (data, size_bytes, size, &grid))
    return;
  text = fl_matrix_decode (&grid, NULL);
  g_assert_cmpmem (fl_secret_get_data (text), fl_secret_get_size (text), data, size_bytes);
}

/* The first byte chooses the size and what is done. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  guint n_sizes;
  const FlMatrixSize *sizes = fl_matrix_sizes (&n_sizes);
  const FlMatrixSize *size;

  if (size_bytes == 0)
    return 0;
  size = &sizes[data[0] % n_sizes];
  switch (data[0] / n_sizes % 4)
    {
    case 0:
      check_decode (size, data + 1, size_bytes - 1);
      break;
    case 1:
      check_words (data + 1, size_bytes - 1);
      break;
    case 2:
      check_correction (size, data + 1, size_bytes - 1);
      break;
    case 3:
      check_encode (size, data + 1, size_bytes - 1);
      break;
    }
  return 0;
}
