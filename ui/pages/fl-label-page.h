/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-engine.h"
#include "fl-device.h"
#include "fl-label-text.h"
#include "fl-page.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlLabelPage:
 *
 * "Scan the Label": the camera, a photo, or what the label says typed by hand, pasted, or typed by
 * a scanner. Without a camera it is "Enter the Code".
 *
 * Signals: "read" (FlLabel): the camera or a photo has it, "entered" follows in a moment, unless
 * the person or an error comes between; "entered" (FlLabel); "other-device" (FlLabel): the label is
 * not the chosen device's, and the person wants the device that it belongs to; "use-cable", instead
 * of any label.
 */
#define FL_TYPE_LABEL_PAGE (fl_label_page_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelPage, fl_label_page, FL, LABEL_PAGE, FlPage)

#define FL_LABEL_PAGE_SHOW_MS 700   /* the label that was read is shown that long */
#define FL_LABEL_PAGE_HELP_MS 15000 /* without a label, until other ways are offered */

FlPage *fl_label_page_new (FlClock *clock);
/* Before it there is no camera. They are looked for when the page is shown. */
void fl_label_page_set_cameras (FlLabelPage *self, FlCameraList *cameras);
/* What is asked for. @device (nullable): the row that was chosen; named in the page. */
void fl_label_page_set_product (FlLabelPage *self, FlProduct *product, FlDevice *device);
/* FALSE also while its camera has a problem. */
gboolean fl_label_page_has_camera (FlLabelPage *self);
/* Whether "Use a USB Cable" is offered. */
void fl_label_page_set_cable (FlLabelPage *self, gboolean can_use_cable);
/* The next device, or the window goes: nothing stays of what was typed or read. */
void fl_label_page_clear (FlLabelPage *self);
/* Enter Code: the fields, and the focus in the first one to fill. */
void fl_label_page_enter_code (FlLabelPage *self);
/* Scan Again: what was told is gone; a label that did not work is taken again. */
void fl_label_page_scan_again (FlLabelPage *self);
/* What is most likely wrong gets the focus, its text selected. */
void fl_label_page_focus_wrong (FlLabelPage *self);
/* A code before the camera. Returns how its outline is drawn, an FlCameraMark. */
int fl_label_page_take_text (FlLabelPage *self, FlLabelText *text);
/* TRUE: the person goes on with Continue; no page changes by itself. It is so while a screen reader
 * runs. */
void fl_label_page_set_patient (FlLabelPage *self, gboolean patient);

G_END_DECLS
