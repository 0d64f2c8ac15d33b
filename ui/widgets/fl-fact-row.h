/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FlFactRow:
 *
 * A name, the row's title, and a value that can be selected and copied; hidden while there is no
 * value. Where both do not fit beside each other the value gets more lines, and the name does not.
 */
#define FL_TYPE_FACT_ROW (fl_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (FlFactRow, fl_fact_row, FL, FACT_ROW, AdwPreferencesRow)

void fl_fact_row_set_value (FlFactRow *self, const char *value); /* (nullable) */
const char *fl_fact_row_get_value (FlFactRow *self);
/* After the value: what can be done with it. */
void fl_fact_row_add_suffix (FlFactRow *self, GtkWidget *suffix);

G_END_DECLS
