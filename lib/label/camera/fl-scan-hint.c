/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-scan-hint"
#include "config.h"

#include "fl-scan-hint.h"

gboolean
fl_scan_hint_feed (FlScanHint *self, FlHint wanted, gint64 now_ms)
{
  if (wanted != self->wanted)
    {
      self->wanted = wanted;
      self->since_ms = now_ms;
    }
  if (self->shown == wanted || now_ms - self->since_ms < FL_SCAN_HINT_STEADY_MS)
    return FALSE;
  self->shown = wanted;
  return TRUE;
}
