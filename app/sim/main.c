/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "firstlight-sim"
#include "config.h"

#include "fl-sim-serve.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "fl-error.h"

#define EXIT_FAILED 1
#define EXIT_USAGE  2

static void
options_clear (FlSimServeOptions *options)
{
  g_clear_pointer (&options->scenario, g_free);
  g_clear_pointer (&options->link, g_free);
}

static GOptionContext *
create_context (FlSimServeOptions *options, gboolean *version)
{
  const GOptionEntry entries[] = {
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &options->scenario,
      N_ ("The simulated world: a name or a file"), N_ ("SCENARIO") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, N_ ("Make the simulation repeat itself"),
      N_ ("N") },
    { "link", 0, 0, G_OPTION_ARG_FILENAME, &options->link,
      N_ ("Keep a symbolic link to the port at PATH"), N_ ("PATH") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Say what happens as JSON lines"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version"), NULL },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_ ("serial DEVICE"));

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context,
      _ ("Simulated devices for other programs. “serial” gives the serial port of one on a "
         "pseudo-terminal, prints its path and what happens to the device, until it is "
         "interrupted."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static int
fail (int code, const GError *error)
{
  fprintf (stderr, "firstlight-sim: %s\n", error->message);
  return code;
}

/* @args: without options */
static gboolean
check (char **args, const FlSimServeOptions *options, GError **error)
{
  if (g_strv_length (args) != 3 || strcmp (args[1], "serial") != 0)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("What to do? “firstlight-sim serial DEVICE”; --help says more"));
  else if (options->seed < 0 || options->seed > G_MAXINT)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                         _ ("A seed is a number from 1 to 2147483647"));
  else
    return TRUE;
  return FALSE;
}

static int
run (char ***args, FlSimServeOptions *options)
{
  gboolean version = FALSE;
  g_autoptr (GOptionContext) context = create_context (options, &version);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, args, &error))
    return fail (EXIT_USAGE, error);
  if (version)
    {
      puts ("firstlight-sim " FL_VERSION);
      return 0;
    }
  if (!check (*args, options, &error))
    return fail (EXIT_USAGE, error);
  if (!fl_sim_serve_serial (options, (*args)[2], &error))
    return fail (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT) ? EXIT_USAGE
                                                                           : EXIT_FAILED,
                 error);
  return 0;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) args = g_strdupv (argv);
  FlSimServeOptions options = { 0 };
  int code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("firstlight-sim");
  g_log_writer_default_set_use_stderr (TRUE);
  signal (SIGPIPE, SIG_IGN);

  code = run (&args, &options);
  options_clear (&options);
  return code;
}
