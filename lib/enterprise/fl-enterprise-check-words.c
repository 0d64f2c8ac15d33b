/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *id;
  const char *title;
} titles[] = {
  { "method", N_ ("Kind of Login") },
  { "identity", N_ ("User Name") },
  { "realm", N_ ("Ending of the User Name") },
  { "password", N_ ("Password") },
  { "outer-identity", N_ ("Name That Others See") },
  { "ca", N_ ("Certificate of the Network") },
  { "ca-date", N_ ("Dates of the Network's Certificate") },
  { "ca-kind", N_ ("Kind of the Network's Certificate") },
  { "ca-signature", N_ ("Signature of the Network's Certificate") },
  { "ca-size", N_ ("Size of the Network's Certificate") },
  { "server-name", N_ ("Name of the Server") },
  { "tls", N_ ("Encryption") },
  { "certificate", N_ ("Certificate of the Device") },
  { "certificate-date", N_ ("Dates of the Device's Certificate") },
  { "certificate-chain", N_ ("Origin of the Device's Certificate") },
  { "certificate-use", N_ ("Use of the Device's Certificate") },
  { "certificate-signature", N_ ("Signature of the Device's Certificate") },
  { "certificate-size", N_ ("Size of the Device's Certificate") },
  { "key", N_ ("Key of the Device") },
  { "key-match", N_ ("Key and Certificate") },
  { "key-type", N_ ("Kind of the Key") },
  { "key-size", N_ ("Size of the Key") },
};

static const char *
get_title (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].id, id) == 0)
      return _ (titles[i].title);
  g_return_val_if_reached (id);
}

/* Kinds, methods and sizes are the device's matter, the rest that of whoever collected the files.
 */
static FlBlame
get_blame (const char *id, FlVerdict verdict)
{
  if (verdict == FL_VERDICT_GOOD)
    return FL_BLAME_NOBODY;
  return strcmp (id, "method") == 0 || g_str_has_suffix (id, "-size") ||
                 g_str_has_suffix (id, "-type")
             ? FL_BLAME_DEVICE
             : FL_BLAME_COMPUTER;
}

void
fl_enterprise_check_add (FlEnterpriseCheck *check,
                         const char *id,
                         FlVerdict verdict,
                         FlErrorCode code,
                         const char *format,
                         ...)
{
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  gboolean sure = verdict != FL_VERDICT_DOUBTFUL || code == FL_ERROR_CA_MISSING ||
                  code == FL_ERROR_CERTIFICATE_DATE;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  if (verdict != FL_VERDICT_GOOD)
    error = g_error_new_literal (FL_ERROR, (int) code, sentence);
  g_ptr_array_add (check->findings, fl_finding_new (id, get_title (id), verdict, sentence, error,
                                                    get_blame (id, verdict), sure));
}

