/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

#include "fl-sim-scenario.h"

G_BEGIN_DECLS

/**
 * FlSimWorld:
 *
 * Devices, access points, a cloud and the air between them. Pure and deterministic: time is an
 * argument, randomness comes from the scenario's seed. Shells (FlSimFinder, FlSimLink, the mock
 * BlueZ of the tests, firstlight-sim) give it a clock and a road to the outside. All times are
 * microseconds of the shell's clock; they may not go backwards.
 *
 * Signal: "changed": a device may have something for those who move it to look at, on any road: it
 * was plugged in or unplugged, or something (a reset, an answer of its real radio) happens at
 * another time than fl_sim_world_get_deadline() told before. It comes from within the world; a
 * shell or bus looks only after it has returned.
 */
#define FL_TYPE_SIM_WORLD (fl_sim_world_get_type ())
G_DECLARE_FINAL_TYPE (FlSimWorld, fl_sim_world, FL, SIM_WORLD, GObject)

typedef struct _FlSimDevice FlSimDevice; /* owned by the world; fl-sim-device.h */

/* The computer's Bluetooth adapter, as the faults of the scenario have it. */
typedef enum
{
  FL_SIM_ADAPTER_ON,
  FL_SIM_ADAPTER_OFF,
  FL_SIM_ADAPTER_REMOVED,
  FL_SIM_ADAPTER_DEAF,
} FlSimAdapter;

/* A scenario's text (key file; data/scenarios/README.md). A broken one gives
 * FL_ERROR_INVALID_INPUT, message "FILE:LINE: reason". @seed: 0: the scenario's own. */
FlSimWorld *fl_sim_world_parse (const char *data,
                                gsize size_bytes,
                                const char *origin,
                                guint64 seed,
                                GError **error);

/* See fl_sim_scenario_read_files(). */
gboolean
fl_sim_world_read_files (FlSimWorld *self, FlSimReadFile read, gpointer data, GError **error);

const FlSimScenario *fl_sim_world_get_scenario (FlSimWorld *self); /* borrowed */
guint fl_sim_world_get_n_devices (FlSimWorld *self);
FlSimDevice *fl_sim_world_get_device (FlSimWorld *self, guint index);
/* By name in the scenario, set-up code, serial or Bluetooth address. (nullable) */
FlSimDevice *fl_sim_world_find_device (FlSimWorld *self, const char *text);
void fl_sim_world_tick (FlSimWorld *self, gint64 now_us);
gint64 fl_sim_world_get_deadline (FlSimWorld *self);

FlSimAdapter fl_sim_world_get_adapter (FlSimWorld *self, gint64 now_us);
/* When the adapter changes next; G_MAXINT64: never. */
gint64 fl_sim_world_get_adapter_deadline (FlSimWorld *self, gint64 now_us);
/* Somebody turns the adapter on again; one that was removed stays so. */
void fl_sim_world_turn_on_adapter (FlSimWorld *self);
/* Links that the adapter can still take. */
int fl_sim_world_get_free_links (FlSimWorld *self);

/* By fault the computer shows no USB at all. */
gboolean fl_sim_world_is_usb_hidden (FlSimWorld *self);
/* Somebody looks again, after having done something about it. */
void fl_sim_world_recheck_usb (FlSimWorld *self);

/* For "world": readable lines of what is in it, secrets included, since all of it is invented. */
char *fl_sim_world_describe (FlSimWorld *self);
/* For the banner of the demonstration: the label text of the first device that waits for set-up,
 * and the network to give it, with the best signal among those with a password. (transfer full)
 * (nullable) */
char *fl_sim_world_get_label (FlSimWorld *self);
char *fl_sim_world_get_network_name (FlSimWorld *self);
char *fl_sim_world_get_network_password (FlSimWorld *self);

G_END_DECLS
