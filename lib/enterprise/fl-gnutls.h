/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-certificate.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs12.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

/* What all users of GnuTLS here need. */

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pubkey_t, gnutls_pubkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pkcs12_t, gnutls_pkcs12_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pkcs7_t, gnutls_pkcs7_deinit, NULL)

/* Borrows; GnuTLS takes datums that are not const and does not write to them. */
gnutls_datum_t fl_gnutls_borrow_bytes (GBytes *bytes);
gnutls_datum_t fl_gnutls_borrow_secret (FlSecret *secret);
/* Frees what GnuTLS allocated, wiped first. */
void fl_gnutls_clear (gnutls_datum_t *datum);
FlKeyType fl_gnutls_get_key_type (int pk_algorithm);
/* NULL when it is none. */
gnutls_x509_crt_t fl_gnutls_read_certificate (GBytes *der);
/* The key of @certificate; NULL when it is of a kind that cannot verify, or so large that a
 * stranger makes this computer calculate for seconds. */
gnutls_pubkey_t fl_gnutls_read_key (gnutls_x509_crt_t certificate);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (gnutls_datum_t, fl_gnutls_clear)

G_END_DECLS
