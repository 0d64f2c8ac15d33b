/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-certificate.h"
#include "fl-certificate-facts.h"
#include "fl-pem.h"

struct _FlCertificate
{
  gatomicrefcount ref_count;
  GBytes *der;
  FlCertificateFacts *facts;
};

G_DEFINE_BOXED_TYPE (FlCertificate, fl_certificate, fl_certificate_ref, fl_certificate_unref)

const char *
fl_key_type_get_label (FlKeyType type)
{
  switch (type)
    {
    case FL_KEY_RSA:
      return "RSA";
    case FL_KEY_EC:
      return "EC";
    case FL_KEY_OTHER:
      return "other";
    }
  g_return_val_if_reached (NULL);
}

FlCertificate *
fl_certificate_new_from_der (GBytes *der, GError **error)
{
  g_autoptr (FlCertificateFacts) facts = NULL;
  FlCertificate *self;

  g_return_val_if_fail (der != NULL, NULL);

  facts = fl_certificate_facts_new (der, error);
  if (facts == NULL)
    return NULL;

  self = g_new0 (FlCertificate, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->der = g_bytes_ref (der);
  self->facts = g_steal_pointer (&facts);
  return self;
}

FlCertificate *
fl_certificate_ref (FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_certificate_unref (FlCertificate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->der, g_bytes_unref);
  g_clear_pointer (&self->facts, fl_certificate_facts_free);
  g_free (self);
}

GBytes *
fl_certificate_get_der (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->der;
}

const char *
fl_certificate_get_name (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->name;
}

const char *
fl_certificate_get_subject (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->subject;
}

const char *
fl_certificate_get_issuer (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->issuer;
}

gint64
fl_certificate_get_not_before (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->not_before;
}

gint64
fl_certificate_get_not_after (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->not_after;
}

FlKeyType
fl_certificate_get_key_type (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FL_KEY_OTHER);

  return self->facts->key_type;
}

guint
fl_certificate_get_key_bits (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->key_bits;
}

const guint8 *
fl_certificate_get_key_id (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->key_id;
}

const char *
fl_certificate_get_signature (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->signature;
}

gboolean
fl_certificate_has_weak_signature (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->facts->weak_signature;
}

gboolean
fl_certificate_is_ca (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->facts->ca;
}

gboolean
fl_certificate_has_basic_constraints (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->facts->basic_constraints;
}

gboolean
fl_certificate_is_self_signed (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->facts->self_signed;
}

gboolean
fl_certificate_allows_client (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->facts->allows_client;
}

const char *
fl_certificate_get_identity (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts->identity;
}

gboolean
fl_certificate_is_signed_by (const FlCertificate *self, const FlCertificate *issuer)
{
  g_return_val_if_fail (self != NULL && issuer != NULL, FALSE);

  if (fl_certificate_equal (self, issuer))
    return self->facts->self_signed;
  return g_str_equal (self->facts->issuer, issuer->facts->subject) && /* cheap; next is exact */
         fl_certificate_verify_signature (self->der, issuer->der);
}

gboolean
fl_certificate_equal (const FlCertificate *a, const FlCertificate *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b || g_bytes_equal (a->der, b->der);
}

GBytes *
fl_certificate_to_pem (const FlCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fl_pem_write ("CERTIFICATE", self->der);
}
