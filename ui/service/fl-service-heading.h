/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-service-text.h"

G_BEGIN_DECLS

/**
 * FlServiceHeading:
 *
 * The headings of the table of devices: a button for each column, nothing in a narrow window.
 * Signal: "wanted" (int, an FlServiceColumn): the order by this column is asked for.
 */
#define FL_TYPE_SERVICE_HEADING (fl_service_heading_get_type ())
G_DECLARE_FINAL_TYPE (FlServiceHeading, fl_service_heading, FL, SERVICE_HEADING, AdwBin)

void
fl_service_heading_set_order (FlServiceHeading *self, FlServiceColumn column, gboolean descending);
/* @widget shows where the headings do not. */
void fl_service_heading_set_substitute (FlServiceHeading *self, GtkWidget *widget);

G_END_DECLS
