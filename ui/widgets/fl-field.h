/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlField:
 *
 * A label above what it names, tied together for keyboard and screen reader. Properties: "label",
 * with mnemonic; "widget": what is named; "hint" (nullable): a line below it.
 */
#define FL_TYPE_FIELD (fl_field_get_type ())
G_DECLARE_FINAL_TYPE (FlField, fl_field, FL, FIELD, GtkBox)

G_END_DECLS
