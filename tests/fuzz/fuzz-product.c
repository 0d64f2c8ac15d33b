/* SPDX-License-Identifier: Apache-2.0 */

/* A product profile is a file from somebody else. */

#include "fl-product.h"

#include <string.h>

#include "fl-error.h"

#include "fuzz.h"

static void
check_product (FlProduct *product)
{
  const FlGattProfile *gatt = fl_product_get_gatt (product);

  g_assert_nonnull (fl_product_get_id (product));
  g_assert_true (g_utf8_validate (fl_product_get_name (product), -1, NULL));
  g_assert_cmpuint (strlen (gatt->service), ==, 36);
  g_assert_cmpuint (strlen (gatt->rx), ==, 36);
  g_assert_cmpuint (strlen (gatt->tx), ==, 36);
  g_assert_cmpuint (strlen (gatt->version), ==, 36);
  g_assert_cmpint (fl_product_get_company_id (product), <=, G_MAXUINT16);
  g_assert_true ((fl_product_get_secret (product) != NULL) ==
                 (fl_product_get_secret_source (product) == FL_SECRET_CONSTANT));
  g_assert_true ((fl_product_get_fixed_name (product) != NULL) ==
                 (fl_product_get_name_rule (product) == FL_NAME_FIXED));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product =
      fl_product_parse ((const char *) data, size_bytes, "f", "/folder", &error);

  if (product != NULL)
    {
      check_product (product);
      return 0;
    }
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "f:"));
  g_assert_true (g_ascii_isdigit (error->message[2]));
  return 0;
}
