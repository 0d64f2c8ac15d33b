/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FlSimulationBar:
 *
 * Says that nothing here is real, and offers what a person needs to play it through: each text has
 * a button that copies it.
 */
#define FL_TYPE_SIMULATION_BAR (fl_simulation_bar_get_type ())
G_DECLARE_FINAL_TYPE (FlSimulationBar, fl_simulation_bar, FL, SIMULATION_BAR, AdwBin)

/* Each (nullable): left out. */
GtkWidget *
fl_simulation_bar_new (const char *label_text, const char *network, const char *password);

G_END_DECLS
