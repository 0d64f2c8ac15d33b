/* SPDX-License-Identifier: Apache-2.0 */

/* Apple's configuration profiles: property lists, plain and in CMS. */

#include "fl-profile-private.h"

#include "../lib/enterprise/profile-facts.h"

#include "fuzz.h"

#define MAX_BYTES (64 * 1024) /* longer ones say nothing new, slowly */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSecret) contents = fl_secret_new (data, MIN (size_bytes, MAX_BYTES));
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_read_mobileconfig (contents, NULL, &error);

  assert_result_is_sane (profile, error);
  return 0;
}
