/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-doctor.h"
#include "fl-meta-finder.h"
#include "fl-page.h"

G_BEGIN_DECLS

/**
 * FlDoctorPage:
 *
 * "Check This Computer": what would keep it from reaching a device, what stops the finders now, and
 * what can be done about it.
 *
 * Signal: "toast" (const char *).
 */
#define FL_TYPE_DOCTOR_PAGE (fl_doctor_page_get_type ())
G_DECLARE_FINAL_TYPE (FlDoctorPage, fl_doctor_page, FL, DOCTOR_PAGE, FlPage)

FlPage *fl_doctor_page_new (FlMetaFinder *finder);
/* Shows @findings (of FlFinding) in place of looking; what fl_page_refresh() ends with. */
void fl_doctor_page_set_findings (FlDoctorPage *self, GListModel *findings);

G_END_DECLS
