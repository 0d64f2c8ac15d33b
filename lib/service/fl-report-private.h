/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-report.h"

G_BEGIN_DECLS

/**
 * FlReportNames:
 *
 * How networks are called in one report: by their names, or by letters in their place, the same
 * ones throughout.
 */
typedef struct _FlReportNames FlReportNames;

FlReportNames *fl_report_names_new (const FlReportFacts *facts);
void fl_report_names_free (FlReportNames *names);
/* Borrowed: what stands for the network. */
const char *fl_report_names_get (FlReportNames *names, const char *name);
const char *fl_report_names_get_ssid (FlReportNames *names, GBytes *ssid);
/* (transfer full): @text, where every name is replaced. */
char *fl_report_names_apply (FlReportNames *names, const char *text);

char *fl_report_build_json (const FlReportFacts *facts, FlReportNames *names);
char *fl_report_build_summary (const FlReportFacts *facts, FlReportNames *names);

/* Borrowed: the model keeps it. */
gpointer fl_report_peek (GListModel *model, guint position);
guint fl_report_count (GListModel *model); /* 0 for NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlReportNames, fl_report_names_free)

G_END_DECLS
