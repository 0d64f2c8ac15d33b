/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include <glib/gi18n-lib.h>

#define ENOUGH_RSA_BITS 2048 /* NIST SP 800-131A Rev. 2, section 3: less is disallowed */

static void
doubt_chain (FlEnterpriseCheck *check, const char *sentence)
{
  fl_enterprise_check_add (check, "certificate-chain", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                           "%s", sentence);
}

/* Up from the device's own certificate as far as the chain goes. @n_links: (out) */
static FlCertificate *
walk_chain (FlEnterpriseCheck *check, guint *n_links)
{
  FlCertificate *top = check->client->pdata[0];

  for (*n_links = 1; *n_links < check->client->len; ++*n_links)
    {
      FlCertificate *issuer = fl_certificate_is_self_signed (top)
                                  ? NULL
                                  : fl_enterprise_check_find_issuer (check->client, top);

      if (issuer == NULL)
        break;
      top = issuer;
    }
  return top;
}

/* Whether @top's issuer is known without being sent: servers have their roots. */
static gboolean
is_anchored (FlEnterpriseCheck *check, const FlCertificate *top)
{
  GPtrArray *spare = check->question->spare;

  return fl_enterprise_check_find_issuer (check->ca, top) != NULL ||
         (spare != NULL && fl_enterprise_check_find_issuer (spare, top) != NULL);
}

static void
check_chain (FlEnterpriseCheck *check)
{
  FlCertificate *own = check->client->pdata[0];
  guint n_links;
  FlCertificate *top = walk_chain (check, &n_links);
  gboolean is_root = fl_certificate_is_self_signed (top);
  g_autofree char *issuer = fl_enterprise_check_dup_issuer (top);
  g_autofree char *sentence = NULL;

  if (n_links < check->client->len)
    sentence = g_strdup_printf (_ ("Not all of the %u certificates belong to “%s”."),
                                check->client->len, fl_certificate_get_name (own));
  else if (is_root && top == own)
    sentence = g_strdup (_ ("It vouches for itself; the network has to know it already."));
  else if (!is_root && !is_anchored (check, top))
    sentence = g_strdup_printf (/* Translators: who signed a certificate */
                                _ ("The certificate of “%s” is not in the file; the network has to "
                                   "know it already."),
                                issuer);

  if (sentence != NULL)
    doubt_chain (check, sentence);
  else
    fl_enterprise_check_good (check, "certificate-chain", "%s",
                              _ ("All certificates up to the root are there."));
}

static void
check_use (FlEnterpriseCheck *check)
{
  const FlCertificate *own = check->client->pdata[0];

  if (!fl_certificate_allows_client (own))
    fl_enterprise_check_add (check, "certificate-use", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                             "%s", _ ("It was not made for logging in; most servers refuse it."));
  else if (fl_certificate_is_ca (own) && !fl_certificate_is_self_signed (own))
    fl_enterprise_check_add (check, "certificate-use", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                             "%s", _ ("It was made to vouch for others, not for a device."));
  else
    fl_enterprise_check_good (check, "certificate-use", "%s", _ ("It may be used for logging in."));
}

static gboolean
has_text (GBytes *pem)
{
  return pem != NULL && g_bytes_get_size (pem) > 0;
}

void
fl_enterprise_check_client (FlEnterpriseCheck *check)
{
  gboolean is_given = has_text (fl_enterprise_get_client_certificate (check->enterprise));

  if (fl_enterprise_get_method (check->enterprise) != FL_EAP_TLS)
    {
      if (is_given)
        fl_enterprise_check_add (check, "certificate", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                                 "%s", _ ("This kind of login does not use it."));
      return;
    }
  if (!is_given)
    fl_enterprise_check_add (check, "certificate", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             _ ("The device needs a certificate of its own."));
  if (check->client->len == 0)
    return;

  /* Translators: what a certificate is called */
  fl_enterprise_check_good (check, "certificate", _ ("“%s” is there."),
                            fl_certificate_get_name (check->client->pdata[0]));
  /* No server lets it in any more. One that begins later is for a device that is used later. */
  fl_enterprise_check_dates (check, "certificate-date", check->client, FL_VERDICT_BROKEN);
  check_chain (check);
  check_use (check);
  fl_enterprise_check_signatures (check, "certificate-signature", check->client);
}

static void
check_key_type (FlEnterpriseCheck *check)
{
  const FlEnterpriseLimits *limits = check->question->limits;
  FlKeyType type = fl_private_key_get_key_type (check->key);
  guint bits = fl_private_key_get_bits (check->key);
  const char *label = fl_key_type_get_label (type);

  if (limits != NULL && limits->rsa_only && type != FL_KEY_RSA)
    fl_enterprise_check_add (check, "key-type", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             _ ("The key is of another kind; this device takes RSA only. Ask for a "
                                "certificate with a 2048-bit RSA key."));
  else if (type == FL_KEY_RSA && bits < ENOUGH_RSA_BITS)
    fl_enterprise_check_add (check, "key-type", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                             _ ("The key has %u bits; many networks want 2048."), bits);
  else
    /* Translators: "RSA", then a number of bits */
    fl_enterprise_check_good (check, "key-type", _ ("%s with %u bits."), label, bits);
}

void
fl_enterprise_check_key (FlEnterpriseCheck *check)
{
  if (fl_enterprise_get_method (check->enterprise) != FL_EAP_TLS)
    return;
  if (fl_enterprise_get_private_key (check->enterprise) == NULL)
    fl_enterprise_check_add (check, "key", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT, "%s",
                             _ ("The key that belongs to the certificate is needed."));
  if (check->key == NULL)
    return;

  fl_enterprise_check_good (check, "key", "%s", _ ("It is there, and it can be read."));
  if (check->client->len > 0 && fl_private_key_matches (check->key, check->client->pdata[0]))
    fl_enterprise_check_good (check, "key-match", "%s", _ ("They belong together."));
  else if (check->client->len > 0)
    fl_enterprise_check_add (check, "key-match", FL_VERDICT_BROKEN, FL_ERROR_KEY_MISMATCH,
                             _ ("The key does not belong to “%s”."),
                             fl_certificate_get_name (check->client->pdata[0]));
  check_key_type (check);
}
