/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-listen"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The words left are DEVICE on|off, or on|off alone. */
static gboolean
parse_on (const char *word, gboolean *on, GError **error)
{
  *on = strcmp (word, "on") == 0;
  if (*on || strcmp (word, "off") == 0)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("Say “on” or “off”, not “%s”"), word);
  return FALSE;
}

gboolean
fl_cli_listen (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (FlCliTarget) target = { 0 };
  g_autoptr (FlCliJourney) journey = NULL;
  g_autoptr (FlDriver) driver = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  gboolean on = FALSE;
  guint n_words;

  if (!fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (&target),
                                     args, 1, 2, error))
    return FALSE;
  n_words = g_strv_length (*args) - 1;
  if (!parse_on ((*args)[n_words], &on, error) ||
      !fl_cli_target_load (&target, cli, n_words > 1 ? (*args)[1] : NULL, error) ||
      !fl_cli_start (cli, error))
    return FALSE;

  journey = fl_cli_journey_open (cli, &target, 0, error);
  if (journey == NULL)
    return FALSE;

  fl_cli_journey_expect_loss (journey);
  driver = g_object_ref (fl_setup_get_driver (cli->setup));
  fl_driver_listen_async (driver, on, cli->cancellable, fl_cli_on_ready, &answer);
  if (!fl_driver_finish (driver, fl_cli_await (cli, &answer), error))
    {
      fl_cli_prefer_stop (cli, error);
      return FALSE;
    }
  fl_cli_event_note (cli, on ? "listening" : "not-listening",
                     on ? _ ("The device waits for set-up now.")
                        : _ ("The device has left set-up mode."));
  return TRUE;
}
