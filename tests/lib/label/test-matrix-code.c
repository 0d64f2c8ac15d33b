/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-matrix-code.h"
#include "fl-matrix-evidence.h"
#include "fl-matrix-placement.h"
#include "fl-matrix-rs.h"
#include "fl-matrix-text.h"

#include <dmtx.h>
#include <string.h>

#define LABEL "P051ABCDE123456 ABCDEFGHJKLMNPQ"
/* "-m slow" has 200,000 of each size. */
#define GRIDS_A_SIZE  (g_test_slow () ? 200000 : 4000)
#define PATTERN_GRIDS (g_test_slow () ? 20000 : 2000)

static void
assert_text (const FlMatrixGrid *grid, const char *expected, FlMatrixRepairs *repairs)
{
  g_autoptr (FlSecret) text = fl_matrix_decode (grid, repairs);

  g_assert_nonnull (text);
  g_assert_cmpmem (fl_secret_get_data (text), fl_secret_get_size (text), expected,
                   strlen (expected));
}

static void
assert_nothing (const FlMatrixGrid *grid)
{
  FlMatrixRepairs repairs;

  g_assert_null (fl_matrix_decode (grid, &repairs));
}

static const FlMatrixSize *
get_size (guint i)
{
  guint n_sizes;
  const FlMatrixSize *sizes = fl_matrix_sizes (&n_sizes);

  g_assert_cmpuint (i, <, n_sizes);
  return &sizes[i];
}

/* Two digits fit into every size. */
static void
encode (const FlMatrixSize *size, FlMatrixGrid *grid)
{
  g_assert_true (fl_matrix_encode ("A1", 2, size, grid));
}

/* Another codeword: all its modules are the other way round but one. */
static void
damage (FlMatrixGrid *grid, guint codeword, guint seed)
{
  FlMatrixPlacement placement;

  fl_matrix_placement_init (&placement, grid->size);
  for (guint bit = 0; bit < 8; bit++)
    if (bit != seed % 8)
      grid->modules[placement.modules[codeword][bit]] *= -1;
}

static void
damage_some (FlMatrixGrid *grid, guint n, GRand *random)
{
  guint n_words = grid->size->n_data + grid->size->n_check;
  guint8 order[FL_MATRIX_MAX_CODEWORDS];

  for (guint i = 0; i < n_words; i++)
    order[i] = (guint8) i;
  for (guint i = 0; i < n; i++)
    {
      guint other = (guint) g_rand_int_range (random, (gint32) i, (gint32) n_words);
      guint8 word = order[other];

      order[other] = order[i];
      order[i] = word;
      damage (grid, word, g_rand_int (random));
    }
}

static void
test_all_sizes (void)
{
  static const char *texts[] = { "7", "A1", "42", "\xff" };

  for (guint i = 0; i < 16; i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        FlMatrixGrid grid;
        FlMatrixRepairs repairs = { 9, 9, 9 };

        g_assert_true (fl_matrix_encode (texts[j], strlen (texts[j]), get_size (i), &grid));
        g_assert_true (grid.size == get_size (i));
        assert_text (&grid, texts[j], &repairs);
        g_assert_cmpuint (repairs.n_corrected + repairs.n_pattern + repairs.n_flipped, ==, 0);
      }
}

/* The modules that libdmtx draws itself. */
static void
test_as_libdmtx (void)
{
  for (guint i = 0; i < 16; i++)
    {
      const FlMatrixSize *size = get_size (i);
      DmtxEncode *encoder = dmtxEncodeCreate ();
      guchar text[] = "A1";
      FlMatrixGrid grid;

      encode (size, &grid);
      dmtxEncodeSetProp (encoder, DmtxPropScheme, DmtxSchemeAutoBest);
      dmtxEncodeSetProp (encoder, DmtxPropSizeRequest, size->dmtx);
      g_assert_cmpint (dmtxEncodeDataMatrix (encoder, 2, text), ==, DmtxPass);
      for (int row = 0; row < size->rows; row++)
        for (int column = 0; column < size->columns; column++)
          {
            int status =
                dmtxSymbolModuleStatus (encoder->message, size->dmtx, size->rows - 1 - row, column);

            g_assert_cmpint ((status & DmtxModuleOnRGB) != 0, ==,
                             grid.modules[row * size->columns + column] > 0);
          }
      dmtxEncodeDestroy (&encoder);
    }
}

