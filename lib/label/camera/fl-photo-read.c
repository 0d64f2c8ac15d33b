/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-photo-read.h"

#include <math.h>

/* Pixels of the longer side that the reader was made for: a camera's. */
#define USUAL_SIDE 1920
/* Below it a label is not readable any more when the picture is shrunk. */
#define SMALLEST_SIDE 320
/* A picture so small is a drawing of a label, perhaps a pixel a module and without a margin. */
#define SMALL_SIDE    640
#define SMALL_MARGIN  48
#define SMALL_FACTORS 3
/* Of a label in poor light: pixels of a few modules, and what it takes to make 30 levels 120. */
#define FLAT_RADIUS 40
#define FLAT_GAIN   4

typedef struct
{
  FlPhotoPicture *picture;
  const FlBudget *budget;
  FlMatrixReader *reader;
  GPtrArray *found; /* of FlMatrix */
} Run;

static FlPoint
get_middle (const FlMatrix *matrix)
{
  const FlPoint *corners = fl_matrix_get_corners (matrix);

  return (FlPoint){ (corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2 };
}

/* The same text at the same place; two stickers may say the same. */
static gboolean
is_known (const GPtrArray *found, const FlMatrix *matrix)
{
  FlPoint middle = get_middle (matrix);

  for (guint i = 0; i < found->len; i++)
    {
      const FlMatrix *other = found->pdata[i];
      FlPoint there = get_middle (other);
      float near = fl_matrix_get_module_size (other) *
                   (float) MIN (fl_matrix_get_rows (other), fl_matrix_get_columns (other)) / 2;

      if (hypotf (middle.x - there.x, middle.y - there.y) < near &&
          fl_secret_equal (fl_matrix_get_text (matrix), fl_matrix_get_text (other)))
        return TRUE;
    }
  return FALSE;
}

/* A symbol that was read is painted over: the next look finds others. */
static void
paint_over (FlPhotoPlane *plane, const FlMatrix *matrix)
{
  const FlPoint *corners = fl_matrix_get_corners (matrix);
  FlPoint middle = get_middle (matrix), outer[4];
  float factor = 1 + 2 / (float) MIN (fl_matrix_get_rows (matrix), fl_matrix_get_columns (matrix));

  for (guint i = 0; i < 4; i++)
    outer[i] = (FlPoint){ middle.x + factor * (corners[i].x - middle.x),
                          middle.y + factor * (corners[i].y - middle.y) };
  fl_photo_plane_fill (plane, outer, fl_matrix_is_light_on_dark (matrix) ? 0 : 255);
}

/* Where @plane was cut and shrunk from the picture that was loaded, in pixels of that. */
typedef struct
{
  float scale;
  FlPoint origin;
} Place;

/* How many symbols that were not known are in it now. */
static guint
look (Run *run, FlPhotoPlane *plane, guint strategy, const Place *place)
{
  FlLuma luma = fl_photo_plane_get_luma (plane);
  const FlReadOptions options = { .max = FL_PHOTO_MAX_LABELS - run->found->len,
                                  .strategy = strategy,
                                  .budget = run->budget };
  g_auto (FlReading) reading = fl_matrix_reader_read (run->reader, &luma, &options);
  guint n_new = 0;

  for (guint i = 0; i < reading.matrices->len; i++)
    {
      FlMatrix *matrix = reading.matrices->pdata[i];
      g_autoptr (FlMatrix) mapped = fl_matrix_new_mapped (matrix, place->scale, place->origin);

      paint_over (plane, matrix);
      if (is_known (run->found, mapped))
        continue;
      if (plane != run->picture->plane)
        paint_over (run->picture->plane, mapped);
      g_ptr_array_add (run->found, g_steal_pointer (&mapped));
      n_new++;
    }
  return n_new;
}

static void
read_plane (Run *run, FlPhotoPlane *plane, guint strategy, Place place)
{
  while (run->found->len < FL_PHOTO_MAX_LABELS && !fl_budget_is_over (run->budget) &&
         look (run, plane, strategy, &place) > 0)
    ;
}

static void
read_shrunk (Run *run, guint factor, guint strategy)
{
  g_autoptr (FlPhotoPlane) shrunk = NULL;

  if (fl_budget_is_over (run->budget))
    return;
  if (factor == 1)
    {
      read_plane (run, run->picture->plane, strategy, (Place){ 1, { 0, 0 } });
      return;
    }
  shrunk = fl_photo_plane_shrink (run->picture->plane, factor);
  if (shrunk != NULL)
    read_plane (run, shrunk, strategy, (Place){ (float) factor, { 0, 0 } });
}

static void
read_enlarged (Run *run, guint factor)
{
  g_autoptr (FlPhotoPlane) enlarged = NULL;
  float margin = (float) SMALL_MARGIN / (float) factor;

  if (fl_budget_is_over (run->budget))
    return;
  enlarged = fl_photo_plane_enlarge (run->picture->plane, factor, SMALL_MARGIN);
  if (enlarged != NULL)
    read_plane (run, enlarged, 0, (Place){ 1 / (float) factor, { -margin, -margin } });
}

static void
read_flat (Run *run, guint factor)
{
  g_autoptr (FlPhotoPlane) shrunk = NULL;
  g_autoptr (FlPhotoPlane) flat = NULL;

  if (fl_budget_is_over (run->budget))
    return;
  shrunk = fl_photo_plane_shrink (run->picture->plane, factor);
  if (shrunk != NULL)
    flat = fl_photo_plane_flatten (shrunk, FLAT_RADIUS, FLAT_GAIN);
  if (flat != NULL)
    read_plane (run, flat, 0, (Place){ (float) factor, { 0, 0 } });
}

static void
read_doubled (Run *run)
{
  g_autoptr (FlPhotoPlane) doubled = NULL;

  if (fl_budget_is_over (run->budget))
    return;
  doubled = fl_photo_plane_double (run->picture->plane);
  if (doubled != NULL)
    read_plane (run, doubled, 0, (Place){ 0.5f, { 0, 0 } });
}

/* Other scales and the other ranking, the likely ones first, until something is found. */
static void
try_harder (Run *run, guint usual, guint side)
{
  for (guint factor = 1; factor <= SMALL_FACTORS && run->found->len == 0; factor++)
    if (side * factor <= SMALL_SIDE * 2 && side <= SMALL_SIDE)
      read_enlarged (run, factor);
  for (guint factor = 4 * usual; side / factor >= SMALLEST_SIDE && run->found->len == 0;
       factor *= 2)
    read_shrunk (run, factor, 0);
  for (guint strategy = 1; strategy < 3 && run->found->len == 0; strategy++)
    {
      read_shrunk (run, usual, strategy);
      if (usual > 1 && run->found->len == 0)
        read_shrunk (run, 1, strategy);
    }
  if (run->found->len == 0)
    read_flat (run, usual);
  if (run->found->len == 0 && side <= USUAL_SIDE)
    read_doubled (run);
}

GPtrArray *
fl_photo_read_picture (FlPhotoPicture *picture, const FlBudget *budget)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  Run run = { picture, budget, reader,
              g_ptr_array_new_with_free_func ((GDestroyNotify) fl_matrix_unref) };
  float full = (float) picture->width / (float) picture->plane->width;
  guint side = MAX (picture->plane->width, picture->plane->height);
  guint usual = (side + USUAL_SIDE / 2) / USUAL_SIDE;

  usual = MAX (usual, 1);
  read_shrunk (&run, usual, 0);
  /* There may be labels of several sizes. */
  if (usual > 1)
    read_shrunk (&run, 1, 0);
  if (side / (2 * usual) >= SMALLEST_SIDE)
    read_shrunk (&run, 2 * usual, 0);
  if (run.found->len == 0)
    try_harder (&run, usual, side);
  /* The picture itself may be larger than what was loaded of it. */
  for (guint i = 0; i < run.found->len; i++)
    {
      g_autoptr (FlMatrix) loaded = run.found->pdata[i];

      run.found->pdata[i] = fl_matrix_new_mapped (loaded, full, (FlPoint){ 0, 0 });
    }
  return run.found;
}
