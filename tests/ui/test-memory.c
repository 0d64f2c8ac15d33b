/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-chime.h"
#include "fl-memory.h"
#include "ui-fixture.h"

static void
test_memory_camera_is_remembered (void)
{
  g_autofree char *before = fl_memory_dup_camera ();
  g_autofree char *after = NULL;

  g_assert_null (before);
  fl_memory_set_camera ("v4l2:usb-0000:00:14.0-3");
  after = fl_memory_dup_camera ();
  g_assert_cmpstr (after, ==, "v4l2:usb-0000:00:14.0-3");
}

static void
test_memory_door_is_remembered (void)
{
  g_assert_cmpint (fl_memory_get_door (), ==, FL_DOOR_SET_UP);
  fl_memory_set_door (FL_DOOR_SERVICE);
  g_assert_cmpint (fl_memory_get_door (), ==, FL_DOOR_SERVICE);
  fl_memory_set_door (FL_DOOR_SET_UP);
}

/* The menu's check mark is what the chime goes by. */
static void
test_chime_is_turned_off_in_the_menu (void)
{
  g_autoptr (GSimpleActionGroup) actions = fl_memory_create_actions ();
  GtkWidget *window = gtk_window_new ();

  g_assert_nonnull (actions);
  g_assert_true (fl_chime_ring (window));
  g_action_group_activate_action (G_ACTION_GROUP (actions), "sounds", NULL);
  g_assert_false (fl_memory_get_sounds ());
  g_assert_false (fl_chime_ring (window));
  g_action_group_activate_action (G_ACTION_GROUP (actions), "sounds", NULL);
  g_assert_true (fl_chime_ring (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_chime_is_silent_where_the_desktop_is (void)
{
  GtkWidget *window = gtk_window_new ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-event-sounds", FALSE, NULL);
  g_assert_false (fl_chime_ring (window));
  g_object_set (gtk_settings_get_default (), "gtk-enable-event-sounds", TRUE, NULL);
  g_assert_true (fl_chime_ring (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  g_test_add_func ("/memory/camera/remembered", test_memory_camera_is_remembered);
  g_test_add_func ("/memory/door/remembered", test_memory_door_is_remembered);
  g_test_add_func ("/memory/chime/turned-off-in-the-menu", test_chime_is_turned_off_in_the_menu);
  g_test_add_func ("/memory/chime/silent-where-the-desktop-is",
                   test_chime_is_silent_where_the_desktop_is);
  return g_test_run ();
}
