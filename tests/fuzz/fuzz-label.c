/* SPDX-License-Identifier: Apache-2.0 */

/* A label can be printed by anybody, and a USB scanner types whatever it reads. */

#include "fl-error.h"
#include "fl-label-text.h"

#include <string.h>

#include "fuzz.h"

static void
check_label (FlLabel *label)
{
  const char *serial = fl_label_get_serial (label);
  FlSecret *secret = fl_label_get_secret (label);

  g_assert_cmpuint (strlen (fl_label_get_setup_code (label)), ==, FL_SETUP_CODE_SIZE);
  if (serial != NULL)
    g_assert_true (g_str_has_suffix (serial, fl_label_get_setup_code (label)));
  if (secret != NULL)
    g_assert_cmpuint (strlen (fl_secret_get_text (secret)), ==, FL_MOBILE_SECRET_SIZE);
}

/* Any text is of some kind; what is told of it fits the kind, and never is the text. */
static void
check_text (const guint8 *data, gsize size_bytes, gboolean is_label)
{
  g_autoptr (FlSecret) secret = fl_secret_new (data, size_bytes);
  g_autoptr (FlLabelText) text = fl_label_text_new (secret);
  FlLabelKind kind = fl_label_text_get_kind (text);
  FlLabelUse uses = fl_label_text_get_uses (text);
  const char *number = fl_label_text_get_number (text);
  FlLabel *label = fl_label_text_get_label (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_label_text_equal (text, text));
  g_assert_true ((number == NULL) == (kind == FL_LABEL_KIND_FOREIGN));
  g_assert_true (number == NULL || strlen (number) >= 15);
  g_assert_true (((uses & FL_LABEL_USE_PROVE) != 0) == (kind == FL_LABEL_KIND_SERIAL_SECRET));
  g_assert_true (is_label == (kind == FL_LABEL_KIND_SERIAL_SECRET || kind == FL_LABEL_KIND_SERIAL));
  if (label != NULL)
    check_label (label);
  if (!fl_label_text_check (text, FL_LABEL_USE_PROVE, &error))
    g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
  g_assert_true (size_bytes < 10 || error == NULL ||
                 g_strstr_len (error->message, -1, fl_secret_get_text (secret)) == NULL ||
                 strlen (fl_secret_get_text (secret)) < 10);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  const char *bytes = size_bytes > 0 ? (const char *) data : "";
  g_autofree char *text = g_strndup (bytes, size_bytes);
  g_autoptr (GError) error = NULL, typing_error = NULL;
  /* The typed text is cut at its first line: code above, secret below. */
  char *secret = strchr (text, '\n');
  g_autoptr (FlLabel) read = fl_label_parse (bytes, (gssize) size_bytes, &error);
  g_autoptr (FlLabel) typed = NULL;

  g_assert_true ((read == NULL) == (error != NULL));
  if (read != NULL)
    check_label (read);
  check_text ((const guint8 *) bytes, size_bytes, read != NULL);

  if (secret != NULL)
    *secret++ = '\0';
  typed = fl_label_new_typed (text, secret, &typing_error);
  g_assert_true ((typed == NULL) == (typing_error != NULL));
  if (typed != NULL)
    check_label (typed);
  return 0;
}