static void
test_smallest (void)
{
  FlMatrixGrid grid;
  char too_long[200];

  memset (too_long, 'a', sizeof too_long);
  g_assert_true (fl_matrix_encode ("123456", 6, NULL, &grid));
  g_assert_cmpuint (grid.size->rows, ==, 10);
  g_assert_true (fl_matrix_encode (LABEL, strlen (LABEL), NULL, &grid));
  g_assert_cmpuint (grid.size->rows, ==, 20);
  assert_text (&grid, LABEL, NULL);
  g_assert_false (fl_matrix_encode (too_long, sizeof too_long, NULL, &grid));
  g_assert_false (fl_matrix_encode (LABEL, strlen (LABEL), get_size (0), &grid));
}

static void
test_encodings (void)
{
  static const char *texts[] = {
    "12345678901234567890",
    "ABCDEFGHIJKLMNOPQRS",
    "abcdefghijklmnopqrs",
    "AbC deF \t 12 *>\r",
    "\x80\x81\xfe\xff\x01",
    "A*B>C\rD E1234*ABC*Q",
    LABEL,
    "~`{}|\x7f\x1f\x1d",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      FlMatrixGrid grid;

      g_assert_true (fl_matrix_encode (texts[i], strlen (texts[i]), NULL, &grid));
      assert_text (&grid, texts[i], NULL);
    }
}

/* Each encoding of libdmtx's, read by ours. */
static void
test_schemes (void)
{
  static const struct
  {
    DmtxScheme scheme;
    const char *text;
  } cases[] = {
    { DmtxSchemeAscii, "Ab1234\xe9" },      { DmtxSchemeC40, "SERIAL 12\x01!z\xe9" },
    { DmtxSchemeText, "serial 12\x01!Z_" }, { DmtxSchemeX12, "ABC*12>X Y\rZ" },
    { DmtxSchemeEdifact, "DATA.12!X" },     { DmtxSchemeBase256, "\x01\xff\x80 bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DmtxEncode *encoder = dmtxEncodeCreate ();
      g_autofree char *copy = g_strdup (cases[i].text);
      guint8 text[FL_MATRIX_MAX_TEXT_BYTES];
      gsize size_bytes;

      dmtxEncodeSetProp (encoder, DmtxPropScheme, cases[i].scheme);
      dmtxEncodeSetProp (encoder, DmtxPropSizeRequest, DmtxSymbol32x32);
      g_assert_cmpint (dmtxEncodeDataMatrix (encoder, (int) strlen (copy), (guchar *) copy), ==,
                       DmtxPass);
      size_bytes = fl_matrix_text_from_codewords (encoder->message->code, 62, text);
      g_assert_cmpmem (text, size_bytes, cases[i].text, strlen (cases[i].text));
      dmtxEncodeDestroy (&encoder);
    }
}

static void
assert_words (const guint8 *words, guint n_words, const char *expected)
{
  guint8 text[FL_MATRIX_MAX_TEXT_BYTES];
  gsize size_bytes = fl_matrix_text_from_codewords (words, n_words, text);

  g_assert_cmpmem (text, size_bytes, expected, strlen (expected));
}

#define ASSERT_WORDS(expected, ...)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint8 words_[] = { __VA_ARGS__ };                                                       \
    assert_words (words_, sizeof words_, expected);                                                \
  }                                                                                                \
  G_STMT_END