char *
fl_enterprise_check_dup_date (gint64 time_s)
{
  static const gint64 first_s = -62135596800; /* 1 January 1 and 31 December 9999: what GDateTime */
  static const gint64 last_s = 253402300799;  /* can do */
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (CLAMP (time_s, first_s, last_s));

  /* Translators: a day as it stands in a sentence, "3 May 2027"; see g_date_time_format() */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

/* Where the value of the first CN in @dn begins; NULL: there is none. RFC 4514, section 2.4 */
static const char *
find_common_name (const char *dn)
{
  for (const char *at = dn; at != NULL; at = strchr (at, ','))
    {
      at += *at == ',';
      if (g_str_has_prefix (at, "CN="))
        return at + strlen ("CN=");
    }
  return NULL;
}

char *
fl_enterprise_check_dup_issuer (const FlCertificate *certificate)
{
  const char *issuer = fl_certificate_get_issuer (certificate);
  const char *name = find_common_name (issuer);
  const char *end = name != NULL ? strpbrk (name, ",+") : NULL;

  /* What is escaped stays what it is: such names are rare, and the whole is never wrong. */
  if (name == NULL || strchr (issuer, '\\') != NULL)
    return g_strdup (issuer);
  return end != NULL ? g_strndup (name, (gsize) (end - name)) : g_strdup (name);
}

FlCertificate *
fl_enterprise_check_find_issuer (GPtrArray *certificates, const FlCertificate *certificate)
{
  for (guint i = 0; i < certificates->len; i++)
    if (!fl_certificate_equal (certificates->pdata[i], certificate) &&
        fl_certificate_is_signed_by (certificate, certificates->pdata[i]))
      return certificates->pdata[i];
  return NULL;
}

/* The first that is not valid now; NULL: all are. */
static FlCertificate *
find_invalid (GPtrArray *certificates, gint64 now_s)
{
  for (guint i = 0; i < certificates->len; i++)
    if (now_s < fl_certificate_get_not_before (certificates->pdata[i]) ||
        now_s > fl_certificate_get_not_after (certificates->pdata[i]))
      return certificates->pdata[i];
  return NULL;
}

static gint64
get_first_end (GPtrArray *certificates)
{
  gint64 end_s = G_MAXINT64;

  for (guint i = 0; i < certificates->len; i++)
    end_s = MIN (end_s, fl_certificate_get_not_after (certificates->pdata[i]));
  return end_s;
}

void
fl_enterprise_check_dates (FlEnterpriseCheck *check,
                           const char *id,
                           GPtrArray *certificates,
                           FlVerdict expired)
{
  gint64 now_s = check->question->now_s;
  FlCertificate *bad = find_invalid (certificates, now_s);
  gboolean has_begun = bad == NULL || now_s >= fl_certificate_get_not_before (bad);
  g_autofree char *day =
      fl_enterprise_check_dup_date (bad == NULL ? get_first_end (certificates)
                                    : has_begun ? fl_certificate_get_not_after (bad)
                                                : fl_certificate_get_not_before (bad));

  if (bad == NULL)
    /* Translators: the placeholder is a day */
    fl_enterprise_check_good (check, id, _ ("Valid until %s."), day);
  else if (!has_begun)
    fl_enterprise_check_add (check, id, FL_VERDICT_DOUBTFUL, FL_ERROR_CERTIFICATE_DATE,
                             /* Translators: what a certificate is called, then a day */
                             _ ("“%s” is not valid before %s."), fl_certificate_get_name (bad),
                             day);
  else if (bad == certificates->pdata[0] && certificates->len == 1)
    fl_enterprise_check_add (check, id, expired, FL_ERROR_CERTIFICATE_DATE,
                             _ ("The certificate ended on %s."), day);
  else
    fl_enterprise_check_add (check, id,
                             bad == certificates->pdata[0] ? expired : FL_VERDICT_DOUBTFUL,
                             FL_ERROR_CERTIFICATE_DATE,
                             /* Translators: what a certificate is called, then a day */
                             _ ("“%s” ended on %s."), fl_certificate_get_name (bad), day);
}

void
fl_enterprise_check_signatures (FlEnterpriseCheck *check, const char *id, GPtrArray *certificates)
{
  const FlCertificate *signed_one = NULL;

  for (guint i = 0; i < certificates->len; i++)
    {
      const FlCertificate *certificate = certificates->pdata[i];

      if (fl_certificate_is_self_signed (certificate))
        continue;
      if (fl_certificate_has_weak_signature (certificate))
        {
          fl_enterprise_check_add (check, id, FL_VERDICT_DOUBTFUL, FL_ERROR_INVALID_INPUT,
                                   /* Translators: a certificate, then "RSA-SHA1" */
                                   _ ("“%s” has an old signature (%s), which many servers refuse."),
                                   fl_certificate_get_name (certificate),
                                   fl_certificate_get_signature (certificate));
          return;
        }
      if (signed_one == NULL)
        signed_one = certificate;
    }
  if (signed_one != NULL)
    fl_enterprise_check_good (check, id, _ ("Signed with %s."),
                              fl_certificate_get_signature (signed_one));
}
