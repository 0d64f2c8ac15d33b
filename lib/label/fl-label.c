/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label.h"
#include "fl-error.h"
#include "fl-label-text.h"
#include "fl-label-words.h"

#include <string.h>
#include <glib/gi18n-lib.h>

struct _FlLabel
{
  gatomicrefcount ref_count;
  char *serial; /* (nullable) */
  char setup_code[FL_SETUP_CODE_SIZE + 1];
  FlSecret *secret; /* (nullable) */
};

G_DEFINE_BOXED_TYPE (FlLabel, fl_label, fl_label_ref, fl_label_unref)

FlLabel *
fl_label_new_from_words (FlWord code, FlWord secret)
{
  FlLabel *self = g_new0 (FlLabel, 1);
  const char *end = code.start + code.size_bytes - FL_SETUP_CODE_SIZE;

  g_atomic_ref_count_init (&self->ref_count);
  if (fl_word_is_serial (code))
    self->serial = g_ascii_strup (code.start, (gssize) code.size_bytes);
  for (guint i = 0; i < FL_SETUP_CODE_SIZE; i++)
    self->setup_code[i] = g_ascii_toupper (end[i]);
  if (secret.size_bytes > 0)
    self->secret = fl_secret_new (secret.start, secret.size_bytes);
  return self;
}

FlLabel *
fl_label_parse (const char *text, gssize size_bytes, GError **error)
{
  g_autoptr (FlSecret) secret = NULL;
  g_autoptr (FlLabelText) found = NULL;
  FlLabelKind kind;

  g_return_val_if_fail (text != NULL, NULL);

  secret = fl_secret_new (text, size_bytes < 0 ? strlen (text) : (gsize) size_bytes);
  found = fl_label_text_new (secret);
  kind = fl_label_text_get_kind (found);
  if (kind == FL_LABEL_KIND_SERIAL_SECRET || kind == FL_LABEL_KIND_SERIAL)
    return fl_label_ref (fl_label_text_get_label (found));
  fl_label_text_check (found, FL_LABEL_USE_PROVE, error);
  return NULL;
}

/* Unlike a label that was read, what was typed can be mended by the person: the words are theirs.
 */
static const char *
find_typing_fault (FlWord code, FlWord more, FlWord secret, FlWord more_secret)
{
  gboolean is_code = code.size_bytes == FL_SETUP_CODE_SIZE && fl_word_is_alnum (code);

  if ((!is_code && !fl_word_is_serial (code)) || more.size_bytes > 0)
    return _ ("The set-up code has 6 letters and digits.");
  if (secret.size_bytes == 0)
    return NULL;
  if (!fl_word_is_secret (secret) || more_secret.size_bytes > 0)
    return _ ("The code under the square has 15 letters and digits.");
  return NULL;
}

FlLabel *
fl_label_new_typed (const char *setup_code, const char *secret, GError **error)
{
  FlWord code_rest, secret_rest, code, more, secret_word, more_secret;
  const char *fault;

  g_return_val_if_fail (setup_code != NULL, NULL);

  code_rest = (FlWord){ setup_code, strlen (setup_code) };
  secret_rest = (FlWord){ secret, secret != NULL ? strlen (secret) : 0 };
  code = fl_word_take (&code_rest);
  more = fl_word_take (&code_rest);
  secret_word = fl_word_take (&secret_rest);
  more_secret = fl_word_take (&secret_rest);
  fault = find_typing_fault (code, more, secret_word, more_secret);
  if (fault != NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, fault);
      return NULL;
    }
  return fl_label_new_from_words (code, secret_word);
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
