/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in camera at 30 pictures a second, through the whole pipeline, without a window: a label
 * comes into the picture thirty times. Prints, for two sizes of picture, how long it takes from the
 * first picture with the label to its text (target: 2 frames), the slowest second of the preview
 * (target: 25 a second) and the processor time (target: 60 % of one core). A miss fails.
 */
#include <string.h>
#include <sys/resource.h>

#include "fl-camera-list.h"
#include "fl-scanner.h"
#include "fl-sim-frame.h"

#define ROUNDS   30
#define EMPTY    10 /* pictures without the label in a round */
#define FULL     10 /* with it */
#define LABELS   5  /* ways in which it is held */
#define FRAME_US (G_USEC_PER_SEC / 30)

#define MAX_FRAMES   2.0
#define MIN_PREVIEWS 25.0
#define MAX_CORE     0.60

#define TEXT "P046AD342AB12CD HARB0URLIGHT123"

typedef struct
{
  guint width, height;
  guint8 *empty;
  guint8 *full[LABELS];

  /* In the camera's thread. */
  guint n_drawn;
  gint64 shown_us; /* when the label came, atomic by the lock; 0: it is not there */
  GMutex lock;

  GMainLoop *loop;
  GArray *waits;    /* of double, frames from label to text */
  GArray *previews; /* of gint64, when they came */
} Bench;

static guint8 *
draw_picture (Bench *self, const FlSimSticker *sticker, guint number)
{
  guint8 *pixels = g_malloc ((gsize) self->width * self->height);
  FlSimFrame frame = { pixels, self->width, self->height };
  const double unit = self->height / 720.0;
  const FlSimPose pose = { .x = self->width * (0.4 + 0.05 * number),
                           .y = self->height * (0.6 - 0.04 * number),
                           .angle = 0.15 * number - 0.3,
                           .scale = unit * 0.75,
                           .blur = 0.7,
                           .fading = 1 };

  fl_sim_frame_draw_desk (&frame, 1);
  if (sticker != NULL)
    fl_sim_frame_draw_sticker (&frame, sticker, &pose);
  fl_sim_frame_expose (&frame, 1, 2.2, 1, number);
  return pixels;
}

/* The pictures are made before, so that only their way counts. */
static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data)
{
  Bench *self = data;
  const guint round = self->n_drawn / (EMPTY + FULL), step = self->n_drawn % (EMPTY + FULL);
  const guint8 *from = step < EMPTY ? self->empty : self->full[round % LABELS];

  memcpy (pixels, from, (gsize) width * height);
  g_mutex_lock (&self->lock);
  if (step == EMPTY)
    self->shown_us = g_get_monotonic_time ();
  else if (step < EMPTY)
    self->shown_us = 0;
  g_mutex_unlock (&self->lock);
  self->n_drawn++;
}

static void
on_scanned (Bench *self, FlScan *scan)
{
  const gint64 now_us = g_get_monotonic_time ();
  double frames;

  g_mutex_lock (&self->lock);
  frames = self->shown_us > 0 ? (double) (now_us - self->shown_us) / FRAME_US : 0;
  self->shown_us = 0; /* once a round */
  g_mutex_unlock (&self->lock);
  if (frames > 0)
    g_array_append_val (self->waits, frames);
  if (self->waits->len == ROUNDS)
    g_main_loop_quit (self->loop);
}

static void
on_preview (Bench *self)
{
  const gint64 now_us = g_get_monotonic_time ();

  g_array_append_val (self->previews, now_us);
}

static gboolean
on_limit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static double
get_processor_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* A second: any 25 pictures in a row, the first moments left out. */
static double
get_slowest (GArray *previews)
{
  double slowest = 1000;

  for (guint i = 30; i + 25 < previews->len; i++)
    slowest = MIN (slowest, 25.0 * G_USEC_PER_SEC /
                                (double) (g_array_index (previews, gint64, i + 25) -
                                          g_array_index (previews, gint64, i)));
  return slowest;
}

static gboolean
report (Bench *self, double core)
{
  const guint n = self->waits->len;
  const double slowest = get_slowest (self->previews);
  double median, worst;

  if (n < ROUNDS)
    {
      g_print ("scanner %ux%u: the label was read %u times of %u\n", self->width, self->height, n,
               ROUNDS);
      return FALSE;
    }
  g_array_sort (self->waits, compare);
  median = g_array_index (self->waits, double, n / 2);
  worst = g_array_index (self->waits, double, n * 95 / 100);
  g_print ("scanner %ux%u: label to text median %.2f, p95 %.2f frames (target %.0f); preview at "
           "least %.1f a second (target %.0f); %.0f %% of a core (target %.0f)\n",
           self->width, self->height, median, worst, MAX_FRAMES, slowest, MIN_PREVIEWS, core * 100,
           MAX_CORE * 100);
  return worst <= MAX_FRAMES && slowest >= MIN_PREVIEWS && core <= MAX_CORE;
}

static double
run (Bench *self)
{
  const FlCameraPicture picture = {
    .name = "Bench", .width = self->width, .height = self->height, .draw = draw, .data = self
  };
  g_autoptr (FlCameraList) cameras = fl_camera_list_new_for_picture (&picture);
  g_autoptr (FlScanner) scanner = fl_scanner_new ();
  g_autoptr (FlCamera) camera = NULL;
  double begin_s = get_processor_s ();
  const gint64 begin_us = g_get_monotonic_time ();
  guint limit_id;

  g_signal_connect_swapped (scanner, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (scanner, "preview", G_CALLBACK (on_preview), self);
  fl_camera_list_start (cameras);
  while ((camera = fl_camera_list_choose (cameras, NULL)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  fl_scanner_set_camera (scanner, camera);
  fl_scanner_start (scanner);
  limit_id = g_timeout_add (2 * ROUNDS * (EMPTY + FULL) * FRAME_US / 1000, on_limit, self->loop);
  g_main_loop_run (self->loop);
  if (self->waits->len == ROUNDS)
    g_source_remove (limit_id);
  begin_s = (get_processor_s () - begin_s) /
            ((double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC);
  fl_scanner_stop (scanner);
  fl_camera_list_stop (cameras);
  return begin_s;
}

static gboolean
measure (guint width, guint height)
{
  FlMatrixGrid grid;
  static const char *const words[] = { "SERIAL NUMBER", NULL };
  g_autoptr (FlSimSticker) sticker = NULL;
  Bench bench = { .width = width, .height = height };
  gboolean is_good;

  g_assert_true (fl_matrix_encode (TEXT, strlen (TEXT), NULL, &grid));
  sticker = fl_sim_sticker_new (&grid, words);
  g_mutex_init (&bench.lock);
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.waits = g_array_new (FALSE, FALSE, sizeof (double));
  bench.previews = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.empty = draw_picture (&bench, NULL, 0);
  for (guint i = 0; i < LABELS; i++)
    bench.full[i] = draw_picture (&bench, sticker, i);

  is_good = report (&bench, run (&bench));

  g_free (bench.empty);
  for (guint i = 0; i < LABELS; i++)
    g_free (bench.full[i]);
  g_array_unref (bench.waits);
  g_array_unref (bench.previews);
  g_main_loop_unref (bench.loop);
  g_mutex_clear (&bench.lock);
  return is_good;
}

int
main (void)
{
  const gboolean small = measure (1280, 720);
  const gboolean large = measure (1920, 1080);

  return small && large ? 0 : 1;
}
