/* SPDX-License-Identifier: Apache-2.0 */

/* eduroam's and other EAP metadata: XML that came by e-mail. */

#include "fl-profile-private.h"

#include "../lib/enterprise/profile-facts.h"

#include "fuzz.h"

#define MAX_BYTES (64 * 1024) /* longer ones say nothing new, slowly */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  static const char *const languages[] = { "de", "en", "C", NULL };
  g_autoptr (FlSecret) contents = fl_secret_new (data, MIN (size_bytes, MAX_BYTES));
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_read_eap_config (contents, NULL, languages, &error);

  assert_result_is_sane (profile, error);
  return 0;
}
