/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-clock"
#include "config.h"

#include "fl-clock.h"

typedef struct
{
  GHashTable *sources; /* id → GSource, owned */
  guint last_id;
} FlClockPrivate;

/* The base class is the computer's clock; FlVirtualClock replaces it. */
G_DEFINE_TYPE_WITH_PRIVATE (FlClock, fl_clock, G_TYPE_OBJECT)

typedef struct
{
  FlClock *clock;
  guint id;
  GSourceOnceFunc func;
  gpointer data;
} Timer;

static void
source_destroy (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
on_timer (gpointer data)
{
  Timer *timer = data;
  FlClockPrivate *priv = fl_clock_get_instance_private (timer->clock);
  GSourceOnceFunc func = timer->func;
  gpointer func_data = timer->data;

  g_hash_table_remove (priv->sources, GUINT_TO_POINTER (timer->id));
  func (func_data);
  return G_SOURCE_REMOVE;
}

static gint64
fl_clock_real_now (FlClock *self)
{
  return g_get_monotonic_time ();
}

static guint
fl_clock_real_add (FlClock *self, gint64 at_us, GSourceOnceFunc func, gpointer data)
{
  FlClockPrivate *priv = fl_clock_get_instance_private (self);
  GSource *source = g_timeout_source_new (0);
  Timer *timer = g_new0 (Timer, 1);

  timer->clock = self;
  timer->id = ++priv->last_id;
  timer->func = func;
  timer->data = data;
  g_source_set_ready_time (source, at_us);
  g_source_set_callback (source, on_timer, timer, g_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_hash_table_insert (priv->sources, GUINT_TO_POINTER (timer->id), source);
  return timer->id;
}

static void
fl_clock_real_remove (FlClock *self, guint id)
{
  FlClockPrivate *priv = fl_clock_get_instance_private (self);

  g_hash_table_remove (priv->sources, GUINT_TO_POINTER (id));
}

static void
fl_clock_real_hold (FlClock *self, int change)
{
}

static void
fl_clock_finalize (GObject *object)
{
  FlClockPrivate *priv = fl_clock_get_instance_private (FL_CLOCK (object));

  g_hash_table_unref (priv->sources);
  G_OBJECT_CLASS (fl_clock_parent_class)->finalize (object);
}

static void
fl_clock_class_init (FlClockClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_clock_finalize;
  class->now = fl_clock_real_now;
  class->add = fl_clock_real_add;
  class->remove = fl_clock_real_remove;
  class->hold = fl_clock_real_hold;
}

static void
fl_clock_init (FlClock *self)
{
  FlClockPrivate *priv = fl_clock_get_instance_private (self);

  priv->sources = g_hash_table_new_full (NULL, NULL, NULL, source_destroy);
}

FlClock *
fl_clock_new (void)
{
  return g_object_new (FL_TYPE_CLOCK, NULL);
}

gint64
fl_clock_now_us (FlClock *self)
{
  g_return_val_if_fail (FL_IS_CLOCK (self), 0);

  return FL_CLOCK_GET_CLASS (self)->now (self);
}

guint
fl_clock_add_at (FlClock *self, gint64 at_us, GSourceOnceFunc func, gpointer data)
{
  g_return_val_if_fail (FL_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return FL_CLOCK_GET_CLASS (self)->add (self, at_us, func, data);
}

guint
fl_clock_add_ms (FlClock *self, guint delay_ms, GSourceOnceFunc func, gpointer data)
{
  return fl_clock_add_at (self, fl_clock_now_us (self) + (gint64) delay_ms * 1000, func, data);
}

void
fl_clock_clear (FlClock *self, guint *id)
{
  g_return_if_fail (FL_IS_CLOCK (self));

  if (*id != 0)
    FL_CLOCK_GET_CLASS (self)->remove (self, *id);
  *id = 0;
}

void
fl_clock_hold (FlClock *self)
{
  g_return_if_fail (FL_IS_CLOCK (self));

  FL_CLOCK_GET_CLASS (self)->hold (self, 1);
}

void
fl_clock_release (FlClock *self)
{
  g_return_if_fail (FL_IS_CLOCK (self));

  FL_CLOCK_GET_CLASS (self)->hold (self, -1);
}
