/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-main"
#include "config.h"

#include "fl-cli-commands.h"
#include "fl-cli-options.h"
#include "fl-cli-result.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

static const FlCliCommand table[] = {
  { "find", fl_cli_find, N_ ("Devices nearby, as they come and go"), "" },
  { "info", fl_cli_info, N_ ("Identities, firmware, mode, addresses, service"), "[DEVICE…]" },
  { "networks", fl_cli_networks, N_ ("The networks that the device sees"), "[DEVICE…]" },
  { "setup", fl_cli_setup, N_ ("Bring a device on line"), "[DEVICE…] --network NAME" },
  { "known", fl_cli_known, N_ ("The networks that the device has stored"), "[DEVICE…]" },
  { "light", fl_cli_light, N_ ("What the light of the device shows and means"), "[DEVICE…]" },
  { "identify", fl_cli_identify, N_ ("Let the device show itself by its light"), "[DEVICE…]" },
  { "listen", fl_cli_listen, N_ ("Enter or leave set-up mode"), "[DEVICE…] on|off" },
  { "reset", fl_cli_reset, N_ ("Start the device anew"), "[DEVICE…]" },
  { "request", fl_cli_request, N_ ("Ask the application on the device something"), "[DEVICE…]" },
  { "label", fl_cli_label, N_ ("What labels say, in pictures or before a camera"), "[IMAGE…]" },
  { "certificate", fl_cli_certificate, N_ ("Whether files for a login can work"), "check FILE…" },
  { "doctor", fl_cli_doctor, N_ ("What keeps this computer from reaching devices"), "" },
  { "report", fl_cli_report, N_ ("Everything that support needs to know"), "[DEVICE…]" },
  { "world", fl_cli_world, N_ ("With --simulate: devices, labels, networks, passwords"), "" },
  { NULL },
};

static const FlCliCommand *
find_command (const char *name, GError **error)
{
  for (const FlCliCommand *command = table; name != NULL && command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;

  if (name == NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("A command is missing; “firstlightctl --help” lists them"));
  else
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                 _ ("There is no command “%s”; “firstlightctl --help” lists them"), name);
  return NULL;
}

static gboolean
run (FlCli *cli, char ***args, GError **error)
{
  const FlCliCommand *command;

  if (!fl_cli_options_parse_global (cli, table, args, error))
    return FALSE;
  if (cli->help)
    return TRUE;
  if (cli->version)
    {
      fl_cli_options_show (cli, "firstlightctl " FL_VERSION);
      return TRUE;
    }

  command = find_command ((*args)[1], error);
  if (command == NULL)
    return FALSE;

  /* From here on the command's name stands where the program's was. */
  g_free ((*args)[0]);
  memmove (*args, *args + 1, g_strv_length (*args) * sizeof **args);
  return command->run (cli, command, args, error) || cli->help;
}

int
main (int argc, char **argv)
{
  g_autoptr (FlCli) cli = NULL;
  g_auto (GStrv) args = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("firstlightctl");
  g_set_application_name ("First Light");
  g_log_writer_default_set_use_stderr (TRUE); /* standard output is for results */
  signal (SIGPIPE, SIG_IGN);                  /* a reader that went away shows as a write error */

  cli = fl_cli_new ();
  fl_cli_options_peek (cli, args);
  if (cli->verbose)
    g_log_set_debug_enabled (TRUE);

  run (cli, &args, &error);
  return fl_cli_result_tell (cli, error);
}
