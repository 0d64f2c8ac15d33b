/* SPDX-License-Identifier: Apache-2.0 */

/* Scenarios are files that people write and send to each other. */

#include <string.h>

#include "fl-error.h"
#include "fl-sim-scenario.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  const char *text = size_bytes > 0 ? (const char *) data : "";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimScenario) scenario =
      fl_sim_scenario_parse (text, size_bytes, "fuzz.scenario", 1, &error);

  if (scenario == NULL)
    {
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "fuzz.scenario"));
      return 0;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (scenario->devices->len, <=, FL_SIM_MAX_DEVICES);
  g_assert_cmpuint (scenario->networks->len, <=, FL_SIM_MAX_NETWORKS);
  return 0;
}
