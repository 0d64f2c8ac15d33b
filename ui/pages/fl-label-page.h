/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device.h"
#include "fl-label.h"
#include "fl-page.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlLabelPage:
 *
 * What the label says, typed by hand, pasted as a whole, or typed by a scanner that ends with
 * Enter. Signals: "entered" (FlLabel *); "use-cable", instead of typing.
 */
#define FL_TYPE_LABEL_PAGE (fl_label_page_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelPage, fl_label_page, FL, LABEL_PAGE, FlPage)

FlPage *fl_label_page_new (void);
/* Which fields there are. @device (nullable): the row that was chosen; named in the page. */
void fl_label_page_set_product (FlLabelPage *self, FlProduct *product, FlDevice *device);
/* Whether "Use a USB Cable" is offered. */
void fl_label_page_set_cable (FlLabelPage *self, gboolean can_use_cable);
/* Empties both fields: for the next device, or when the window goes. */
void fl_label_page_clear (FlLabelPage *self);
/* The field that is most likely wrong gets the focus, its text selected. */
void fl_label_page_focus_wrong (FlLabelPage *self);

G_END_DECLS
