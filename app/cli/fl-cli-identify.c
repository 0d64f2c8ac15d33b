/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-identify"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"

#include <glib/gi18n-lib.h>

gboolean
fl_cli_identify (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  gboolean stop = FALSE;
  const GOptionEntry entries[] = {
    { "stop", 0, 0, G_OPTION_ARG_NONE, &stop, N_ ("Go back to the usual light"), NULL }, { NULL }
  };
  g_auto (FlCliTarget) target = { 0 };
  g_autoptr (FlCliJourney) journey = NULL;
  g_autoptr (FlDriver) driver = NULL;
  g_autoptr (GAsyncResult) answer = NULL;

  if (!fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (&target),
                                     args, 0, 1, error) ||
      !fl_cli_target_load (&target, cli, (*args)[1], error) || !fl_cli_start (cli, error))
    return FALSE;

  journey = fl_cli_journey_open (cli, &target, 0, error);
  if (journey == NULL)
    return FALSE;

  driver = g_object_ref (fl_setup_get_driver (cli->setup));
  fl_driver_identify_async (driver, !stop, cli->cancellable, fl_cli_on_ready, &answer);
  if (!fl_driver_finish (driver, fl_cli_await (cli, &answer), error))
    {
      fl_cli_prefer_stop (cli, error);
      return FALSE;
    }
  fl_cli_event_note (cli, stop ? "identify-off" : "identify-on",
                     stop ? _ ("The light is back to normal.")
                          : _ ("The light of the device shows all colours now."));
  return TRUE;
}
