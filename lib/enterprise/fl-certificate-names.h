/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-gnutls.h"
#include "fl-safe-text.h"

G_BEGIN_DECLS

/* What a certificate calls its owner. All (transfer full), safe to show, of bounded length. */
char *fl_certificate_names_read_subject (gnutls_x509_crt_t certificate);
char *fl_certificate_names_read_issuer (gnutls_x509_crt_t certificate);
char *fl_certificate_names_read_name (gnutls_x509_crt_t certificate, const char *subject);
char *fl_certificate_names_read_identity (gnutls_x509_crt_t certificate); /* (nullable) */

G_END_DECLS
