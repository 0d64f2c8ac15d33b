/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-light"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"
#include "fl-cli-words.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define FOLLOW_MS 1000

static const FlLight *
read_light (FlCli *cli, FlDriver *driver, GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (FlDeviceState) state = NULL;

  fl_driver_read_state_async (driver, cli->cancellable, fl_cli_on_ready, &answer);
  state = fl_driver_read_state_finish (driver, fl_cli_await (cli, &answer), error);
  if (state != NULL)
    return fl_light_from_state (state);
  fl_cli_prefer_stop (cli, error);
  return NULL;
}

static void
tell (FlCli *cli, const FlLight *light)
{
  g_autofree char *words = fl_cli_words_light (light, TRUE);
  const char *advice = fl_light_get_stuck_advice (light);

  fl_cli_event_light (cli, light, TRUE);
  /* Translators: the light in words, then what it means */
  fl_cli_output_say (cli->output, _ ("%s (%s)"), words, fl_light_get_meaning (light));
  if (*advice != '\0')
    fl_cli_output_say (cli->output, "  %s", advice);
}

/* Ends well when --timeout says how long to follow. */
static gboolean
follow (FlCli *cli, FlDriver *driver, const FlLight *light, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (fl_cli_wait_ms (cli, FOLLOW_MS, NULL, NULL, &local))
    {
      const FlLight *now = read_light (cli, driver, &local);

      if (now == NULL)
        break;
      if (now != light)
        tell (cli, now);
      light = now;
    }

  if (cli->stop != NULL && !g_error_matches (cli->stop, FL_ERROR, FL_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
fl_cli_light (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  gboolean following = FALSE;
  const GOptionEntry entries[] = { { "follow", 0, 0, G_OPTION_ARG_NONE, &following,
                                     N_ ("Go on until --timeout or Ctrl+C"), NULL },
                                   { NULL } };
  g_auto (FlCliTarget) target = { 0 };
  g_autoptr (FlCliJourney) journey = NULL;
  g_autoptr (FlDriver) driver = NULL;
  const FlLight *light;

  if (!fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (&target),
                                     args, 0, 1, error) ||
      !fl_cli_target_load (&target, cli, (*args)[1], error) || !fl_cli_start (cli, error))
    return FALSE;

  journey = fl_cli_journey_open (cli, &target, 0, error);
  if (journey == NULL)
    return FALSE;
  driver = g_object_ref (fl_setup_get_driver (cli->setup));
  light = read_light (cli, driver, error);
  if (light == NULL)
    return FALSE;
  tell (cli, light);
  return !following || follow (cli, driver, light, error);
}
