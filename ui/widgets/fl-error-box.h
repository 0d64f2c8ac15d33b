/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-error.h"

G_BEGIN_DECLS

/**
 * FlErrorBox:
 *
 * An error in words for a person, with the catalogue's buttons and the details behind an expander.
 * Hidden while "error" is NULL.
 *
 * Properties: "error" (boxed GError, nullable); "actions" (guint64): only buttons whose bit is set
 * are shown, for a button that cannot act does not exist. Signal: "action" (int, an FlErrorAction).
 * FL_ACTION_SHOW_DETAILS needs no button: the expander is always there.
 */
#define FL_TYPE_ERROR_BOX (fl_error_box_get_type ())
G_DECLARE_FINAL_TYPE (FlErrorBox, fl_error_box, FL, ERROR_BOX, GtkWidget)

GtkWidget *fl_error_box_new (void);
void fl_error_box_set_error (FlErrorBox *self, const GError *error);
/* The same with words that know more than the catalogue's advice. @advice: (nullable). */
void fl_error_box_tell (FlErrorBox *self, const GError *error, const char *advice);
const GError *fl_error_box_get_error (FlErrorBox *self); /* (nullable), borrowed */
/* Words that know more than the catalogue, such as a name; NULL: the catalogue's. Until the next
 * error. */
void fl_error_box_set_title (FlErrorBox *self, const char *title);
void fl_error_box_set_actions (FlErrorBox *self, guint64 actions);
/* The first button that is shown gets the focus; FALSE when there is none. */
gboolean fl_error_box_focus_button (FlErrorBox *self);
/* The secret-free lines behind Details. (transfer full) (nullable) */
char *fl_error_box_dup_details (FlErrorBox *self);

G_END_DECLS
