/* SPDX-License-Identifier: Apache-2.0 */

#include <glib/gstdio.h>
#include <grp.h>
#include <unistd.h>

#include "fl-doctor-private.h"

#define NOBODY 65534

typedef struct
{
  char *root;
  GListStore *findings; /* NULL before look() */
} Fixture;

static void
write_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
get_path (Fixture *f, const char *name)
{
  return g_build_filename (f->root, name, NULL);
}

/* As the kernel describes a webcam: one node for pictures, one for what goes with them. */
static void
set_up (Fixture *f, gconstpointer ignored)
{
  f->root = g_dir_make_tmp ("fl-doctor-XXXXXX", NULL);
  g_assert_nonnull (f->root);
  g_assert_cmpint (g_chmod (f->root, 0755), ==, 0);
  write_file (f, "sys/class/video4linux/video0/name", "Webcam C270\n");
  write_file (f, "sys/class/video4linux/video0/index", "0\n");
  write_file (f, "sys/class/video4linux/video1/name", "Webcam C270\n");
  write_file (f, "sys/class/video4linux/video1/index", "1\n");
  write_file (f, "sys/class/video4linux/v4l-subdev0/name", "sensor\n");
  write_file (f, "dev/video0", "");
  write_file (f, "dev/video1", "");
}

static void
tear_down (Fixture *f, gconstpointer ignored)
{
  const char *command[] = { "rm", "-rf", f->root, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_clear_object (&f->findings);
  g_free (f->root);
}

static void
look (Fixture *f)
{
  g_autoptr (FlDoctorFiles) files = fl_doctor_files_read (f->root);
  const FlDoctorServices services = { 0 };

  g_clear_object (&f->findings);
  f->findings = fl_doctor_make_findings (files, &services);
}

/* Root may open anything, so the rights are given up while the doctor looks. */
static void
look_as_somebody_else (Fixture *f, const char *node, int mode)
{
  g_autofree char *path = get_path (f, node);
  const uid_t user = geteuid ();

  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  if (user == 0)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  look (f);
  if (user == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

/* Of the cameras, the one at @place. */
static FlFinding *
get (Fixture *f, guint place)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->findings)); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (G_LIST_MODEL (f->findings), i);

      if (g_str_equal (fl_finding_get_id (finding), "camera") && place-- == 0)
        return g_steal_pointer (&finding);
    }
  return NULL;
}

static guint
count (Fixture *f)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (FlFinding) finding = get (f, n);

      if (finding == NULL)
        return n;
    }
}

static void
expect (Fixture *f, FlVerdict verdict, int code)
{
  g_autoptr (FlFinding) finding = get (f, 0);

  g_assert_cmpuint (count (f), ==, 1);
  g_test_message ("%s", fl_finding_get_sentence (finding));
  g_assert_cmpint (fl_finding_get_verdict (finding), ==, verdict);
  if (code != 0)
    g_assert_error (fl_finding_get_error (finding), FL_ERROR, code);
  else
    g_assert_no_error (fl_finding_get_error (finding));
}

static void
expect_title (Fixture *f, const char *title)
{
  g_autoptr (FlFinding) finding = get (f, 0);

  g_assert_cmpstr (fl_finding_get_title (finding), ==, title);
}

static void
by_name (Fixture *f, gconstpointer ignored)
{
  look (f);
  expect (f, FL_VERDICT_GOOD, 0);
  expect_title (f, "Webcam C270 (/dev/video0)");
}

/* What udev found out about a node counts more than its number. */
static void
as_udev_says (Fixture *f, gconstpointer ignored)
{
  write_file (f, "sys/class/video4linux/video0/dev", "81:0\n");
  write_file (f, "sys/class/video4linux/video1/dev", "81:1\n");
  write_file (f, "run/udev/data/c81:0", "I:1\nE:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES=:\n");
  write_file (f, "run/udev/data/c81:1", "E:ID_V4L_CAPABILITIES=:capture:\n");
  look (f);
  expect (f, FL_VERDICT_GOOD, 0);
  expect_title (f, "Webcam C270 (/dev/video1)");
}

