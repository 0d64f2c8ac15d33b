/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlClock:
 *
 * Time and timers for everything that waits, so that tests and the simulated world can run in
 * virtual time. fl_clock_new() is the computer's monotonic clock on the thread-default main
 * context. fl_virtual_clock_new() stands still while the main context has anything else to do and
 * then jumps to the next timer.
 */
#define FL_TYPE_CLOCK (fl_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (FlClock, fl_clock, FL, CLOCK, GObject)

struct _FlClockClass
{
  GObjectClass parent_class;

  gint64 (*now) (FlClock *self);
  guint (*add) (FlClock *self, gint64 at_us, GSourceOnceFunc func, gpointer data);
  void (*remove) (FlClock *self, guint id);
  void (*hold) (FlClock *self, int change);
};

FlClock *fl_clock_new (void);
FlClock *fl_virtual_clock_new (void);

gint64 fl_clock_now_us (FlClock *self);
/* @func runs once, from the main context, at or after the time. Returns an id, never 0. */
guint fl_clock_add_at (FlClock *self, gint64 at_us, GSourceOnceFunc func, gpointer data);
guint fl_clock_add_ms (FlClock *self, guint delay_ms, GSourceOnceFunc func, gpointer data);
/* Clears *@id when not 0; a timer that already ran must have cleared its own id. */
void fl_clock_clear (FlClock *self, guint *id);
/* Virtual time stands still between hold and release: another thread is computing. */
void fl_clock_hold (FlClock *self);
void fl_clock_release (FlClock *self);

G_END_DECLS
