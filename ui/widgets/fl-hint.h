/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlHint:
 *
 * A small picture and one sentence. Properties: "icon-name", "label".
 */
#define FL_TYPE_HINT (fl_hint_get_type ())
G_DECLARE_FINAL_TYPE (FlHint, fl_hint, FL, HINT, GtkBox)

G_END_DECLS
