/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/* A file that people have for a network with logins, whatever it is: a profile is tried first (if
 * @profiles), then certificates and keys. It is read on a thread of its own. Errors as those of
 * fl_profile_parse() and fl_cert_file_parse(). */
void fl_login_file_load_async (const char *path,
                               gboolean profiles,
                               FlSecret *passphrase,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* (out) (transfer full): exactly one of them is set when it is TRUE. */
gboolean fl_login_file_load_finish (GAsyncResult *result,
                                    FlProfile **profile,
                                    FlCertFile **certificates,
                                    GError **error);

G_END_DECLS
