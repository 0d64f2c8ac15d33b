/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-virtual-clock"
#include "config.h"

#include "fl-clock.h"

typedef struct
{
  gint64 at_us;
  guint id;
  GSourceOnceFunc func;
  gpointer data;
} Timer;

typedef struct
{
  GSource source;
  struct _FlVirtualClock *clock;
} ClockSource;

#define FL_TYPE_VIRTUAL_CLOCK (fl_virtual_clock_get_type ())
G_DECLARE_FINAL_TYPE (FlVirtualClock, fl_virtual_clock, FL, VIRTUAL_CLOCK, FlClock)

struct _FlVirtualClock
{
  FlClock parent_instance;

  GSource *source;
  GSequence *timers; /* by time, then by id: equal times run in the order they were added */
  GHashTable *iters; /* id → GSequenceIter of timers, borrowed */
  gint64 now_us;
  guint last_id;
  int holds;
};

G_DEFINE_FINAL_TYPE (FlVirtualClock, fl_virtual_clock, FL_TYPE_CLOCK)

static int
compare_timers (gconstpointer a, gconstpointer b, gpointer data)
{
  const Timer *left = a, *right = b;

  if (left->at_us != right->at_us)
    return left->at_us < right->at_us ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

static gboolean
is_ready (GSource *source)
{
  FlVirtualClock *self = ((ClockSource *) source)->clock;

  return self->holds == 0 && g_sequence_get_length (self->timers) > 0;
}

static gboolean
prepare (GSource *source, int *timeout_ms)
{
  gboolean ready = is_ready (source);

  *timeout_ms = ready ? 0 : -1;
  return ready;
}

/* Has the lowest priority, so it runs only when nothing else wants to. */
static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  FlVirtualClock *self = ((ClockSource *) source)->clock;
  GSequenceIter *first = g_sequence_get_begin_iter (self->timers);
  Timer timer;

  if (g_sequence_iter_is_end (first))
    return G_SOURCE_CONTINUE;

  timer = *(Timer *) g_sequence_get (first);
  g_hash_table_remove (self->iters, GUINT_TO_POINTER (timer.id));
  g_sequence_remove (first);
  self->now_us = MAX (self->now_us, timer.at_us);
  timer.func (timer.data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { prepare, is_ready, dispatch, NULL, NULL, NULL };

static gint64
fl_virtual_clock_now (FlClock *clock)
{
  return FL_VIRTUAL_CLOCK (clock)->now_us;
}

static guint
fl_virtual_clock_add (FlClock *clock, gint64 at_us, GSourceOnceFunc func, gpointer data)
{
  FlVirtualClock *self = FL_VIRTUAL_CLOCK (clock);
  Timer *timer = g_new0 (Timer, 1);

  timer->at_us = at_us;
  timer->id = ++self->last_id;
  timer->func = func;
  timer->data = data;
  g_hash_table_insert (self->iters, GUINT_TO_POINTER (timer->id),
                       g_sequence_insert_sorted (self->timers, timer, compare_timers, NULL));
  return timer->id;
}

static void
fl_virtual_clock_remove (FlClock *clock, guint id)
{
  FlVirtualClock *self = FL_VIRTUAL_CLOCK (clock);
  gpointer iter = NULL;

  if (g_hash_table_steal_extended (self->iters, GUINT_TO_POINTER (id), NULL, &iter))
    g_sequence_remove (iter);
}

static void
fl_virtual_clock_hold (FlClock *clock, int change)
{
  FlVirtualClock *self = FL_VIRTUAL_CLOCK (clock);

  self->holds += change;
  g_assert (self->holds >= 0);
}

static void
fl_virtual_clock_finalize (GObject *object)
{
  FlVirtualClock *self = FL_VIRTUAL_CLOCK (object);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_hash_table_unref (self->iters);
  g_sequence_free (self->timers);
  G_OBJECT_CLASS (fl_virtual_clock_parent_class)->finalize (object);
}

static void
fl_virtual_clock_class_init (FlVirtualClockClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_virtual_clock_finalize;
  FL_CLOCK_CLASS (class)->now = fl_virtual_clock_now;
  FL_CLOCK_CLASS (class)->add = fl_virtual_clock_add;
  FL_CLOCK_CLASS (class)->remove = fl_virtual_clock_remove;
  FL_CLOCK_CLASS (class)->hold = fl_virtual_clock_hold;
}

static void
fl_virtual_clock_init (FlVirtualClock *self)
{
  self->now_us = G_USEC_PER_SEC; /* not 0, which some mistake for "never" */
  self->timers = g_sequence_new (g_free);
  self->iters = g_hash_table_new (NULL, NULL);
  self->source = g_source_new (&source_funcs, sizeof (ClockSource));
  ((ClockSource *) self->source)->clock = self;
  g_source_set_priority (self->source, G_PRIORITY_LOW + 100);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

FlClock *
fl_virtual_clock_new (void)
{
  return g_object_new (FL_TYPE_VIRTUAL_CLOCK, NULL);
}
