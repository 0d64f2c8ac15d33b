/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-engine.h"
#include "fl-label-stream.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlLabelsPage:
 *
 * Many labels, one after another, before one camera that stays open: each new one gets a sound and
 * a number; one that was there already, and a code of another kind, are told and not added. Secrets
 * are never shown.
 *
 * Signals: "done"; "toast" (const char *).
 */
#define FL_TYPE_LABELS_PAGE (fl_labels_page_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelsPage, fl_labels_page, FL, LABELS_PAGE, FlPage)

FlPage *fl_labels_page_new (FlClock *clock, FlLabelStream *stream);
/* Once. Nothing is opened before the page shows. */
void fl_labels_page_set_cameras (FlLabelsPage *self, FlCameraList *cameras);
/* @visits (nullable): of FlVisit, the devices nearby. */
void fl_labels_page_set_visits (FlLabelsPage *self, GListModel *visits);
/* As if the camera had read it. */
FlStreamNews fl_labels_page_take (FlLabelsPage *self, FlLabelText *text);

G_END_DECLS
