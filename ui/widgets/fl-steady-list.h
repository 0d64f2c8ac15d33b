/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlSteadyList:
 *
 * A list that sorts what comes in but never moves what is there: while frozen (somebody looks at
 * it) new items go to the end; otherwise to their place. Only fl_steady_list_sort() sorts anew.
 */
#define FL_TYPE_STEADY_LIST (fl_steady_list_get_type ())
G_DECLARE_FINAL_TYPE (FlSteadyList, fl_steady_list, FL, STEADY_LIST, GObject)

FlSteadyList *fl_steady_list_new (GCompareDataFunc compare, gpointer data);
/* What the list has for an item of its source; (transfer full) both. */
typedef gpointer (*FlSteadyMapFunc) (gpointer item, gpointer data);
/* (nullable) @source and @map. Not GtkMapListModel: that of GTK 4.8 mixes up items that replace
 * others. */
void fl_steady_list_set_source (FlSteadyList *self,
                                GListModel *source,
                                FlSteadyMapFunc map,
                                gpointer map_data);
void fl_steady_list_set_frozen (FlSteadyList *self, gboolean frozen);
void fl_steady_list_sort (FlSteadyList *self);

G_END_DECLS
