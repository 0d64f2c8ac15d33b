/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-reader.h"

G_BEGIN_DECLS

/* What frames hint at has to stay so long before it is shown: one frame is no advice. */
#define FL_SCAN_HINT_STEADY_MS 500

typedef struct
{
  FlHint shown;
  FlHint wanted; /* by the last frame */
  gint64 since_ms;
} FlScanHint;

/* Whether what is shown changed. Starts as all zero. @now_ms: a rising time. Pure. */
gboolean fl_scan_hint_feed (FlScanHint *self, FlHint wanted, gint64 now_ms);

G_END_DECLS
