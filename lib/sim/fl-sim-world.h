/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlSimWorld:
 *
 * Devices, access points, a cloud and the air between them. Pure and deterministic: time is an
 * argument, randomness comes from the scenario's seed. Shells (FlSimFinder, FlSimLink, the mock
 * BlueZ of the tests, firstlight-sim) give it a clock and a road to the outside.
 */
#define FL_TYPE_SIM_WORLD (fl_sim_world_get_type ())
G_DECLARE_FINAL_TYPE (FlSimWorld, fl_sim_world, FL, SIM_WORLD, GObject)

typedef struct _FlSimDevice FlSimDevice; /* owned by the world; fl-sim-device.h */

/* A scenario's text (key file; data/scenarios/README.md). A broken one gives
 * FL_ERROR_INVALID_INPUT, message "FILE:LINE: reason". */
FlSimWorld *fl_sim_world_parse (const char *data,
                                gsize size_bytes,
                                const char *origin,
                                guint64 seed,
                                GError **error);

guint fl_sim_world_get_n_devices (FlSimWorld *self);
FlSimDevice *fl_sim_world_get_device (FlSimWorld *self, guint index);
void fl_sim_world_tick (FlSimWorld *self, gint64 now_us);
gint64 fl_sim_world_get_deadline (FlSimWorld *self);

/* For "world" and the demonstration banner: readable lines of what is in it, secrets included,
 * since all of it is invented. */
char *fl_sim_world_describe (FlSimWorld *self);

G_END_DECLS
