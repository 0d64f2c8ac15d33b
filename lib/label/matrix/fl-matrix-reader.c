/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "fl-matrix-fit.h"
#include "fl-matrix-spot.h"
#include "fl-matrix.h"

#define N_SPOTS 6 /* a seventh was never the first to be read (tests/bench/label) */
#define N_FITS  4

struct _FlMatrixReader
{
  FlMatrixFinder *finder;
  FlMatrixFitter *fitter;
};

/* What is known of one picture while it is read. */
typedef struct
{
  FlMatrixReader *reader;
  const FlLuma *luma;
  const FlReadOptions *options;
  FlReading *reading;
  FlMatrixFit nearly; /* the best outline that was not read; quality 0: none */
} Run;

static gboolean
is_done (const Run *run)
{
  if (run->reading->matrices->len >= run->options->max)
    return TRUE;
  if (fl_budget_is_over (run->options->budget))
    run->reading->out_of_time = TRUE;
  return run->reading->out_of_time;
}

/* Whether @point is in the convex outline @corners, which go clockwise or the other way. */
static gboolean
is_inside (const FlPoint *corners, FlPoint point)
{
  guint n_left = 0;

  for (guint i = 0; i < 4; i++)
    {
      FlPoint a = corners[i], b = corners[(i + 1) % 4];

      n_left += (b.x - a.x) * (point.y - a.y) < (b.y - a.y) * (point.x - a.x);
    }
  return n_left == 0 || n_left == 4;
}

static FlPoint
middle (const FlPoint *corners)
{
  return (FlPoint){ (corners[0].x + corners[1].x + corners[2].x + corners[3].x) / 4,
                    (corners[0].y + corners[1].y + corners[2].y + corners[3].y) / 4 };
}

static gboolean
is_read (const Run *run, FlPoint centre)
{
  for (guint i = 0; i < run->reading->matrices->len; i++)
    if (is_inside (fl_matrix_get_corners (run->reading->matrices->pdata[i]), centre))
      return TRUE;
  return FALSE;
}

static gboolean
read_fit (Run *run, FlMatrixFit *fit)
{
  FlMatrixRepairs repairs = { 0 };
  FlSecret *text =
      fl_matrix_fitter_read (run->reader->fitter, run->luma, fit, run->options->budget, &repairs);

  if (text != NULL)
    g_ptr_array_add (run->reading->matrices, fl_matrix_new (text, fit, &repairs));
  else if (fit->quality > run->nearly.quality)
    run->nearly = *fit;
  return text != NULL;
}

static void
read_spot (Run *run, const FlMatrixSpot *spot)
{
  FlMatrixFit fits[N_FITS];
  guint n = fl_matrix_fitter_fit (run->reader->fitter, run->luma, spot, run->options->budget, fits,
                                  N_FITS);

  for (guint i = 0; i < n && !is_done (run); i++)
    if (!is_read (run, middle (fits[i].corners)) && read_fit (run, &fits[i]))
      return;
}

static FlMatrixSpot
expect (const FlPoint *corners)
{
  FlMatrixSpot spot = { .centre = middle (corners) };

  for (guint i = 0; i < 2; i++)
    {
      float dx = corners[i + 1].x - corners[i].x, dy = corners[i + 1].y - corners[i].y;

      spot.angle[i] = fmodf (atan2f (dy, dx) + (float) (2 * G_PI), (float) G_PI);
      spot.side = MAX (spot.side, hypotf (dx, dy));
    }
  return spot;
}

static void
read_spots (Run *run)
{
  FlMatrixSpot spots[N_SPOTS];
  guint n = fl_matrix_finder_find (run->reader->finder, run->luma, run->options->strategy,
                                   run->options->budget, spots, N_SPOTS);

  for (guint i = 0; i < n && !is_done (run); i++)
    if (!is_read (run, spots[i].centre))
      read_spot (run, &spots[i]);
}

static void
conclude (const Run *run)
{
  FlReading *reading = run->reading;

  if (reading->matrices->len > 0 || run->nearly.quality <= 0)
    return;
  reading->has_nearly = TRUE;
  memcpy (reading->nearly, run->nearly.corners, sizeof reading->nearly);
}

FlMatrixReader *
fl_matrix_reader_new (void)
{
  FlMatrixReader *self = g_new0 (FlMatrixReader, 1);

  self->finder = fl_matrix_finder_new ();
  self->fitter = fl_matrix_fitter_new ();
  return self;
}

void
fl_matrix_reader_free (FlMatrixReader *self)
{
  g_return_if_fail (self != NULL);

  fl_matrix_finder_free (self->finder);
  fl_matrix_fitter_free (self->fitter);
  g_free (self);
}

FlReading
fl_matrix_reader_read (FlMatrixReader *self, const FlLuma *luma, const FlReadOptions *options)
{
  FlReading reading = { .matrices =
                            g_ptr_array_new_with_free_func ((GDestroyNotify) fl_matrix_unref) };
  Run run = { self, luma, options, &reading };

  g_return_val_if_fail (self != NULL && options != NULL, reading);

  if (!fl_luma_is_valid (luma))
    return reading;
  if (options->expected != NULL && !is_done (&run))
    {
      FlMatrixSpot spot = expect (options->expected);

      read_spot (&run, &spot);
    }
  if (!is_done (&run))
    read_spots (&run);
  conclude (&run);
  return reading;
}

void
fl_reading_clear (FlReading *self)
{
  g_clear_pointer (&self->matrices, g_ptr_array_unref);
  *self = (FlReading){ 0 };
}
