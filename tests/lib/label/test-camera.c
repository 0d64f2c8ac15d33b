/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"

#include <glib/gstdio.h>

#include "wait.h"

static void
test_file_is_played (void)
{
  g_autofree char *path = write_pgm ("a.pgm", 800, 600, 77);
  g_autoptr (GError) error = NULL;
  FlCameraList *list = fl_camera_list_new_for_source (path, &error);
  Eye eye;

  g_assert_no_error (error);
  eye_init (&eye, list);
  g_assert_cmpint (fl_camera_get_state (eye.camera), ==, FL_CAMERA_CLOSED);
  fl_camera_open (eye.camera);
  g_assert_cmpint (fl_camera_get_state (eye.camera), ==, FL_CAMERA_OPENING);
  WAIT_FOR (eye_count_frames (&eye) > 3 && eye_count_previews (&eye) > 3);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_RUNNING);
  eye_close (&eye);
  g_assert_cmpint (fl_camera_get_state (eye.camera), ==, FL_CAMERA_CLOSED);
  g_assert_cmpuint (eye.width, ==, 800);
  g_assert_cmpuint (eye.height, ==, 600);
  g_assert_cmpuint (eye.first, ==, 77);
  g_assert_cmpuint (eye.preview_width, ==, 640);
  g_assert_cmpuint (eye.preview_height, ==, 480);
  g_assert_cmpuint (eye.preview_first[0], ==, 77);
  g_assert_cmpuint (eye.preview_first[3], ==, 255);
  g_assert_false (fl_camera_has_torch (eye.camera));
  g_assert_finalize_object (list);
  eye_clear (&eye);
  remove_file (path);
}

static void
test_folder_is_played_in_order (void)
{
  g_autofree char *first = write_pgm ("a.pgm", 320, 240, 10);
  g_autofree char *folder = g_path_get_dirname (first);
  g_autofree char *second = g_build_filename (folder, "b.pgm", NULL);
  g_autofree char *other = write_pgm ("b.pgm", 160, 120, 200); /* a size of its own, too */
  g_autoptr (GError) error = NULL;
  FlCameraList *list = NULL;
  Eye eye;

  g_assert_cmpint (g_rename (other, second), ==, 0);
  list = fl_camera_list_new_for_source (folder, &error);
  g_assert_no_error (error);
  eye_init (&eye, list);
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_sees (&eye, 320, 10));
  WAIT_FOR (eye_sees (&eye, 160, 200));
  WAIT_FOR (eye_sees (&eye, 320, 10));
  g_assert_finalize_object (list);
  eye_clear (&eye);
  g_unlink (second);
  remove_file (first);
  remove_file (other);
}

static void
test_videotestsrc_is_played (void)
{
  g_autoptr (FlCameraList) list = fl_camera_list_new_for_source ("videotestsrc", NULL);
  Eye eye;

  eye_init (&eye, list);
  g_clear_object (&list);
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_count_frames (&eye) > 1 && eye_count_previews (&eye) > 1);
  eye_close (&eye);
  g_assert_cmpuint (eye.width, ==, 1280);
  g_assert_cmpuint (eye.preview_width, ==, 640);
  g_assert_cmpuint (eye.preview_height, ==, 360);
  eye_clear (&eye);
}

static void
test_other_sources_are_refused (void)
{
  static const char text[] = "no picture";
  g_autofree char *path = write_file ("a.png", text, sizeof text);
  g_autofree char *folder = g_path_get_dirname (path);
  const char *sources[] = { path, folder, "/nonexistent/picture.png", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_camera_list_new_for_source (sources[i], &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
  remove_file (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/stand-in/file-is-played", test_file_is_played);
  g_test_add_func ("/camera/stand-in/folder-is-played-in-order", test_folder_is_played_in_order);
  g_test_add_func ("/camera/stand-in/videotestsrc-is-played", test_videotestsrc_is_played);
  g_test_add_func ("/camera/stand-in/other-sources-are-refused", test_other_sources_are_refused);
  return g_test_run ();
}
