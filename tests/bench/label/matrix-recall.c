/* SPDX-License-Identifier: Apache-2.0 */
/* How often FlMatrixFinder has the symbols of a corpus among its first spots, and what it costs:
 * matrix-recall FOLDER [CLASS]. The folder holds NNNN.pgm and truth.tsv as corpus.py writes them.
 * With -v also the file and rank of each symbol that is not first; with -fN instead the features of
 * N candidates, for train-finder.py: those of the weave, then those of the window; and whether the
 * fit reads what is there. */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fl-matrix-finder.h"
#include "fl-matrix-fit.h"

#define N_SPOTS 8
#define N_FITS  4 /* as the reader has them */
#define REPEAT  3 /* the quickest counts: another process may have had the cache */

typedef struct
{
  char *name;
  guint n_frames;
  guint n_symbols;
  guint n_within[N_SPOTS + 1]; /* [i]: among the first i */
  GArray *ms;                  /* of double */
} Class;

static gboolean verbose, features;
static guint n_candidates = FL_MATRIX_MAX_CANDIDATES; /* for features */

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

static void
class_free (gpointer data)
{
  Class *self = data;

  g_free (self->name);
  g_array_unref (self->ms);
  g_free (self);
}

static Class *
get_class (GPtrArray *classes, const char *name)
{
  Class *self;

  for (guint i = 0; i < classes->len; i++)
    if (g_str_equal (((Class *) classes->pdata[i])->name, name))
      return classes->pdata[i];
  self = g_new0 (Class, 1);
  self->name = g_strdup (name);
  self->ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (classes, self);
  return self;
}

/* Binary PGM with one line each for kind, size and maximum, as OpenCV writes it. */
static gboolean
load (const char *path, char **bytes, FlLuma *luma)
{
  gsize size;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, bytes, &size, NULL))
    return FALSE;
  lines = g_strsplit (*bytes, "\n", 4);
  if (g_strv_length (lines) < 3 || sscanf (lines[1], "%u %u", &luma->width, &luma->height) != 2)
    return FALSE;
  luma->stride = luma->width;
  luma->pixels = (const guint8 *) *bytes + size - (gsize) luma->width * luma->height;
  return size > (gsize) luma->width * luma->height;
}

static float
line_apart (float a, float b)
{
  float apart = fabsf (fmodf (a - b + 3 * (float) G_PI, (float) G_PI));

  return MIN (apart, (float) G_PI - apart);
}

static gboolean
is_at (const FlMatrixSpot *spot, const FlPoint *c)
{
  FlPoint centre = { (c[0].x + c[1].x + c[2].x + c[3].x) / 4,
                     (c[0].y + c[1].y + c[2].y + c[3].y) / 4 };
  float side = 0, angle[2];
  const float limit = 6.f * (float) (G_PI / 180);

  for (guint i = 0; i < 2; i++)
    {
      /* Twice the mean of two opposite sides: top and bottom, then right and left. */
      float dx = c[1 + i].x - c[i].x + c[2 + i].x - c[3 - 3 * i].x;
      float dy = c[1 + i].y - c[i].y + c[2 + i].y - c[3 - 3 * i].y;
      angle[i] = atan2f (dy, dx);
      side = MAX (side, hypotf (dx, dy) / 2);
    }
  if (hypotf (spot->centre.x - centre.x, spot->centre.y - centre.y) > .25f * side ||
      spot->side > 1.5f * side || side > 1.5f * spot->side)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (line_apart (spot->angle[0], angle[i]) < limit &&
        line_apart (spot->angle[1], angle[1 - i]) < limit)
      return TRUE;
  return FALSE;
}

static gboolean
parse_corners (const char *text, FlPoint *c)
{
  return sscanf (text, "%f,%f;%f,%f;%f,%f;%f,%f", &c[0].x, &c[0].y, &c[1].x, &c[1].y, &c[2].x,
                 &c[2].y, &c[3].x, &c[3].y) == 8;
}

static void
count_symbols (Class *class,
               const char *file,
               const char *corners,
               const FlMatrixSpot *spots,
               guint n)
{
  g_auto (GStrv) symbols = g_strsplit (corners, "|", -1);

  for (guint i = 0; symbols[i] != NULL; i++)
    {
      FlPoint c[4];
      guint rank = 0;

      if (!parse_corners (symbols[i], c))
        continue;
      while (rank < n && !is_at (&spots[rank], c))
        rank++;
      class->n_symbols++;
      for (guint j = rank + 1; j <= N_SPOTS && rank < n; j++)
        class->n_within[j]++;
      if (verbose && rank > 0)
        g_print ("%s %s rank %u of %u\n", file, class->name, rank, n);
    }
}

