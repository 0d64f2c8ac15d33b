/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-cli-photo.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
setup (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("fl-cli-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "label", NULL);
}

static void
teardown (Place *place, gconstpointer data)
{
  g_remove (place->path);
  g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static void
test_beginning (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean is_picture;
  } files[] = {
    { "P5 1 1 255\n0", TRUE },
    { "\x89PNG\r\n\x1a\n", TRUE },
    { "P046AB12CD4F2A1 x", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (g_file_set_contents (place->path, files[i].text, -1, NULL));
      g_assert_true (fl_cli_photo_is_one (place->path) == files[i].is_picture);
    }
  g_assert_false (fl_cli_photo_is_one (place->folder));
  g_assert_false (fl_cli_photo_is_one ("/nonexistent"));
  g_assert_false (fl_cli_photo_is_one ("/dev/zero"));
}

/* Who writes into it could be let go, and then its text is lost. */
static void
test_pipe (Place *place, gconstpointer data)
{
  int watch = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  char events[4096];

  g_assert_no_errno (mkfifo (place->path, 0600));
  g_assert_cmpint (inotify_add_watch (watch, place->path, IN_OPEN), >=, 0);
  g_assert_false (fl_cli_photo_is_one (place->path));
  g_assert_cmpint (read (watch, events, sizeof events), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
  close (watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fl-cli-photo/beginning/tells-pictures", Place, NULL, setup, test_beginning,
              teardown);
  g_test_add ("/fl-cli-photo/pipe/is-not-opened", Place, NULL, setup, test_pipe, teardown);
  return g_test_run ();
}
