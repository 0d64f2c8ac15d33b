/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-usb.h"

G_BEGIN_DECLS

/* What Linux' FunctionFS wants to read and writes on endpoint 0:
 * include/uapi/linux/usb/functionfs.h. Pure. */

/**
 * FlSimFfsFacts:
 *
 * What a simulated device tells of itself, for a gadget: all of it but the interfaces that have
 * endpoints.
 */
typedef struct
{
  guint16 usb_release, vendor_id, product_id, release; /* BCD, and numbers */
  guint8 class, subclass, protocol;
  guint8 attributes; /* of its configuration */
  guint max_power_ma;
  guint8 interface_class, interface_subclass, interface_protocol;
  char *manufacturer, *product, *serial, *interface; /* strings */
} FlSimFfsFacts;

/* Asks the device for its descriptors. FALSE: it is not attached like that. */
gboolean
fl_sim_ffs_facts_read (FlSimFfsFacts *facts, FlSimDevice *device, guint attachment, gint64 now_us);
void fl_sim_ffs_facts_clear (FlSimFfsFacts *facts);

/* To be written, one after the other; the interface is the gadget's only one, and all requests that
 * are not the kernel's come to it. (transfer full) */
GBytes *fl_sim_ffs_create_descriptors (const FlSimFfsFacts *facts);
GBytes *fl_sim_ffs_create_strings (const FlSimFfsFacts *facts);

#define FL_SIM_FFS_EVENT_BYTES 12

/* FALSE: another event than a request. */
gboolean fl_sim_ffs_event_decode (const guint8 event[FL_SIM_FFS_EVENT_BYTES], FlUsbSetup *setup);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlSimFfsFacts, fl_sim_ffs_facts_clear)

G_END_DECLS
