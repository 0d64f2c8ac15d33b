/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-camera-list.h"

#include "wait.h"

/* GStreamer without a single plug-in, as far as this process can see: the words name what to
 * install. The environment is set by the build, before anything is read. */
static void
test_missing_parts_are_told (void)
{
  g_autoptr (FlCameraList) list = fl_camera_list_new_for_source ("videotestsrc", NULL);
  g_autoptr (FlCamera) camera = NULL;

  fl_camera_list_start (list);
  camera = fl_camera_list_choose (list, NULL);
  fl_camera_open (camera);
  WAIT_FOR (fl_camera_get_state (camera) == FL_CAMERA_FAILED);
  g_assert_error (fl_camera_get_problem (camera), FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_nonnull (strstr (fl_camera_get_problem (camera)->message, "gstreamer1.0-plugins-base"));
}

static void
test_list_without_plugins_says_why (void)
{
  g_autoptr (FlCameraList) list = g_object_new (FL_TYPE_CAMERA_LIST, "sandboxed", FALSE, NULL);

  fl_camera_list_start (list);
  WAIT_FOR (fl_camera_list_get_problem (list) != NULL);
  g_assert_error (fl_camera_list_get_problem (list), FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_nonnull (
      strstr (fl_camera_list_get_problem (list)->message, "gstreamer1.0-plugins-good"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_add_func ("/camera-bare/camera/missing-parts-are-told", test_missing_parts_are_told);
  g_test_add_func ("/camera-bare/list/says-why", test_list_without_plugins_says_why);
  return g_test_run ();
}
