/* SPDX-License-Identifier: Apache-2.0 */
/* Where symbols are lost: starts from the true corners, disturbed or not.
 *
 * Usage: matrix-oracle FOLDER [--only CLASS] [--verbose]
 *
 * FOLDER is a corpus (NNNN.pgm and truth.tsv of corpus.py). Per class and disturbance: how many are
 * read, and where the rest is lost. */
#include "config.h"

#include "fl-matrix-fit.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef enum
{
  STAGE_READ,
  STAGE_NO_OUTLINE,
  STAGE_WRONG_SIZE,
  STAGE_OFF, /* a corner is more than .4 module away */
  STAGE_DECODE,
  N_STAGES
} Stage;

/* How far the spot is from the truth; negative: no fit, sampling from the true corners. */
static const float disturbances[] = { -1, 0, 1, 2, 4 };
#define N_DISTURBANCES G_N_ELEMENTS (disturbances)

typedef struct
{
  char name[16];
  guint n;
  guint counts[N_DISTURBANCES][N_STAGES];
  gint64 us[N_DISTURBANCES];
} ClassResult;

typedef struct
{
  const char *only;
  gboolean is_verbose;
  FlMatrixFitter *fitter;
  GPtrArray *classes;
} Oracle;

static FlLuma
load_pgm (const char *path, guint8 **data)
{
  FlLuma luma = { 0 };
  g_autofree char *contents = NULL;
  gsize size;
  guint width, height;
  int offset = 0;

  if (!g_file_get_contents (path, &contents, &size, NULL) ||
      sscanf (contents, "P5 %u %u 255%n", &width, &height, &offset) != 2 ||
      size < (gsize) offset + 1 + (gsize) width * height)
    return luma;
  *data = g_memdup2 (contents + offset + 1, (gsize) width * height);
  luma.pixels = *data;
  luma.width = width;
  luma.height = height;
  luma.stride = width;
  return luma;
}

static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static ClassResult *
find_class (Oracle *self, const char *name)
{
  ClassResult *result;

  for (guint i = 0; i < self->classes->len; i++)
    {
      result = g_ptr_array_index (self->classes, i);
      if (g_str_equal (result->name, name))
        return result;
    }
  result = g_new0 (ClassResult, 1);
  g_strlcpy (result->name, name, sizeof result->name);
  g_ptr_array_add (self->classes, result);
  return result;
}

static float
distance (FlPoint a, FlPoint b)
{
  return hypotf (a.x - b.x, a.y - b.y);
}

static FlMatrixSpot
spot_near (const FlPoint *corners, guint n, float disturbance, GRand *rand)
{
  FlMatrixSpot spot = { .score = 1 };
  FlPoint right = { (corners[1].x + corners[2].x - corners[0].x - corners[3].x) / 2,
                    (corners[1].y + corners[2].y - corners[0].y - corners[3].y) / 2 };
  FlPoint down = { (corners[2].x + corners[3].x - corners[0].x - corners[1].x) / 2,
                   (corners[2].y + corners[3].y - corners[0].y - corners[1].y) / 2 };
  float module, amount = MIN (disturbance, 1),
                turn = (float) g_rand_double_range (rand, 0, 2 * G_PI);

  spot.side = MAX (hypotf (right.x, right.y), hypotf (down.x, down.y));
  module = spot.side / (float) n;
  for (guint i = 0; i < 4; i++)
    {
      spot.centre.x += corners[i].x / 4;
      spot.centre.y += corners[i].y / 4;
    }
  spot.centre.x += disturbance * module * cosf (turn);
  spot.centre.y += disturbance * module * sinf (turn);
  spot.side *= 1 + 0.2f * MIN (disturbance / 2, 2) * (float) g_rand_double_range (rand, -1, 1);
  spot.angle[0] =
      atan2f (right.y, right.x) + 0.087f * amount * (float) g_rand_double_range (rand, -1, 1);
  spot.angle[1] =
      atan2f (down.y, down.x) + 0.087f * amount * (float) g_rand_double_range (rand, -1, 1);
  for (guint i = 0; i < 2; i++)
    spot.angle[i] = fmodf (spot.angle[i] + 4 * (float) G_PI, (float) G_PI);
  return spot;
}

