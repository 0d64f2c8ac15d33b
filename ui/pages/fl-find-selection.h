/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-item-list.h"
#include "fl-meta-finder.h"

G_BEGIN_DECLS

/**
 * FlFindSelection:
 *
 * Which row of the list of devices is selected: a cable selects its device while there is only one,
 * and what was selected is followed when its row becomes one with another. Signal: "changed": the
 * selection, or what can be done with it.
 */
#define FL_TYPE_FIND_SELECTION (fl_find_selection_get_type ())
G_DECLARE_FINAL_TYPE (FlFindSelection, fl_find_selection, FL, FIND_SELECTION, GObject)

/* @list shows the devices of @finder already. */
FlFindSelection *fl_find_selection_new (FlItemList *list, FlMetaFinder *finder);
/* The next device is another one. */
void fl_find_selection_forget (FlFindSelection *self);

G_END_DECLS
