/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-visit.h"

G_BEGIN_DECLS

/**
 * FlVisitList:
 *
 * A GListModel of FlVisit: one for each device in the engine's list, in the same order. Devices on
 * a cable are glanced at by themselves, a few at a time.
 */
#define FL_TYPE_VISIT_LIST (fl_visit_list_get_type ())
G_DECLARE_FINAL_TYPE (FlVisitList, fl_visit_list, FL, VISIT_LIST, GObject)

FlVisitList *fl_visit_list_new (FlEngine *engine);
FlVisit *fl_visit_list_find (FlVisitList *self, FlDevice *device); /* (nullable), borrowed */

G_END_DECLS
