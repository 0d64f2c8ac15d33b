/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-computer-wifi.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

/**
 * FlSimComputer:
 *
 * The Wi-Fi of a simulated world's computer: it sees every network that shows itself, and has no
 * login stored.
 */
#define FL_TYPE_SIM_COMPUTER (fl_sim_computer_get_type ())
G_DECLARE_FINAL_TYPE (FlSimComputer, fl_sim_computer, FL, SIM_COMPUTER, GObject)

FlComputerWifi *fl_sim_computer_new (FlSimWorld *world);

G_END_DECLS
