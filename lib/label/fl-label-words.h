/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label.h"

G_BEGIN_DECLS

/* For this room only: the pieces of a label's text. */

/* Particle documentation, "Serial numbers": 15 characters on all generations. */
#define FL_SERIAL_SIZE 15
/* Longer texts are no labels. */
#define FL_LABEL_MAX_BYTES 4096

/* A piece of text that belongs to the caller: secrets are not copied around. */
typedef struct
{
  const char *start;
  gsize size_bytes;
} FlWord;

/* Takes the next run of characters that are no white space from @rest; empty at the end. */
FlWord fl_word_take (FlWord *rest);
gboolean fl_word_is_alnum (FlWord word);
gboolean fl_word_is_digits (FlWord word); /* FALSE when empty */
/* @prefix: ASCII; any case. */
gboolean fl_word_has_prefix (FlWord word, const char *prefix);
/* Whether the last digit is right; @word: digits. ISO/IEC 7812-1, annex B. */
gboolean fl_word_passes_luhn (FlWord word);

gboolean fl_word_is_serial (FlWord word);
gboolean fl_word_is_secret (FlWord word);
/* 12 to 14 characters: some early batches. Particle's own application asks the cloud for the right
 * one: particle-iot/particle-tinker-app-ios, ParticleSDK mobile secret pattern. */
gboolean fl_word_is_short_secret (FlWord word);

/* @code: a set-up code or a serial number; @secret: may be empty. */
FlLabel *fl_label_new_from_words (FlWord code, FlWord secret);

G_END_DECLS