static gboolean
is_read (const FlLuma *luma, const FlMatrixSpot *spot)
{
  g_autoptr (FlMatrixFitter) fitter = fl_matrix_fitter_new ();
  FlMatrixFit fits[N_FITS];
  guint n = fl_matrix_fitter_fit (fitter, luma, spot, NULL, fits, N_FITS);

  for (guint i = 0; i < n; i++)
    {
      FlSecret *text = fl_matrix_fitter_read (fitter, luma, &fits[i], NULL, NULL);

      if (text != NULL)
        {
          fl_secret_unref (text);
          return TRUE;
        }
    }
  return FALSE;
}

/* One line for each candidate: file, class, kind, 1 when it is read, window's score, features. */
static void
print_features (FlMatrixFinder *finder, const FlLuma *luma, char **fields)
{
  FlMatrixCandidate candidates[FL_MATRIX_MAX_CANDIDATES];
  guint n = fl_matrix_finder_collect (finder, luma, 0, NULL, candidates, n_candidates);

  for (guint i = 0; i < n; i++)
    {
      const FlMatrixWeave *weave = &candidates[i].weave;
      FlMatrixSpot spot = {
        weave->centre, MAX (weave->side[0], weave->side[1]), { weave->angle[0], weave->angle[1] }, 0
      };

      g_print ("%s\t%s\t%s\t%d\t%g", fields[0], fields[1], fields[6], is_read (luma, &spot),
               (double) candidates[i].window.score);
      for (guint j = 0; j < FL_WEAVE_FEATURES; j++)
        g_print ("\t%g", (double) weave->features[j]);
      for (guint j = 0; j < FL_WINDOW_FEATURES; j++)
        g_print ("\t%g", (double) candidates[i].window.features[j]);
      g_print ("\n");
    }
}

static gboolean
measure (FlMatrixFinder *finder, const char *folder, char **fields, Class *class)
{
  g_autofree char *path = g_build_filename (folder, fields[0], NULL);
  g_autofree char *bytes = NULL;
  FlMatrixSpot spots[N_SPOTS];
  double best = G_MAXDOUBLE;
  FlLuma luma;
  guint n = 0;

  if (!load (path, &bytes, &luma))
    return FALSE;
  if (features)
    {
      print_features (finder, &luma, fields);
      return TRUE;
    }
  for (guint i = 0; i < REPEAT; i++)
    {
      double start = cpu_ms ();

      n = fl_matrix_finder_find (finder, &luma, 0, NULL, spots, N_SPOTS);
      best = MIN (best, cpu_ms () - start);
    }
  class->n_frames++;
  g_array_append_val (class->ms, best);
  if (g_str_equal (fields[6], "pos"))
    count_symbols (class, fields[0], fields[8], spots, n);
  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return (one > two) - (one < two);
}

static void
print_class (Class *self)
{
  GArray *ms = self->ms;

  g_array_sort (ms, compare_doubles);
  g_print ("%-11s %4u frames", self->name, self->n_frames);
  if (self->n_symbols > 0)
    g_print ("  %4u symbols, first %4u, 2 %4u, 4 %4u, 6 %4u, 8 %4u", self->n_symbols,
             self->n_within[1], self->n_within[2], self->n_within[4], self->n_within[6],
             self->n_within[8]);
  g_print ("  %.2f ms median, %.2f p95\n", g_array_index (ms, double, ms->len / 2),
           g_array_index (ms, double, ms->len * 95 / 100));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new_with_free_func (class_free);
  g_autoptr (FlMatrixFinder) finder = fl_matrix_finder_new ();
  g_autofree char *path = NULL, *table = NULL;
  g_auto (GStrv) rows = NULL;

  for (; argc > 1 && argv[1][0] == '-'; argv++, argc--)
    {
      verbose |= g_str_equal (argv[1], "-v");
      if (g_str_has_prefix (argv[1], "-f"))
        {
          features = TRUE;
          n_candidates = (guint) CLAMP (atoi (argv[1] + 2), 1, FL_MATRIX_MAX_CANDIDATES);
        }
    }
  path = argc < 2 ? NULL : g_build_filename (argv[1], "truth.tsv", NULL);
  if (path == NULL || !g_file_get_contents (path, &table, NULL, NULL))
    {
      g_printerr ("Usage: matrix-recall [-v | -fN] FOLDER [CLASS]\n");
      return 2;
    }
  get_class (classes, "all");
  rows = g_strsplit (table, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (rows[i], "\t", -1);

      if (g_strv_length (fields) < 9 || (argc > 2 && !g_str_equal (fields[1], argv[2])))
        continue;
      if (!measure (finder, argv[1], fields, get_class (classes, fields[1])))
        g_printerr ("%s cannot be read\n", fields[0]);
    }
  for (guint i = 1; i < classes->len && !features; i++)
    {
      Class *all = classes->pdata[0], *class = classes->pdata[i];

      all->n_frames += class->n_frames;
      all->n_symbols += class->n_symbols;
      for (guint j = 1; j <= N_SPOTS; j++)
        all->n_within[j] += class->n_within[j];
      g_array_append_vals (all->ms, class->ms->data, class->ms->len);
      print_class (class);
    }
  if (classes->len > 1 && !features)
    print_class (classes->pdata[0]);
  return 0;
}
