/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlHintRow:
 *
 * A small picture and one sentence. Properties: "icon-name", "label".
 */
#define FL_TYPE_HINT_ROW (fl_hint_row_get_type ())
G_DECLARE_FINAL_TYPE (FlHintRow, fl_hint_row, FL, HINT_ROW, GtkBox)

G_END_DECLS
