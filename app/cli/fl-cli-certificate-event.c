/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-certificate-event"
#include "config.h"

#include "fl-cli-certificate-event.h"

#include "fl-cli-words.h"
#include "fl-enterprise-check.h"

#include <glib/gi18n-lib.h>

static void
add_time (JsonBuilder *json, const char *name, gint64 time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_s);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  fl_cli_json_string (json, name, text);
}

static gint64
count_certificate (const FlCertificate *certificate)
{
  g_autoptr (GBytes) pem = fl_certificate_to_pem (certificate);
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (pem, &size_bytes);

  return (gint64) fl_enterprise_count_bytes (data, size_bytes);
}

static void
write_certificate (JsonBuilder *json, const char *file, const FlCertificate *certificate)
{
  fl_cli_json_string (json, "file", file);
  fl_cli_json_string (json, "name", fl_certificate_get_name (certificate));
  fl_cli_json_string (json, "subject", fl_certificate_get_subject (certificate));
  fl_cli_json_string (json, "issuer", fl_certificate_get_issuer (certificate));
  fl_cli_json_string (json, "identity", fl_certificate_get_identity (certificate));
  add_time (json, "not_before", fl_certificate_get_not_before (certificate));
  add_time (json, "not_after", fl_certificate_get_not_after (certificate));
  fl_cli_json_string (json, "key_type",
                      fl_key_type_get_label (fl_certificate_get_key_type (certificate)));
  fl_cli_json_int (json, "key_bits", fl_certificate_get_key_bits (certificate));
  fl_cli_json_string (json, "signature", fl_certificate_get_signature (certificate));
  fl_cli_json_boolean (json, "self_signed", fl_certificate_is_self_signed (certificate));
  fl_cli_json_boolean (json, "is_ca", fl_certificate_is_ca (certificate));
  fl_cli_json_int (json, "size_bytes", count_certificate (certificate));
}

static const char *
get_key_words (FlKeyType type)
{
  /* Translators: a key that is neither RSA nor EC */
  return type == FL_KEY_OTHER ? _ ("another kind") : fl_key_type_get_label (type);
}

void
fl_cli_certificate_event (FlCliOutput *output, const char *file, const FlCertificate *certificate)
{
  JsonBuilder *json = fl_cli_output_begin (output, "certificate");
  g_autofree char *begin = fl_cli_words_day (fl_certificate_get_not_before (certificate));
  g_autofree char *end = fl_cli_words_day (fl_certificate_get_not_after (certificate));
  gint64 size_bytes = count_certificate (certificate);

  if (json != NULL)
    {
      write_certificate (json, file, certificate);
      fl_cli_output_end (output, json);
      return;
    }
  /* Translators: a file, then what a certificate is called */
  fl_cli_output_say (output, _ ("%s: certificate “%s”"), file,
                     fl_certificate_get_name (certificate));
  if (fl_certificate_is_self_signed (certificate))
    fl_cli_output_say (output, "  %s", _ ("signed by itself"));
  else
    fl_cli_output_say (output, _ ("  signed by %s"), fl_certificate_get_issuer (certificate));
  /* Translators: two days */
  fl_cli_output_say (output, _ ("  valid from %s until %s"), begin, end);
  /* Translators: kind and length of a key, of a signature, then a size: "RSA 2048, RSA-SHA256" */
  fl_cli_output_say (output, _ ("  %s %u, %s, %" G_GINT64_FORMAT " bytes as sent"),
                     get_key_words (fl_certificate_get_key_type (certificate)),
                     fl_certificate_get_key_bits (certificate),
                     fl_certificate_get_signature (certificate), size_bytes);
}

void
fl_cli_key_event (FlCliOutput *output, const char *file, const FlPrivateKey *key)
{
  JsonBuilder *json = fl_cli_output_begin (output, "key");
  const FlSecret *pem = fl_private_key_get_pem (key);
  FlKeyType type = fl_private_key_get_key_type (key);
  gint64 size_bytes =
      (gint64) fl_enterprise_count_bytes (fl_secret_get_data (pem), fl_secret_get_size (pem));

  if (json != NULL)
    {
      fl_cli_json_string (json, "file", file);
      fl_cli_json_string (json, "key_type", fl_key_type_get_label (type));
      fl_cli_json_int (json, "key_bits", fl_private_key_get_bits (key));
      fl_cli_json_int (json, "size_bytes", size_bytes);
      fl_cli_output_end (output, json);
      return;
    }
  /* Translators: a file, then kind and length of a key, then a size */
  fl_cli_output_say (output, _ ("%s: private key, %s %u, %" G_GINT64_FORMAT " bytes as sent"), file,
                     get_key_words (type), fl_private_key_get_bits (key), size_bytes);
}

