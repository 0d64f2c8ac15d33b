/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A simulated camera in a window, with drawing and reading: for ten seconds a label is held before
 * it. Prints the slowest second of what is painted (target: 25 a second) and the processor time
 * (target: 60 % of one core, the drawing of what the camera sees included). A miss fails.
 */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "fl-camera-feed.h"
#include "fl-sim-camera.h"
#include "fl-sim-loader.h"
#include "ui-fixture.h"

#define SECONDS    10
#define MIN_PAINTS 25.0
#define MAX_CORE   0.60

typedef struct
{
  GArray *paints; /* of gint64, when they ended */
  guint n_read;
  gboolean is_open;
} Bench;

static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer camera)
{
  fl_sim_camera_draw (camera, pixels, width, height, at_us);
}

static void
on_painted (Bench *self)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (self->is_open)
    g_array_append_val (self->paints, now_us);
}

static void
on_opened (Bench *self)
{
  self->is_open = TRUE;
}

static int
on_scanned (Bench *self)
{
  self->n_read++;
  return FL_CAMERA_MARK_READ;
}

static gboolean
on_over (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
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

/* A second: any 25 paints in a row. */
static double
get_slowest (GArray *paints)
{
  double slowest = 1000;

  for (guint i = 0; i + 25 < paints->len; i++)
    slowest = MIN (slowest, 25.0 * G_USEC_PER_SEC /
                                (double) (g_array_index (paints, gint64, i + 25) -
                                          g_array_index (paints, gint64, i)));
  return paints->len > 25 ? slowest : 0;
}

static FlCameraList *
create_cameras (void)
{
  g_autoptr (FlSimWorld) world = fl_sim_world_load ("default", 1, NULL);
  FlCameraPicture picture = {
    .name = "Bench",
    .width = FL_SIM_CAMERA_WIDTH,
    .height = FL_SIM_CAMERA_HEIGHT,
    .draw = draw,
    .free_data = (GDestroyNotify) fl_sim_camera_free,
  };

  picture.data = fl_sim_camera_new (world);
  return fl_camera_list_new_for_picture (&picture);
}

int
main (int argc, char **argv)
{
  Bench bench = { .paints = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  gboolean is_over = FALSE;
  GtkWidget *box, *window;
  FlCameraFeed *feed;
  g_autoptr (FlCameraList) cameras = NULL;
  g_autoptr (FlClock) clock = NULL;
  gint64 begin_us;
  double core, slowest;

  if (!ui_init (&argc, &argv))
    return 2;
  cameras = create_cameras ();
  clock = fl_clock_new ();
  window = gtk_window_new ();
  box = fl_camera_box_new ();
  fl_camera_box_set_clock (FL_CAMERA_BOX (box), clock);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 680, 720);
  feed = fl_camera_feed_new (cameras, FL_CAMERA_BOX (box), box);
  g_signal_connect_swapped (feed, "opened", G_CALLBACK (on_opened), &bench);
  g_signal_connect_swapped (feed, "scanned", G_CALLBACK (on_scanned), &bench);
  gtk_window_present (GTK_WINDOW (window));
  while (!bench.is_open)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (on_painted), &bench);

  g_timeout_add_seconds (SECONDS, on_over, &is_over);
  begin_us = g_get_monotonic_time ();
  core = -get_processor_s ();
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  core =
      (core + get_processor_s ()) * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - begin_us);
  slowest = get_slowest (bench.paints);
  g_print ("camera in a window: painted at least %.1f times a second (target %.0f); %.0f %% of a "
           "core (target %.0f); the label was read %u times\n",
           slowest, MIN_PAINTS, core * 100, MAX_CORE * 100, bench.n_read);
  g_object_unref (feed);
  gtk_window_destroy (GTK_WINDOW (window));
  g_array_unref (bench.paints);
  return slowest >= MIN_PAINTS && core <= MAX_CORE && bench.n_read > 0 ? 0 : 1;
}
