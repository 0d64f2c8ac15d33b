/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-networks"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-journey.h"
#include "fl-cli-options.h"

/* The strongest first; an unknown signal last. */
static int
compare_signal (gconstpointer a, gconstpointer b)
{
  FlNetwork *left = *(FlNetwork *const *) a, *right = *(FlNetwork *const *) b;
  int left_dbm = fl_network_get_rssi (left), right_dbm = fl_network_get_rssi (right);

  if (left_dbm == 0 || right_dbm == 0)
    return (left_dbm == 0) - (right_dbm == 0);
  return right_dbm - left_dbm;
}

/* With --json each network was told as soon as it was found. */
static void
say_sorted (FlCli *cli)
{
  GListModel *networks = fl_setup_get_networks (cli->setup);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  if (fl_cli_output_get_json (cli->output))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (networks, i));
  g_ptr_array_sort (sorted, compare_signal);
  for (guint i = 0; i < sorted->len; i++)
    fl_cli_event_network (cli, sorted->pdata[i], 0);
}

gboolean
fl_cli_networks (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (FlCliTarget) target = { 0 };
  g_autoptr (FlCliJourney) journey = NULL;

  if (!fl_cli_options_parse_command (cli, command, entries, fl_cli_target_create_group (&target),
                                     args, 0, 1, error) ||
      !fl_cli_target_load (&target, cli, (*args)[1], error) || !fl_cli_start (cli, error))
    return FALSE;

  journey = fl_cli_journey_open (cli, &target, FL_CLI_JOURNEY_SCAN, error);
  if (journey == NULL || !fl_cli_journey_wait_scan (journey, NULL, FALSE, error))
    return FALSE;
  say_sorted (cli);
  return TRUE;
}
