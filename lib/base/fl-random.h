/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source of random bytes handed to pure sessions. Fills all of @out; FALSE: no randomness to be
 * had. */
typedef gboolean (*FlRandomFunc) (gpointer data, guint8 *out, gsize size_bytes);

G_END_DECLS
