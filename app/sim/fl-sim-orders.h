/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

/* Does what a person would do to a device: "DEVICE VERB", without the line's end; the verb is the
 * last word. FL_ERROR_INVALID_INPUT: not understood. */
gboolean fl_sim_orders_obey (FlSimWorld *world, const char *line, gint64 now_us, GError **error);

/* Their names. (transfer full) */
char *fl_sim_orders_list (void);

G_END_DECLS
