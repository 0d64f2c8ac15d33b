/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-target"
#include "config.h"

#include "fl-cli-target.h"

#include "fl-cli-events.h"
#include "fl-cli-input.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Serial number and secret have 15 characters each; the rest is room for white space. */
#define LABEL_MAX_BYTES 256

GOptionGroup *
fl_cli_target_create_group (FlCliTarget *target)
{
  const GOptionEntry entries[] = {
    { "label-file", 0, 0, G_OPTION_ARG_FILENAME, &target->label_file,
      N_ ("Read the text of the device’s label from a file, “-” for standard input"), N_ ("F") },
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &target->label_text,
      N_ ("The text of the label itself; others on this computer can see it"), N_ ("TEXT") },
    { "ask", 0, 0, G_OPTION_ARG_NONE, &target->ask,
      N_ ("Ask on the terminal for what is secret and not given"), NULL },
    { NULL }
  };
  GOptionGroup *group =
      g_option_group_new ("label", _ ("The Label:"), _ ("Show options for the label"), NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  return group;
}

gboolean
fl_cli_target_claim_stdin (FlCliTarget *target, const char *path, GError **error)
{
  if (path == NULL || strcmp (path, "-") != 0)
    return TRUE;
  if (target->used_stdin)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("Standard input (“-”) can be read only once"));
      return FALSE;
    }
  target->used_stdin = TRUE;
  return TRUE;
}

/* "4F2A1B SECRET…": what a person types who cannot read the whole label. The secret is cut out of
 * memory that wipes itself. */
static FlLabel *
parse_typed (FlSecret *text)
{
  g_autoptr (FlSecret) copy = fl_secret_new (fl_secret_get_data (text), fl_secret_get_size (text));
  char *words = (char *) fl_secret_get_writable (copy);
  gsize code_size = strcspn (words, " \t\r\n");
  char *second = words + code_size;

  if (*second == '\0')
    return NULL;
  *second++ = '\0';
  second += strspn (second, " \t\r\n");
  return fl_label_new_typed (words, second, NULL);
}

static FlLabel *
parse_label (FlSecret *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  FlLabel *label =
      fl_label_parse (fl_secret_get_text (text), (gssize) fl_secret_get_size (text), &local);

  if (label == NULL)
    label = parse_typed (text);
  if (label == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return label;
}

static FlSecret *
read_label_text (FlCliTarget *target, FlCli *cli, GError **error)
{
  if (target->label_file != NULL)
    return fl_cli_read_secret (target->label_file, LABEL_MAX_BYTES, error);
  if (target->label_text != NULL)
    {
      fl_cli_output_warn (cli->output, "%s",
                          _ ("Note: others on this computer can see the text given with --label. "
                             "--label-file keeps it private."));
      return fl_secret_new_from_string (target->label_text);
    }
  return fl_cli_ask_secret (_ ("Text of the label (serial number and code):"), LABEL_MAX_BYTES,
                            error);
}

gboolean
fl_cli_target_load (FlCliTarget *target, FlCli *cli, const char *device, GError **error)
{
  g_autoptr (FlSecret) text = NULL;

  g_clear_pointer (&target->device, g_free);
  target->device = g_strdup (device);
  if (target->label_file != NULL && target->label_text != NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--label and --label-file exclude each other"));
      return FALSE;
    }
  if (!fl_cli_target_claim_stdin (target, target->label_file, error))
    return FALSE;
  if (target->label_file == NULL && target->label_text == NULL && !target->ask)
    return TRUE;

  text = read_label_text (target, cli, error);
  if (text == NULL)
    return FALSE;
  target->label = parse_label (text, error);
  return target->label != NULL;
}

void
fl_cli_target_clear (FlCliTarget *target)
{
  if (target->label_text != NULL)
    fl_wipe (target->label_text, strlen (target->label_text));
  g_clear_pointer (&target->device, g_free);
  g_clear_pointer (&target->label_text, g_free);
  g_clear_pointer (&target->label_file, g_free);
  g_clear_pointer (&target->label, fl_label_unref);
}
