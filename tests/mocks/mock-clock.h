/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"

G_BEGIN_DECLS

/**
 * MockClock:
 *
 * Time that moves when a test says so, for tests whose other half is outside of this process (a
 * message bus): virtual time that jumps when the main loop is idle would not wait for it.
 */
#define MOCK_TYPE_CLOCK (mock_clock_get_type ())
G_DECLARE_FINAL_TYPE (MockClock, mock_clock, MOCK, CLOCK, FlClock)

MockClock *mock_clock_new (void);
/* Timers of at most @delay_ms run at once, as if the time had gone by: pauses, not limits. */
void mock_clock_skip_up_to (MockClock *self, guint delay_ms);
void mock_clock_advance (MockClock *self, gint64 ms);
guint mock_clock_get_n_timers (MockClock *self);

G_END_DECLS
