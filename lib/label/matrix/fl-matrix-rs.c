/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rs.h"

#include <string.h>

#define MAX_CHECK FL_MATRIX_RS_MAX_CHECK

/* clang-format off */
/* Powers of α = 2 modulo x^8 + x^5 + x^3 + x^2 + 1, and their logarithms (that of 0 is not used). */
static const guint8 powers[255] = {
  1, 2, 4, 8, 16, 32, 64, 128, 45, 90, 180, 69, 138, 57, 114, 228,
  229, 231, 227, 235, 251, 219, 155, 27, 54, 108, 216, 157, 23, 46, 92, 184,
  93, 186, 89, 178, 73, 146, 9, 18, 36, 72, 144, 13, 26, 52, 104, 208,
  141, 55, 110, 220, 149, 7, 14, 28, 56, 112, 224, 237, 247, 195, 171, 123,
  246, 193, 175, 115, 230, 225, 239, 243, 203, 187, 91, 182, 65, 130, 41, 82,
  164, 101, 202, 185, 95, 190, 81, 162, 105, 210, 137, 63, 126, 252, 213, 135,
  35, 70, 140, 53, 106, 212, 133, 39, 78, 156, 21, 42, 84, 168, 125, 250,
  217, 159, 19, 38, 76, 152, 29, 58, 116, 232, 253, 215, 131, 43, 86, 172,
  117, 234, 249, 223, 147, 11, 22, 44, 88, 176, 77, 154, 25, 50, 100, 200,
  189, 87, 174, 113, 226, 233, 255, 211, 139, 59, 118, 236, 245, 199, 163, 107,
  214, 129, 47, 94, 188, 85, 170, 121, 242, 201, 191, 83, 166, 97, 194, 169,
  127, 254, 209, 143, 51, 102, 204, 181, 71, 142, 49, 98, 196, 165, 103, 206,
  177, 79, 158, 17, 34, 68, 136, 61, 122, 244, 197, 167, 99, 198, 161, 111,
  222, 145, 15, 30, 60, 120, 240, 205, 183, 67, 134, 33, 66, 132, 37, 74,
  148, 5, 10, 20, 40, 80, 160, 109, 218, 153, 31, 62, 124, 248, 221, 151,
  3, 6, 12, 24, 48, 96, 192, 173, 119, 238, 241, 207, 179, 75, 150,
};

static const guint8 logs[256] = {
  0, 0, 1, 240, 2, 225, 241, 53, 3, 38, 226, 133, 242, 43, 54, 210,
  4, 195, 39, 114, 227, 106, 134, 28, 243, 140, 44, 23, 55, 118, 211, 234,
  5, 219, 196, 96, 40, 222, 115, 103, 228, 78, 107, 125, 135, 8, 29, 162,
  244, 186, 141, 180, 45, 99, 24, 49, 56, 13, 119, 153, 212, 199, 235, 91,
  6, 76, 220, 217, 197, 11, 97, 184, 41, 36, 223, 253, 116, 138, 104, 193,
  229, 86, 79, 171, 108, 165, 126, 145, 136, 34, 9, 74, 30, 32, 163, 84,
  245, 173, 187, 204, 142, 81, 181, 190, 46, 88, 100, 159, 25, 231, 50, 207,
  57, 147, 14, 67, 120, 128, 154, 248, 213, 167, 200, 63, 236, 110, 92, 176,
  7, 161, 77, 124, 221, 102, 218, 95, 198, 90, 12, 152, 98, 48, 185, 179,
  42, 209, 37, 132, 224, 52, 254, 239, 117, 233, 139, 22, 105, 27, 194, 113,
  230, 206, 87, 158, 80, 189, 172, 203, 109, 175, 166, 62, 127, 247, 146, 66,
  137, 192, 35, 252, 10, 183, 75, 216, 31, 83, 33, 73, 164, 144, 85, 170,
  246, 65, 174, 61, 188, 202, 205, 157, 143, 169, 82, 72, 182, 215, 191, 251,
  47, 178, 89, 151, 101, 94, 160, 123, 26, 112, 232, 21, 51, 238, 208, 131,
  58, 69, 148, 18, 15, 16, 68, 17, 121, 149, 129, 19, 155, 59, 249, 70,
  214, 250, 168, 71, 201, 156, 64, 60, 237, 130, 111, 20, 93, 122, 177, 150,
};
/* clang-format on */

