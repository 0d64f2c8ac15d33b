/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-known"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GPtrArray *
list (FlCli *cli, FlDriver *driver, GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;
  GPtrArray *known;

  fl_driver_list_known_async (driver, cli->cancellable, fl_cli_on_ready, &answer);
  known = fl_driver_list_known_finish (driver, fl_cli_await (cli, &answer), error);
  if (known == NULL)
    fl_cli_prefer_stop (cli, error);
  return known;
}

static void
tell (FlCli *cli, GPtrArray *known)
{
  for (guint i = 0; i < known->len; i++)
    fl_cli_event_network (cli, known->pdata[i], i + 1);
  if (known->len == 0)
    fl_cli_event_note (cli, "none-stored", _ ("The device has no networks stored."));
}

static gboolean
contains (GPtrArray *known, GBytes *ssid)
{
  for (guint i = 0; i < known->len; i++)
    if (g_bytes_equal (fl_network_get_ssid (known->pdata[i]), ssid))
      return TRUE;
  return FALSE;
}

/* @ssid (nullable): all of them. */
static gboolean
forget (FlCli *cli, FlDriver *driver, GBytes *ssid, GError **error)
{
  g_autoptr (GAsyncResult) answer = NULL;

  fl_driver_remove_known_async (driver, ssid, cli->cancellable, fl_cli_on_ready, &answer);
  if (fl_driver_finish (driver, fl_cli_await (cli, &answer), error))
    return TRUE;
  fl_cli_prefer_stop (cli, error);
  return FALSE;
}

static gboolean
run (FlCli *cli, FlDriver *driver, const char *remove, gboolean clear, GError **error)
{
  g_autoptr (GBytes) ssid = remove != NULL ? g_bytes_new (remove, strlen (remove)) : NULL;
  g_autoptr (GPtrArray) known = list (cli, driver, error);

  if (known == NULL)
    return FALSE;
  if (!clear && remove == NULL)
    {
      tell (cli, known);
      return TRUE;
    }
  if (ssid != NULL && !contains (known, ssid))
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                   _ ("The device has no network “%s” stored"), remove);
      return FALSE;
    }

  if (!forget (cli, driver, ssid, error))
    return FALSE;
  g_clear_pointer (&known, g_ptr_array_unref);
  known = list (cli, driver, error);
  if (known == NULL)
    return FALSE;
  tell (cli, known);
  return TRUE;
}

gboolean
fl_cli_known (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_autofree char *remove = NULL;
  gboolean clear = FALSE;
  const GOptionEntry entries[] = {
    { "remove", 0, 0, G_OPTION_ARG_FILENAME, &remove, N_ ("Forget this network"), N_ ("NAME") },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, N_ ("Forget all networks"), NULL },
    { NULL }
  };
  g_auto (FlCliTarget) target = { 0 };
  g_autoptr (FlCliJourney) journey = NULL;
  g_autoptr (FlDriver) driver = NULL;

  if (!fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (&target),
                                     args, 0, 1, error))
    return FALSE;
  if (remove != NULL && clear)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--remove and --clear exclude each other"));
      return FALSE;
    }
  if (!fl_cli_target_load (&target, cli, (*args)[1], error) || !fl_cli_start (cli, error))
    return FALSE;

  journey = fl_cli_journey_open (cli, &target, 0, error);
  if (journey == NULL)
    return FALSE;
  driver = g_object_ref (fl_setup_get_driver (cli->setup));
  return run (cli, driver, remove, clear, error);
}
