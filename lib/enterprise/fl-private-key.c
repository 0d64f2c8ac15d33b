/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-private-key.h"
#include "fl-certificate-facts.h"
#include "fl-der.h"
#include "fl-error.h"
#include "fl-private-key-gnutls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FlPrivateKey
{
  gatomicrefcount ref_count;
  FlKeyType type;
  guint bits;
  guint8 id[FL_KEY_ID_BYTES]; /* of the public key */
  FlSecret *pem;
};

G_DEFINE_BOXED_TYPE (FlPrivateKey, fl_private_key, fl_private_key_ref, fl_private_key_unref)

static FlPrivateKey *
refuse (GError **error)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       _ ("The private key cannot be read."));
  return NULL;
}

/* (transfer full) (nullable) RSA in PKCS#1, the others in PKCS#8: out of PKCS#8, GnuTLS would write
 * SEC 1 without the name of the curve, which nobody can read. */
static FlSecret *
write_pem (gnutls_x509_privkey_t key, FlKeyType type)
{
  g_auto (gnutls_datum_t) text = { NULL, 0 };
  const int result = type == FL_KEY_RSA
                         ? gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &text)
                         : gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                              GNUTLS_PKCS_PLAIN, &text);

  return result >= 0 ? fl_secret_new (text.data, text.size) : NULL;
}

FlPrivateKey *
fl_private_key_new_from_gnutls (gnutls_x509_privkey_t key, GError **error)
{
  g_autoptr (FlPrivateKey) self = g_new0 (FlPrivateKey, 1);
  size_t size_bytes = sizeof self->id;
  unsigned int bits = 0;

  g_atomic_ref_count_init (&self->ref_count);
  self->type = fl_gnutls_get_key_type (gnutls_x509_privkey_get_pk_algorithm2 (key, &bits));
  self->bits = bits;
  self->pem = write_pem (key, self->type);
  if (self->pem == NULL || gnutls_x509_privkey_verify_params (key) < 0 ||
      gnutls_x509_privkey_get_key_id (key, GNUTLS_KEYID_USE_SHA256, self->id, &size_bytes) < 0 ||
      size_bytes != sizeof self->id)
    return refuse (error);
  return g_steal_pointer (&self);
}

FlPrivateKey *
fl_private_key_new_from_der (FlSecret *der, GError **error)
{
  g_auto (gnutls_x509_privkey_t) key = NULL;
  gnutls_datum_t datum;

  g_return_val_if_fail (der != NULL, NULL);

  datum = fl_gnutls_borrow_secret (der);
  if (datum.size > FL_PRIVATE_KEY_MAX_BYTES ||
      fl_der_guess ((FlDer){ datum.data, datum.size }) != FL_DER_KEY ||
      !fl_der_is_whole ((FlDer){ datum.data, datum.size }) || gnutls_x509_privkey_init (&key) < 0)
    return refuse (error);
  if (gnutls_x509_privkey_import (key, &datum, GNUTLS_X509_FMT_DER) < 0 &&
      gnutls_x509_privkey_import_pkcs8 (key, &datum, GNUTLS_X509_FMT_DER, NULL, GNUTLS_PKCS_PLAIN) <
          0)
    return refuse (error);
  return fl_private_key_new_from_gnutls (key, error);
}

FlPrivateKey *
fl_private_key_ref (FlPrivateKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_private_key_unref (FlPrivateKey *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->pem, fl_secret_unref);
  g_free (self);
}

FlKeyType
fl_private_key_get_key_type (const FlPrivateKey *self)
{
  g_return_val_if_fail (self != NULL, FL_KEY_OTHER);

  return self->type;
}

guint
fl_private_key_get_bits (const FlPrivateKey *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bits;
}

gboolean
fl_private_key_matches (const FlPrivateKey *self, const FlCertificate *certificate)
{
  g_return_val_if_fail (self != NULL && certificate != NULL, FALSE);

  return memcmp (self->id, fl_certificate_get_key_id (certificate), sizeof self->id) == 0;
}

FlSecret *
fl_private_key_get_pem (const FlPrivateKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pem;
}
