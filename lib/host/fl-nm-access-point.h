/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-network.h"

G_BEGIN_DECLS

/* Pure. The properties of an org.freedesktop.NetworkManager.AccessPoint ("a{sv}") as a network;
 * NULL: hidden, on 6 GHz, or without sense. (transfer full) (nullable) */
FlNetwork *fl_nm_access_point_read (GVariant *properties);

G_END_DECLS
