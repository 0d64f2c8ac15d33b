/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-scan-worker"
#include "config.h"

#include "fl-scan-worker.h"

#include "fl-frame.h"

/* Where the time never suffices, on a slow computer, it is doubled after so much reading in vain,
 * so many times: a label that is read late is better than one that never is. */
#define VAIN_MS     1000
#define MAX_EFFORTS 3

struct _FlScanWorker
{
  gatomicrefcount refs;
  guint budget_ms;
  FlScanResultFunc on_result;
  GWeakRef owner;
  GMainContext *context;

  GMutex lock; /* of the rest */
  GCond changed;
  FlFrame *frame; /* (nullable) the newest that was not begun */
  guint max;
  gboolean is_stopped;
  gboolean is_pending; /* a result waits for the main context */
};

/* What the thread remembers from frame to frame. */
typedef struct
{
  FlMatrixReader *reader;
  guint n_frames;
  guint effort;   /* how often the time of a frame was doubled */
  gint64 rest_us; /* until then the processor is left to others */
  double vain_ms; /* read in a row without enough time */
  gboolean has_expected;
  FlPoint expected[4];
} Memory;

typedef struct
{
  FlScanWorker *worker;
  FlScanResult result;
} Delivery;

static FlScanWorker *
worker_ref (FlScanWorker *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
worker_unref (FlScanWorker *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->frame, fl_frame_unref);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  worker_unref (delivery->worker);
  fl_reading_clear (&delivery->result.reading);
  g_free (delivery);
}

static gboolean
on_delivery (gpointer data)
{
  Delivery *delivery = data;
  FlScanWorker *self = delivery->worker;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  gboolean is_stopped = FALSE;

  g_mutex_lock (&self->lock);
  self->is_pending = FALSE;
  is_stopped = self->is_stopped;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  if (owner != NULL && !is_stopped)
    self->on_result (&delivery->result, owner);
  return G_SOURCE_REMOVE;
}

/* (transfer full) */
static void
deliver (FlScanWorker *self, FlScanResult result)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  GSource *source = g_idle_source_new ();

  g_mutex_lock (&self->lock);
  self->is_pending = TRUE;
  g_mutex_unlock (&self->lock);
  delivery->worker = worker_ref (self);
  delivery->result = result;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_delivery, delivery, delivery_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* The newest frame after @rest_us; NULL: stop. */
static FlFrame *
wait_for_frame (FlScanWorker *self, gint64 rest_us, guint *max)
{
  FlFrame *frame = NULL;

  g_mutex_lock (&self->lock);
  while (!self->is_stopped && g_cond_wait_until (&self->changed, &self->lock, rest_us))
    ;
  while (!self->is_stopped && (self->frame == NULL || self->is_pending))
    g_cond_wait (&self->changed, &self->lock);
  if (!self->is_stopped)
    frame = g_steal_pointer (&self->frame);
  *max = self->max;
  g_mutex_unlock (&self->lock);
  return frame;
}

static gint64
now_us (gpointer clock)
{
  return g_get_monotonic_time ();
}

/* Most likely it is where it was one frame ago. */
static void
remember (Memory *memory, const FlReading *reading)
{
  const FlPoint *corners = NULL;

  if (reading->matrices != NULL && reading->matrices->len > 0)
    corners = fl_matrix_get_corners (g_ptr_array_index (reading->matrices, 0));
  else if (reading->has_nearly)
    corners = reading->nearly;
  memory->has_expected = corners != NULL;
  for (gsize i = 0; corners != NULL && i < G_N_ELEMENTS (memory->expected); i++)
    memory->expected[i] = corners[i];
}

static void
adapt (FlScanWorker *self, Memory *memory, const FlScanResult *result)
{
  if (!result->reading.out_of_time)
    memory->vain_ms = 0;
  else if (result->reading.matrices == NULL || result->reading.matrices->len == 0)
    memory->vain_ms += result->elapsed_ms;
  if (result->elapsed_ms < self->budget_ms)
    memory->effort = 0;
  if (memory->vain_ms < VAIN_MS)
    return;
  memory->effort = MIN (memory->effort + 1, MAX_EFFORTS);
  memory->vain_ms = 0;
}

/* More time for a frame does not mean a whole core for the camera: it rests as long as it worked.
 */
static void
rest (Memory *memory, double elapsed_ms)
{
  memory->rest_us = memory->effort > 0 ? g_get_monotonic_time () + (gint64) (elapsed_ms * 1000) : 0;
}

static FlScanResult
read_frame (FlScanWorker *self, Memory *memory, FlFrame *frame, guint max)
{
  FlLuma luma = fl_frame_get_luma (frame);
  gint64 start_us = g_get_monotonic_time ();
  gint64 budget_us = (self->budget_ms * G_GINT64_CONSTANT (1000)) << memory->effort;
  FlBudget budget = { now_us, NULL, start_us + budget_us };
  FlReadOptions options = {
    .max = max,
    .strategy = memory->n_frames++,
    .budget = self->budget_ms > 0 ? &budget : NULL,
    .expected = memory->has_expected ? memory->expected : NULL,
  };
  FlScanResult result = { .width = luma.width, .height = luma.height };

  result.reading = fl_matrix_reader_read (memory->reader, &luma, &options);
  result.elapsed_ms = (double) (g_get_monotonic_time () - start_us) / 1000;
  remember (memory, &result.reading);
  adapt (self, memory, &result);
  rest (memory, result.elapsed_ms);
  return result;
}

static gpointer
run (gpointer data)
{
  FlScanWorker *self = data;
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  Memory memory = { .reader = reader };
  guint max = 0;

  while (TRUE)
    {
      g_autoptr (FlFrame) frame = wait_for_frame (self, memory.rest_us, &max);

      if (frame == NULL)
        break;
      deliver (self, read_frame (self, &memory, frame, max));
    }
  worker_unref (self);
  return NULL;
}

FlScanWorker *
fl_scan_worker_start (const FlScanWorkerOptions *options)
{
  FlScanWorker *self = g_new0 (FlScanWorker, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_weak_ref_init (&self->owner, options->owner);
  self->budget_ms = options->budget_ms;
  self->on_result = options->on_result;
  self->context = g_main_context_ref_thread_default ();
  self->max = options->max;
  g_thread_unref (g_thread_new ("fl-scan", run, worker_ref (self)));
  return self;
}

void
fl_scan_worker_push (FlScanWorker *self, FlFrame *frame)
{
  FlFrame *before = NULL;

  g_mutex_lock (&self->lock);
  before = g_steal_pointer (&self->frame);
  self->frame = fl_frame_ref (frame);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&before, fl_frame_unref);
}

void
fl_scan_worker_set_max (FlScanWorker *self, guint max)
{
  g_mutex_lock (&self->lock);
  self->max = max;
  g_mutex_unlock (&self->lock);
}

void
fl_scan_worker_stop (FlScanWorker *self)
{
  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  worker_unref (self);
}
