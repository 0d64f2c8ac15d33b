/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-label"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-label-event.h"
#include "fl-cli-options.h"
#include "fl-cli-photo.h"
#include "fl-cli-result.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define MAX_FILES 10000

/* One usable code is enough: there may be others beside the label. */
static gboolean
check_scans (GPtrArray *scans, GError **error)
{
  for (guint i = 0; i < scans->len; i++)
    {
      FlLabelText *text = fl_scan_get_text (scans->pdata[i]);

      g_clear_error (error);
      if (fl_label_text_check (text, FL_LABEL_USE_FIND, error))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_file (FlCli *cli, const char *path, gboolean show_secret, GError **error)
{
  g_autoptr (GPtrArray) scans = fl_cli_photo_read (cli, path, error);

  for (guint i = 0; scans != NULL && i < scans->len; i++)
    fl_cli_label_event (cli->output, path, scans->pdata[i], show_secret);
  return scans != NULL && check_scans (scans, error);
}

/* A file that cannot be read stops no other; the first one's error is the command's. */
static gboolean
read_files (FlCli *cli, char *const *paths, gboolean show_secret, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; paths[i] != NULL && !fl_cli_is_stopped (cli); i++)
    {
      g_autoptr (GError) local = NULL;

      if (read_file (cli, paths[i], show_secret, &local) || fl_cli_is_stopped (cli))
        continue;
      fl_cli_result_tell_file (cli, paths[i], local);
      if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (fl_cli_is_stopped (cli))
    {
      cli->is_told = FALSE;
      g_clear_error (&first);
      first = fl_cli_dup_stop (cli, FL_STAGE_FINDING);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

gboolean
fl_cli_label (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  gboolean show_secret = FALSE;
  const GOptionEntry entries[] = {
    { "show-secret", 0, 0, G_OPTION_ARG_NONE, &show_secret,
      N_ ("Show the whole text, with the secret"), NULL },
    { NULL },
  };

  return fl_cli_options_parse_command (cli, command, entries, NULL, args, 1, MAX_FILES, error) &&
         fl_cli_start (cli, error) && read_files (cli, *args + 1, show_secret, error);
}
