/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "fl-hint.h"
#include "fl-matrix-finder.h"
#include "fl-matrix-fit.h"
#include "fl-matrix.h"

#define N_SPOTS      6 /* a seventh was never the first to be read (tests/bench/label) */
#define N_TRIES      2 /* failed ones, after which a place has to be likely */
#define LIKELY_SCORE 0.f
#define N_FITS       4
/* Outlines at places that are less like a symbol are not shown. */
#define NEARLY_SCORE 0.f

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
  FlMatrixSpot spot;  /* the most likely place; side 0: none */
  FlMatrixFit nearly; /* the best outline at the likeliest place that has one; quality 0: none */
  float nearly_score; /* of that place */
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
read_fit (Run *run, const FlMatrixSpot *spot, FlMatrixFit *fit)
{
  FlMatrixRepairs repairs = { 0 };
  FlSecret *text =
      fl_matrix_fitter_read (run->reader->fitter, run->luma, fit, run->options->budget, &repairs);

  if (text != NULL)
    g_ptr_array_add (run->reading->matrices, fl_matrix_new (text, fit, &repairs));
  else if (run->nearly.quality <= 0 ||
           (fit->quality > run->nearly.quality && spot->score >= run->nearly_score))
    {
      run->nearly = *fit;
      run->nearly_score = spot->score;
    }
  return text != NULL;
}

static gboolean
read_spot (Run *run, const FlMatrixSpot *spot)
{
  FlMatrixFit fits[N_FITS];
  guint n = fl_matrix_fitter_fit (run->reader->fitter, run->luma, spot, run->options->budget, fits,
                                  N_FITS);

  for (guint i = 0; i < n && !is_done (run); i++)
    if (!is_read (run, middle (fits[i].corners)) && read_fit (run, spot, &fits[i]))
      return TRUE;
  return FALSE;
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

/* Where time counts, the next picture is a better chance than a third unlikely place in this one:
 * that is what pictures without a symbol have many of. Every other picture tries them all. */
static gboolean
is_worth_it (const Run *run, const FlMatrixSpot *spot, guint n_failed)
{
  return run->options->budget == NULL || run->options->strategy % 2 == 1 || n_failed < N_TRIES ||
         spot->score > LIKELY_SCORE;
}

static void
read_spots (Run *run)
{
  FlMatrixSpot spots[N_SPOTS];
  guint n = fl_matrix_finder_find (run->reader->finder, run->luma, run->options->strategy,
                                   run->options->budget, spots, N_SPOTS);
  guint n_failed = 0;

  if (!fl_matrix_finder_get_best (run->reader->finder, &run->spot))
    run->spot.side = 0;
  for (guint i = 0; i < n && !is_done (run); i++)
    if (!is_read (run, spots[i].centre) && is_worth_it (run, &spots[i], n_failed) &&
        !read_spot (run, &spots[i]))
      n_failed++;
}

static void
conclude (const Run *run)
{
  FlReading *reading = run->reading;
  const FlMatrixFit *fit = NULL;

  if (reading->matrices->len > 0)
    return;
  if (run->nearly.quality > 0 && run->nearly_score >= NEARLY_SCORE)
    {
      reading->has_nearly = TRUE;
      memcpy (reading->nearly, run->nearly.corners, sizeof reading->nearly);
      if (run->spot.side > 0 && is_inside (run->nearly.corners, run->spot.centre))
        fit = &run->nearly;
    }
  reading->hint = fl_hint_choose (run->luma, run->spot.side > 0 ? &run->spot : NULL, fit);
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
  (void) is_done (&run); /* the finder may have run out of time, too */
  conclude (&run);
  return reading;
}

void
fl_reading_clear (FlReading *self)
{
  g_clear_pointer (&self->matrices, g_ptr_array_unref);
  *self = (FlReading){ 0 };
}
