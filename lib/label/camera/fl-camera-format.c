/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-format"
#include "config.h"

#include "fl-camera-format.h"

#include "fl-frame.h"
#include "fl-luma.h"

typedef struct
{
  GstCaps *caps;
  guint pixels;
  guint fps; /* rounded; 0: the camera does not say */
  gboolean is_jpeg;
} Choice;

static void
choice_clear (gpointer data)
{
  gst_caps_unref (((Choice *) data)->caps);
}

static gboolean
is_usable (const Choice *choice)
{
  return choice->fps == 0 || choice->fps >= FL_FORMAT_MIN_FPS;
}

static int
rate_class (const Choice *choice)
{
  return choice->fps == 0 || choice->fps >= FL_FORMAT_SMOOTH_FPS;
}

/* Larger pictures first, but those beyond the limit after all others, the smallest of them first.
 */
static int
compare_sizes (const Choice *a, const Choice *b)
{
  gboolean large_a = a->pixels > FL_FORMAT_MAX_PIXELS;
  gboolean large_b = b->pixels > FL_FORMAT_MAX_PIXELS;

  if (large_a != large_b)
    return large_a - large_b;
  if (a->pixels == b->pixels)
    return 0;
  return (a->pixels > b->pixels) == large_a ? 1 : -1;
}

static int
compare (gconstpointer first, gconstpointer second)
{
  const Choice *a = first;
  const Choice *b = second;
  int order = is_usable (b) - is_usable (a);

  if (order == 0 && !is_usable (a))
    order = (b->fps > a->fps) - (b->fps < a->fps);
  if (order == 0)
    order = compare_sizes (a, b);
  if (order == 0)
    order = rate_class (b) - rate_class (a);
  if (order == 0)
    order = a->is_jpeg - b->is_jpeg;
  return order;
}

/* The largest side that a field allows, 0 when none. */
static guint
largest (const GstStructure *structure, const char *field)
{
  const GValue *value = gst_structure_get_value (structure, field);
  int side = 0;

  if (value == NULL)
    return 0;
  if (G_VALUE_HOLDS_INT (value))
    side = g_value_get_int (value);
  else if (GST_VALUE_HOLDS_INT_RANGE (value))
    side = MIN (gst_value_get_int_range_max (value), FL_LUMA_MAX_SIDE);
  else if (GST_VALUE_HOLDS_LIST (value))
    for (guint i = 0; i < gst_value_list_get_size (value); i++)
      {
        const GValue *item = gst_value_list_get_value (value, i);

        if (G_VALUE_HOLDS_INT (item))
          side = MAX (side, g_value_get_int (item));
      }
  return side < 1 || side > FL_LUMA_MAX_SIDE ? 0 : (guint) side;
}

/* A camera that can do any size (a virtual one) gets the usual shape. */
#define FREE_WIDTH  1920
#define FREE_HEIGHT 1080

static void
fix_size (GstStructure *structure)
{
  const GValue *width = gst_structure_get_value (structure, "width");
  const GValue *height = gst_structure_get_value (structure, "height");
  gboolean is_free = width != NULL && GST_VALUE_HOLDS_INT_RANGE (width) && height != NULL &&
                     GST_VALUE_HOLDS_INT_RANGE (height);

  if (is_free)
    {
      gst_structure_fixate_field_nearest_int (structure, "width", FREE_WIDTH);
      gst_structure_fixate_field_nearest_int (structure, "height", FREE_HEIGHT);
      return;
    }
  gst_structure_fixate_field_nearest_int (structure, "width", FL_LUMA_MAX_SIDE);
  gst_structure_fixate_field_nearest_int (structure, "height", FL_LUMA_MAX_SIDE);
}

