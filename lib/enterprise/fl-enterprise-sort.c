/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-sort.h"

GPtrArray *
fl_enterprise_new_certificates (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
}

static gboolean
contains (GPtrArray *list, const FlCertificate *certificate)
{
  for (guint i = 0; i < list->len; i++)
    if (fl_certificate_equal (list->pdata[i], certificate))
      return TRUE;
  return FALSE;
}

void
fl_enterprise_add_certificates (GPtrArray *list, GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    if (!contains (list, more->pdata[i]))
      g_ptr_array_add (list, fl_certificate_ref (more->pdata[i]));
}

static FlCertificate *
find_of_key (GPtrArray *certificates, FlPrivateKey *key)
{
  for (guint i = 0; key != NULL && i < certificates->len; i++)
    if (fl_private_key_matches (key, certificates->pdata[i]))
      return certificates->pdata[i];
  return NULL;
}

static gboolean
is_end (const FlCertificate *certificate)
{
  return !fl_certificate_is_ca (certificate) && !fl_certificate_is_self_signed (certificate);
}

/* The one that looks most like a device's own. */
static FlCertificate *
find_own (GPtrArray *certificates, FlPrivateKey *key, gboolean is_client)
{
  FlCertificate *own = find_of_key (certificates, key);

  for (guint i = 0; own == NULL && i < certificates->len; i++)
    if (is_end (certificates->pdata[i]) && fl_certificate_allows_client (certificates->pdata[i]))
      own = certificates->pdata[i];
  for (guint i = 0; is_client && own == NULL && i < certificates->len; i++)
    if (is_end (certificates->pdata[i]))
      own = certificates->pdata[i];
  if (is_client && own == NULL && certificates->len > 0)
    own = certificates->pdata[0];
  return own;
}

static FlCertificate *
find_issuer (GPtrArray *certificates, const FlCertificate *certificate)
{
  for (guint i = 0; i < certificates->len; i++)
    if (!fl_certificate_equal (certificates->pdata[i], certificate) &&
        fl_certificate_is_signed_by (certificate, certificates->pdata[i]))
      return certificates->pdata[i];
  return NULL;
}

/* Two certificates that vouch for each other do not make an endless chain. */
static void
take_chain (FlEnterpriseSorted *sorted, GPtrArray *certificates, FlCertificate *own)
{
  FlCertificate *next = own;

  while (next != NULL && !contains (sorted->client, next))
    {
      if (next != own && fl_certificate_is_self_signed (next))
        {
          g_ptr_array_add (sorted->roots, fl_certificate_ref (next));
          return;
        }
      g_ptr_array_add (sorted->client, fl_certificate_ref (next));
      next = fl_certificate_is_self_signed (next) ? NULL : find_issuer (certificates, next);
    }
}

void
fl_enterprise_sort (FlEnterpriseSorted *sorted,
                    GPtrArray *certificates,
                    FlPrivateKey *key,
                    gboolean is_client)
{
  g_autoptr (GPtrArray) ordered = fl_certificates_sort (certificates);
  FlCertificate *own = find_own (ordered, key, is_client);

  sorted->client = fl_enterprise_new_certificates ();
  sorted->roots = fl_enterprise_new_certificates ();
  sorted->others = fl_enterprise_new_certificates ();
  take_chain (sorted, ordered, own);
  for (guint i = 0; i < ordered->len; i++)
    if (!contains (sorted->client, ordered->pdata[i]) &&
        !contains (sorted->roots, ordered->pdata[i]) &&
        !contains (sorted->others, ordered->pdata[i]))
      g_ptr_array_add (sorted->others, fl_certificate_ref (ordered->pdata[i]));
}

void
fl_enterprise_sorted_clear (FlEnterpriseSorted *sorted)
{
  g_clear_pointer (&sorted->client, g_ptr_array_unref);
  g_clear_pointer (&sorted->roots, g_ptr_array_unref);
  g_clear_pointer (&sorted->others, g_ptr_array_unref);
}

FlPrivateKey *
fl_enterprise_choose_key (GPtrArray *keys, GPtrArray *certificates)
{
  for (guint i = 0; i < keys->len; i++)
    for (guint k = 0; k < certificates->len; k++)
      if (fl_private_key_matches (keys->pdata[i], certificates->pdata[k]))
        return keys->pdata[i];
  return keys->len > 0 ? keys->pdata[0] : NULL;
}
