/* SPDX-License-Identifier: Apache-2.0 */

/* Product profiles come from vendors and from the web. */

#include <string.h>

#include "fl-error.h"
#include "fl-product.h"

#include "fuzz.h"

static void
check_link (const char *uri)
{
  g_assert_true (uri == NULL || g_str_has_prefix (uri, "https:") ||
                 g_str_has_prefix (uri, "mailto:"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  const char *text = size_bytes > 0 ? (const char *) data : "";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product =
      fl_product_parse (text, size_bytes, "fuzz.product", "/nowhere", &error);

  if (product == NULL)
    {
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "fuzz.product"));
      return 0;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (fl_product_get_id (product), !=, "");
  g_assert_true (g_utf8_validate (fl_product_get_name (product), -1, NULL));
  check_link (fl_product_get_help_uri (product));
  check_link (fl_product_get_privacy_uri (product));
  check_link (fl_product_get_contact_uri (product));
  g_assert_true ((fl_product_get_secret_source (product) == FL_SECRET_CONSTANT) ==
                 (fl_product_get_secret (product) != NULL));
  return 0;
}
