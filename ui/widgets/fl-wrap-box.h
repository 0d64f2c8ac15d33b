/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlWrapBox:
 *
 * Children beside each other while there is room, in further lines when there is not: buttons in a
 * narrow window or with large text. A child with "hexpand" gets what is left of its line. Property
 * "centered": lines are centred, else at the start.
 */
#define FL_TYPE_WRAP_BOX (fl_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (FlWrapBox, fl_wrap_box, FL, WRAP_BOX, GtkWidget)

void fl_wrap_box_append (FlWrapBox *self, GtkWidget *child);
void fl_wrap_box_clear (FlWrapBox *self);

G_END_DECLS
