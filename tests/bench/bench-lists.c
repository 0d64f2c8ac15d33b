/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-lists     (needs an X server)
 *
 * How long a frame takes while 500 devices come and advertise every 250 ms in the list of devices,
 * and while a device finds 300 networks and finds them again, each with another signal and some
 * with another security, in the list of networks. A frame is what this thread computed since the
 * end of the one before: the updates, the layout and the painting. Prints the mean of the slowest
 * 1 %, for which the target is 16 ms; a miss does not fail, as it depends on the machine.
 */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "fl-find-page.h"
#include "fl-network-page.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "ui-fixture.h"

#define N_NETWORKS  300
#define RESCAN_MS   500 /* much more often than a person asks for it */
#define RUN_SECONDS 12
#define TARGET_MS   16.0

typedef struct
{
  GArray *frames_ms; /* of double */
  gint64 since_ns;
} Frames;

static gint64
get_processor_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
on_after_paint (GdkFrameClock *clock, Frames *frames)
{
  gint64 now_ns = get_processor_ns ();
  double ms = (double) (now_ns - frames->since_ns) / 1e6;

  g_array_append_val (frames->frames_ms, ms);
  frames->since_ns = now_ns;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  return G_SOURCE_CONTINUE; /* a frame each 16 ms, whether anything changed or not */
}

static gboolean
on_time_up (gpointer is_up)
{
  *(gboolean *) is_up = TRUE;
  return G_SOURCE_REMOVE;
}

/* Shows frames for a while, (transfer full) of double. */
static GArray *
collect (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick, NULL, NULL);
  Frames frames = { g_array_new (FALSE, FALSE, sizeof (double)), get_processor_ns () };
  gboolean is_up = FALSE;

  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &frames);
  g_timeout_add_seconds (RUN_SECONDS, on_time_up, &is_up);
  while (!is_up)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &frames);
  gtk_widget_remove_tick_callback (GTK_WIDGET (window), tick_id);
  return frames.frames_ms;
}

static int
compare_slowest_first (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a;
  const double right = *(const double *) b;

  return (left < right) - (left > right);
}

static void
report (const char *what, GArray *frames_ms)
{
  guint n_slowest = (frames_ms->len + 99) / 100;
  double sum = 0;

  g_assert_cmpuint (frames_ms->len, >, 100);
  g_array_sort (frames_ms, compare_slowest_first);
  for (guint i = 0; i < n_slowest; i++)
    sum += g_array_index (frames_ms, double, i);
  g_print ("%s: slowest 1 %% of %u frames %.1f ms, median %.1f ms, worst %.1f ms, ratio %.2f "
           "(target %.0f ms)\n",
           what, frames_ms->len, sum / n_slowest,
           g_array_index (frames_ms, double, frames_ms->len / 2),
           g_array_index (frames_ms, double, 0), sum / n_slowest / TARGET_MS, TARGET_MS);
}

static void
run_devices (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlClock) clock = fl_clock_new ();
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlSimWorld) world = fl_sim_world_load ("crowd", 1, &error);
  g_autoptr (FlMetaFinder) meta = fl_meta_finder_new (clock);
  g_autoptr (FlFinder) radio = NULL;
  g_autoptr (GArray) frames_ms = NULL;
  FlPage *page = fl_find_page_new ();
  GtkWindow *window;

  g_assert_no_error (error);
  radio = FL_FINDER (fl_sim_finder_new (world, clock, product));
  fl_meta_finder_add (meta, radio);
  fl_find_page_set_product (FL_FIND_PAGE (page), product);
  fl_find_page_set_finder (FL_FIND_PAGE (page), meta, clock);
  window = ui_window_new (page, 680, 720);
  fl_meta_finder_start (meta);
  frames_ms = collect (window);
  g_assert_cmpuint (g_list_model_get_n_items (fl_meta_finder_get_devices (meta)), >=, 500);
  fl_meta_finder_stop (meta);
  gtk_window_destroy (window);
  ui_settle ();
  report ("500 devices", frames_ms);
}

typedef struct
{
  GListStore *networks;
  guint n_scans;
} Scan;

/* Networks come in one answer of the device, one after the other (fl-setup-networks.c). */
static gboolean
on_scan (gpointer data)
{
  Scan *scan = data;

  for (guint i = 0; i < N_NETWORKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Network %u", i);
      gboolean is_changed = (i + scan->n_scans) % 20 == 0;
      g_autoptr (FlNetwork) network =
          ui_network_new (name, is_changed ? FL_SECURITY_WPA2_WPA3 : FL_SECURITY_WPA2, 6,
                          -40 - (int) ((i * 7 + scan->n_scans * 11) % 50));
      g_autoptr (FlNetwork) known = g_list_model_get_item (G_LIST_MODEL (scan->networks), i);

      if (known == NULL)
        g_list_store_append (scan->networks, network);
      else if (fl_network_get_security (known) != fl_network_get_security (network))
        g_list_store_splice (scan->networks, i, 1, (gpointer *) &network, 1);
      else
        fl_network_set_rssi (known, fl_network_get_rssi (network));
    }
  scan->n_scans++;
  return G_SOURCE_CONTINUE;
}

static void
run_networks (void)
{
  g_autoptr (FlClock) clock = fl_clock_new ();
  g_autoptr (GArray) frames_ms = NULL;
  FlPage *page = fl_network_page_new (clock);
  Scan scan = { g_list_store_new (FL_TYPE_NETWORK), 0 };
  GtkWindow *window;
  guint scan_id;

  fl_network_page_set_networks (FL_NETWORK_PAGE (page), G_LIST_MODEL (scan.networks), 0);
  window = ui_window_new (page, 680, 720);
  fl_network_page_set_stage (FL_NETWORK_PAGE (page), FL_STAGE_CHOOSING, TRUE);
  ui_settle ();
  scan_id = g_timeout_add (RESCAN_MS, on_scan, &scan);
  frames_ms = collect (window);
  g_assert_cmpuint (fl_network_page_get_n_networks (FL_NETWORK_PAGE (page)), ==, N_NETWORKS);
  g_source_remove (scan_id);
  gtk_window_destroy (window);
  ui_settle ();
  g_object_unref (scan.networks);
  report ("300 networks", frames_ms);
}

int
main (int argc, char *argv[])
{
  if (!ui_init (&argc, &argv))
    return 77; /* no display: skipped */

  run_devices ();
  run_networks ();
  return 0;
}
