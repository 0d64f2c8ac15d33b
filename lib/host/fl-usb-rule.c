/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-rule"
#include "config.h"

#include "fl-usb-rule-private.h"

#include <glib/gstdio.h>

#include "fl-error.h"

#define RULE_NAME "70-first-light.rules"
#define HELPER    FL_LIBEXECDIR "/first-light-add-usb-rule"

/* pkexec(1), "RETURN VALUE" */
#define PKEXEC_DISMISSED      126
#define PKEXEC_NOT_AUTHORISED 127

/* A rule file is a few kilobytes; larger ones are databases of other things. */
#define MAX_RULE_BYTES 65536

/* Whether a line of the file that is no comment contains @word, in lower case. */
static gboolean
has_word (char **lines, const char *word)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strchug (lines[i]) != '#' && strstr (lines[i], word) != NULL)
      return TRUE;
  return FALSE;
}

static void
read_file (const char *path, FlUsbRuleFacts *facts)
{
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || status.st_size > MAX_RULE_BYTES ||
      !g_file_get_contents (path, &text, NULL, NULL))
    return;
  lower = g_ascii_strdown (text, -1);
  lines = g_strsplit (lower, "\n", -1);
  if (!has_word (lines, "2b04"))
    return;
  if (has_word (lines, "uaccess") || has_word (lines, "mode=") || has_word (lines, "mode:="))
    facts->gives_access = TRUE;
  if (has_word (lines, "id_mm_device_ignore"))
    facts->ignores_modem = TRUE;
}

void
fl_usb_rule_read (const char *root, FlUsbRuleFacts *facts)
{
  /* udev(7), "RULES FILES"; a file hides those of the same name further down. */
  static const char *const folders[] = { "etc/udev/rules.d", "run/udev/rules.d",
                                         "usr/local/lib/udev/rules.d", "usr/lib/udev/rules.d",
                                         "lib/udev/rules.d" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *facts = (FlUsbRuleFacts){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (root, folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name = NULL;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          if (g_str_has_suffix (name, ".rules") && g_hash_table_add (seen, g_strdup (name)))
            read_file (path, facts);
        }
    }
}

gboolean
fl_usb_rule_is_installed (const char *root)
{
  FlUsbRuleFacts facts;

  fl_usb_rule_read (root != NULL ? root : "/", &facts);
  return facts.gives_access;
}

gboolean
fl_usb_rule_is_sandboxed (const char *root)
{
  g_autofree char *flatpak = g_build_filename (root, ".flatpak-info", NULL);

  /* snapcraft documentation, "Environment variables" */
  return g_file_test (flatpak, G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL;
}

/* Where the computer itself sees the rule file of a Flatpak: flatpak-metadata(5), "Instance". */
static char *
dup_rule_path (void)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_autofree char *app = NULL;
  const char *own = FL_UDEV_RULE;

  if (g_str_has_prefix (own, "/app/") &&
      g_key_file_load_from_file (info, "/.flatpak-info", G_KEY_FILE_NONE, NULL))
    app = g_key_file_get_string (info, "Instance", "app-path", NULL);
  if (app == NULL)
    return g_strdup (own);
  return g_build_filename (app, own + strlen ("/app/"), NULL);
}

char *
fl_usb_rule_dup_command (void)
{
  g_autofree char *path = dup_rule_path ();
  g_autofree char *rule = g_shell_quote (path);

  return g_strdup_printf ("sudo install -D -m 644 %s /etc/udev/rules.d/" RULE_NAME
                          " && sudo udevadm control --reload"
                          " && sudo udevadm trigger --subsystem-match=usb --subsystem-match=tty"
                          " --action=change",
                          rule);
}

static void
on_helper_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  GSubprocess *process = G_SUBPROCESS (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int status = -1;

  if (!g_subprocess_wait_finish (process, result, &error))
    {
      g_subprocess_force_exit (process);
      g_task_return_error (task, error);
      return;
    }
  if (g_subprocess_get_if_exited (process))
    status = g_subprocess_get_exit_status (process);

  if (status == 0)
    g_task_return_boolean (task, TRUE);
  else if (status == PKEXEC_DISMISSED)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_CANCELLED, "The question was dismissed");
  else if (status == PKEXEC_NOT_AUTHORISED)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_USB_PERMISSION,
                             "The system did not permit to add the rule");
  else
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_USB_PERMISSION,
                             "Adding the rule ended with status %d", status);
}

void
fl_usb_rule_add_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *pkexec = g_find_program_in_path ("pkexec");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, fl_usb_rule_add_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (pkexec == NULL || fl_usb_rule_is_sandboxed ("/"))
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_USB_PERMISSION,
                               "From here the system cannot be asked for permission");
      return;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, pkexec, HELPER, NULL);
  if (process == NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_USB_PERMISSION, "%s", error->message);
      return;
    }
  g_subprocess_wait_async (process, cancellable, on_helper_ended, g_steal_pointer (&task));
}

gboolean
fl_usb_rule_add_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
