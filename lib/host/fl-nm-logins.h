/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What FlNmWifi asks of NetworkManager's stored connections. @objects: (nullable): none is there.
 * @task: of FlNmWifi's operation, which ends with what its finish function gives. */
void fl_nm_logins_list (GDBusObjectManager *objects, GTask *task);
void fl_nm_logins_read (GDBusObjectManager *objects, const char *id, GTask *task);

G_END_DECLS
