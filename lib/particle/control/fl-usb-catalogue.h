/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device-state.h"

G_BEGIN_DECLS

/* Which USB devices are Particle's. Pure. PROTOCOL.md, "USB device". */

typedef struct
{
  guint16 vendor_id, product_id;
  int platform_id;
  const char *product; /* static, proper name: "P2 / Photon 2" */
  FlDeviceMode mode;   /* FL_MODE_UPDATE for the bootloader, else FL_MODE_UNKNOWN */
  gboolean has_control_requests;
  gboolean has_wifi;
} FlUsbCatalogueRow;

/* (nullable), static */
const FlUsbCatalogueRow *fl_usb_catalogue_lookup (guint16 vendor_id, guint16 product_id);
const FlUsbCatalogueRow *fl_usb_catalogue_get_table (guint *n_rows);

G_END_DECLS
