/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-world.h"

G_BEGIN_DECLS

GRand *fl_sim_world_get_rand (FlSimWorld *self); /* borrowed */
/* Time since the world's first moment, which is the first one that anybody told it. */
gint64 fl_sim_world_get_elapsed (FlSimWorld *self, gint64 now_us);
gint64 fl_sim_world_get_now (FlSimWorld *self); /* the latest that anybody told it */
void fl_sim_world_count_link (FlSimWorld *self, int change);
void fl_sim_world_tell_changed (FlSimWorld *self); /* emits "changed" */

G_END_DECLS
