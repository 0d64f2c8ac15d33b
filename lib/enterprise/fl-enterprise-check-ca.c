/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include <glib/gi18n-lib.h>

/* What a certificate can do for a network. RFC 5280, 4.2.1.9 and 6.1.4 (k) */
typedef enum
{
  KIND_ROOT,     /* says that it vouches for others, and begins a chain */
  KIND_OLD_ROOT, /* of a time when certificates did not say so */
  KIND_OWN,      /* one server's, vouched for by itself: some devices take it for what it is */
  KIND_BETWEEN,  /* vouches for others, and another one for it */
  KIND_UNKNOWN,  /* not a root, and does not say whether it vouches */
  KIND_END,      /* says that it vouches for nobody */
} Kind;

static Kind
get_kind (const FlCertificate *certificate)
{
  gboolean self_signed = fl_certificate_is_self_signed (certificate);

  if (fl_certificate_is_ca (certificate))
    return self_signed ? KIND_ROOT : KIND_BETWEEN;
  if (fl_certificate_has_basic_constraints (certificate))
    return self_signed ? KIND_OWN : KIND_END;
  return self_signed ? KIND_OLD_ROOT : KIND_UNKNOWN;
}

/* (nullable): the first of @kind, or of KIND_BETWEEN only one whose issuer is missing. */
static FlCertificate *
find_kind (FlEnterpriseCheck *check, Kind kind)
{
  for (guint i = 0; i < check->ca->len; i++)
    if (get_kind (check->ca->pdata[i]) == kind &&
        (kind != KIND_BETWEEN ||
         fl_enterprise_check_find_issuer (check->ca, check->ca->pdata[i]) == NULL))
      return check->ca->pdata[i];
  return NULL;
}

static FlCertificate *
find_other_key (FlEnterpriseCheck *check)
{
  const FlEnterpriseLimits *limits = check->question->limits;

  for (guint i = 0; limits != NULL && limits->rsa_only && i < check->ca->len; i++)
    if (fl_certificate_get_key_type (check->ca->pdata[i]) != FL_KEY_RSA)
      return check->ca->pdata[i];
  return NULL;
}

/* All certificates are of the last two kinds. */
static void
refuse_ends (FlEnterpriseCheck *check)
{
  FlCertificate *end = find_kind (check, KIND_END);
  FlCertificate *unknown = find_kind (check, KIND_UNKNOWN);

  /* No chain can end in it, whatever the server shows. */
  if (unknown == NULL)
    fl_enterprise_check_add (check, "ca-kind", FL_VERDICT_BROKEN, FL_ERROR_INVALID_INPUT,
                             _ ("“%s” belongs to one server or person. The certificate that "
                                "vouches for the server is needed."),
                             fl_certificate_get_name (end));
  else
    fl_enterprise_check_add (check, "ca-kind", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                             _ ("“%s” does not say that it vouches for servers, and another one "
                                "vouches for it."),
                             fl_certificate_get_name (unknown));
}

static void
doubt (FlEnterpriseCheck *check, FlErrorCode code, const char *sentence)
{
  fl_enterprise_check_add (check, "ca-kind", FL_VERDICT_DOUBTFUL, code, "%s", sentence);
}

