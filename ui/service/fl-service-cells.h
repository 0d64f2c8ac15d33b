/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-service-text.h"

G_BEGIN_DECLS

/**
 * FlServiceCells:
 *
 * One line of the table of devices: a cell for each column beside each other, all lines alike, or,
 * where there is no room for that, the "narrow" widget instead. What fits depends on the font.
 * Property "is-wide": the cells show.
 */
#define FL_TYPE_SERVICE_CELLS (fl_service_cells_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceCells, fl_service_cells, FL, SERVICE_CELLS, GtkWidget)

GtkWidget *fl_service_cells_new (void);
void fl_service_cells_set_cell (FlServiceCells *self, FlServiceColumn column, GtkWidget *cell);
/* Room at both ends of the cells, in pixels: where the lines have it, too. */
void fl_service_cells_set_inset (FlServiceCells *self, int inset);
/* (nullable): nothing is shown then. */
void fl_service_cells_set_narrow (FlServiceCells *self, GtkWidget *narrow);
/* What it shows at present. */
gboolean fl_service_cells_get_is_wide (FlServiceCells *self);

G_END_DECLS
