/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-target"
#include "config.h"

#include "fl-cli-target.h"

#include "fl-cli-input.h"
#include "fl-cli-labels.h"
#include "fl-cli-photo.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Serial number and secret have 15 characters each; the rest is room for white space. */
#define LABEL_MAX_BYTES 256
#define SERIAL_SIZE     15

GOptionGroup *
fl_cli_targets_create_group (FlCliTargets *targets)
{
  const GOptionEntry entries[] = {
    { "label-file", 0, 0, G_OPTION_ARG_FILENAME, &targets->label_file,
      N_ ("Read the labels from a picture or from a text, one a line, “-” for standard input"),
      N_ ("F") },
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &targets->label_text,
      N_ ("The text of the label itself; others on this computer can see it"), N_ ("TEXT") },
    { "ask", 0, 0, G_OPTION_ARG_NONE, &targets->ask,
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
fl_cli_targets_claim_stdin (FlCliTargets *targets, const char *path, GError **error)
{
  if (path == NULL || strcmp (path, "-") != 0)
    return TRUE;
  if (targets->used_stdin)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("Standard input (“-”) can be read only once"));
      return FALSE;
    }
  targets->used_stdin = TRUE;
  return TRUE;
}

static void
free_target (gpointer data)
{
  FlCliTarget *target = data;

  g_free (target->device);
  g_clear_pointer (&target->label, fl_label_unref);
  g_free (target);
}

static FlCliTarget *
add_target (FlCliTargets *targets, const char *device, FlLabel *label)
{
  FlCliTarget *target = g_new0 (FlCliTarget, 1);

  target->device = g_strdup (device);
  target->label = label != NULL ? fl_label_ref (label) : NULL;
  g_ptr_array_add (targets->list, target);
  return target;
}

/* The labels that the options give; none is fine. */
static gboolean
read_labels (FlCliTargets *targets, FlCli *cli, GError **error)
{
  g_autoptr (FlSecret) text = NULL;

  if (targets->label_file != NULL && targets->label_text != NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--label and --label-file exclude each other"));
      return FALSE;
    }
  if (!fl_cli_targets_claim_stdin (targets, targets->label_file, error))
    return FALSE;

  targets->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_label_unref);
  if (targets->label_file != NULL && fl_cli_photo_is_one (targets->label_file))
    {
      g_clear_pointer (&targets->labels, g_ptr_array_unref);
      targets->labels =
          fl_cli_photo_read_labels (cli, targets->label_file, FL_CLI_MAX_DEVICES, error);
      return targets->labels != NULL;
    }
  if (targets->label_file != NULL)
    text = fl_cli_read_secret (targets->label_file, FL_CLI_MAX_DEVICES * LABEL_MAX_BYTES, error);
  else if (targets->label_text != NULL)
    {
      fl_cli_output_warn (cli->output, "%s",
                          _ ("Note: others on this computer can see the text given with --label. "
                             "--label-file keeps it private."));
      text = fl_secret_new_from_string (targets->label_text);
    }
  else
    return TRUE;

  if (text == NULL)
    return FALSE;
  g_clear_pointer (&targets->labels, g_ptr_array_unref);
  targets->labels = fl_cli_labels_parse (text, FL_CLI_MAX_DEVICES, error);
  return targets->labels != NULL;
}

/* What DEVICE says about the label it belongs to, if it is a set-up code or a serial number. */
static FlLabel *
find_by_word (GPtrArray *labels, const char *word)
{
  if (strlen (word) == SERIAL_SIZE)
    return fl_cli_labels_find (labels, word + SERIAL_SIZE - FL_SETUP_CODE_SIZE, word);
  return fl_cli_labels_find (labels, word, NULL);
}

static gboolean
ask_label (FlCliTarget *target, gboolean is_only, GError **error)
{
  g_autofree char *prompt =
      is_only ? g_strdup (_ ("Text of the label (serial number and code; nothing on a cable):"))
              /* Translators: the placeholder is how a device was named on the command line */
              : g_strdup_printf (_ ("Text of the label of “%s” (serial number and code):"),
                                 target->device);
  g_autoptr (FlSecret) text = fl_cli_ask_secret (prompt, LABEL_MAX_BYTES, error);
  g_autoptr (GPtrArray) labels = NULL;

  if (text == NULL || fl_secret_get_size (text) == 0)
    return text != NULL;
  labels = fl_cli_labels_parse (text, 1, error);
  if (labels == NULL)
    return FALSE;
  target->label = fl_label_ref (labels->pdata[0]);
  return TRUE;
}

static gboolean
ask_labels (FlCliTargets *targets, GError **error)
{
  for (guint i = 0; i < targets->list->len; i++)
    if (!ask_label (targets->list->pdata[i], targets->list->len == 1, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_twin (const FlCliTarget *target, const FlCliTarget *other)
{
  return g_ascii_strcasecmp (target->device, other->device) == 0 ||
         (target->label != NULL && target->label == other->label);
}

static gboolean
check_twins (FlCliTargets *targets, GError **error)
{
  for (guint i = 1; i < targets->list->len; i++)
    for (guint k = 0; k < i; k++)
      {
        FlCliTarget *target = targets->list->pdata[i];

        if (!is_twin (target, targets->list->pdata[k]))
          continue;
        g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("The device “%s” is named twice"),
                     target->device);
        return FALSE;
      }
  return TRUE;
}

gboolean
fl_cli_targets_load (FlCliTargets *targets,
                     FlCli *cli,
                     char *const *words,
                     guint n_words,
                     GError **error)
{
  GPtrArray *labels;

  if (!read_labels (targets, cli, error))
    return FALSE;

  labels = targets->labels;
  targets->list = g_ptr_array_new_with_free_func (free_target);
  for (guint i = 0; i < n_words; i++)
    /* One label for one device is taken at its word, so that a mistake shows. Otherwise each finds
     * its own, here or when the device is seen. */
    add_target (targets, words[i],
                n_words == 1 && labels->len == 1 ? labels->pdata[0]
                                                 : find_by_word (labels, words[i]));
  for (guint i = 0; n_words == 0 && labels->len > 1 && i < labels->len; i++)
    add_target (targets, fl_label_get_setup_code (labels->pdata[i]), labels->pdata[i]);
  if (targets->list->len == 0)
    add_target (targets, NULL, labels->len == 1 ? labels->pdata[0] : NULL);

  if (targets->ask && targets->label_file == NULL && targets->label_text == NULL &&
      !ask_labels (targets, error))
    return FALSE;
  return check_twins (targets, error);
}

FlLabel *
fl_cli_targets_find_label (const FlCliTargets *targets, FlDevice *device)
{
  const char *code = fl_device_get_ending (device);

  return fl_cli_labels_find (targets->labels, *code != '\0' ? code : NULL,
                             fl_device_get_serial (device));
}

void
fl_cli_targets_clear (FlCliTargets *targets)
{
  if (targets->label_text != NULL)
    fl_wipe (targets->label_text, strlen (targets->label_text));
  g_clear_pointer (&targets->label_text, g_free);
  g_clear_pointer (&targets->label_file, g_free);
  g_clear_pointer (&targets->labels, g_ptr_array_unref);
  g_clear_pointer (&targets->list, g_ptr_array_unref);
}
