/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-usbip-host.h"

G_BEGIN_DECLS

/**
 * FlSimVhci:
 *
 * The ports of this computer's kernel for devices in user space: Linux' module vhci_hcd. Only root
 * may attach to them.
 */
#define FL_TYPE_SIM_VHCI (fl_sim_vhci_get_type ())
G_DECLARE_FINAL_TYPE (FlSimVhci, fl_sim_vhci, FL, SIM_VHCI, GObject)

#define FL_SIM_VHCI_FOLDER "/sys/devices/platform/vhci_hcd.0"

/* @folder: where the kernel shows the controller, FL_SIM_VHCI_FOLDER. Errors: G_FILE_ERROR_NOENT:
 * no such module; G_FILE_ERROR_ACCES: not root. */
FlSimUsbipHost *fl_sim_vhci_new (const char *folder, GError **error);

G_END_DECLS
