/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-service-text.h"

G_BEGIN_DECLS

/**
 * FlServiceTable:
 *
 * The lines of the table of devices: which of the visits are there, and in which order.
 */
#define FL_TYPE_SERVICE_TABLE (fl_service_table_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceTable, fl_service_table, FL, SERVICE_TABLE, GObject)

FlServiceTable *fl_service_table_new (GListModel *visits);     /* of FlVisit */
GListModel *fl_service_table_get_lines (FlServiceTable *self); /* borrowed */
/* Only lines that have @text in any column; whatever its case. */
void fl_service_table_set_filter (FlServiceTable *self, const char *text);
/* Puts what is there in order, too. */
void fl_service_table_set_order (FlServiceTable *self, FlServiceColumn column, gboolean descending);
/* Somebody looks at it: what is there does not move. */
void fl_service_table_set_frozen (FlServiceTable *self, gboolean frozen);
void fl_service_table_sort (FlServiceTable *self);

G_END_DECLS
