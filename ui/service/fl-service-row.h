/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-visit.h"

G_BEGIN_DECLS

/**
 * FlServiceRow:
 *
 * One device in the table of devices. Properties: "item" (FlVisit, nullable), "words" (what a
 * screen reader says).
 */
#define FL_TYPE_SERVICE_ROW (fl_service_row_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceRow, fl_service_row, FL, SERVICE_ROW, AdwBin)

G_END_DECLS
