/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-random.h"

G_BEGIN_DECLS

/* The kernel's generator (getrandom). @data is not used. */
gboolean fl_system_random (gpointer data, guint8 *out, gsize size_bytes);

G_END_DECLS
