/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-page.h"
#include "fl-report-source.h"

G_BEGIN_DECLS

/**
 * FlReportPage:
 *
 * Exactly what leaves the computer, before it does: a preview that can be selected, with or without
 * the names of networks; Copy and Save.
 *
 * Signal: "toast" (const char *).
 */
#define FL_TYPE_REPORT_PAGE (fl_report_page_get_type ())
G_DECLARE_FINAL_TYPE (FlReportPage, fl_report_page, FL, REPORT_PAGE, FlPage)

FlPage *fl_report_page_new (void);
void fl_report_page_set_source (FlReportPage *self, FlReportSource *source); /* (nullable) */

G_END_DECLS
