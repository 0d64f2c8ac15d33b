/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-reset"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"

#include <glib/gi18n-lib.h>

gboolean
fl_cli_reset (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
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

  fl_cli_journey_expect_loss (journey);
  driver = g_object_ref (fl_setup_get_driver (cli->setup));
  fl_driver_reset_async (driver, FL_RESET_NORMAL, cli->cancellable, fl_cli_on_ready, &answer);
  if (!fl_driver_finish (driver, fl_cli_await (cli, &answer), error))
    {
      fl_cli_prefer_stop (cli, error);
      return FALSE;
    }
  fl_cli_event_note (cli, "reset", _ ("The device starts anew."));
  return TRUE;
}