static float
worst_corner (const FlMatrixFit *fit, const FlPoint *corners, guint n)
{
  float worst = 0;

  for (guint i = 0; i < 4; i++)
    worst = MAX (worst, distance (fit->corners[i], corners[i]));
  return worst * (float) n / distance (corners[0], corners[1]);
}

static gboolean
is_read (Oracle *self,
         const FlLuma *luma,
         FlMatrixFit *fit,
         const char *text,
         FlMatrixRepairs *repairs)
{
  g_autoptr (FlSecret) found = fl_matrix_fitter_read (self->fitter, luma, fit, NULL, repairs);

  if (found != NULL && !g_str_equal (fl_secret_get_text (found), text))
    g_printerr ("WRONG TEXT\n");
  return found != NULL;
}

/* Either polarity: nobody says which it is. */
static Stage
try_exact (Oracle *self,
           const FlLuma *luma,
           const FlPoint *corners,
           const FlMatrixSize *size,
           const char *text)
{
  for (guint i = 0; i < 2; i++)
    {
      FlMatrixFit fit = { .size = size, .light_on_dark = i == 1, .contrast = 60, .quality = 1 };
      FlMatrixRepairs repairs;

      memcpy (fit.corners, corners, sizeof fit.corners);
      if (is_read (self, luma, &fit, text, &repairs))
        return STAGE_READ;
    }
  return STAGE_DECODE;
}

static Stage
try_spot (Oracle *self,
          const FlLuma *luma,
          const FlPoint *corners,
          const FlMatrixSize *size,
          const FlMatrixSpot *spot,
          const char *text,
          const char *label)
{
  FlMatrixFit fits[4];
  guint n_fits = fl_matrix_fitter_fit (self->fitter, luma, spot, NULL, fits, G_N_ELEMENTS (fits));
  gboolean is_size = FALSE, is_near = FALSE, is_read_ = FALSE;
  float off = 99;

  for (guint i = 0; i < n_fits && !is_read_; i++)
    {
      FlMatrixRepairs repairs = { 0 };
      float worst = worst_corner (&fits[i], corners, size->columns);

      is_size |= fits[i].size == size;
      is_near |= fits[i].size == size && worst < 0.4f;
      off = MIN (off, worst);
      is_read_ = is_read (self, luma, &fits[i], text, &repairs);
    }
  if (self->is_verbose && !is_read_)
    g_print ("%s fits %u first %ux%u q %.2f off %.2f\n", label, n_fits,
             n_fits > 0 ? fits[0].size->rows : 0, n_fits > 0 ? fits[0].size->columns : 0,
             n_fits > 0 ? fits[0].quality : 0, off);
  return is_read_      ? STAGE_READ
         : n_fits == 0 ? STAGE_NO_OUTLINE
         : !is_size    ? STAGE_WRONG_SIZE
         : !is_near    ? STAGE_OFF
                       : STAGE_DECODE;
}

/* "22", or "8x32" of a rectangle. */
static const FlMatrixSize *
parse_size (const char *field)
{
  guint rows = 0, columns = 0;

  if (sscanf (field, "%ux%u", &rows, &columns) == 1)
    columns = rows;
  return fl_matrix_size_find (rows, columns);
}

