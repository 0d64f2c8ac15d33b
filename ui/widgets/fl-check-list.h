/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-finding.h"

G_BEGIN_DECLS

/**
 * FlCheckList:
 *
 * What was looked at: what is not good first, a line each with a mark, its name and a sentence;
 * then what is good, a tick and its name.
 */
#define FL_TYPE_CHECK_LIST (fl_check_list_get_type ())
G_DECLARE_FINAL_TYPE (FlCheckList, fl_check_list, FL, CHECK_LIST, GtkBox)

/* @findings: (nullable) of FlFinding. */
void fl_check_list_set_findings (FlCheckList *self, GPtrArray *findings);

G_END_DECLS