static void
test_special_words (void)
{
  ASSERT_WORDS ("AB", 232, 66, 67, 129); /* GS1 */
  ASSERT_WORDS ("A\x1d"
                "B",
                66, 232, 67, 129);                       /* FNC1 in the middle */
  ASSERT_WORDS ("A", 241, 27, 66, 129);                  /* ECI of one word */
  ASSERT_WORDS ("A", 241, 130, 1, 66, 129);              /* of two */
  ASSERT_WORDS ("A", 241, 200, 1, 1, 66, 129);           /* of three */
  ASSERT_WORDS ("A", 233, 42, 1, 7, 66, 129);            /* structured append */
  ASSERT_WORDS ("[)>\03605\035A\036\004", 236, 66, 129); /* macro 05 */
  ASSERT_WORDS ("[)>\03606\035A\036\004", 237, 66, 129); /* macro 06 */
  ASSERT_WORDS ("\xc1", 235, 66, 129);                   /* upper shift */
  ASSERT_WORDS ("A", 230, 254, 66);                      /* nothing in C40 */
  ASSERT_WORDS ("A", 240, 0x7c, 66, 129);                /* nothing in EDIFACT */
}

/* What libdmtx aborts at, reads past or shows as text. */
static void
test_hostile_words (void)
{
  ASSERT_WORDS ("", 0);
  ASSERT_WORDS ("", 129);
  ASSERT_WORDS ("", 66, 242);
  ASSERT_WORDS ("", 66, 255);
  ASSERT_WORDS ("", 66, 254);
  ASSERT_WORDS ("", 234, 66);                /* programs the reader */
  ASSERT_WORDS ("", 66, 233, 1, 1, 1);       /* structured append, not at the beginning */
  ASSERT_WORDS ("", 233, 1);                 /* ends within its place */
  ASSERT_WORDS ("", 66, 236);                /* macro, not at the beginning */
  ASSERT_WORDS ("", 235);                    /* upper shift of nothing */
  ASSERT_WORDS ("", 235, 235);               /* of itself */
  ASSERT_WORDS ("", 241);                    /* ECI without a number */
  ASSERT_WORDS ("", 241, 0, 66);             /* without meaning */
  ASSERT_WORDS ("", 241, 255, 66);           /* without meaning */
  ASSERT_WORDS ("", 230, 0, 0);              /* C40: below the first triplet */
  ASSERT_WORDS ("", 230, 255, 255);          /* above the last */
  ASSERT_WORDS ("", 230, 0, 1, 0, 0);        /* "shift 1", then -1: assertion of libdmtx */
  ASSERT_WORDS ("", 230, 10, 243, 243, 193); /* "upper shift", "shift 3", 39: the same */
  ASSERT_WORDS ("", 231, 200, 1, 2, 3);      /* Base 256: longer than what is left */
  ASSERT_WORDS ("", 231);                    /* without a length */
}

static void
test_no_words_abort (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_texts = 0;

  for (guint i = 0; i < 200000; i++)
    {
      guint8 words[62], text[FL_MATRIX_MAX_TEXT_BYTES];
      guint n_words = 1 + (guint) g_rand_int_range (random, 0, sizeof words);
      static const guint8 latches[] = { 230, 231, 238, 239, 240, 241, 236, 66 };

      for (guint j = 0; j < n_words; j++)
        words[j] = (guint8) g_rand_int (random);
      words[0] = latches[i % G_N_ELEMENTS (latches)];
      n_texts += fl_matrix_text_from_codewords (words, n_words, text) > 0;
    }
  g_assert_cmpuint (n_texts, >, 0);
}

static void
test_mends_to_capacity (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint i = 0; i < 16; i++)
    for (guint n = 1; n <= get_size (i)->n_check / 2u; n++)
      for (guint round = 0; round < 10; round++)
        {
          FlMatrixGrid grid;
          FlMatrixRepairs repairs;
          guint8 n_modules;

          encode (get_size (i), &grid);
          damage_some (&grid, n, random);
          /* The smallest are mended, but chance could do as much: see the evidence. */
          repairs = (FlMatrixRepairs){ .n_corrected = n };
          n_modules = (guint8) (2 * (get_size (i)->rows + get_size (i)->columns) - 4);
          if (!fl_matrix_evidence_is_enough (get_size (i), n_modules, &repairs))
            continue;
          assert_text (&grid, "A1", &repairs);
          g_assert_cmpuint (repairs.n_corrected, ==, n);
        }
}