static void
check_kinds (FlEnterpriseCheck *check)
{
  FlCertificate *root = find_kind (check, KIND_ROOT);
  FlCertificate *between = find_kind (check, KIND_BETWEEN);
  FlCertificate *old = find_kind (check, KIND_OLD_ROOT);
  FlCertificate *own = find_kind (check, KIND_OWN);
  FlCertificate *end = find_kind (check, KIND_END);
  FlCertificate *other = find_other_key (check);
  g_autofree char *sentence = NULL;
  g_autofree char *issuer = NULL;

  if (between != NULL)
    {
      issuer = fl_enterprise_check_dup_issuer (between);
      sentence = g_strdup_printf (/* Translators: a certificate, then who signed it */
                                  _ ("“%s” is not the root: the certificate of “%s” belongs to it, "
                                     "too."),
                                  fl_certificate_get_name (between), issuer);
      doubt (check, FL_ERROR_CA_MISSING, sentence);
      return;
    }
  if (old != NULL)
    sentence = g_strdup_printf (_ ("“%s” is of an old kind, which some devices do not take."),
                                fl_certificate_get_name (old));
  else if (own != NULL)
    sentence = g_strdup_printf (_ ("“%s” vouches for itself only, not for other servers."),
                                fl_certificate_get_name (own));
  else if (end != NULL)
    sentence = g_strdup_printf (_ ("“%s” belongs to one server or person and is not needed here."),
                                fl_certificate_get_name (end));
  else if (other != NULL)
    sentence = g_strdup_printf (
        _ ("“%s” has a key of another kind than RSA, which this device may not know."),
        fl_certificate_get_name (other));

  if (sentence != NULL)
    doubt (check, FL_ERROR_INVALID_INPUT, sentence);
  else
    fl_enterprise_check_good (check, "ca-kind", _ ("“%s” is a root: the chain ends there."),
                              fl_certificate_get_name (root));
}

/* Whether the method proves the server by a certificate at all. */
static gboolean
uses_ca (FlEapMethod method)
{
  switch (method)
    {
    case FL_EAP_PEAP:
    case FL_EAP_TLS:
    case FL_EAP_TTLS:
      return TRUE;
    case FL_EAP_FAST:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      break;
    }
  return FALSE;
}

/* Says that nothing is there, unless something is that cannot be read. */
static void
tell_missing (FlEnterpriseCheck *check)
{
  GBytes *pem = fl_enterprise_get_ca_certificate (check->enterprise);

  if (pem == NULL || g_bytes_get_size (pem) == 0)
    fl_enterprise_check_add (check, "ca", FL_VERDICT_DOUBTFUL, FL_ERROR_CA_MISSING, "%s",
                             _ ("Without this file the device cannot tell the real network from a "
                                "copy."));
}

void
fl_enterprise_check_ca (FlEnterpriseCheck *check)
{
  if (!uses_ca (fl_enterprise_get_method (check->enterprise)))
    return;
  if (check->ca->len == 0)
    {
      tell_missing (check);
      return;
    }

  fl_enterprise_check_good (check, "ca",
                            g_dngettext (GETTEXT_PACKAGE, "“%s” is there.",
                                         "“%s” and others are there.", check->ca->len),
                            fl_certificate_get_name (check->ca->pdata[0]));
  /* The device may not know the date, and the network may go on with an old root. */
  fl_enterprise_check_dates (check, "ca-date", check->ca, FL_VERDICT_DOUBTFUL);
  if (find_kind (check, KIND_ROOT) != NULL || find_kind (check, KIND_BETWEEN) != NULL ||
      find_kind (check, KIND_OLD_ROOT) != NULL || find_kind (check, KIND_OWN) != NULL)
    check_kinds (check);
  else
    refuse_ends (check);
  fl_enterprise_check_signatures (check, "ca-signature", check->ca);
}

void
fl_enterprise_check_server (FlEnterpriseCheck *check)
{
  const char *name = fl_enterprise_get_server_name (check->enterprise);
  const FlEnterpriseLimits *limits = check->question->limits;
  gboolean is_set = name != NULL && *name != '\0';

  if (limits == NULL)
    return; /* nobody knows who looks at it */
  if (!limits->checks_name)
    fl_enterprise_check_good (check, "server-name", "%s",
                              _ ("This device checks the certificate, not the server's name."));
  else if (is_set)
    /* Translators: "radius.school.example" */
    fl_enterprise_check_good (check, "server-name", _ ("The server has to be “%s”."), name);
  else if (check->ca->len > 0)
    fl_enterprise_check_add (check, "server-name", FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                             _ ("Without it every server that “%s” vouches for is taken for the "
                                "right one."),
                             fl_certificate_get_name (check->ca->pdata[0]));

  if (limits->newest_tls != NULL)
    /* Translators: "1.1" */
    fl_enterprise_check_good (check, "tls",
                              _ ("This device knows TLS up to %s; a network that wants a newer one "
                                 "refuses it."),
                              limits->newest_tls);
}
