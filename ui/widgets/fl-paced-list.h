/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* So many items come or go at once; the rest waits for the next frame. A list view needs up to a
 * millisecond for each, which leaves half of a frame of 16 ms for everything else. */
#define FL_PACED_LIST_STEP 12

/**
 * FlPacedList:
 *
 * Shows another list as it is, but lets hundreds of changes through in small steps, a frame apart,
 * and a new order as one change: a list view makes its rows while it is told of new items. A few
 * changes pass at once. No item may be in the list twice.
 */
#define FL_TYPE_PACED_LIST (fl_paced_list_get_type ())
G_DECLARE_FINAL_TYPE (FlPacedList, fl_paced_list, FL, PACED_LIST, GObject)

FlPacedList *fl_paced_list_new (GListModel *source); /* keeps @source */

G_END_DECLS
