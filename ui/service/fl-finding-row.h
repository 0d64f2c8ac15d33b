/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-finding.h"

G_BEGIN_DECLS

/* A row for a list: what was looked at, what was found, and the verdict as a mark and in words.
 * (transfer floating) */
GtkWidget *fl_finding_row_new (FlFinding *finding);

G_END_DECLS
