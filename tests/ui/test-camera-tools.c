/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-camera-tools.h"
#include "ui-camera.h"
#include "ui-fixture.h"

typedef struct
{
  UiCamera *first, *second;
  GListStore *cameras;
  GtkWindow *window;
  FlCameraTools *tools;
  FlCamera *chosen; /* borrowed */
} Fixture;

static void
on_chosen (Fixture *f, FlCamera *camera)
{
  f->chosen = camera;
}

static FlCamera *
wait_camera (UiCamera *self)
{
  fl_camera_list_start (self->list);
  while (ui_camera_get (self) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return ui_camera_get (self);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->chosen = NULL;
  f->first = ui_camera_new (0);
  f->second = ui_camera_new (0);
  f->cameras = g_list_store_new (FL_TYPE_CAMERA);
  g_list_store_append (f->cameras, wait_camera (f->first));
  f->tools = FL_CAMERA_TOOLS (fl_camera_tools_new ());
  g_signal_connect_swapped (f->tools, "chosen", G_CALLBACK (on_chosen), f);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, GTK_WIDGET (f->tools));
  fl_camera_tools_set_camera (f->tools, ui_camera_get (f->first), G_LIST_MODEL (f->cameras));
  gtk_window_present (f->window);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer tools = f->tools;

  g_object_add_weak_pointer (G_OBJECT (f->tools), &tools);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (tools);
  g_object_unref (f->cameras);
  ui_camera_free (f->first);
  ui_camera_free (f->second);
}

/* What cannot be chosen, or is not there, takes no room. */
static void
test_tools_one_camera_has_no_menu (Fixture *f, gconstpointer unused)
{
  g_assert_false (
      gtk_widget_get_mapped (ui_find (GTK_WIDGET (f->tools), GTK_TYPE_MENU_BUTTON, NULL)));
  g_assert_false (
      gtk_widget_get_mapped (ui_find (GTK_WIDGET (f->tools), GTK_TYPE_TOGGLE_BUTTON, NULL)));
  g_assert_true (gtk_widget_get_mapped (ui_find (GTK_WIDGET (f->tools), GTK_TYPE_SCALE, NULL)));
}

static void
test_tools_second_camera_can_be_chosen (Fixture *f, gconstpointer unused)
{
  FlCamera *second = wait_camera (f->second);
  const char *id = fl_camera_get_id (second);

  g_list_store_insert (f->cameras, 0, second); /* it came while the first one runs */
  ui_settle ();
  g_assert_true (
      gtk_widget_get_mapped (ui_find (GTK_WIDGET (f->tools), GTK_TYPE_MENU_BUTTON, NULL)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->tools), "tools.camera", "s", id));
  g_assert_true (f->chosen == second);
}

static void
test_tools_zoom_goes_with_the_camera (Fixture *f, gconstpointer unused)
{
  GtkRange *zoom = GTK_RANGE (ui_find (GTK_WIDGET (f->tools), GTK_TYPE_SCALE, NULL));

  g_assert_cmpfloat (gtk_range_get_value (zoom), ==, 1);
  gtk_range_set_value (zoom, 9);
  g_assert_cmpfloat (gtk_range_get_value (zoom), ==, 4);
  fl_camera_tools_set_camera (f->tools, NULL, NULL); /* unplugged */
  fl_camera_tools_set_camera (f->tools, ui_camera_get (f->first), G_LIST_MODEL (f->cameras));
  g_assert_cmpfloat (gtk_range_get_value (zoom), ==, 4);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/camera-tools/menu/not-for-one-camera", test_tools_one_camera_has_no_menu);
  ADD ("/camera-tools/menu/second-camera-is-chosen", test_tools_second_camera_can_be_chosen);
  ADD ("/camera-tools/zoom/goes-with-the-camera", test_tools_zoom_goes_with_the_camera);
  return g_test_run ();
}
