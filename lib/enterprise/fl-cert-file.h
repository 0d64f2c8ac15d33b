/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-private-key.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define FL_CERT_FILE_MAX_BYTES (1024 * 1024) /* larger files are no certificates */
#define FL_CERT_FILE_MAX_ITEMS 64            /* certificates, and keys, in one file */

/**
 * FlCertFile:
 *
 * The certificates and keys of one file as people have them: PEM (several blocks in any order, text
 * around them, any line ends, BOM), DER, PKCS#7 bundles, PKCS#12; keys as PKCS#1, PKCS#8, SEC 1,
 * plain or encrypted (PKCS#5 PBES1/2, OpenSSL's "Proc-Type: 4,ENCRYPTED"; PKCS#12 with RC2 and
 * 3DES, too). Boxed, reference counted, immutable.
 */
typedef struct _FlCertFile FlCertFile;

#define FL_TYPE_CERT_FILE (fl_cert_file_get_type ())
GType fl_cert_file_get_type (void);

/* Pure, but it may take seconds: a passphrase is stretched on purpose. @passphrase: (nullable).
 * Errors: FL_ERROR_PKCS12_PASSWORD when a passphrase is needed, or this one is wrong, or the
 * encryption cannot be read; FL_ERROR_INVALID_INPUT, a translated sentence, for everything else
 * (empty, too large, no certificate or key in it, a broken block: which one). */
FlCertFile *fl_cert_file_parse (FlSecret *contents, FlSecret *passphrase, GError **error);
FlCertFile *fl_cert_file_ref (FlCertFile *self);
void fl_cert_file_unref (FlCertFile *self);

/* Whether @error means that no passphrase was given, and one is needed. */
gboolean fl_cert_file_wants_passphrase (const GError *error);

GPtrArray *fl_cert_file_get_certificates (const FlCertFile *self); /* borrowed, of FlCertificate */
GPtrArray *fl_cert_file_get_keys (const FlCertFile *self);         /* borrowed, of FlPrivateKey */

/* Reads @path and parses it on a thread of its own. */
void fl_cert_file_load_async (const char *path,
                              FlSecret *passphrase,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
FlCertFile *fl_cert_file_load_finish (GAsyncResult *result, GError **error);
/* The same without a main loop, for the command line. @path: "-" is standard input. */
FlCertFile *fl_cert_file_load (const char *path, FlSecret *passphrase, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCertFile, fl_cert_file_unref)

G_END_DECLS
