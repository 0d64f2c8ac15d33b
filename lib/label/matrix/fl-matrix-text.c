/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-text.h"

/* ISO/IEC 16022:2006, table 2. */
enum
{
  WORD_LAST_ASCII = 128,
  WORD_PAD = 129,
  WORD_FIRST_DIGITS = 130,
  WORD_LAST_DIGITS = 229,
  WORD_C40 = 230,
  WORD_BASE_256 = 231,
  WORD_FNC1 = 232,
  WORD_STRUCTURED_APPEND = 233,
  WORD_UPPER_SHIFT = 235,
  WORD_MACRO_05 = 236,
  WORD_MACRO_06 = 237,
  WORD_X12 = 238,
  WORD_TEXT = 239,
  WORD_EDIFACT = 240,
  WORD_ECI = 241,
  WORD_UNLATCH = 254,
};

#define FNC1_CHARACTER   0x1d /* GS */
#define EDIFACT_UNLATCH  31
#define TRIPLET_LAST     64000 /* 1600 * 39 + 40 * 39 + 39 + 1 */
#define SHIFT2_FNC1      27
#define SHIFT2_UPPER     30
#define SHIFT2_LAST_CHAR 26

typedef struct
{
  const guint8 *words;
  guint n_words;
  guint next;
  guint8 *text;
  gsize size_bytes;
  gboolean is_void;
  guint8 upper; /* what "upper shift" adds to the next character: 0 or 128 */
  guint shift;  /* of C40 and Text: 0 … 3 */
} Stream;

static guint
get_left (const Stream *self)
{
  return self->n_words - self->next;
}

/* Past the end: void. */
static guint8
take (Stream *self)
{
  if (self->next < self->n_words)
    return self->words[self->next++];
  self->is_void = TRUE;
  return 0;
}

static void
push (Stream *self, guint character)
{
  if (self->size_bytes < FL_MATRIX_MAX_TEXT_BYTES)
    self->text[self->size_bytes++] = (guint8) (character + self->upper);
  else
    self->is_void = TRUE;
  self->upper = 0;
}

static void
push_string (Stream *self, const char *string)
{
  for (; *string != '\0'; string++)
    push (self, (guint8) *string);
}

/* The other sets of C40 and Text. */
static void
push_shifted (Stream *self, guint value, gboolean is_text)
{
  static const char second[] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_";
  static const char third_of_text[] = "`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\177";
  guint shift = self->shift;

  self->shift = 0;
  if (shift == 2 && value == SHIFT2_FNC1)
    push (self, FNC1_CHARACTER);
  else if (shift == 2 && value == SHIFT2_UPPER)
    self->upper = 128;
  else if (value > 31 || (shift == 2 && value > SHIFT2_LAST_CHAR))
    self->is_void = TRUE;
  else if (shift == 1)
    push (self, value);
  else if (shift == 2)
    push (self, (guint8) second[value]);
  else
    push (self, is_text ? (guint8) third_of_text[value] : value + 96);
}

static void
push_c40 (Stream *self, guint value, gboolean is_text)
{
  if (self->shift != 0)
    push_shifted (self, value, is_text);
  else if (value < 3)
    self->shift = value + 1;
  else if (value == 3)
    push (self, ' ');
  else if (value < 14)
    push (self, '0' + value - 4);
  else
    push (self, (is_text ? 'a' : 'A') + value - 14);
}

static void
push_x12 (Stream *self, guint value)
{
  static const char first[] = "\r*> ";

  if (value < 4)
    push (self, (guint8) first[value]);
  else if (value < 14)
    push (self, '0' + value - 4);
  else
    push (self, 'A' + value - 14);
}

/* C40, Text and X12: three values in two words, until the unlatch or until fewer than two are left.
 */
static void
read_triplets (Stream *self, guint8 scheme)
{
  self->shift = 0;
  while (get_left (self) >= 2 && self->words[self->next] != WORD_UNLATCH && !self->is_void)
    {
      guint packed = (guint) take (self) << 8;
      guint values[3];

      packed |= take (self);
      if (packed == 0 || packed > TRIPLET_LAST)
        {
          self->is_void = TRUE;
          return;
        }
      values[0] = (packed - 1) / 1600;
      values[1] = (packed - 1) / 40 % 40;
      values[2] = (packed - 1) % 40;
      for (guint i = 0; i < 3; i++)
        if (scheme == WORD_X12)
          push_x12 (self, values[i]);
        else
          push_c40 (self, values[i], scheme == WORD_TEXT);
    }
  if (get_left (self) > 0 && self->words[self->next] == WORD_UNLATCH)
    self->next++;
  self->upper = 0;
}

