/* SPDX-License-Identifier: Apache-2.0 */

/* A label may be any code that somebody scans or pastes. */

#include <string.h>

#include "fl-error.h"
#include "fl-label.h"

#include "fuzz.h"

static void
check (FlLabel *label, const GError *error)
{
  g_assert_true ((label == NULL) == (error != NULL));
  if (label == NULL)
    {
      g_assert_true (error->domain == FL_ERROR);
      return;
    }

  g_assert_cmpuint (strlen (fl_label_get_setup_code (label)), ==, FL_SETUP_CODE_SIZE);
  if (fl_label_get_secret (label) != NULL)
    g_assert_cmpuint (fl_secret_get_size (fl_label_get_secret (label)), <=, FL_MOBILE_SECRET_SIZE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  const char *bytes = size_bytes > 0 ? (const char *) data : "";
  g_autofree char *text = g_strndup (bytes, size_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) typed_error = NULL;
  g_autoptr (FlLabel) label = fl_label_parse (bytes, (gssize) size_bytes, &error);
  g_autoptr (FlLabel) typed = fl_label_new_typed (text, text, &typed_error);

  check (label, error);
  check (typed, typed_error);
  return 0;
}
