/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <math.h>

#include "fl-camera-draw.h"
#include "fl-camera-view.h"
#include "ui-fixture.h"

#define WIDTH  320
#define HEIGHT 240

typedef struct
{
  GtkWindow *window;
  FlCameraView *view;
  GBytes *picture; /* red on the left, blue on the right */
} Fixture;

static GBytes *
picture_new (void)
{
  guint8 *pixels = g_malloc (WIDTH * HEIGHT * 4);

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    {
      const gboolean left = i % WIDTH < WIDTH / 2;

      pixels[4 * i] = left ? 0 : 255;
      pixels[4 * i + 1] = 0;
      pixels[4 * i + 2] = left ? 255 : 0;
      pixels[4 * i + 3] = 255;
    }
  return g_bytes_new_take (pixels, WIDTH * HEIGHT * 4);
}

static void
show_picture (Fixture *f)
{
  const FlPreview preview = { f->picture, WIDTH, HEIGHT, WIDTH * 4 };

  fl_camera_view_set_preview (f->view, &preview);
  ui_wait_frames (GTK_WIDGET (f->view), 2);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  f->picture = picture_new ();
  f->view = FL_CAMERA_VIEW (fl_camera_view_new ());
  gtk_widget_set_valign (GTK_WIDGET (f->view), GTK_ALIGN_START);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (f->window, 600, 500);
  gtk_window_set_child (f->window, GTK_WIDGET (f->view));
  gtk_window_present (f->window);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer view = f->view;

  g_object_add_weak_pointer (G_OBJECT (f->view), &view);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (view);
  g_bytes_unref (f->picture);
}

/* The colour on the screen at a part of the view, 0 to 1. */
static GdkRGBA
get_color (Fixture *f, float x, float y)
{
  GtkWidget *widget = GTK_WIDGET (f->view);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint8 *pixels = NULL;
  gsize stride, at;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (f->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  stride = (gsize) width * 4;
  pixels = g_malloc (stride * (gsize) height);
  gdk_texture_download (texture, pixels, stride);
  at = (gsize) (y * (float) height) * stride + (gsize) (x * (float) width) * 4;
  return (GdkRGBA){ pixels[at + 2] / 255.0f, pixels[at + 1] / 255.0f, pixels[at] / 255.0f, 1 };
}

static void
test_view_is_a_mirror (Fixture *f, gconstpointer unused)
{
  show_picture (f);
  g_assert_true (fl_camera_view_has_preview (f->view));
  g_assert_cmpfloat (get_color (f, 0.1f, 0.1f).blue, >, 0.9);
  g_assert_cmpfloat (get_color (f, 0.1f, 0.1f).red, <, 0.1);
  g_assert_cmpfloat (get_color (f, 0.9f, 0.1f).red, >, 0.9);
}

static void
test_view_has_the_shape_of_the_picture (Fixture *f, gconstpointer unused)
{
  show_picture (f);
  ui_wait_frames (GTK_WIDGET (f->view), 2);
  g_assert_cmpint (abs (gtk_widget_get_width (GTK_WIDGET (f->view)) * HEIGHT -
                        gtk_widget_get_height (GTK_WIDGET (f->view)) * WIDTH),
                   <=, WIDTH);
}

/* An outline on the left of the camera's picture is on the right of a mirror. */
static void
test_outline_is_where_the_mirror_shows_it (Fixture *f, gconstpointer unused)
{
  const FlPoint corners[4] = { { 0.1f, 0.3f }, { 0.4f, 0.3f }, { 0.4f, 0.7f }, { 0.1f, 0.7f } };
  GdkRGBA before, after;

  show_picture (f);
  before = get_color (f, 0.65f, 0.35f); /* inside the outline, in the mirror */
  fl_camera_view_add_outline (f->view, corners, FL_CAMERA_MARK_READ);
  ui_wait_frames (GTK_WIDGET (f->view), 2);
  after = get_color (f, 0.65f, 0.35f);
  g_assert_cmpfloat (fabsf (before.red - after.red) + fabsf (before.blue - after.blue), >, 0.1);
  after = get_color (f, 0.35f, 0.35f); /* where the camera sees it, the screen does not */
  g_assert_cmpfloat (after.blue, >, 0.9);

  fl_camera_view_clear_outlines (f->view);
  ui_wait_frames (GTK_WIDGET (f->view), 2);
  after = get_color (f, 0.65f, 0.35f);
  g_assert_cmpfloat (after.red, >, 0.9);
}

static void
test_view_leaves_out_a_preview_that_lies (Fixture *f, gconstpointer unused)
{
  const FlPreview lies[] = {
    { f->picture, WIDTH, HEIGHT + 1, WIDTH * 4 }, { f->picture, WIDTH * 4, HEIGHT, WIDTH * 4 },
    { f->picture, 0, HEIGHT, WIDTH * 4 },         { f->picture, WIDTH, 0, WIDTH * 4 },
    { f->picture, 1, 4096, G_MAXSIZE / 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    fl_camera_view_set_preview (f->view, &lies[i]);
  g_assert_false (fl_camera_view_has_preview (f->view));
}

static void
test_quad_turned_code_does_not_twist (void)
{
  const FlQuad guide = fl_quad_guide (400, 300);
  FlQuad turned, aligned;

  for (guint i = 0; i < 4; i++)
    turned.corners[i] = guide.corners[(i + 2) % 4];
  aligned = fl_quad_aligned (&turned, &guide);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (aligned.corners[i].x, ==, guide.corners[i].x);
      g_assert_cmpfloat (aligned.corners[i].y, ==, guide.corners[i].y);
    }
  aligned = fl_quad_between (&guide, &aligned, 0.5f);
  g_assert_cmpfloat (aligned.corners[1].x, ==, guide.corners[1].x);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/camera-view/preview/is-a-mirror", test_view_is_a_mirror);
  ADD ("/camera-view/preview/has-its-shape", test_view_has_the_shape_of_the_picture);
  ADD ("/camera-view/preview/lies-left-out", test_view_leaves_out_a_preview_that_lies);
  ADD ("/camera-view/outline/where-the-mirror-shows-it", test_outline_is_where_the_mirror_shows_it);
  g_test_add_func ("/camera-view/quad/turned-code-does-not-twist",
                   test_quad_turned_code_does_not_twist);
  return g_test_run ();
}
