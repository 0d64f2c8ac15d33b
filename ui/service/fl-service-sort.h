/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-service-text.h"

G_BEGIN_DECLS

/**
 * FlServiceSort:
 *
 * One list of the columns, for where the table of devices has no headings. Signal: "wanted" (int,
 * an FlServiceColumn): the order by this column is asked for.
 */
#define FL_TYPE_SERVICE_SORT (fl_service_sort_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceSort, fl_service_sort, FL, SERVICE_SORT, AdwBin)

void fl_service_sort_set_column (FlServiceSort *self, FlServiceColumn column);

G_END_DECLS
