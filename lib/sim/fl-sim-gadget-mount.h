/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlSimGadgetMount:
 *
 * The file system of a FunctionFS, mounted on a folder of its own, with endpoint 0 open.
 */
typedef struct _FlSimGadgetMount FlSimGadgetMount;

/* @name: of the function. Errors: G_FILE_ERROR. */
FlSimGadgetMount *fl_sim_gadget_mount_new (const char *name, GError **error);
void fl_sim_gadget_mount_free (FlSimGadgetMount *self);  /* closes and unmounts it */
int fl_sim_gadget_mount_get_fd (FlSimGadgetMount *self); /* of endpoint 0; not blocking */
/* Descriptors, then strings. */
gboolean fl_sim_gadget_mount_write (FlSimGadgetMount *self, GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimGadgetMount, fl_sim_gadget_mount_free)

G_END_DECLS