static guint8
multiply (guint8 a, guint8 b)
{
  guint sum = (guint) logs[a] + logs[b];

  if (a == 0 || b == 0)
    return 0;
  return powers[sum >= 255 ? sum - 255 : sum];
}

/* @b: not 0. */
static guint8
divide (guint8 a, guint8 b)
{
  guint sum = (guint) logs[a] + 255 - logs[b];

  if (a == 0)
    return 0;
  return powers[sum >= 255 ? sum - 255 : sum];
}

/* A polynomial: the coefficient of x^i at i. */
typedef struct
{
  guint8 at[MAX_CHECK + 2];
} Poly;

static guint8
evaluate (const Poly *poly, guint degree, guint8 x)
{
  guint8 sum = 0;

  for (guint i = degree + 1; i-- > 0;)
    sum = multiply (sum, x) ^ poly->at[i];
  return sum;
}

static guint
add_logs (guint a, guint b)
{
  return a + b >= 255 ? a + b - 255 : a + b;
}

/* TRUE: all are 0, @words is a codeword. */
static gboolean
find_syndromes (const guint8 *words, guint n_words, guint n_check, Poly *syndromes)
{
  guint8 any = 0;

  memset (syndromes, 0, sizeof *syndromes);
  for (guint j = 0; j < n_words; j++)
    {
      guint step = n_words - 1 - j;
      guint power = logs[words[j]];

      for (guint i = 0; words[j] != 0 && i < n_check; i++)
        {
          power = add_logs (power, step);
          syndromes->at[i] ^= powers[power];
        }
    }
  for (guint i = 0; i < n_check; i++)
    any |= syndromes->at[i];
  return any == 0;
}

/* The first word is the coefficient of the highest power. */
static guint8
get_locator (guint n_words, guint place)
{
  return powers[n_words - 1 - place];
}

static void
multiply_by_x (Poly *poly)
{
  memmove (poly->at + 1, poly->at, sizeof poly->at - 1);
  poly->at[0] = 0;
}

/* Berlekamp and Massey's algorithm, begun with the erasures (Blahut, "Algebraic Codes for Data
 * Transmission", 7.4). Returns the degree. */
static guint
find_error_locator (const Poly *syndromes, guint n_check, guint n_erased, Poly *locator)
{
  Poly before = *locator;
  guint degree = n_erased;

  for (guint r = n_erased + 1; r <= n_check; r++)
    {
      Poly next = *locator;
      guint8 off = 0;

      for (guint j = 0; j <= degree && j < r; j++)
        off ^= multiply (locator->at[j], syndromes->at[r - 1 - j]);
      multiply_by_x (&before);
      if (off == 0)
        continue;
      for (guint j = 0; j <= n_check; j++)
        next.at[j] ^= multiply (off, before.at[j]);
      if (2 * degree < r + n_erased)
        {
          for (guint j = 0; j <= n_check; j++)
            before.at[j] = divide (locator->at[j], off);
          degree = r + n_erased - degree;
        }
      *locator = next;
    }
  return degree;
}

/* Chien's search: the value at the next place comes from the terms at this one. Every root has to
 * be a place within the block. */