static void
two (Fixture *f, gconstpointer ignored)
{
  g_autoptr (FlFinding) second = NULL;

  write_file (f, "sys/class/video4linux/video2/name", "Microscope\n");
  write_file (f, "sys/class/video4linux/video2/index", "0\n");
  write_file (f, "dev/video2", "");
  look (f);
  second = get (f, 1);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpstr (fl_finding_get_title (second), ==, "Microscope (/dev/video2)");
}

/* It is worth knowing, and keeps nobody from reaching a device. */
static void
none (Fixture *f, gconstpointer ignored)
{
  g_autofree char *from = get_path (f, "sys/class/video4linux");
  g_autofree char *to = get_path (f, "sys/class/hidden");

  g_assert_cmpint (g_rename (from, to), ==, 0);
  look (f);
  expect (f, FL_VERDICT_UNKNOWN, FL_ERROR_NO_CAMERA);
}

static void
refused (Fixture *f, gconstpointer ignored)
{
  look_as_somebody_else (f, "dev/video0", 0);
  expect (f, FL_VERDICT_DOUBTFUL, FL_ERROR_CAMERA_REFUSED);
}

/* Only root can give a file to a group. */
static void
of_a_group (Fixture *f, gconstpointer ignored)
{
  g_autofree char *node = get_path (f, "dev/video0");
  const struct group *group = getgrnam ("video");
  g_autoptr (FlFinding) finding = NULL;

  if (geteuid () != 0 || group == NULL)
    {
      g_test_skip ("needs root and a group called video");
      return;
    }
  g_assert_cmpint (chown (node, 0, group->gr_gid), ==, 0);
  look_as_somebody_else (f, "dev/video0", 0660);
  expect (f, FL_VERDICT_DOUBTFUL, FL_ERROR_CAMERA_REFUSED);
  finding = get (f, 0);
  g_assert_nonnull (strstr (fl_finding_get_sentence (finding), "“video”"));
}

static void
without_node (Fixture *f, gconstpointer ignored)
{
  g_autofree char *node = get_path (f, "dev/video0");

  g_assert_cmpint (g_remove (node), ==, 0);
  look (f);
  expect (f, FL_VERDICT_DOUBTFUL, FL_ERROR_CAMERA_REFUSED);
}

static void
hostile (Fixture *f, gconstpointer ignored)
{
  write_file (f, "sys/class/video4linux/video0/name", "\xff\xfe\n");
  write_file (f, "sys/class/video4linux/video0/dev", "../../x\n");
  look (f);
  expect (f, FL_VERDICT_GOOD, 0);
  expect_title (f, "Camera (/dev/video0)");
}

static void
very_many (Fixture *f, gconstpointer ignored)
{
  for (guint i = 2; i < 100; i++)
    {
      g_autofree char *path = g_strdup_printf ("sys/class/video4linux/video%u/name", i);

      write_file (f, path, "Loop\n");
    }
  look (f);
  g_assert_cmpuint (count (f), ==, 16);
}

/* The portal is asked, whatever nodes can be seen. */
static void
in_sandbox (Fixture *f, gconstpointer ignored)
{
  write_file (f, ".flatpak-info", "[Context]\ndevices=dri;\n");
  look (f);
  expect (f, FL_VERDICT_UNKNOWN, 0);
}

static void
in_sandbox_with_all_devices (Fixture *f, gconstpointer ignored)
{
  write_file (f, ".flatpak-info", "[Context]\ndevices=all;\n");
  look (f);
  expect (f, FL_VERDICT_GOOD, 0);
}

#define ADD(path, func) g_test_add ("/doctor/camera/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("by-name", by_name);
  ADD ("as-udev-says", as_udev_says);
  ADD ("two", two);
  ADD ("none", none);
  ADD ("refused", refused);
  ADD ("of-a-group", of_a_group);
  ADD ("without-node", without_node);
  ADD ("hostile-text", hostile);
  ADD ("very-many", very_many);
  ADD ("sandbox/asks-desktop", in_sandbox);
  ADD ("sandbox/with-all-devices", in_sandbox_with_all_devices);
  return g_test_run ();
}
