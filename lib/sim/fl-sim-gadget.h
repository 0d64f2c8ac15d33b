/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-shell.h"

G_BEGIN_DECLS

/**
 * FlSimGadget:
 *
 * An FlSimShell: this computer becomes the device, on the end of a cable to another one: a USB
 * gadget by Linux' FunctionFS on a controller for devices, as single-board computers have one (or
 * dummy_hcd, whose other end is this computer). Only control requests; the kernel's function for
 * serial ports keeps their speeds to itself. A request with data that the device refuses looks
 * taken to the computer, since FunctionFS gives the data away too late; what by fault never ends
 * ends after some seconds. Its place is the controller. @clock: of real time.
 */
#define FL_TYPE_SIM_GADGET (fl_sim_gadget_get_type ())
G_DECLARE_FINAL_TYPE (FlSimGadget, fl_sim_gadget, FL, SIM_GADGET, FlSimShell)

/* @controller: (nullable) its name; NULL: the first one that is free. Root only. Errors:
 * G_FILE_ERROR; afterwards nothing of it is left. */
FlSimGadget *fl_sim_gadget_new (FlSimWorld *world,
                                FlSimDevice *device,
                                FlClock *clock,
                                const char *controller,
                                GError **error);

G_END_DECLS
