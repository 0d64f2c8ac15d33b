/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-scanner.h"

G_BEGIN_DECLS

/* @width, @height: pixels of the picture that @matrix was read from. Classifies its text. */
FlScan *fl_scan_new (FlMatrix *matrix, guint width, guint height, double elapsed_ms);
/* Four corners in pixels as parts of the picture. */
void fl_scan_scale_outline (const FlPoint *corners, guint width, guint height, FlPoint *outline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlScan, fl_scan_unref)

G_END_DECLS
