/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "ui-fixture.h"

typedef struct
{
  guint id;
  gint64 at_us;
  GSourceOnceFunc func;
  gpointer data;
} Timer;

#define UI_TYPE_CLOCK (ui_clock_get_type ())
G_DECLARE_FINAL_TYPE (UiClock, ui_clock, UI, CLOCK, FlClock)

struct _UiClock
{
  FlClock parent_instance;

  gint64 now_us;
  guint last_id;
  GArray *timers;
};

G_DEFINE_FINAL_TYPE (UiClock, ui_clock, FL_TYPE_CLOCK)

static gint64
ui_clock_now (FlClock *clock)
{
  return UI_CLOCK (clock)->now_us;
}

static guint
ui_clock_add (FlClock *clock, gint64 at_us, GSourceOnceFunc func, gpointer data)
{
  UiClock *self = UI_CLOCK (clock);
  Timer timer = { ++self->last_id, at_us, func, data };

  g_array_append_val (self->timers, timer);
  return timer.id;
}

static void
ui_clock_remove (FlClock *clock, guint id)
{
  UiClock *self = UI_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).id == id)
      {
        g_array_remove_index (self->timers, i);
        return;
      }
}

static void
ui_clock_hold (FlClock *clock, int change)
{
}

static void
ui_clock_finalize (GObject *object)
{
  /* Whoever sets a timer clears it: one that is left would run on a dead object. */
  g_assert_cmpuint (UI_CLOCK (object)->timers->len, ==, 0);
  g_array_unref (UI_CLOCK (object)->timers);

  G_OBJECT_CLASS (ui_clock_parent_class)->finalize (object);
}

static void
ui_clock_class_init (UiClockClass *klass)
{
  FlClockClass *clock_class = FL_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ui_clock_finalize;
  clock_class->now = ui_clock_now;
  clock_class->add = ui_clock_add;
  clock_class->remove = ui_clock_remove;
  clock_class->hold = ui_clock_hold;
}

static void
ui_clock_init (UiClock *self)
{
  self->now_us = G_USEC_PER_SEC;
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
}

FlClock *
ui_clock_new (void)
{
  return g_object_new (UI_TYPE_CLOCK, NULL);
}

static gboolean
run_due (UiClock *self, gint64 until_us)
{
  guint next = G_MAXUINT;
  Timer timer;

  for (guint i = 0; i < self->timers->len; i++)
    {
      gint64 at_us = g_array_index (self->timers, Timer, i).at_us;

      if (at_us <= until_us &&
          (next == G_MAXUINT || at_us < g_array_index (self->timers, Timer, next).at_us))
        next = i;
    }
  if (next == G_MAXUINT)
    return FALSE;

  timer = g_array_index (self->timers, Timer, next);
  g_array_remove_index (self->timers, next);
  self->now_us = MAX (self->now_us, timer.at_us);
  timer.func (timer.data);
  return TRUE;
}

void
ui_clock_advance_ms (FlClock *clock, guint ms)
{
  UiClock *self = UI_CLOCK (clock);
  gint64 until_us = self->now_us + (gint64) ms * 1000;

  while (run_due (self, until_us))
    continue;
  self->now_us = until_us;
}
