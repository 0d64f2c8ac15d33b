/* SPDX-License-Identifier: Apache-2.0 */

/* Anyone in radio range chooses these bytes. */

#include "fl-advert.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  FlAdvert advert = FL_ADVERT_INIT;
  char code[FL_ADVERT_CODE_SIZE + 1];
  int platform_id;

  fl_advert_parse (&advert, data, size_bytes);
  fl_advert_parse (&advert, data, size_bytes); /* the scan response adds to the advertisement */
  g_assert_cmpuint (advert.n_services, <=, G_N_ELEMENTS (advert.services));
  g_assert_cmpuint (strlen (advert.name), <=, FL_ADVERT_NAME_MAX);
  g_assert_true (g_utf8_validate (advert.name, -1, NULL));

  if (fl_advert_parse_manufacturer (data, size_bytes, &platform_id, code))
    g_assert_cmpuint (strlen (code), <=, FL_ADVERT_CODE_SIZE);
  return 0;
}
