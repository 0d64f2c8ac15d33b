/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-world.h"

G_BEGIN_DECLS

/* A world from a scenario that is built in ("default", "classroom"; NULL: "default"), or from a
 * file when @name_or_path has a slash or ends in ".scenario". @seed: 0: the scenario's own.
 * FL_ERROR_INVALID_INPUT: no such scenario, or a broken one. */
FlSimWorld *fl_sim_world_load (const char *name_or_path, guint64 seed, GError **error);

/* The folder in which the files that the scenario names are, for people who want to open them:
 * where it is installed, or in the source tree around the program. (transfer full) (nullable): it
 * names none, or nothing is there. */
char *fl_sim_scenario_find_folder (FlSimWorld *world, const char *name_or_path);

/* Names of the built-in ones, sorted. (transfer full) */
char **fl_sim_scenario_list (void);

G_END_DECLS
