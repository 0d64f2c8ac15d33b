/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "firstlight-sim"
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "fl-error.h"
#include "fl-sim-orders.h"
#include "fl-sim-serve.h"
#include "fl-sim-shells.h"

#define EXIT_FAILED 1
#define EXIT_USAGE  2

static void
options_clear (FlSimServeOptions *options)
{
  g_clear_pointer (&options->scenario, g_free);
  g_clear_pointer (&options->wifi, g_strfreev);
  g_clear_pointer (&options->cloud, g_free);
  g_clear_pointer (&options->link, g_free);
  g_clear_pointer (&options->adapters, g_strfreev);
  g_clear_pointer (&options->socket, g_free);
  g_clear_pointer (&options->udc, g_free);
  g_clear_pointer (&options->roads, g_strfreev);
  g_clear_pointer (&options->devices, g_strfreev);
}

static gboolean
take_wifi (const char *name, const char *value, gpointer data, GError **error)
{
  FlSimServeOptions *options = data;

  g_strfreev (options->wifi);
  options->wifi = g_strsplit (value, ",", -1);
  return TRUE;
}

static void
add_wifi_options (GOptionContext *context, FlSimServeOptions *options)
{
  const GOptionEntry entries[] = {
    { "wifi", 0, 0, G_OPTION_ARG_CALLBACK, take_wifi,
      N_ ("Real radios of this computer, one for each device in turn"), N_ ("INTERFACE,…") },
    { "cloud", 0, 0, G_OPTION_ARG_STRING, &options->cloud,
      N_ ("The service that devices reach over them"), N_ ("HOST:PORT") },
    { NULL }
  };
  GOptionGroup *group = g_option_group_new ("main", NULL, NULL, options, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
}

static GOptionContext *
create_context (FlSimServeOptions *options, gboolean *version)
{
  const GOptionEntry entries[] = {
    { "scenario", 0, 0, G_OPTION_ARG_FILENAME, &options->scenario,
      N_ ("The simulated world: a name or a file"), N_ ("SCENARIO") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, N_ ("Make the simulation repeat itself"),
      N_ ("N") },
    { "adapter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->adapters,
      N_ ("bluetooth: the adapter; again for each further device"), N_ ("NAME") },
    { "link", 0, 0, G_OPTION_ARG_FILENAME, &options->link,
      N_ ("Keep a symbolic link to the port at PATH"), N_ ("PATH") },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
      N_ ("The virtual Bluetooth radio is at PATH"), N_ ("PATH") },
    { "udc", 0, 0, G_OPTION_ARG_STRING, &options->udc,
      N_ ("Be a device on this USB device controller"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Say what happens as JSON lines"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version"), NULL },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (_ ("ROAD[+ROAD…] DEVICE…"));
  g_autofree char *roads = fl_sim_shells_list ();
  g_autofree char *verbs = fl_sim_orders_list ();
  g_autofree char *summary = g_strdup_printf (
      _ ("Simulated devices for other programs, until it is interrupted. Prints where they are to "
         "be found, and what happens to them.\nRoads: %s.\nOn standard input, “DEVICE VERB” does "
         "what a person would do: %s."),
      roads, verbs);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  add_wifi_options (context, options);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static int
fail (int code, const GError *error)
{
  fprintf (stderr, "firstlight-sim: %s\n", error->message);
  return code;
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, text);
  return FALSE;
}

static gboolean
check_roads (char **roads, GError **error)
{
  for (guint i = 0; roads[i] != NULL; i++)
    if (fl_sim_shells_find (roads[i]) == NULL)
      {
        g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("There is no road “%s”"),
                     roads[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_wifi (const FlSimServeOptions *options, GError **error)
{
  g_autoptr (GSocketConnectable) place =
      options->cloud != NULL ? g_network_address_parse (options->cloud, 0, NULL) : NULL;

  if (options->wifi != NULL && g_strv_length (options->wifi) > g_strv_length (options->devices))
    return refuse (error, _ ("--wifi names more radios than there are devices"));
  if (options->cloud == NULL)
    return TRUE;
  if (options->wifi == NULL)
    return refuse (error, _ ("--cloud needs --wifi"));
  if (place == NULL || g_network_address_get_port (G_NETWORK_ADDRESS (place)) == 0)
    return refuse (error, _ ("--cloud is HOST:PORT"));
  return TRUE;
}

/* @args: without options */
static gboolean
take (char **args, FlSimServeOptions *options, GError **error)
{
  if (g_strv_length (args) < 3)
    return refuse (error,
                   _ ("What to do? For example “firstlight-sim serial DEVICE”; --help says more"));
  if (options->seed < 0 || options->seed > G_MAXINT)
    return refuse (error, _ ("A seed is a number from 1 to 2147483647"));
  options->roads = g_strsplit (args[1], "+", -1);
  options->devices = g_strdupv (args + 2);
  if (options->link != NULL && g_strv_length (options->devices) > 1)
    return refuse (error, _ ("--link is for one device"));
  if (options->udc != NULL && g_strv_length (options->devices) > 1)
    return refuse (error, _ ("--udc is for one device"));
  return check_wifi (options, error) && check_roads (options->roads, error);
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
  if (!take (*args, options, &error))
    return fail (EXIT_USAGE, error);
  if (!fl_sim_serve (options, &error))
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
  signal (SIGTTIN, SIG_IGN); /* in the background nobody gives orders */

  code = run (&args, &options);
  options_clear (&options);
  return code;
}
