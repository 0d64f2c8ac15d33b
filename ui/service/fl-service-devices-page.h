/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-page.h"
#include "fl-service-text.h"

G_BEGIN_DECLS

/**
 * FlServiceDevicesPage:
 *
 * The table of all devices within reach: filter, order by any column, and what to do when there is
 * none.
 *
 * Signals: "chosen" (FlVisit *); "search-again"; "check-computer"; "scan-labels".
 */
#define FL_TYPE_SERVICE_DEVICES_PAGE (fl_service_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceDevicesPage,
                      fl_service_devices_page,
                      FL,
                      SERVICE_DEVICES_PAGE,
                      FlPage)

FlPage *fl_service_devices_page_new (FlClock *clock);
void fl_service_devices_page_set_visits (FlServiceDevicesPage *self, GListModel *visits);
/* By @column; again by the same one: the other way round. */
void fl_service_devices_page_sort (FlServiceDevicesPage *self, FlServiceColumn column);
/* Looks as if it had just begun to search. */
void fl_service_devices_page_restart (FlServiceDevicesPage *self);
guint fl_service_devices_page_get_n_shown (FlServiceDevicesPage *self);

G_END_DECLS