static guint
fix_rate (GstStructure *structure)
{
  int numerator = 0;
  int denominator = 1;

  if (!gst_structure_has_field (structure, "framerate"))
    return 0;
  gst_structure_fixate_field_nearest_fraction (structure, "framerate", FL_FORMAT_FPS, 1);
  if (!gst_structure_get_fraction (structure, "framerate", &numerator, &denominator) ||
      denominator < 1 || numerator < 0)
    return 0;
  return (guint) (((gint64) numerator + denominator / 2) / denominator);
}

static void
add_choice (GArray *choices, const GstStructure *offered, GstCapsFeatures *features)
{
  GstStructure *fixed = NULL;
  Choice choice = { 0 };
  guint width = 0;
  guint height = 0;

  if (largest (offered, "width") == 0 || largest (offered, "height") == 0)
    return;
  fixed = gst_structure_copy (offered);
  fix_size (fixed);
  width = largest (fixed, "width");
  height = largest (fixed, "height");
  choice.fps = fix_rate (fixed);
  choice.pixels = width * height;
  choice.is_jpeg = gst_structure_has_name (fixed, "image/jpeg");
  choice.caps = gst_caps_new_full (fixed, NULL);
  if (features != NULL)
    gst_caps_set_features (choice.caps, 0, gst_caps_features_copy (features));
  g_array_append_val (choices, choice);
}

/* One of each size, kind and rate is enough: the raw formats of one size differ in nothing that
 * matters here, and all of them are asked for at once by nobody. */
static gboolean
is_repeated (GArray *choices, guint i)
{
  const Choice *one = &g_array_index (choices, Choice, i);

  for (guint j = 0; j < i; j++)
    {
      const Choice *other = &g_array_index (choices, Choice, j);

      if (other->pixels == one->pixels && other->is_jpeg == one->is_jpeg && other->fps == one->fps)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
fl_camera_format_choose (const GstCaps *offered)
{
  g_autoptr (GPtrArray) best = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_caps_unref);
  g_autoptr (GArray) choices = NULL;
  g_autoptr (GstCaps) known = NULL;
  g_autoptr (GstCaps) usable = NULL;

  if (gst_caps_is_any (offered))
    return g_steal_pointer (&best);

  known = gst_caps_from_string (FL_CAMERA_FORMATS);
  usable = gst_caps_intersect_full ((GstCaps *) offered, known, GST_CAPS_INTERSECT_FIRST);
  choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (choices, choice_clear);
  for (guint i = 0; i < gst_caps_get_size (usable); i++)
    add_choice (choices, gst_caps_get_structure (usable, i), gst_caps_get_features (usable, i));
  g_array_sort (choices, compare);
  for (guint i = 0; i < choices->len && best->len < FL_FORMAT_MAX_TRIES; i++)
    if (!is_repeated (choices, i))
      g_ptr_array_add (best, gst_caps_ref (g_array_index (choices, Choice, i).caps));
  return best->len > 0 ? g_steal_pointer (&best) : NULL;
}

/* Square ones first, then those of television and of half a line: GStreamer, gst-libs/gst/video. */
#define SHAPES                                                                                     \
  "shapes, list=(fraction){ 1/1, 16/15, 64/45, 8/9, 32/27, 12/11, 10/11, 16/11, 40/33, "           \
  "4/3, 3/4, 2/1, 1/2 }"
#define SHAPE "pixel-aspect-ratio"

GstCaps *
fl_camera_format_prefer_square (const GstCaps *caps)
{
  g_autoptr (GstStructure) shapes = gst_structure_new_from_string (SHAPES);
  const GValue *list = gst_structure_get_value (shapes, "list");
  GstCaps *square = gst_caps_copy (caps);

  for (guint i = 0; i < gst_caps_get_size (square); i++)
    {
      GstStructure *structure = gst_caps_get_structure (square, i);
      const GValue *offered = gst_structure_get_value (structure, SHAPE);
      GValue common = G_VALUE_INIT;

      if (offered == NULL)
        gst_structure_set_value (structure, SHAPE, list);
      else if (gst_value_intersect (&common, list, offered))
        gst_structure_take_value (structure, SHAPE, &common);
    }
  return square;
}
