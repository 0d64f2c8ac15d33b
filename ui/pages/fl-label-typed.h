/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-label.h"
#include "fl-need.h"

G_BEGIN_DECLS

/**
 * FlLabelTyped:
 *
 * What the label says, typed by hand, pasted as a whole, or typed by a scanner that ends with
 * Enter. Property "complete": there is something in every field. Signals: "changed"; "activate":
 * Enter with everything there; "unreadable" (GError): Enter in a text that is no label's.
 */
#define FL_TYPE_LABEL_TYPED (fl_label_typed_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelTyped, fl_label_typed, FL, LABEL_TYPED, GtkBox)

/* Which fields there are. @device (nullable): the one that was chosen. */
void fl_label_typed_set_product (FlLabelTyped *self, FlProduct *product, FlDevice *device);
/* Whether a drawing shows where on a label the codes are. */
void fl_label_typed_set_drawing (FlLabelTyped *self, gboolean visible);
gboolean fl_label_typed_get_complete (FlLabelTyped *self);
/* The label, or NULL: the field that is wrong says why. (transfer full) */
FlLabel *fl_label_typed_read (FlLabelTyped *self);
/* The code is known, the rest is not; @code: a serial number or set-up code. */
void fl_label_typed_set_code (FlLabelTyped *self, const char *code);
void fl_label_typed_clear (FlLabelTyped *self);
/* Where typing begins. */
void fl_label_typed_focus (FlLabelTyped *self);
/* The field that is most likely wrong, its text selected. */
void fl_label_typed_focus_wrong (FlLabelTyped *self);
/* A key that belongs into the first field, typed where it cannot be: it begins anew. */
gboolean fl_label_typed_forward_key (FlLabelTyped *self, GtkEventControllerKey *controller);

G_END_DECLS
