/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-options"
#include "config.h"

#include "fl-cli-options.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
on_simulate (const char *name, const char *value, gpointer data, GError **error)
{
  FlCli *cli = data;

  cli->wiring.simulate = TRUE;
  g_clear_pointer (&cli->scenario, g_free);
  if (value != NULL && *value != '\0')
    cli->scenario = g_strdup (value);
  return TRUE;
}

static gboolean
on_json (const char *name, const char *value, gpointer data, GError **error)
{
  FlCli *cli = data;

  fl_cli_output_set_json (cli->output, TRUE);
  return TRUE;
}

static gboolean
on_seed (const char *name, const char *value, gpointer data, GError **error)
{
  FlCli *cli = data;

  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &cli->wiring.seed, error);
}

static gboolean
on_timeout (const char *name, const char *value, gpointer data, GError **error)
{
  FlCli *cli = data;
  guint64 seconds;

  if (!g_ascii_string_to_unsigned (value, 10, 1, 86400, &seconds, error))
    return FALSE;
  cli->timeout_s = (int) seconds;
  return TRUE;
}

static GOptionGroup *
create_global_group (FlCli *cli)
{
  /* GOption takes callbacks as data pointers. */
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, on_json,
      N_ ("Print JSON Lines for programs instead of words"), NULL },
    { "simulate", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_simulate,
      N_ ("Use simulated devices; SCENARIO is a name or a file"), N_ ("[SCENARIO]") },
    { "seed", 0, 0, G_OPTION_ARG_CALLBACK, on_seed,
      N_ ("Number that makes a simulation repeat exactly"), N_ ("N") },
    { "virtual-time", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &cli->wiring.virtual_time,
      N_ ("Let simulated time jump instead of waiting"), NULL },
    { "product", 0, 0, G_OPTION_ARG_FILENAME, &cli->product,
      N_ ("Product profile: its name or a file"), N_ ("FILE") },
    { "serial", 0, 0, G_OPTION_ARG_FILENAME, &cli->serial,
      N_ ("Look for a device at this serial port, too"), N_ ("PORT") },
    { "timeout", 0, 0, G_OPTION_ARG_CALLBACK, on_timeout,
      N_ ("End the whole command after this many seconds"), N_ ("S") },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &cli->verbose,
      N_ ("Say more about what happens, on standard error"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &cli->help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &cli->version, N_ ("Show the version"), NULL },
    { NULL }
  };
  GOptionGroup *group = g_option_group_new ("global", _ ("Options for All Commands:"),
                                            _ ("Show the options for all commands"), cli, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  return group;
}

/* GOption would take the word after "--simulate" as its value; the value only ever comes after
 * "=". */
static void
close_optional_values (char **args)
{
  for (gsize i = 1; args[i] != NULL && strcmp (args[i], "--") != 0; i++)
    if (strcmp (args[i], "--simulate") == 0)
      {
        g_free (args[i]);
        args[i] = g_strdup ("--simulate=");
      }
}

static gboolean
parse (GOptionContext *context, char ***args, GError **error)
{
  g_autoptr (GError) local = NULL;

  close_optional_values (*args);
  if (g_option_context_parse_strv (context, args, &local))
    return TRUE;
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, local->message);
  return FALSE;
}

void
fl_cli_options_peek (FlCli *cli, char **args)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_strdupv (args);
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &cli->verbose, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse_strv (context, &copy, NULL))
    fl_cli_output_set_json (cli->output, json);
}

void
fl_cli_options_show (FlCli *cli, const char *text)
{
  JsonBuilder *json = fl_cli_output_begin (cli->output, "note");

  if (json != NULL)
    {
      fl_cli_json_string (json, "id", cli->version ? "version" : "help");
      fl_cli_json_string (json, "text", text);
      fl_cli_output_end (cli->output, json);
    }
  fl_cli_output_say_lines (cli->output, text);
}

static char *
describe_table (const FlCliCommand *table)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (const FlCliCommand *command = table; command->name != NULL; command++)
    g_string_append_printf (text, "\n  %-11s %s", command->name, _ (command->summary));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("“firstlightctl COMMAND --help” tells more about a command."));
  return g_string_free (text, FALSE);
}

gboolean
fl_cli_options_parse_global (FlCli *cli, const FlCliCommand *table, char ***args, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND …"));
  g_autofree char *commands = describe_table (table);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _ ("Brings Wi-Fi devices on line."));
  g_option_context_set_description (context, commands);
  g_option_context_set_main_group (context, create_global_group (cli));
  if (!parse (context, args, error))
    return FALSE;

  if (cli->help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      fl_cli_options_show (cli, help);
    }
  return TRUE;
}

/* As a group, so that it comes first in the help text. */
static GOptionGroup *
create_own_group (const FlCliCommand *command, const GOptionEntry *entries)
{
  GOptionGroup *group =
      g_option_group_new (command->name, _ ("Options:"), _ ("Show options"), NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  return group;
}

static gboolean
check_words (const FlCliCommand *command, char **args, guint min, guint max, GError **error)
{
  guint n_words = g_strv_length (args) - 1;

  if (n_words > max)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                   _ ("“%s” is one word too many for “%s”"), args[1 + max], command->name);
      return FALSE;
    }
  if (n_words < min)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” needs more: %s"),
                   command->name, command->arguments);
      return FALSE;
    }
  return TRUE;
}

/* g_option_context_parse_strv() leaves "--" in place when words that look like options follow. */
static void
drop_separator (char **args)
{
  for (gsize i = 1; args[i] != NULL; i++)
    if (strcmp (args[i], "--") == 0)
      {
        g_free (args[i]);
        memmove (&args[i], &args[i + 1],
                 g_strv_length (&args[i + 1]) * sizeof *args + sizeof *args);
        return;
      }
}

gboolean
fl_cli_options_parse_command (FlCli *cli,
                              const FlCliCommand *command,
                              const GOptionEntry *entries,
                              GOptionGroup *const *more,
                              char ***args,
                              guint min_words,
                              guint max_words,
                              GError **error)
{
  g_autofree char *usage = g_strjoin (" ", command->name, command->arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _ (command->summary));
  if (entries[0].long_name != NULL)
    g_option_context_add_group (context, create_own_group (command, entries));
  for (; more != NULL && *more != NULL; more++)
    g_option_context_add_group (context, *more);
  g_option_context_add_group (context, create_global_group (cli));
  if (!parse (context, args, error))
    return FALSE;
  drop_separator (*args);

  if (cli->help || cli->version)
    {
      g_autofree char *help = g_option_context_get_help (context, FALSE, NULL);

      cli->help = TRUE;
      fl_cli_options_show (cli, help);
      return FALSE;
    }
  return check_words (command, *args, min_words, max_words, error);
}

gboolean
fl_cli_options_parse_devices (FlCli *cli,
                              const FlCliCommand *command,
                              const GOptionEntry *entries,
                              GOptionGroup *more,
                              FlCliTargets *targets,
                              char ***args,
                              GError **error)
{
  GOptionGroup *groups[] = { fl_cli_targets_create_group (targets), more, NULL };

  return fl_cli_options_parse_command (cli, command, entries, groups, args, 0, FL_CLI_MAX_DEVICES,
                                       error) &&
         fl_cli_targets_load (targets, cli, *args + 1, g_strv_length (*args) - 1, error);
}
