/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-control-driver-private.h"

G_BEGIN_DECLS

/* Shared by the operations of Gen 2 (fl-control-old.c, fl-control-old-join.c): as
 * fl_control_driver_return_failure() and fl_control_driver_return_unable(), but firmware that has
 * not the old requests is told apart, with the roads that serve it. */
gboolean fl_control_old_return_failure (GTask *task, guint16 type, int code, GError *error);
gboolean fl_control_old_return_unable (GTask *task, FlCapabilities capability);

G_END_DECLS