static void
test_beyond_capacity (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  for (guint i = 0; i < 16; i++)
    for (guint more = 1; more <= 3; more++)
      for (guint round = 0; round < 100; round++)
        {
          FlMatrixGrid grid;

          encode (get_size (i), &grid);
          damage_some (&grid, get_size (i)->n_check / 2u + more, random);
          assert_nothing (&grid);
        }
}

/* With their places known, twice as many can be mended. */
static void
test_unsure_modules (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (14);
  FlMatrixGrid clean, grid;
  FlMatrixRepairs repairs;
  guint n_check;

  g_assert_true (fl_matrix_encode (LABEL, strlen (LABEL), NULL, &clean));
  n_check = clean.size->n_check;
  grid = clean;
  damage_some (&grid, n_check / 2u + 2, random);
  assert_nothing (&grid);
  for (guint i = 0; i < (guint) grid.size->rows * grid.size->columns; i++)
    if (grid.modules[i] != clean.modules[i])
      grid.modules[i] *= 0.1f;
  assert_text (&grid, LABEL, &repairs);
  g_assert_cmpuint (repairs.n_flipped, >=, 4);
  g_assert_cmpuint (repairs.n_flipped + 2 * repairs.n_corrected, <=, n_check);
}

static void
test_wrong_pattern (void)
{
  for (guint i = 0; i < 16; i++)
    {
      const FlMatrixSize *size = get_size (i);
      FlMatrixGrid inverted, flat;

      encode (size, &inverted);
      flat = inverted;
      for (guint j = 0; j < (guint) size->rows * size->columns; j++)
        if (fl_matrix_size_pattern (size, j / size->columns, j % size->columns) != FL_MODULE_DATA)
          {
            inverted.modules[j] *= -1;
            flat.modules[j] = -1;
          }
      assert_nothing (&inverted);
      assert_nothing (&flat);
    }
}

/* A frame with nothing in it: all its codewords are 0, which is a codeword of the code. */
static void
test_empty_frame (void)
{
  for (guint i = 0; i < 16; i++)
    {
      const FlMatrixSize *size = get_size (i);
      FlMatrixGrid light, dark;

      encode (size, &light);
      dark = light;
      for (guint j = 0; j < (guint) size->rows * size->columns; j++)
        if (fl_matrix_size_pattern (size, j / size->columns, j % size->columns) == FL_MODULE_DATA)
          {
            light.modules[j] = -1;
            dark.modules[j] = 1;
          }
      assert_nothing (&light);
      assert_nothing (&dark);
    }
}

/* A codeword of the whole code, 255 long, with an error in the part that the symbol leaves out:
 * libdmtx mends it there and calls the rest good. */
static void
test_beyond_shortened_block (void)
{
  guint8 words[255] = { 66, 67, 129 }, mended[255];
  guint n_errors, n = 32, n_check = 14;
  FlMatrixRs rs;

  /* The error correction words of (…, 1 at place 100 from the end of the long code, …). */
  memset (words, 0, sizeof words);
  words[154] = 1;
  for (guint i = 0; i < n_check; i++)
    mended[i] = (guint8) (254 - i);
  fl_matrix_rs_init (&rs, words, 255, n_check);
  g_assert_true (fl_matrix_rs_correct (&rs, words, mended, n_check, &n_errors));
  g_assert_cmpuint (words[154], ==, 1);
  /* The symbol has the last 32 only: they are one error away from a codeword, beyond its end. */
  memcpy (mended, words + 255 - n, n);
  fl_matrix_rs_init (&rs, mended, n, n_check);
  g_assert_false (fl_matrix_rs_correct (&rs, mended, NULL, 0, &n_errors));
  g_assert_cmpmem (mended, n, words + 255 - n, n);
}

