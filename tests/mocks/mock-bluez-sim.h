/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-world.h"
#include "mock-bluez.h"

G_BEGIN_DECLS

/**
 * MockBluezSim:
 *
 * Puts the devices of a simulated world behind a mock BlueZ, in the time of a clock.
 */
typedef struct _MockBluezSim MockBluezSim;

/* Adds the world's devices to @bluez, which has an adapter already; both must stay. */
MockBluezSim *
mock_bluez_sim_new (MockBluez *bluez, MockAdapter *adapter, FlSimWorld *world, FlClock *clock);
/* Before the mock BlueZ. */
void mock_bluez_sim_free (MockBluezSim *sim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockBluezSim, mock_bluez_sim_free)

G_END_DECLS
