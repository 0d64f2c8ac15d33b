/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-clock.h"

typedef struct
{
  guint id;
  gint64 at_us;
  GSourceOnceFunc func;
  gpointer data;
} Timer;

struct _MockClock
{
  FlClock parent_instance;

  gint64 now_us;
  gint64 skip_us;
  guint last_id;
  GArray *timers; /* of Timer */
  guint idle_id;
};

G_DEFINE_FINAL_TYPE (MockClock, mock_clock, FL_TYPE_CLOCK)

/* Runs the earliest timer due until @until_us. */
static gboolean
run_next (MockClock *self, gint64 until_us)
{
  guint earliest = 0;
  Timer timer;

  for (guint i = 1; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).at_us <
        g_array_index (self->timers, Timer, earliest).at_us)
      earliest = i;
  if (self->timers->len == 0 || g_array_index (self->timers, Timer, earliest).at_us > until_us)
    return FALSE;

  timer = g_array_index (self->timers, Timer, earliest);
  g_array_remove_index (self->timers, earliest);
  self->now_us = MAX (self->now_us, timer.at_us);
  timer.func (timer.data);
  return TRUE;
}

/* One a turn: a timer that sets itself anew must not keep the main loop from anything else. */
static gboolean
on_idle (gpointer data)
{
  MockClock *self = data;
  gboolean ran;

  self->idle_id = 0;
  g_object_ref (self);
  ran = run_next (self, self->now_us + self->skip_us);
  if (ran && self->idle_id == 0)
    self->idle_id = g_idle_add (on_idle, self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static gint64
mock_clock_now (FlClock *clock)
{
  return MOCK_CLOCK (clock)->now_us;
}

static guint
mock_clock_add (FlClock *clock, gint64 at_us, GSourceOnceFunc func, gpointer data)
{
  MockClock *self = MOCK_CLOCK (clock);
  Timer timer = { ++self->last_id, at_us, func, data };

  g_array_append_val (self->timers, timer);
  if (at_us - self->now_us <= self->skip_us && self->idle_id == 0)
    self->idle_id = g_idle_add (on_idle, self);
  return timer.id;
}

static void
mock_clock_remove (FlClock *clock, guint id)
{
  MockClock *self = MOCK_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).id == id)
      {
        g_array_remove_index (self->timers, i);
        return;
      }
}

static void
mock_clock_finalize (GObject *object)
{
  MockClock *self = MOCK_CLOCK (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_array_unref (self->timers);
  G_OBJECT_CLASS (mock_clock_parent_class)->finalize (object);
}

static void
mock_clock_class_init (MockClockClass *class)
{
  G_OBJECT_CLASS (class)->finalize = mock_clock_finalize;
  FL_CLOCK_CLASS (class)->now = mock_clock_now;
  FL_CLOCK_CLASS (class)->add = mock_clock_add;
  FL_CLOCK_CLASS (class)->remove = mock_clock_remove;
}

static void
mock_clock_init (MockClock *self)
{
  self->now_us = G_USEC_PER_SEC; /* 0 means "never" in some places */
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
}

MockClock *
mock_clock_new (void)
{
  return g_object_new (MOCK_TYPE_CLOCK, NULL);
}

void
mock_clock_skip_up_to (MockClock *self, guint delay_ms)
{
  self->skip_us = (gint64) delay_ms * 1000;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (on_idle, self);
}

void
mock_clock_advance (MockClock *self, gint64 ms)
{
  gint64 until_us = self->now_us + ms * 1000;

  while (run_next (self, until_us))
    ;
  self->now_us = until_us;
}

guint
mock_clock_get_n_timers (MockClock *self)
{
  return self->timers->len;
}
