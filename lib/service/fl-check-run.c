/* SPDX-License-Identifier: Apache-2.0 */
/* The check of one device: what is needed is read anew, then the chain is judged. */
#define G_LOG_DOMAIN "fl-check-run"
#include "config.h"

#include "fl-check.h"
#include "fl-visit-private.h"

#include "fl-error.h"

#define TICK_MS    250
#define OPEN_MS    60000 /* the journey's own limits end sooner */
#define READ_MS    60000
#define SEARCH_MS  30000
#define WATCH_MS   6000 /* a device tries its service about that often */
#define POLL_TICKS 4    /* its state is asked for once a second */

typedef enum
{
  PHASE_OPEN,
  PHASE_READ,
  PHASE_SEARCH,
  PHASE_WATCH,
} Phase;

typedef struct
{
  GNetworkMonitor *monitor; /* (nullable) owned */
  GError *error;            /* what the device last failed with */
  Phase phase;
  gint64 until_us;
  guint n_ticks;
  guint timer_id;
  gboolean was_connecting;
  gboolean searched;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->monitor);
  g_clear_error (&run->error);
  g_free (run);
}

static gboolean
is_reading (FlVisit *visit)
{
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    if (fl_visit_get_status (visit, (FlVisitBlock) i) == FL_BLOCK_READING)
      return TRUE;
  return FALSE;
}

/* What is shown from an earlier time is no fact about now. */
static FlCheckFacts
gather (FlVisit *visit, Run *run)
{
  FlCheckFacts facts = { .error = run->error };

  if (run->monitor != NULL)
    {
      GNetworkConnectivity connectivity = g_network_monitor_get_connectivity (run->monitor);

      /* A computer without any network is no witness. */
      facts.computer_online_known = connectivity != G_NETWORK_CONNECTIVITY_LOCAL;
      facts.computer_online = connectivity == G_NETWORK_CONNECTIVITY_FULL;
    }
  if (!fl_visit_get_open (visit))
    {
      facts.error = fl_visit_get_error (visit) != NULL ? fl_visit_get_error (visit) : run->error;
      return facts;
    }

  facts.info = fl_visit_get_info (visit);
  facts.modules = fl_visit_get_modules (visit);
  facts.can = fl_visit_get_capabilities (visit);
  facts.was_connecting = run->was_connecting;
  if (fl_visit_get_status (visit, FL_VISIT_STATE) == FL_BLOCK_READY)
    facts.state = fl_visit_get_state (visit);
  else if (fl_visit_get_block_error (visit, FL_VISIT_STATE) != NULL)
    facts.error = fl_visit_get_block_error (visit, FL_VISIT_STATE);
  if (fl_visit_get_status (visit, FL_VISIT_NETWORKS) == FL_BLOCK_READY)
    facts.known = fl_visit_get_known (visit);
  if (run->searched)
    facts.networks = fl_setup_get_networks (fl_visit_get_setup (visit));
  return facts;
}

static void
finish (GTask *task)
{
  FlVisit *visit = g_task_get_source_object (task);
  FlCheckFacts facts = gather (visit, g_task_get_task_data (task));

  g_task_return_pointer (task, fl_check_judge (&facts), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
enter (GTask *task, Phase phase, guint limit_ms)
{
  FlVisit *visit = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  run->phase = phase;
  run->until_us = fl_clock_now_us (visit->clock) + (gint64) limit_ms * 1000;
}

static void
read_anew (GTask *task)
{
  FlVisit *visit = g_task_get_source_object (task);

  enter (task, PHASE_READ, READ_MS);
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    fl_visit_refresh (visit, (FlVisitBlock) i);
}

static void
search (GTask *task)
{
  FlVisit *visit = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  enter (task, PHASE_SEARCH, SEARCH_MS);
  if (fl_setup_is_ready (visit->setup) &&
      (fl_setup_get_capabilities (visit->setup) & FL_CAN_SCAN) != 0)
    {
      fl_setup_search_again (visit->setup);
      run->searched = TRUE;
    }
}

static void
watch (GTask *task)
{
  FlVisit *visit = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  FlDeviceState *state = fl_visit_get_state (visit);

  if (state != NULL && state->cloud == FL_CLOUD_CONNECTING)
    run->was_connecting = TRUE;
  if (run->n_ticks++ % POLL_TICKS == 0 && !is_reading (visit))
    fl_visit_refresh (visit, FL_VISIT_STATE);
}

static void on_tick (gpointer data);

/* TRUE: goes on. */
static gboolean
step (GTask *task)
{
  FlVisit *visit = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  gboolean is_late = fl_clock_now_us (visit->clock) >= run->until_us;
  FlDeviceState *state = fl_visit_get_state (visit);

  switch (run->phase)
    {
    case PHASE_OPEN:
      if (fl_visit_get_open (visit))
        read_anew (task);
      else if (fl_visit_get_error (visit) != NULL || is_late)
        return FALSE;
      break;
    case PHASE_READ:
      if (!is_reading (visit) || is_late)
        search (task);
      break;
    case PHASE_SEARCH:
      if (fl_setup_get_scanning (visit->setup) && !is_late)
        break;
      if (state != NULL && state->cloud == FL_CLOUD_CONNECTED)
        return FALSE; /* nothing to wait for */
      enter (task, PHASE_WATCH, WATCH_MS);
      break;
    case PHASE_WATCH:
      watch (task);
      return !is_late || is_reading (visit);
    }
  return TRUE;
}

static void
on_tick (gpointer data)
{
  GTask *task = data;
  FlVisit *visit = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  if (step (task))
    run->timer_id = fl_clock_add_ms (visit->clock, TICK_MS, on_tick, task);
  else
    finish (task);
}

void
fl_check_run_with_async (FlVisit *visit,
                         GNetworkMonitor *monitor,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (FL_IS_VISIT (visit));
  g_return_if_fail (monitor == NULL || G_IS_NETWORK_MONITOR (monitor));

  task = g_task_new (visit, cancellable, callback, user_data);
  run = g_new0 (Run, 1);
  g_task_set_source_tag (task, fl_check_run_with_async);
  g_task_set_task_data (task, run, run_free);
  run->monitor = monitor != NULL ? g_object_ref (monitor) : NULL;
  run->error = visit->error != NULL ? g_error_copy (visit->error) : NULL;
  enter (task, PHASE_OPEN, OPEN_MS);
  fl_visit_open (visit);
  run->timer_id = fl_clock_add_ms (visit->clock, 0, on_tick, task);
}

void
fl_check_run_async (FlVisit *visit,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  fl_check_run_with_async (visit, g_network_monitor_get_default (), cancellable, callback,
                           user_data);
}

GPtrArray *
fl_check_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
