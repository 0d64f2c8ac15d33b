/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlSignalBars:
 *
 * Four bars; "bars" (guint, 0..4) of them are lit. Decoration: the row says the word.
 */
#define FL_TYPE_SIGNAL_BARS (fl_signal_bars_get_type ())
G_DECLARE_FINAL_TYPE (FlSignalBars, fl_signal_bars, FL, SIGNAL_BARS, GtkWidget)

void fl_signal_bars_set_bars (FlSignalBars *self, guint bars);

G_END_DECLS