/* Four values in three words, until the unlatch or until fewer than three are left. */
static void
read_edifact (Stream *self)
{
  while (get_left (self) >= 3)
    {
      guint packed = 0;

      for (guint i = 0; i < 4; i++)
        {
          guint value;

          /* The fourth value ends in the third word. */
          if (i < 3)
            packed = packed << 8 | take (self);
          value = (i < 3 ? packed >> (2 + 2 * i) : packed) & 0x3f;
          if (value == EDIFACT_UNLATCH)
            return;
          push (self, value < 32 ? value + 64 : value);
        }
    }
}

/* Annex B.2: every word is shifted by a number that depends on its place. */
static guint8
take_base_256 (Stream *self)
{
  guint shift = 149 * (self->next + 1) % 255 + 1;

  return (guint8) (take (self) - shift);
}

static void
read_base_256 (Stream *self)
{
  guint size_bytes = take_base_256 (self);

  if (size_bytes == 0)
    size_bytes = get_left (self);
  else if (size_bytes >= 250)
    size_bytes = (size_bytes - 249) * 250 + take_base_256 (self);
  if (size_bytes > get_left (self))
    self->is_void = TRUE;
  for (guint i = 0; i < size_bytes && !self->is_void; i++)
    push (self, take_base_256 (self));
}

/* The number tells the character set; what comes out are bytes. */
static void
skip_eci (Stream *self)
{
  guint8 first = take (self);
  guint more = first < 128 ? 0 : first < 192 ? 1 : 2;

  if (first == 0 || first > 207)
    self->is_void = TRUE;
  for (guint i = 0; i < more; i++)
    take (self);
}

/* What may only be at the beginning. Returns the macro's word, or 0. */
static guint8
read_beginning (Stream *self)
{
  guint8 word = self->words[0];

  if (word == WORD_STRUCTURED_APPEND)
    self->next = 4;
  else if (word == WORD_FNC1 || word == WORD_MACRO_05 || word == WORD_MACRO_06)
    self->next = 1;
  if (self->next > self->n_words)
    {
      self->next = self->n_words;
      self->is_void = TRUE;
    }
  if (word != WORD_MACRO_05 && word != WORD_MACRO_06)
    return 0;
  push_string (self, word == WORD_MACRO_05 ? "[)>\03605\035" : "[)>\03606\035");
  return word;
}

static void
read_upper_shift (Stream *self)
{
  guint8 word = take (self);

  self->upper = 128;
  if (word == 0 || word > WORD_LAST_ASCII)
    self->is_void = TRUE;
  else
    push (self, word - 1u);
}

/* One word of ASCII, or a piece in another encoding. FALSE: the padding begins. */
static gboolean
read_piece (Stream *self)
{
  guint8 word = take (self);

  if (word == WORD_PAD)
    return FALSE;
  if (word >= 1 && word <= WORD_LAST_ASCII)
    push (self, word - 1u);
  else if (word >= WORD_FIRST_DIGITS && word <= WORD_LAST_DIGITS)
    {
      push (self, '0' + (word - WORD_FIRST_DIGITS) / 10u);
      push (self, '0' + (word - WORD_FIRST_DIGITS) % 10u);
    }
  else if (word == WORD_C40 || word == WORD_TEXT || word == WORD_X12)
    read_triplets (self, word);
  else if (word == WORD_BASE_256)
    read_base_256 (self);
  else if (word == WORD_EDIFACT)
    read_edifact (self);
  else if (word == WORD_FNC1)
    push (self, FNC1_CHARACTER);
  else if (word == WORD_UPPER_SHIFT)
    read_upper_shift (self);
  else if (word == WORD_ECI)
    skip_eci (self);
  else
    self->is_void = TRUE;
  return TRUE;
}

gsize
fl_matrix_text_from_codewords (const guint8 *words, guint n_words, guint8 *text)
{
  Stream self = { .words = words, .n_words = n_words, .text = text };
  guint8 macro;

  g_return_val_if_fail (words != NULL && n_words > 0 && text != NULL, 0);

  macro = read_beginning (&self);
  while (get_left (&self) > 0 && !self.is_void)
    if (!read_piece (&self))
      break;
  if (macro != 0)
    push_string (&self, "\036\004");
  return self.is_void ? 0 : self.size_bytes;
}
