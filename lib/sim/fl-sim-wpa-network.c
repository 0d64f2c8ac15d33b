/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wpa-network.h"

#define BLOB         "blob://"
#define NO_OUTER     "anonymous" /* what the firmware says then */
#define RAW_PSK      64          /* hexadecimal digits */
#define RAW_WEP      10          /* and more */
#define PMF_OPTIONAL 1
#define PMF_REQUIRED 2

static void
add_string (GVariantBuilder *builder, const char *key, const char *value)
{
  g_variant_builder_add (builder, "{sv}", key, g_variant_new_string (value));
}

static void
add_number (GVariantBuilder *builder, const char *key, gint32 value)
{
  g_variant_builder_add (builder, "{sv}", key, g_variant_new_int32 (value));
}

static GVariant *
create_bytes (const void *data, gsize size_bytes)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size_bytes, 1);
}

static void
add_bytes (GVariantBuilder *builder, const char *key, const void *data, gsize size_bytes)
{
  g_variant_builder_add (builder, "{sv}", key, create_bytes (data, size_bytes));
}

/* Digits of a key are the key itself: it goes as bytes, which is not taken for a phrase. */
static void
add_digits (GVariantBuilder *builder, const char *key, const char *digits)
{
  guint8 bytes[RAW_PSK / 2] = { 0 };
  gsize n_bytes = 0;

  for (; digits[0] != '\0' && digits[1] != '\0' && n_bytes < sizeof bytes; digits += 2)
    bytes[n_bytes++] =
        (guint8) (g_ascii_xdigit_value (digits[0]) << 4 | g_ascii_xdigit_value (digits[1]));
  add_bytes (builder, key, bytes, n_bytes);
  fl_wipe (bytes, sizeof bytes);
}

static void
add_password (GVariantBuilder *builder, const char *key, FlSecret *password, gsize raw_digits)
{
  if (password == NULL)
    return;
  if (raw_digits > 0 && fl_secret_get_size (password) == raw_digits)
    add_digits (builder, key, fl_secret_get_text (password));
  else
    add_string (builder, key, fl_secret_get_text (password));
}

/* 5 or 13 characters, or twice as many digits */
static void
add_wep (GVariantBuilder *builder, FlSecret *password)
{
  gsize size_bytes = password != NULL ? fl_secret_get_size (password) : 0;
  gboolean is_raw = size_bytes == RAW_WEP || size_bytes == 26;

  add_string (builder, "key_mgmt", "NONE");
  add_password (builder, "wep_key0", password, is_raw ? size_bytes : 0);
  add_number (builder, "wep_tx_keyidx", 0);
}

static void
add_login (GVariantBuilder *builder, const FlSimKnown *wanted)
{
  const FlEnterprise *login = wanted->enterprise;
  const char *outer = fl_enterprise_get_anonymous_identity (login);
  const char *identity = fl_enterprise_get_identity (login);
  gboolean is_tls = fl_enterprise_get_method (login) == FL_EAP_TLS;

  add_string (builder, "key_mgmt", "WPA-EAP");
  add_string (builder, "eap", is_tls ? "TLS" : "PEAP");
  if (outer == NULL)
    outer = NO_OUTER;
  add_string (builder, "identity", is_tls || identity == NULL ? outer : identity);
  if (fl_enterprise_get_ca_certificate (login) != NULL)
    add_string (builder, "ca_cert", BLOB FL_SIM_WPA_BLOB_CA);
  if (is_tls)
    {
      add_string (builder, "client_cert", BLOB FL_SIM_WPA_BLOB_CERTIFICATE);
      add_string (builder, "private_key", BLOB FL_SIM_WPA_BLOB_KEY);
      return;
    }
  add_string (builder, "anonymous_identity", outer);
  add_string (builder, "phase2", "auth=MSCHAPV2");
  add_password (builder, "password", wanted->password, 0);
}

static void
add_security (GVariantBuilder *builder, const FlSimKnown *wanted)
{
  switch (wanted->security)
    {
    case FL_SECURITY_OPEN:
      add_string (builder, "key_mgmt", "NONE");
      break;
    case FL_SECURITY_WEP:
      add_wep (builder, wanted->password);
      break;
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
      if (wanted->security != FL_SECURITY_WPA_WPA2)
        add_string (builder, "proto", wanted->security == FL_SECURITY_WPA ? "WPA" : "RSN");
      add_string (builder, "key_mgmt", "WPA-PSK");
      add_password (builder, "psk", wanted->password, RAW_PSK);
      break;
    case FL_SECURITY_WPA3:
      add_string (builder, "key_mgmt", "SAE");
      add_number (builder, "ieee80211w", PMF_REQUIRED);
      add_password (builder, "sae_password", wanted->password, 0);
      break;
    case FL_SECURITY_WPA2_WPA3:
    case FL_SECURITY_UNKNOWN:
      add_string (builder, "key_mgmt", wanted->password != NULL ? "WPA-PSK SAE" : "NONE");
      add_number (builder, "ieee80211w", PMF_OPTIONAL);
      add_password (builder, "psk", wanted->password, RAW_PSK);
      break;
    case FL_SECURITY_ENTERPRISE:
      add_login (builder, wanted);
      break;
    }
}

GVariant *
fl_sim_wpa_network_write (const FlSimKnown *wanted)
{
  GVariantBuilder builder;
  gsize size_bytes;
  const guint8 *ssid = g_bytes_get_data (wanted->ssid, &size_bytes);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add_bytes (&builder, "ssid", ssid, size_bytes);
  add_number (&builder, "scan_ssid", 1); /* it may hide */
  add_security (&builder, wanted);
  return g_variant_builder_end (&builder);
}

static void
add_blob (GVariantBuilder *builder, const char *name, const void *data, gsize size_bytes)
{
  g_variant_builder_add (builder, "(s@ay)", name, create_bytes (data, size_bytes));
}

static void
add_pem (GVariantBuilder *builder, const char *name, GBytes *pem)
{
  if (pem != NULL)
    add_blob (builder, name, g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
}

GVariant *
fl_sim_wpa_network_write_blobs (const FlSimKnown *wanted)
{
  const FlEnterprise *login = wanted->enterprise;
  GVariantBuilder builder;
  FlSecret *key;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(say)"));
  if (login == NULL)
    return g_variant_builder_end (&builder);
  key = fl_enterprise_get_private_key (login);
  add_pem (&builder, FL_SIM_WPA_BLOB_CA, fl_enterprise_get_ca_certificate (login));
  add_pem (&builder, FL_SIM_WPA_BLOB_CERTIFICATE, fl_enterprise_get_client_certificate (login));
  if (key != NULL)
    add_blob (&builder, FL_SIM_WPA_BLOB_KEY, fl_secret_get_data (key), fl_secret_get_size (key));
  return g_variant_builder_end (&builder);
}
