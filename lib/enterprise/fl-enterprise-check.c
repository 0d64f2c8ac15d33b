/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include "fl-enterprise-sort.h"

#include <glib/gi18n-lib.h>

/* (nullable) what is in @pem, NULL with @error when it cannot be read. */
static FlCertFile *
read_pem (GBytes *pem, GError **error)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (pem, &size_bytes);
  g_autoptr (FlSecret) text = fl_secret_new (data, size_bytes);

  return fl_cert_file_parse (text, NULL, error);
}

/* What cannot be read is told under @id, and is as good as not there for what follows. */
static void
read_certificates (FlEnterpriseCheck *check, const char *id, GBytes *pem, GPtrArray **certificates)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = NULL;

  *certificates = fl_enterprise_new_certificates ();
  if (pem == NULL || g_bytes_get_size (pem) == 0)
    return;
  file = read_pem (pem, &error);
  if (file == NULL)
    fl_enterprise_check_add (check, id, FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             error->message);
  else if (fl_cert_file_get_keys (file)->len > 0)
    fl_enterprise_check_add (check, id, FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             _ ("This holds a private key, where only certificates belong."));
  else
    fl_enterprise_add_certificates (*certificates, fl_cert_file_get_certificates (file));
}

static void
read_key (FlEnterpriseCheck *check)
{
  FlSecret *pem = fl_enterprise_get_private_key (check->enterprise);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = NULL;

  if (pem == NULL || fl_secret_get_size (pem) == 0)
    return;
  file = fl_cert_file_parse (pem, NULL, &error);
  if (file == NULL)
    fl_enterprise_check_add (check, "key", FL_VERDICT_BROKEN, (FlErrorCode) error->code, "%s",
                             fl_cert_file_wants_passphrase (error)
                                 ? _ ("The key is locked with a password, and the device asks for "
                                      "none.")
                                 : error->message);
  else if (fl_cert_file_get_keys (file)->len != 1)
    fl_enterprise_check_add (check, "key", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             _ ("This is not exactly one private key."));
  else
    check->key = fl_private_key_ref (fl_cert_file_get_keys (file)->pdata[0]);
}

GPtrArray *
fl_enterprise_check (const FlEnterpriseQuestion *question)
{
  FlEnterpriseCheck check = { .question = question };
  FlEnterprise *enterprise;
  gboolean is_tls;

  g_return_val_if_fail (question != NULL && question->enterprise != NULL, NULL);

  enterprise = check.enterprise = question->enterprise;
  is_tls = fl_enterprise_get_method (enterprise) == FL_EAP_TLS;
  check.findings = g_ptr_array_new_with_free_func (g_object_unref);
  fl_enterprise_check_login (&check);
  read_certificates (&check, "ca", fl_enterprise_get_ca_certificate (enterprise), &check.ca);
  fl_enterprise_check_ca (&check);
  fl_enterprise_check_server (&check);
  read_certificates (&check, "certificate",
                     is_tls ? fl_enterprise_get_client_certificate (enterprise) : NULL,
                     &check.client);
  fl_enterprise_check_client (&check);
  if (is_tls)
    read_key (&check);
  fl_enterprise_check_key (&check);
  fl_enterprise_check_sizes (&check);

  g_ptr_array_unref (check.ca);
  g_ptr_array_unref (check.client);
  g_clear_pointer (&check.key, fl_private_key_unref);
  return check.findings;
}

FlVerdict
fl_enterprise_get_verdict (GPtrArray *findings)
{
  FlVerdict worst = FL_VERDICT_GOOD;

  g_return_val_if_fail (findings != NULL, FL_VERDICT_UNKNOWN);

  for (guint i = 0; i < findings->len; i++)
    {
      FlVerdict verdict = fl_finding_get_verdict (findings->pdata[i]);

      if (verdict != FL_VERDICT_UNKNOWN)
        worst = MAX (worst, verdict);
    }
  return worst;
}

static gint64
get_first_end (GBytes *pem, gint64 end_s)
{
  g_autoptr (FlCertFile) file = pem != NULL ? read_pem (pem, NULL) : NULL;
  GPtrArray *certificates = file != NULL ? fl_cert_file_get_certificates (file) : NULL;

  for (guint i = 0; certificates != NULL && i < certificates->len; i++)
    {
      gint64 one_s = fl_certificate_get_not_after (certificates->pdata[i]);

      end_s = end_s == 0 ? one_s : MIN (end_s, one_s);
    }
  return end_s;
}

gint64
fl_enterprise_get_expiry (FlEnterprise *enterprise)
{
  g_return_val_if_fail (enterprise != NULL, 0);

  return get_first_end (fl_enterprise_get_client_certificate (enterprise),
                        get_first_end (fl_enterprise_get_ca_certificate (enterprise), 0));
}