static void
run_symbol (Oracle *self,
            const FlLuma *luma,
            char **fields,
            const char *text,
            const char *places,
            guint seed)
{
  ClassResult *result = find_class (self, fields[1]);
  const FlMatrixSize *size = parse_size (fields[4]);
  FlPoint corners[4];

  if (size == NULL ||
      sscanf (places, "%f,%f;%f,%f;%f,%f;%f,%f", &corners[0].x, &corners[0].y, &corners[1].x,
              &corners[1].y, &corners[2].x, &corners[2].y, &corners[3].x, &corners[3].y) != 8)
    return;
  for (guint i = 0; i < 4; i++)
    {
      corners[i].x += 0.5f;
      corners[i].y += 0.5f;
    }
  result->n++;
  for (guint i = 0; i < N_DISTURBANCES; i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed * 8 + i);
      g_autofree char *label =
          g_strdup_printf ("%s %s %.1f", fields[0], fields[1], disturbances[i]);
      gint64 start = cpu_us ();
      Stage stage;

      if (disturbances[i] < 0)
        {
          stage = try_exact (self, luma, corners, size, text);
          if (stage != STAGE_READ && self->is_verbose)
            g_print ("%s exact\n", label);
        }
      else
        {
          FlMatrixSpot spot = spot_near (corners, size->columns, disturbances[i], rand);

          stage = try_spot (self, luma, corners, size, &spot, text, label);
        }
      result->counts[i][stage]++;
      result->us[i] += cpu_us () - start;
    }
}

static void
run_frame (Oracle *self, const char *folder, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 9);
  g_autofree guint8 *data = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) texts = NULL;
  g_auto (GStrv) places = NULL;
  FlLuma luma;

  if (g_strv_length (fields) < 9 || !g_str_equal (fields[6], "pos") ||
      (self->only != NULL && !g_str_equal (fields[1], self->only)))
    return;
  path = g_build_filename (folder, fields[0], NULL);
  luma = load_pgm (path, &data);
  if (!fl_luma_is_valid (&luma))
    return;
  texts = g_strsplit (fields[7], "|", -1);
  places = g_strsplit (fields[8], "|", -1);
  for (guint i = 0; texts[i] != NULL && places[i] != NULL; i++)
    run_symbol (self, &luma, fields, texts[i], places[i], (guint) atoi (fields[0]) * 4 + i);
}

static void
print_row (const char *name, const ClassResult *result)
{
  g_print ("%-9s %3u ", name, result->n);
  for (guint i = 0; i < N_DISTURBANCES; i++)
    g_print (" |%4u (%2u %2u %2u %2u) %4.1f", result->counts[i][STAGE_READ],
             result->counts[i][STAGE_NO_OUTLINE], result->counts[i][STAGE_WRONG_SIZE],
             result->counts[i][STAGE_OFF], result->counts[i][STAGE_DECODE],
             (double) result->us[i] / 1000 / result->n);
  g_print ("\n");
}

static void
print_results (const Oracle *self)
{
  ClassResult sum = { 0 };

  g_print ("read (no outline, wrong size, corner off, not decoded) mean ms; from the true corners, "
           "then from spots 0, 1, 2 and 4 modules off\n");
  for (guint c = 0; c < self->classes->len; c++)
    {
      const ClassResult *result = g_ptr_array_index (self->classes, c);

      print_row (result->name, result);
      sum.n += result->n;
      for (guint i = 0; i < N_DISTURBANCES; i++)
        {
          sum.us[i] += result->us[i];
          for (guint j = 0; j < N_STAGES; j++)
            sum.counts[i][j] += result->counts[i][j];
        }
    }
  if (sum.n > 0)
    print_row ("all", &sum);
}

int
main (int argc, char **argv)
{
  g_autofree char *only = NULL;
  gboolean is_verbose = FALSE;
  GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, NULL, NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &is_verbose, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autofree char *path = NULL;
  g_autofree char *truth = NULL;
  g_auto (GStrv) lines = NULL;
  Oracle self = { 0 };

  setlocale (LC_ALL, "C");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return 2;
  path = g_build_filename (argv[1], "truth.tsv", NULL);
  if (!g_file_get_contents (path, &truth, NULL, NULL))
    return 2;

  self.only = only;
  self.is_verbose = is_verbose;
  self.classes = g_ptr_array_new_with_free_func (g_free);
  self.fitter = fl_matrix_fitter_new ();
  lines = g_strsplit (truth, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    run_frame (&self, argv[1], lines[i]);
  print_results (&self);
  fl_matrix_fitter_free (self.fitter);
  g_ptr_array_unref (self.classes);
  return 0;
}
