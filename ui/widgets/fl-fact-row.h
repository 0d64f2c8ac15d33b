/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FlFactRow:
 *
 * A name and a value that can be selected and copied; hidden while there is no value.
 */
#define FL_TYPE_FACT_ROW (fl_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (FlFactRow, fl_fact_row, FL, FACT_ROW, AdwActionRow)

void fl_fact_row_set_value (FlFactRow *self, const char *value); /* (nullable) */
const char *fl_fact_row_get_value (FlFactRow *self);

G_END_DECLS
