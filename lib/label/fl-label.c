/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label.h"
#include "fl-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* Particle documentation, "Serial numbers": 15 characters on all generations. */
#define SERIAL_SIZE 15
/* Secrets of some early batches are too short; Particle's own application asks the cloud for the
 * right one: particle-iot/particle-tinker-app-ios, ParticleSDK mobile secret pattern. */
#define SHORT_SECRET_MIN 12
#define TEXT_MAX_BYTES   4096

struct _FlLabel
{
  gatomicrefcount ref_count;
  char *serial; /* (nullable) */
  char setup_code[FL_SETUP_CODE_SIZE + 1];
  FlSecret *secret; /* (nullable) */
};

G_DEFINE_BOXED_TYPE (FlLabel, fl_label, fl_label_ref, fl_label_unref)

/* A piece of text that belongs to the caller: secrets are not copied around. */
typedef struct
{
  const char *start;
  gsize size_bytes;
} Word;

/* GLib leaves the vertical tab out. */
static gboolean
is_space (char c)
{
  return g_ascii_isspace (c) || c == '\v';
}

/* Takes the next run of characters that are no white space from @rest; empty at the end. */
static Word
take_word (Word *rest)
{
  Word word;

  while (rest->size_bytes > 0 && is_space (*rest->start))
    {
      rest->start++;
      rest->size_bytes--;
    }
  word = (Word){ rest->start, 0 };
  while (rest->size_bytes > 0 && !is_space (*rest->start))
    {
      rest->start++;
      rest->size_bytes--;
      word.size_bytes++;
    }
  return word;
}

static gboolean
is_alnum (Word word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isalnum (word.start[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_printable (Word word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isgraph (word.start[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_serial (Word word)
{
  return word.size_bytes == SERIAL_SIZE && is_alnum (word);
}

static gboolean
is_secret (Word word)
{
  return word.size_bytes == FL_MOBILE_SECRET_SIZE && is_printable (word);
}

static gboolean
is_short_secret (Word word)
{
  return word.size_bytes >= SHORT_SECRET_MIN && word.size_bytes < FL_MOBILE_SECRET_SIZE &&
         is_printable (word);
}

/* @code: a set-up code or a serial number; @secret: may be empty. */
static FlLabel *
new_label (Word code, Word secret)
{
  FlLabel *self = g_new0 (FlLabel, 1);
  const char *end = code.start + code.size_bytes - FL_SETUP_CODE_SIZE;

  g_atomic_ref_count_init (&self->ref_count);
  if (is_serial (code))
    self->serial = g_ascii_strup (code.start, (gssize) code.size_bytes);
  for (guint i = 0; i < FL_SETUP_CODE_SIZE; i++)
    self->setup_code[i] = g_ascii_toupper (end[i]);
  if (secret.size_bytes > 0)
    self->secret = fl_secret_new (secret.start, secret.size_bytes);
  return self;
}

/* Messages tell why, never what was read: it may hold a secret. NULL: a good label. */
static const char *
find_fault (Word serial, Word secret, Word more)
{
  if (serial.size_bytes == 0)
    return "The code is empty";
  if (!is_serial (serial))
    return "The code does not begin with a serial number of 15 letters and digits";
  if (more.size_bytes > 0)
    return "The code has more than a serial number and a secret";
  if (secret.size_bytes == 0 || is_secret (secret))
    return NULL;
  if (is_short_secret (secret))
    return "The label has a short secret: fewer than 15 characters, from a faulty batch of labels";
  return "The code has no secret of 15 printable characters after the serial number";
}

FlLabel *
fl_label_parse (const char *text, gssize size_bytes, GError **error)
{
  Word rest, serial, secret, more;
  const char *fault;

  g_return_val_if_fail (text != NULL, NULL);

  rest = (Word){ text, size_bytes < 0 ? strlen (text) : (gsize) size_bytes };
  if (rest.size_bytes > TEXT_MAX_BYTES)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE, "The code is too long");
      return NULL;
    }

  serial = take_word (&rest);
  secret = take_word (&rest);
  more = take_word (&rest);
  fault = find_fault (serial, secret, more);
  if (fault != NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE, fault);
      return NULL;
    }
  return new_label (serial, secret);
}

/* Unlike a label that was read, what was typed can be mended by the person: the words are theirs.
 */
static const char *
find_typing_fault (Word code, Word more, Word secret, Word more_secret)
{
  gboolean is_code = code.size_bytes == FL_SETUP_CODE_SIZE && is_alnum (code);

  if ((!is_code && !is_serial (code)) || more.size_bytes > 0)
    return _ ("The set-up code has 6 letters and digits.");
  if (secret.size_bytes == 0)
    return NULL;
  if (!is_secret (secret) || more_secret.size_bytes > 0)
    return _ ("The code under the square has 15 letters and digits.");
  return NULL;
}

FlLabel *
fl_label_new_typed (const char *setup_code, const char *secret, GError **error)
{
  Word code_rest, secret_rest, code, more, secret_word, more_secret;
  const char *fault;

  g_return_val_if_fail (setup_code != NULL, NULL);

  code_rest = (Word){ setup_code, strlen (setup_code) };
  secret_rest = (Word){ secret, secret != NULL ? strlen (secret) : 0 };
  code = take_word (&code_rest);
  more = take_word (&code_rest);
  secret_word = take_word (&secret_rest);
  more_secret = take_word (&secret_rest);
  fault = find_typing_fault (code, more, secret_word, more_secret);
  if (fault != NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, fault);
      return NULL;
    }
  return new_label (code, secret_word);
}

FlLabel *
fl_label_ref (FlLabel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_label_unref (FlLabel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->secret, fl_secret_unref);
  g_free (self);
}

const char *
fl_label_get_serial (const FlLabel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->serial;
}

const char *
fl_label_get_setup_code (const FlLabel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->setup_code;
}

FlSecret *
fl_label_get_secret (const FlLabel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}
