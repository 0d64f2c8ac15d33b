/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Lines without anything are not sent. */
gsize
fl_enterprise_count_bytes (const guint8 *pem, gsize size_bytes)
{
  gsize total_bytes = 0;
  gsize line_bytes = 0;

  for (gsize i = 0; i <= size_bytes; i++)
    {
      if (i < size_bytes && pem[i] != '\n' && pem[i] != '\r')
        line_bytes++;
      else if (line_bytes > 0)
        {
          total_bytes += line_bytes + 2;
          line_bytes = 0;
        }
    }
  return total_bytes;
}

static gsize
count (GBytes *pem)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (pem, &size_bytes);

  return fl_enterprise_count_bytes (data, size_bytes);
}

/* TRUE: it fits, which is said. */
static gboolean
fits (FlEnterpriseCheck *check, const char *id, gsize size_bytes, gsize max_bytes)
{
  if (size_bytes > max_bytes)
    return FALSE;
  fl_enterprise_check_good (check, id, _ ("%zu bytes; this device takes %zu."), size_bytes,
                            max_bytes);
  return TRUE;
}

/* @keep: the certificate that would be enough. */
static void
check_certificates (FlEnterpriseCheck *check,
                    const char *id,
                    GBytes *pem,
                    FlCertificate *keep,
                    gsize max_bytes)
{
  gsize size_bytes = count (pem);
  g_autoptr (GBytes) alone = keep != NULL ? fl_certificate_to_pem (keep) : NULL;

  if (fits (check, id, size_bytes, max_bytes))
    return;
  if (alone != NULL && count (alone) <= max_bytes)
    fl_enterprise_check_add (check, id, FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT,
                             _ ("The certificates need %zu bytes; this device takes %zu. Choose a "
                                "file with “%s” alone."),
                             size_bytes, max_bytes, fl_certificate_get_name (keep));
  else
    fl_enterprise_check_add (check, id, FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT,
                             _ ("The certificate needs %zu bytes; this device takes %zu. Ask for "
                                "one with a 2048-bit key."),
                             size_bytes, max_bytes);
}

static void
check_key (FlEnterpriseCheck *check, const FlSecret *pem, gsize max_bytes)
{
  gsize size_bytes = fl_enterprise_count_bytes (fl_secret_get_data (pem), fl_secret_get_size (pem));

  if (fits (check, "key-size", size_bytes, max_bytes))
    return;
  fl_enterprise_check_add (check, "key-size", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT,
                           _ ("The key has %u bits and needs %zu bytes; this device takes %zu. Ask "
                              "for a certificate with a 2048-bit key."),
                           fl_private_key_get_bits (check->key), size_bytes, max_bytes);
}

/* The root of the network's certificates, else the first of them. */
static FlCertificate *
find_root (FlEnterpriseCheck *check)
{
  for (guint i = 0; i < check->ca->len; i++)
    if (fl_certificate_is_self_signed (check->ca->pdata[i]))
      return check->ca->pdata[i];
  return check->ca->pdata[0];
}

void
fl_enterprise_check_sizes (FlEnterpriseCheck *check)
{
  const FlEnterpriseLimits *limits = check->question->limits;
  FlEnterprise *enterprise = check->enterprise;
  gboolean is_tls = fl_enterprise_get_method (enterprise) == FL_EAP_TLS;

  if (limits == NULL)
    return;
  if (check->ca->len > 0)
    check_certificates (check, "ca-size", fl_enterprise_get_ca_certificate (enterprise),
                        find_root (check), limits->certificate_bytes);
  if (is_tls && check->client->len > 0)
    check_certificates (check, "certificate-size",
                        fl_enterprise_get_client_certificate (enterprise), check->client->pdata[0],
                        limits->certificate_bytes);
  if (is_tls && check->key != NULL)
    check_key (check, fl_enterprise_get_private_key (enterprise), limits->key_bytes);
}
