/* SPDX-License-Identifier: Apache-2.0 */

/* Several certificates: their order, and their text. */

#include "config.h"

#include "fl-certificate.h"

#define NOBODY G_MAXUINT

typedef struct
{
  GPtrArray *all;  /* borrowed */
  guint *issuers;  /* of each; NOBODY */
  gboolean *signs; /* whether it is the issuer of another one */
} Family;

static FlCertificate *
get (const Family *family, guint index)
{
  return family->all->pdata[index];
}

static guint
find_issuer (const Family *family, guint child)
{
  if (fl_certificate_is_self_signed (get (family, child)))
    return NOBODY;
  for (guint i = 0; i < family->all->len; i++)
    if (i != child && !fl_certificate_equal (get (family, i), get (family, child)) &&
        fl_certificate_is_signed_by (get (family, child), get (family, i)))
      return i;
  return NOBODY;
}

/* Certificates from @start up, at most all; two may have signed each other. */
static guint
count_chain (const Family *family, guint start)
{
  guint length = 0;

  for (guint i = start; i != NOBODY && length < family->all->len; i = family->issuers[i])
    length++;
  return length;
}

/* A leaf: people before authorities, then the longest chain, then the first one. NOBODY: none. */
static guint
find_leaf (const Family *family)
{
  guint best = NOBODY, best_length = 0;
  gboolean best_is_ca = TRUE;

  for (guint i = 0; i < family->all->len; i++)
    {
      const gboolean is_ca = fl_certificate_is_ca (get (family, i));
      const guint length = count_chain (family, i);

      if (family->signs[i] || (is_ca && !best_is_ca))
        continue;
      if (best == NOBODY || (best_is_ca && !is_ca) || length > best_length)
        {
          best = i;
          best_length = length;
          best_is_ca = is_ca;
        }
    }
  return best;
}

GPtrArray *
fl_certificates_sort (GPtrArray *certificates)
{
  g_autoptr (GPtrArray) sorted =
      g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
  g_autofree guint *issuers = NULL;
  g_autofree gboolean *signs = NULL, *taken = NULL;
  Family family;

  g_return_val_if_fail (certificates != NULL, NULL);

  issuers = g_new (guint, certificates->len + 1);
  signs = g_new0 (gboolean, certificates->len + 1);
  taken = g_new0 (gboolean, certificates->len + 1);
  family = (Family){ certificates, issuers, signs };
  for (guint i = 0; i < certificates->len; i++)
    {
      issuers[i] = find_issuer (&family, i);
      if (issuers[i] != NOBODY)
        signs[issuers[i]] = TRUE;
    }

  for (guint i = find_leaf (&family); i != NOBODY && !taken[i]; i = issuers[i])
    {
      taken[i] = TRUE;
      g_ptr_array_add (sorted, fl_certificate_ref (get (&family, i)));
    }
  for (guint i = 0; i < certificates->len; i++)
    if (!taken[i])
      g_ptr_array_add (sorted, fl_certificate_ref (get (&family, i)));
  return g_steal_pointer (&sorted);
}

GBytes *
fl_certificates_to_pem (GPtrArray *certificates)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();

  g_return_val_if_fail (certificates != NULL, NULL);

  for (guint i = 0; i < certificates->len; i++)
    {
      g_autoptr (GBytes) pem = fl_certificate_to_pem (certificates->pdata[i]);

      g_byte_array_append (text, g_bytes_get_data (pem, NULL), (guint) g_bytes_get_size (pem));
    }
  return certificates->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&text)) : NULL;
}
