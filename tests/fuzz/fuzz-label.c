/* SPDX-License-Identifier: Apache-2.0 */

/* A label can be printed by anybody, and a USB scanner types whatever it reads. */

#include "fl-label.h"

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

  if (secret != NULL)
    *secret++ = '\0';
  typed = fl_label_new_typed (text, secret, &typing_error);
  g_assert_true ((typed == NULL) == (typing_error != NULL));
  if (typed != NULL)
    check_label (typed);
  return 0;
}