static void
assert_random_grids_void (guint size_index, guint n, gboolean keep_pattern)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1000 + size_index);
  const FlMatrixSize *size = get_size (size_index);
  FlMatrixGrid clean, grid;

  encode (size, &clean);
  grid = clean;
  for (guint i = 0; i < n; i++)
    {
      guint32 bits = 0;

      for (guint j = 0; j < (guint) size->rows * size->columns; j++)
        {
          if (j % 32 == 0)
            bits = g_rand_int (random);
          if (!keep_pattern ||
              fl_matrix_size_pattern (size, j / size->columns, j % size->columns) == FL_MODULE_DATA)
            grid.modules[j] = bits & 1 ? 0.3f : -0.3f;
          bits >>= 1;
        }
      assert_nothing (&grid);
    }
}

static void
test_random_grids (void)
{
  for (guint i = 0; i < 16; i++)
    assert_random_grids_void (i, GRIDS_A_SIZE, FALSE);
}

static void
test_random_data (void)
{
  for (guint i = 0; i < 16; i++)
    assert_random_grids_void (i, PATTERN_GRIDS, TRUE);
}

static void
test_evidence (void)
{
  const FlMatrixSize *small = fl_matrix_size_find (10, 10);
  const FlMatrixSize *label = fl_matrix_size_find (20, 20);
  const FlMatrixRepairs none = { 0 }, both = { .n_corrected = 2 }, one = { .n_corrected = 1 };
  const FlMatrixRepairs one_and_pattern = { .n_corrected = 1, .n_pattern = 2 };
  const FlMatrixRepairs nine = { .n_corrected = 9, .n_pattern = 4 };
  const FlMatrixRepairs all_erased = { .n_flipped = 18 }, no_pattern = { .n_pattern = 38 };

  g_assert_true (fl_matrix_evidence_is_enough (small, 36, &none));
  g_assert_true (fl_matrix_evidence_is_enough (small, 36, &one));
  g_assert_false (fl_matrix_evidence_is_enough (small, 36, &one_and_pattern));
  g_assert_false (fl_matrix_evidence_is_enough (small, 36, &both));
  g_assert_true (fl_matrix_evidence_is_enough (label, 76, &nine));
  g_assert_false (fl_matrix_evidence_is_enough (label, 76, &all_erased));
  g_assert_false (fl_matrix_evidence_is_enough (label, 76, &no_pattern));
  g_assert_cmpfloat_with_epsilon (fl_matrix_evidence_get_bits (small, 36, &none), 40 + 18, 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix-code/all-sizes/read-back", test_all_sizes);
  g_test_add_func ("/matrix-code/all-sizes/as-libdmtx", test_as_libdmtx);
  g_test_add_func ("/matrix-code/no-size/smallest", test_smallest);
  g_test_add_func ("/matrix-code/texts/read-back", test_encodings);
  g_test_add_func ("/matrix-code/schemes/as-libdmtx", test_schemes);
  g_test_add_func ("/matrix-code/special-words/sensible", test_special_words);
  g_test_add_func ("/matrix-code/hostile-words/no-text", test_hostile_words);
  g_test_add_func ("/matrix-code/random-words/no-fault", test_no_words_abort);
  g_test_add_func ("/matrix-code/errors-to-capacity/mended", test_mends_to_capacity);
  g_test_add_func ("/matrix-code/errors-beyond-capacity/nothing", test_beyond_capacity);
  g_test_add_func ("/matrix-code/unsure-modules/mended", test_unsure_modules);
  g_test_add_func ("/matrix-code/wrong-pattern/nothing", test_wrong_pattern);
  g_test_add_func ("/matrix-code/empty-frame/nothing", test_empty_frame);
  g_test_add_func ("/matrix-code/beyond-shortened-block/nothing", test_beyond_shortened_block);
  g_test_add_func ("/matrix-code/random-grids/nothing", test_random_grids);
  g_test_add_func ("/matrix-code/random-data/nothing", test_random_data);
  g_test_add_func ("/matrix-code/evidence/demanded", test_evidence);
  return g_test_run ();
}
