/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-gnutls.h"
#include "fl-private-key.h"

G_BEGIN_DECLS

/* Longest DER of a key: RSA with 8192 bits has 4.7 KB. Numbers of a stranger are calculated with
 * when a key is read. */
#define FL_PRIVATE_KEY_MAX_BYTES 5120

/* @key: read, borrowed. FL_ERROR_INVALID_INPUT when its numbers do not belong together. */
FlPrivateKey *fl_private_key_new_from_gnutls (gnutls_x509_privkey_t key, GError **error);

G_END_DECLS
