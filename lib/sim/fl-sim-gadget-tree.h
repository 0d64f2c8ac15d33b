/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-ffs.h"

G_BEGIN_DECLS

/**
 * FlSimGadgetTree:
 *
 * A USB gadget in the kernel's configfs with one function, which is a FunctionFS:
 * Documentation/usb/gadget_configfs.rst of Linux. Errors: G_FILE_ERROR.
 */
typedef struct _FlSimGadgetTree FlSimGadgetTree;

#define FL_SIM_GADGET_FOLDER     "/sys/kernel/config/usb_gadget"
#define FL_SIM_GADGET_CONTROLLER "/sys/class/udc"

/* @folder: FL_SIM_GADGET_FOLDER; @name: of the gadget and its function, of nobody else. */
FlSimGadgetTree *fl_sim_gadget_tree_new (const char *folder,
                                         const char *name,
                                         const FlSimFfsFacts *facts,
                                         GError **error);
void fl_sim_gadget_tree_free (FlSimGadgetTree *self); /* unbinds it, and removes all of it */
/* Plugs it into a controller for devices. G_FILE_ERROR_FAILED: another gadget is there. */
gboolean fl_sim_gadget_tree_bind (FlSimGadgetTree *self, const char *controller, GError **error);
void fl_sim_gadget_tree_unbind (FlSimGadgetTree *self); /* pulls it out, if it is in */

/* Names of the controllers, sorted; empty when there is none. @folder: FL_SIM_GADGET_CONTROLLER.
 * (transfer full) */
char **fl_sim_gadget_tree_list_controllers (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimGadgetTree, fl_sim_gadget_tree_free)

G_END_DECLS
