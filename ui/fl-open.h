/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens @uri in the person's own program for it; never blocks. (nullable): nothing happens. */
void fl_open_uri (const char *uri);

/* The desktop's settings for what is between this computer and a device without a cable. */
gboolean fl_open_has_settings (void);
void fl_open_settings (void);

G_END_DECLS
