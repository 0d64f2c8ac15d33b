/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-visit.h"

G_BEGIN_DECLS

/**
 * FlReportSource:
 *
 * Where the facts of one report come from. They are read when the text is made, so that it says
 * what is known then; "changed" tells when there is more of it.
 *
 * Signal: "changed".
 */
#define FL_TYPE_REPORT_SOURCE (fl_report_source_get_type ())
G_DECLARE_FINAL_TYPE (FlReportSource, fl_report_source, FL, REPORT_SOURCE, GObject)

/* A device in service. */
FlReportSource *fl_report_source_new_visit (FlEngine *engine, FlVisit *visit);
/* A journey of the wizard, over or under way; @setup and @journal (nullable). */
FlReportSource *fl_report_source_new_setup (FlEngine *engine, FlSetup *setup, FlJournal *journal);
void fl_report_source_set_check (FlReportSource *self, GPtrArray *findings);      /* (nullable) */
void fl_report_source_set_notes (FlReportSource *self, const char *const *notes); /* (nullable) */
/* Looks at this computer; "changed" when it is done. */
void fl_report_source_look_at_computer (FlReportSource *self);

char *fl_report_source_dup_text (FlReportSource *self, gboolean hide_names);      /* full */
char *fl_report_source_dup_file_name (FlReportSource *self, gboolean hide_names); /* full */

G_END_DECLS
