/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device.h"

G_BEGIN_DECLS

/**
 * FlCableWatch:
 *
 * Which devices of a list a cable leads to, ready for use. Signal: "changed": these, or whether any
 * device can be reached.
 */
#define FL_TYPE_CABLE_WATCH (fl_cable_watch_get_type ())
G_DECLARE_FINAL_TYPE (FlCableWatch, fl_cable_watch, FL, CABLE_WATCH, GObject)

FlCableWatch *fl_cable_watch_new (GListModel *devices); /* of FlDevice */
FlDevice *fl_cable_watch_get_only (FlCableWatch *self); /* (nullable), borrowed: there is but one */

G_END_DECLS
