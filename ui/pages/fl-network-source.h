/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a device without logins sees, @given, and behind it the networks with logins that only
 * @computer sees: such devices leave them out, or do not know what they are, and the person looks
 * for them in vain. Both of FlNetwork. (transfer full), of FlNetwork. */
GListModel *fl_network_source_new (GListModel *given, GListModel *computer);

G_END_DECLS
