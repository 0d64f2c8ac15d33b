/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-world.h"
#include "mock-usb.h"

G_BEGIN_DECLS

/**
 * MockUsbSim:
 *
 * The devices of a simulated world that have a cable, behind a mock of USB, in real time. Needs a
 * running default main context for what happens by itself, such as a device that comes back after a
 * reset. What the computer's own faults are (lost events, claimed by others) is not played.
 */
typedef struct _MockUsbSim MockUsbSim;

/* Devices that are plugged in at the beginning are there when this returns. */
MockUsbSim *mock_usb_sim_new (MockUsb *usb, FlSimWorld *world);
/* Somebody pulls all cables, or puts them in again. */
void mock_usb_sim_set_plugged (MockUsbSim *self, gboolean is_plugged);
/* Before the mock. */
void mock_usb_sim_free (MockUsbSim *self);

G_END_DECLS