/* "eduroam, Harbour Staff" (transfer full) */
static char *
dup_names (const FlProfileNetwork *network)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < network->ssids->len; i++)
    {
      gsize size_bytes;
      const guint8 *data = g_bytes_get_data (network->ssids->pdata[i], &size_bytes);

      g_ptr_array_add (names, fl_ssid_to_name (data, size_bytes));
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
write_network (JsonBuilder *json, const FlProfileNetwork *network)
{
  const FlEnterprise *enterprise = network->enterprise;
  g_autofree char *names = dup_names (network);

  json_builder_begin_object (json);
  fl_cli_json_string (json, "name", names);
  fl_cli_json_string (json, "security", fl_security_to_string (network->security));
  fl_cli_json_string (json, "eap",
                      enterprise != NULL
                          ? fl_eap_method_to_string (fl_enterprise_get_method (enterprise))
                          : NULL);
  fl_cli_json_string (json, "inner",
                      enterprise != NULL
                          ? fl_eap_inner_to_string (fl_enterprise_get_inner (enterprise))
                          : NULL);
  fl_cli_json_string (json, "identity",
                      enterprise != NULL ? fl_enterprise_get_identity (enterprise) : NULL);
  fl_cli_json_string (json, "realm", network->realm);
  json_builder_end_object (json);
}

static void
write_profile (JsonBuilder *json, const char *file, const FlProfile *profile)
{
  GPtrArray *networks = fl_profile_get_networks (profile);

  fl_cli_json_string (json, "file", file);
  fl_cli_json_string (json, "format", fl_profile_get_format (profile));
  fl_cli_json_string (json, "provider", fl_profile_get_provider (profile));
  fl_cli_json_string (json, "signer", fl_profile_get_signer (profile));
  fl_cli_json_string (json, "help", fl_profile_get_help (profile));
  if (fl_profile_get_expires (profile) != 0)
    add_time (json, "expires", fl_profile_get_expires (profile));
  json_builder_set_member_name (json, "networks");
  json_builder_begin_array (json);
  for (guint i = 0; i < networks->len; i++)
    write_network (json, networks->pdata[i]);
  json_builder_end_array (json);
}

static void
say_network (FlCliOutput *output, const FlProfileNetwork *network)
{
  const FlEnterprise *enterprise = network->enterprise;
  g_autofree char *names = dup_names (network);
  const char *shown = *names != '\0' ? names : _ ("any network");

  if (enterprise == NULL)
    fl_cli_output_say (output, "  %s: %s", shown, fl_security_get_label (network->security));
  else if (fl_enterprise_get_inner (enterprise) == FL_EAP_INNER_NONE)
    fl_cli_output_say (output, "  %s: %s", shown,
                       fl_eap_method_get_label (fl_enterprise_get_method (enterprise)));
  else
    /* Translators: the names of networks, then "PEAP" and "MSCHAPv2" */
    fl_cli_output_say (output, _ ("  %s: %s with %s inside"), shown,
                       fl_eap_method_get_label (fl_enterprise_get_method (enterprise)),
                       fl_eap_inner_get_label (fl_enterprise_get_inner (enterprise)));
}

void
fl_cli_profile_event (FlCliOutput *output, const char *file, const FlProfile *profile)
{
  JsonBuilder *json = fl_cli_output_begin (output, "profile");
  GPtrArray *networks = fl_profile_get_networks (profile);
  const char *provider = fl_profile_get_provider (profile);

  if (json != NULL)
    {
      write_profile (json, file, profile);
      fl_cli_output_end (output, json);
      return;
    }
  if (provider != NULL)
    /* Translators: a file, then who made it */
    fl_cli_output_say (output, _ ("%s: profile of “%s”"), file, provider);
  else
    fl_cli_output_say (output, _ ("%s: profile"), file);
  if (fl_profile_get_signer (profile) != NULL)
    fl_cli_output_say (output, _ ("  signed by %s"), fl_profile_get_signer (profile));
  if (fl_profile_get_help (profile) != NULL)
    /* Translators: an address */
    fl_cli_output_say (output, _ ("  help is at %s"), fl_profile_get_help (profile));
  for (guint i = 0; i < networks->len; i++)
    say_network (output, networks->pdata[i]);
}
