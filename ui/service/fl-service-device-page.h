/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-page.h"
#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlServiceDevicePage:
 *
 * One device in the hands of support staff: overview, stored networks, actions, modules, check and
 * journal, each a block that fills by itself.
 *
 * Signal: "wish" (int, an FlWish; FlNetwork *, nullable).
 */
#define FL_TYPE_SERVICE_DEVICE_PAGE (fl_service_device_page_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceDevicePage, fl_service_device_page, FL, SERVICE_DEVICE_PAGE, FlPage)

FlPage *fl_service_device_page_new (void);
void fl_service_device_page_set_visit (FlServiceDevicePage *self, FlVisit *visit);
void fl_service_device_page_set_blinking (FlServiceDevicePage *self, gboolean blinking);
void fl_service_device_page_set_checking (FlServiceDevicePage *self, gboolean checking);
void fl_service_device_page_set_findings (FlServiceDevicePage *self,
                                          GPtrArray *findings,
                                          const GError *error);
GPtrArray *
fl_service_device_page_get_findings (FlServiceDevicePage *self); /* (nullable), borrowed */

G_END_DECLS