static gboolean
find_places (const Poly *locator, guint degree, guint n_words, guint8 *places)
{
  guint terms[MAX_CHECK + 1], steps[MAX_CHECK + 1];
  guint n_terms = 0, n = 0;

  if (locator->at[degree] == 0)
    return FALSE;
  /* The last place is at power 0. */
  for (guint i = 1; i <= degree; i++)
    if (locator->at[i] != 0)
      {
        steps[n_terms] = 255 - i;
        terms[n_terms++] = logs[locator->at[i]];
      }
  for (guint place = n_words; place > 0 && n + place >= degree && n < degree; place--)
    {
      guint8 sum = locator->at[0];

      for (guint i = 0; i < n_terms; i++)
        {
          sum ^= powers[terms[i]];
          terms[i] = add_logs (terms[i], steps[i]);
        }
      if (sum == 0)
        places[n++] = (guint8) (place - 1);
    }
  return n == degree;
}

/* Forney's algorithm. @values: what is to be added at each place. */
static void
find_values (const Poly *syndromes,
             const Poly *locator,
             guint n_check,
             const guint8 *locators,
             guint n,
             guint8 *values)
{
  Poly evaluator = { 0 }, derivative = { 0 };

  for (guint i = 0; i < n_check; i++)
    for (guint j = 0; j <= i && j <= n; j++)
      evaluator.at[i] ^= multiply (locator->at[j], syndromes->at[i - j]);
  for (guint i = 1; i <= n; i += 2)
    derivative.at[i - 1] = locator->at[i];
  for (guint i = 0; i < n; i++)
    {
      guint8 x = divide (1, locators[i]);
      guint8 below = evaluate (&derivative, n, x);

      values[i] = below == 0 ? 0 : divide (evaluate (&evaluator, n_check - 1, x), below);
    }
}

static guint
locate (const Poly *syndromes,
        guint n_words,
        guint n_check,
        const guint8 *erased,
        guint n_erased,
        Poly *locator)
{
  *locator = (Poly){ { 1 } };
  for (guint i = 0; i < n_erased; i++)
    {
      guint8 x = get_locator (n_words, erased[i]);

      for (guint j = i + 1; j > 0; j--)
        locator->at[j] ^= multiply (x, locator->at[j - 1]);
    }
  return find_error_locator (syndromes, n_check, n_erased, locator);
}

void
fl_matrix_rs_init (FlMatrixRs *self, const guint8 *words, guint n_words, guint n_check)
{
  Poly syndromes;

  g_return_if_fail (words != NULL && n_words <= 255);
  g_return_if_fail (n_check > 0 && n_check <= FL_MATRIX_RS_MAX_CHECK && n_check < n_words);

  self->n_words = n_words;
  self->n_check = n_check;
  self->is_codeword = find_syndromes (words, n_words, n_check, &syndromes);
  memcpy (self->syndromes, syndromes.at, sizeof self->syndromes);
}

gboolean
fl_matrix_rs_correct (const FlMatrixRs *self,
                      guint8 *words,
                      const guint8 *erased,
                      guint n_erased,
                      guint *n_errors)
{
  Poly syndromes = { { 0 } }, locator;
  guint8 places[MAX_CHECK], locators[MAX_CHECK], values[MAX_CHECK];
  guint degree;

  g_return_val_if_fail (n_erased == 0 || erased != NULL, FALSE);

  *n_errors = 0;
  if (self->is_codeword || n_erased > self->n_check)
    return self->is_codeword;

  memcpy (syndromes.at, self->syndromes, sizeof self->syndromes);
  degree = locate (&syndromes, self->n_words, self->n_check, erased, n_erased, &locator);
  if (degree < n_erased || 2 * degree - n_erased > self->n_check ||
      !find_places (&locator, degree, self->n_words, places))
    return FALSE;

  for (guint i = 0; i < degree; i++)
    locators[i] = get_locator (self->n_words, places[i]);
  find_values (&syndromes, &locator, self->n_check, locators, degree, values);
  for (guint i = 0; i < degree; i++)
    words[places[i]] ^= values[i];
  *n_errors = degree - n_erased;
  /* What came out is believed only when it is a codeword indeed. */
  if (find_syndromes (words, self->n_words, self->n_check, &syndromes))
    return TRUE;
  for (guint i = 0; i < degree; i++)
    words[places[i]] ^= values[i];
  return FALSE;
}
