/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "fl-guide-private.h"
#include "fl-label-page-private.h"
#include "fl-sim-camera.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-system-random.h"
#include "fl-window.h"
#include "ui-fixture.h"

/* The whole window; its camera sees the label of the first device. */
typedef struct
{
  FlSimWorld *world;
  FlEngine *engine;
  FlCameraList *cameras;
  GtkWindow *window;
  FlGuide *guide;
  FlWizard *wizard;
  gboolean began; /* the journey was under way while the page still showed the label */
} Fixture;

static const char two[] = "[World]\nadvert-loss=0\ncamera=First\n"
                          "[Device First]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
                          "[Device Second]\nserial=P046AD3424F2A1B\nsecret=HARB0URLIGHT124\n"
                          "[Network Home]\npassword=lighthouse7\n";

static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer camera)
{
  fl_sim_camera_draw (camera, pixels, width, height, at_us);
}

static int
get_problem (gint64 at_us, gpointer camera)
{
  return fl_sim_camera_get_problem (camera, at_us);
}

static void
on_read (Fixture *f, FlLabel *label)
{
  f->began = fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->label_page) &&
             f->guide->setup != NULL && fl_setup_get_label (f->guide->setup) == label;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  /* Time as it is: the camera's thread has no other. */
  g_autoptr (FlClock) clock = fl_clock_new ();
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlMetaFinder) finder = fl_meta_finder_new (clock);
  g_autoptr (FlSimFinder) radio = NULL;
  FlCameraPicture picture = { .name = "Hand",
                              .width = FL_SIM_CAMERA_WIDTH,
                              .height = FL_SIM_CAMERA_HEIGHT,
                              .draw = draw,
                              .free_data = (GDestroyNotify) fl_sim_camera_free,
                              .get_problem = get_problem };

  f->began = FALSE;
  f->world = fl_sim_world_parse (two, strlen (two), "test", 1, &error);
  g_assert_no_error (error);
  picture.data = fl_sim_camera_new (f->world);
  f->cameras = fl_camera_list_new_for_picture (&picture);
  radio = fl_sim_finder_new (f->world, clock, product);
  fl_meta_finder_add (finder, FL_FINDER (radio));
  f->engine = fl_engine_new (clock, finder, product, fl_system_random, NULL);
  f->window = GTK_WINDOW (fl_window_new (NULL, f->engine));
  fl_window_set_cameras (FL_WINDOW (f->window), f->cameras);
  f->guide = fl_window_get_guide (FL_WINDOW (f->window));
  f->wizard = ui_window_get_wizard (f->window);
  gtk_window_present (f->window);
  while (f->guide->done_page == NULL) /* all pages but the first come after the first frame */
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (f->guide->label_page, "read", G_CALLBACK (on_read), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer alive = f->window;

  g_object_add_weak_pointer (G_OBJECT (f->window), &alive);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (alive);
  g_assert_finalize_object (f->cameras);
  g_object_unref (f->engine);
  ui_settle ();
  g_object_unref (f->world);
}

/* Meson's time limit ends a page that never comes. */
static void
wait_page (Fixture *f, gpointer page)
{
  while (fl_wizard_get_page (f->wizard) != FL_PAGE (page))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_label_is_scanned_and_goes_on (Fixture *f, gconstpointer unused)
{
  FlLabelPage *page = f->guide->label_page;
  g_autoptr (FlCamera) camera = NULL;

  g_assert_cmpstr (fl_page_get_action_label (FL_PAGE (f->guide->find_page)), ==, "Scan _Label");
  fl_page_activate (FL_PAGE (f->guide->find_page));
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (page));
  wait_page (f, f->guide->network_page);
  g_assert_true (f->began);
  g_assert_cmpstr (fl_label_get_setup_code (fl_setup_get_label (f->guide->setup)), ==, "AB12CD");

  camera = g_list_model_get_item (G_LIST_MODEL (f->cameras), 0);
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_CLOSED);
}

static FlDevice *
wait_device (Fixture *f, const char *ending)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (f->engine));

  while (TRUE)
    {
      for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
        {
          g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);

          if (g_str_equal (fl_device_get_ending (device), ending))
            return g_steal_pointer (&device);
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_label_of_another_device (Fixture *f, gconstpointer unused)
{
  FlLabelPage *page = f->guide->label_page;
  g_autoptr (FlDevice) second = wait_device (f, "4F2A1B");

  g_signal_emit_by_name (f->guide->find_page, "chosen", second);
  wait_page (f, page);
  while (fl_error_box_get_error (page->told_box) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fl_error_box_get_error (page->told_box), FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE);
  g_assert_null (f->guide->setup);

  ui_click (GTK_WIDGET (page->told_box), "_Look for That Device");
  wait_page (f, f->guide->network_page);
  g_assert_cmpstr (fl_label_get_setup_code (fl_setup_get_label (f->guide->setup)), ==, "AB12CD");
}

static void
test_label_typed_while_the_camera_runs (Fixture *f, gconstpointer unused)
{
  FlLabelPage *page = f->guide->label_page;

  fl_page_activate (FL_PAGE (f->guide->find_page));
  fl_label_page_enter_code (page);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (page), GTK_TYPE_ENTRY, NULL)),
                         "P046AD3424F2A1B HARB0URLIGHT124");
  g_assert_true (fl_page_get_complete (FL_PAGE (page)));
  fl_page_activate (FL_PAGE (page));
  wait_page (f, f->guide->network_page);
  g_assert_cmpstr (fl_label_get_setup_code (fl_setup_get_label (f->guide->setup)), ==, "4F2A1B");
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/window-label/scanned/goes-on", test_label_is_scanned_and_goes_on);
  ADD ("/window-label/scanned/another-device", test_label_of_another_device);
  ADD ("/window-label/typed/while-the-camera-runs", test_label_typed_while_the_camera_runs);
  return g_test_run ();
}
