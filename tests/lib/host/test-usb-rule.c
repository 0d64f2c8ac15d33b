/* SPDX-License-Identifier: Apache-2.0 */

#include "config.h"

#include <glib/gstdio.h>

#include "fl-error.h"
#include "fl-usb-rule.h"
#include "wait.h"

typedef struct
{
  char *root;
  char *path; /* the environment's, before */
} Fixture;

static void
write_file (Fixture *f, const char *path, const char *text, int mode)
{
  g_autofree char *file = g_build_filename (f->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (file, mode), ==, 0);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->path = g_strdup (g_getenv ("PATH"));
  f->root = g_dir_make_tmp ("usb-rule-XXXXXX", NULL);
  g_assert_nonnull (f->root);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_setenv ("PATH", f->path, TRUE);
  remove_tree (f->root);
  g_free (f->root);
  g_free (f->path);
}

static void
rules_are_found (Fixture *f, gconstpointer folder)
{
  g_autofree char *path = g_build_filename (folder, "50-particle.rules", NULL);

  g_assert_false (fl_usb_rule_is_installed (f->root));
  write_file (f, path, "ATTRS{idVendor}==\"2B04\", MODE=\"0666\"\n", 0644);
  g_assert_true (fl_usb_rule_is_installed (f->root));
}

/* The one that this project ships. */
static void
own_rule_is_found (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "udev", "70-first-light.rules", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  write_file (f, "usr/lib/udev/rules.d/70-first-light.rules", text, 0644);
  g_assert_true (fl_usb_rule_is_installed (f->root));
}

static void
other_rules_do_not_count (Fixture *f, gconstpointer data)
{
  write_file (f, "etc/udev/rules.d/60-mouse.rules", "ATTR{idVendor}==\"046d\", MODE=\"0666\"\n",
              0644);
  write_file (f, "etc/udev/rules.d/61-words.rules", "  # 2b04 uaccess\n", 0644);
  write_file (f, "etc/udev/rules.d/62-name.rules", "ATTR{idVendor}==\"2b04\", NAME=\"x\"\n", 0644);
  write_file (f, "etc/udev/rules.d/70-first-light.rules.bak",
              "ATTR{idVendor}==\"2b04\", TAG+=\"uaccess\"\n", 0644);
  g_assert_false (fl_usb_rule_is_installed (f->root));
}

/* udev(7): an empty file of the same name in /etc switches the packaged one off. */
static void
a_hidden_rule_does_not_count (Fixture *f, gconstpointer data)
{
  write_file (f, "usr/lib/udev/rules.d/70-first-light.rules",
              "ATTR{idVendor}==\"2b04\", TAG+=\"uaccess\"\n", 0644);
  g_assert_true (fl_usb_rule_is_installed (f->root));
  write_file (f, "etc/udev/rules.d/70-first-light.rules", "", 0644);
  g_assert_false (fl_usb_rule_is_installed (f->root));
}

static void
the_command_is_one_line (void)
{
  g_autofree char *command = fl_usb_rule_dup_command ();
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (strchr (command, '\n'));
  g_assert_true (g_str_has_prefix (command, "sudo "));
  g_shell_parse_argv (command, NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_contains ((const char *const *) words, FL_UDEV_RULE));
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

/* A pkexec that writes down what it was to run. */
static void
write_pkexec (Fixture *f, int status)
{
  g_autofree char *script =
      g_strdup_printf ("#!/bin/sh\necho \"$# $1\" > '%s/ran'\nexit %d\n", f->root, status);

  write_file (f, "bin/pkexec", script, 0755);
}

static void
use_path (Fixture *f)
{
  g_autofree char *bin = g_build_filename (f->root, "bin", NULL);

  g_setenv ("PATH", bin, TRUE);
}

static void
expect_end (Fixture *f, GCancellable *cancellable, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean added = FALSE;

  fl_usb_rule_add_async (cancellable, on_result, &result);
  WAIT_FOR (result != NULL);
  added = fl_usb_rule_add_finish (result, &error);
  g_assert_cmpint (added, ==, code == 0);
  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
}

static void
the_helper_is_asked (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->root, "ran", NULL);
  g_autofree char *ran = NULL;

  write_pkexec (f, 0);
  use_path (f);
  expect_end (f, NULL, FL_ERROR, 0);
  g_assert_true (g_file_get_contents (path, &ran, NULL, NULL));
  g_assert_cmpstr (ran, ==, "1 " FL_LIBEXECDIR "/first-light-add-usb-rule\n");
}

static void
the_end_says_why (Fixture *f, gconstpointer data)
{
  write_pkexec (f, GPOINTER_TO_INT (data));
  use_path (f);
  expect_end (f, NULL, FL_ERROR,
              GPOINTER_TO_INT (data) == 126 ? FL_ERROR_CANCELLED : FL_ERROR_USB_PERMISSION);
}

static void
without_pkexec_it_says_so (Fixture *f, gconstpointer data)
{
  use_path (f);
  expect_end (f, NULL, FL_ERROR, FL_ERROR_USB_PERMISSION);
}

static void
in_a_sandbox_it_says_so (Fixture *f, gconstpointer data)
{
  write_pkexec (f, 0);
  use_path (f);
  g_setenv ("SNAP", f->root, TRUE);
  expect_end (f, NULL, FL_ERROR, FL_ERROR_USB_PERMISSION);
  g_unsetenv ("SNAP");
}

static void
it_can_be_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  write_pkexec (f, 0);
  use_path (f);
  g_cancellable_cancel (cancellable);
  expect_end (f, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD_DATA(path, func, data)                                                                 \
  g_test_add ("/usb-rule/" path, Fixture, data, set_up, func, tear_down)
#define ADD(path, func) ADD_DATA (path, func, NULL)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_DATA ("installed/by-a-person", rules_are_found, "etc/udev/rules.d");
  ADD_DATA ("installed/by-a-package", rules_are_found, "usr/lib/udev/rules.d");
  ADD_DATA ("installed/by-an-old-package", rules_are_found, "lib/udev/rules.d");
  ADD ("installed/own", own_rule_is_found);
  ADD ("installed/others-do-not-count", other_rules_do_not_count);
  ADD ("installed/hidden-one-does-not-count", a_hidden_rule_does_not_count);
  g_test_add_func ("/usb-rule/command/is-one-line", the_command_is_one_line);
  ADD ("add/asks-the-helper", the_helper_is_asked);
  ADD_DATA ("add/dismissed", the_end_says_why, GINT_TO_POINTER (126));
  ADD_DATA ("add/not-permitted", the_end_says_why, GINT_TO_POINTER (127));
  ADD_DATA ("add/helper-failed", the_end_says_why, GINT_TO_POINTER (1));
  ADD ("add/without-pkexec", without_pkexec_it_says_so);
  ADD ("add/in-a-sandbox", in_a_sandbox_it_says_so);
  ADD ("add/cancelled", it_can_be_cancelled);

  return g_test_run ();
}
