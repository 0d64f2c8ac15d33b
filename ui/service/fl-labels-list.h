/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-label-stream.h"
#include "fl-visit.h"

G_BEGIN_DECLS

/**
 * FlLabelsList:
 *
 * The last labels of a stream, the newest on top: its number, its serial number, what it is, and
 * whether its device is nearby.
 */
#define FL_TYPE_LABELS_LIST (fl_labels_list_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelsList, fl_labels_list, FL, LABELS_LIST, AdwBin)

#define FL_LABELS_LIST_MAX 8 /* older ones are only counted */

void fl_labels_list_set_stream (FlLabelsList *self, FlLabelStream *stream);
/* @visits (nullable): of FlVisit, the devices nearby, as they come and go. */
void fl_labels_list_set_visits (FlLabelsList *self, GListModel *visits);
/* Marks @text (nullable: none) as one that was held up again. */
void fl_labels_list_set_again (FlLabelsList *self, FlLabelText *text);

/* The device nearby that @label belongs to: (nullable), borrowed from @visits. */
FlVisit *fl_labels_find_visit (GListModel *visits, FlLabel *label);

G_END_DECLS
