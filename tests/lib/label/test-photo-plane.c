/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-photo-plane.h"

#include <string.h>

static FlPhotoPlane *
new_plane (const guint8 *pixels, guint width, guint height)
{
  FlPhotoPlane *plane = fl_photo_plane_new (width, height);

  memcpy (plane->pixels, pixels, (gsize) width * height);
  return plane;
}

static void
assert_pixels (const FlPhotoPlane *plane, guint width, guint height, const guint8 *expected)
{
  g_assert_nonnull (plane);
  g_assert_cmpuint (plane->width, ==, width);
  g_assert_cmpuint (plane->height, ==, height);
  g_assert_cmpmem (plane->pixels, (gsize) width * height, expected, (gsize) width * height);
}

static void
test_brightness (void)
{
  /* Two rows with a gap: white, black, red; green, blue, grey. */
  const guint8 rgb[] = { 255, 255, 255, 0, 0, 0, 255, 0,   0,   7,  7,
                         7,   0,   255, 0, 0, 0, 255, 100, 100, 100 };
  /* Opaque black, nothing, half of black. */
  const guint8 rgba[] = { 0, 0, 0, 255, 9, 9, 9, 0, 0, 0, 0, 128 };
  g_autoptr (FlPhotoPlane) plain = fl_photo_plane_new_from_rgb (rgb, 3, 2, 12, 3);
  g_autoptr (FlPhotoPlane) clear = fl_photo_plane_new_from_rgb (rgba, 3, 1, 12, 4);

  assert_pixels (plain, 3, 2, (const guint8[]){ 255, 0, 77, 149, 29, 100 });
  assert_pixels (clear, 3, 1, (const guint8[]){ 0, 255, 127 });
}

static void
test_orientations (void)
{
  static const guint8 file[] = { 1, 2, 3, 4, 5, 6 }; /* 3 x 2 */
  static const struct
  {
    guint width;
    guint8 pixels[6];
  } upright[] = {
    { 3, { 1, 2, 3, 4, 5, 6 } }, { 3, { 1, 2, 3, 4, 5, 6 } }, { 3, { 3, 2, 1, 6, 5, 4 } },
    { 3, { 6, 5, 4, 3, 2, 1 } }, { 3, { 4, 5, 6, 1, 2, 3 } }, { 2, { 1, 4, 2, 5, 3, 6 } },
    { 2, { 4, 1, 5, 2, 6, 3 } }, { 2, { 6, 3, 5, 2, 4, 1 } }, { 2, { 3, 6, 2, 5, 1, 4 } },
    { 3, { 1, 2, 3, 4, 5, 6 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (upright); i++)
    {
      g_autoptr (FlPhotoPlane) plane = fl_photo_plane_orient (new_plane (file, 3, 2), i);

      g_test_message ("orientation %u", i);
      assert_pixels (plane, upright[i].width, 6 / upright[i].width, upright[i].pixels);
    }
}

static void
test_scales (void)
{
  static const guint8 pixels[] = { 10, 20, 99, 30, 40, 99, 99, 99, 99 };
  g_autoptr (FlPhotoPlane) plane = new_plane (pixels, 3, 3);
  g_autoptr (FlPhotoPlane) small = fl_photo_plane_shrink (plane, 2);
  g_autoptr (FlPhotoPlane) none = fl_photo_plane_shrink (plane, 4);
  g_autoptr (FlPhotoPlane) one = new_plane (pixels, 1, 1);
  g_autoptr (FlPhotoPlane) large = fl_photo_plane_enlarge (one, 2, 1);
  g_autoptr (FlPhotoPlane) pair = new_plane ((const guint8[]){ 0, 160 }, 2, 1);
  g_autoptr (FlPhotoPlane) doubled = fl_photo_plane_double (pair);

  assert_pixels (small, 1, 1, (const guint8[]){ 25 });
  assert_pixels (large, 4, 4,
                 (const guint8[]){ 255, 255, 255, 255, 255, 10, 10, 255, 255, 10, 10, 255, 255, 255,
                                   255, 255 });
  assert_pixels (doubled, 4, 2, (const guint8[]){ 0, 40, 120, 160, 0, 40, 120, 160 });
  if (none != NULL)
    g_assert_cmpuint (none->width, ==, 0);
}

/* A slope of light goes, a step of five levels on it becomes one of twenty. */
static void
test_flatten (void)
{
  g_autoptr (FlPhotoPlane) plane = fl_photo_plane_new (200, 50);
  g_autoptr (FlPhotoPlane) flat = NULL;

  for (guint i = 0; i < 200 * 50; i++)
    plane->pixels[i] = (guint8) (i % 200 / 2 + 50 + (i % 200 == 100 ? 5 : 0));
  flat = fl_photo_plane_flatten (plane, 10, 4);
  for (guint x = 20; x < 180; x++)
    {
      int level = flat->pixels[25 * 200 + x];

      if (x == 100)
        g_assert_cmpint (level, >=, 128 + 16);
      else
        g_assert_cmpint (ABS (level - 128), <=, 6);
    }
}

static void
test_fill (void)
{
  const FlPoint inside[4] = { { 1, 1 }, { 3, 1 }, { 3, 2 }, { 1, 2 } };
  const FlPoint beyond[4] = { { -50, -50 }, { 90, -50 }, { 90, 90 }, { -50, 90 } };
  const FlPoint away[4] = { { 90, 90 }, { 95, 90 }, { 95, 95 }, { 90, 95 } };
  g_autoptr (FlPhotoPlane) plane = fl_photo_plane_new (4, 3);

  fl_photo_plane_fill (plane, away, 9);
  fl_photo_plane_fill (plane, inside, 7);
  assert_pixels (plane, 4, 3, (const guint8[]){ 0, 0, 0, 0, 0, 7, 7, 0, 0, 0, 0, 0 });
  fl_photo_plane_fill (plane, beyond, 3);
  assert_pixels (plane, 4, 3, (const guint8[]){ 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo-plane/colours/brightness", test_brightness);
  g_test_add_func ("/photo-plane/orientations/upright", test_orientations);
  g_test_add_func ("/photo-plane/scales/means-and-copies", test_scales);
  g_test_add_func ("/photo-plane/uneven-light/flat", test_flatten);
  g_test_add_func ("/photo-plane/outline/filled", test_fill);
  return g_test_run ();
}
