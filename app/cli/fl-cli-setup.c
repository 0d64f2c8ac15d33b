/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-setup"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"
#include "fl-cli-plan.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static gboolean
parse (FlCliPlan *plan,
       FlCliTarget *target,
       FlCli *cli,
       const FlCliCommand *command,
       char ***args,
       GError **error)
{
  const GOptionEntry entries[] = {
    { "network", 0, 0, G_OPTION_ARG_FILENAME, &plan->network,
      N_ ("Name of the network, every byte of it counts"), N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &plan->password_file,
      N_ ("Read the password from a file, “-” for standard input"), N_ ("F") },
    { "security", 0, 0, G_OPTION_ARG_STRING, &plan->security_nick,
      N_ ("open, wep, wpa, wpa2, wpa-wpa2, wpa3, wpa2-wpa3; else what the device sees"), N_ ("S") },
    { "hidden", 0, 0, G_OPTION_ARG_NONE, &plan->hidden, N_ ("The network does not show its name"),
      NULL },
    { "bssid", 0, 0, G_OPTION_ARG_STRING, &plan->bssid_text, N_ ("Only this access point"),
      N_ ("B") },
    { "save-only", 0, 0, G_OPTION_ARG_NONE, &plan->save_only,
      N_ ("Store the network without trying it"), NULL },
    { "no-wait", 0, 0, G_OPTION_ARG_NONE, &plan->no_wait,
      N_ ("End when the device has joined, without waiting until it is online"), NULL },
    { NULL }
  };

  return fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (target),
                                       args, 0, 1, error) &&
         fl_cli_target_load (target, cli, (*args)[1], error) &&
         fl_cli_plan_load (plan, target, cli, error);
}

static FlCredentials *
choose (FlCliJourney *journey, const FlCliPlan *plan, GError **error)
{
  g_autoptr (FlNetwork) seen = NULL;

  if (fl_cli_plan_needs_scan (plan))
    {
      if (!fl_cli_journey_wait_scan (journey, plan->ssid, plan->has_security, error))
        return NULL;
      seen = fl_cli_journey_find_network (journey, plan->ssid);
    }
  return fl_cli_plan_create_credentials (plan, seen, error);
}

static gboolean
run (FlCli *cli, const FlCliPlan *plan, const FlCliTarget *target, GError **error)
{
  FlCliJourneyFlags scan = fl_cli_plan_needs_scan (plan) ? FL_CLI_JOURNEY_SCAN : 0;
  g_autoptr (FlCliJourney) journey =
      fl_cli_journey_open (cli, target, scan | FL_CLI_JOURNEY_STORY, error);
  g_autoptr (FlCredentials) credentials = journey != NULL ? choose (journey, plan, error) : NULL;

  if (credentials == NULL)
    return FALSE;

  fl_cli_journey_set_network_name (journey, fl_credentials_get_name (credentials));
  if (plan->save_only)
    {
      fl_setup_save (cli->setup, credentials);
      return fl_cli_journey_follow (journey, FL_PROOF_STORED, error);
    }
  fl_setup_join (cli->setup, credentials);
  return fl_cli_journey_follow (journey, plan->no_wait ? FL_PROOF_STORED : 0, error);
}

gboolean
fl_cli_setup (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_auto (FlCliTarget) target = { 0 };
  g_auto (FlCliPlan) plan = { 0 };

  return parse (&plan, &target, cli, command, args, error) && fl_cli_start (cli, error) &&
         run (cli, &plan, &target, error);
}
