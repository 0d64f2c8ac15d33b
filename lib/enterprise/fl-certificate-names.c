/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-certificate-names.h"

#include <string.h>

/* Characters. Names are for a line of a page; a user name has at most 253: RFC 7542, 2.2. */
#define MAX_NAME        128
#define MAX_DN          512
#define MAX_IDENTITY    253
#define MAX_SERIAL      20 /* bytes: RFC 5280, 4.1.2.2 */
#define MAX_OTHER_NAMES 16

static char *
make_text (const gnutls_datum_t *datum, guint max_chars)
{
  return fl_safe_text_new (datum->data, datum->size, max_chars);
}

char *
fl_certificate_names_read_subject (gnutls_x509_crt_t certificate)
{
  g_auto (gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_dn3 (certificate, &dn, 0) >= 0 ? make_text (&dn, MAX_DN)
                                                            : g_strdup ("");
}

char *
fl_certificate_names_read_issuer (gnutls_x509_crt_t certificate)
{
  g_auto (gnutls_datum_t) dn = { NULL, 0 };

  return gnutls_x509_crt_get_issuer_dn3 (certificate, &dn, 0) >= 0 ? make_text (&dn, MAX_DN)
                                                                   : g_strdup ("");
}

/* (transfer full) (nullable) all of it, not made safe; NUL bytes may be inside. */
static GBytes *
read_common_name (gnutls_x509_crt_t certificate)
{
  g_autofree char *text = NULL;
  size_t size_bytes = 0;

  if (gnutls_x509_crt_get_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, NULL,
                                     &size_bytes) != GNUTLS_E_SHORT_MEMORY_BUFFER ||
      size_bytes == 0)
    return NULL;
  text = g_malloc0 (size_bytes + 1);
  if (gnutls_x509_crt_get_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, text,
                                     &size_bytes) < 0 ||
      size_bytes == 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&text), size_bytes);
}

/* (transfer full) (nullable) the @index-th alternative name; @type: of it, or -1 behind the last
 * one. */
static GBytes *
read_other_name (gnutls_x509_crt_t certificate, guint index, int *type)
{
  g_autofree char *value = NULL;
  size_t size_bytes = 0;

  *type = gnutls_x509_crt_get_subject_alt_name (certificate, index, NULL, &size_bytes, NULL);
  if (*type != GNUTLS_E_SHORT_MEMORY_BUFFER)
    {
      *type = *type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE ? -1 : 0;
      return NULL;
    }
  value = g_malloc0 (size_bytes + 1);
  *type = gnutls_x509_crt_get_subject_alt_name (certificate, index, value, &size_bytes, NULL);
  if (*type < 0)
    {
      *type = 0;
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&value), size_bytes);
}

/* NULL unless it can be a user name just as it is. */
static char *
check_identity (GBytes *name)
{
  gsize size_bytes = 0;
  const char *text = name != NULL ? g_bytes_get_data (name, &size_bytes) : NULL;

  if (size_bytes == 0 || memchr (text, '@', size_bytes) == NULL ||
      !fl_safe_text_check (text, size_bytes, MAX_IDENTITY))
    return NULL;
  return g_strndup (text, size_bytes);
}

/* The principal name is what people log in with; an e-mail address often is the same. */
char *
fl_certificate_names_read_identity (gnutls_x509_crt_t certificate)
{
  g_autofree char *mail = NULL;
  g_autoptr (GBytes) common = NULL;
  int type = 0;

  for (guint i = 0; i < MAX_OTHER_NAMES && type >= 0; i++)
    {
      g_autoptr (GBytes) value = read_other_name (certificate, i, &type);
      g_autofree char *name = value != NULL ? check_identity (value) : NULL;

      if (name != NULL && type == GNUTLS_SAN_OTHERNAME_MSUSERPRINCIPAL)
        return g_steal_pointer (&name);
      if (name != NULL && type == GNUTLS_SAN_RFC822NAME && mail == NULL)
        mail = g_steal_pointer (&name);
    }
  if (mail != NULL)
    return g_steal_pointer (&mail);

  common = read_common_name (certificate);
  return check_identity (common);
}

/* "#0123ab", of one that says nothing else about itself. */
static char *
read_serial (gnutls_x509_crt_t certificate)
{
  g_autoptr (GString) text = g_string_new ("#");
  guint8 serial[MAX_SERIAL];
  size_t size_bytes = sizeof serial;

  if (gnutls_x509_crt_get_serial (certificate, serial, &size_bytes) >= 0)
    for (size_t i = 0; i < size_bytes; i++)
      g_string_append_printf (text, "%02x", serial[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fl_certificate_names_read_name (gnutls_x509_crt_t certificate, const char *subject)
{
  g_autoptr (GBytes) common = read_common_name (certificate);
  int type = 0;

  if (common != NULL)
    return fl_safe_text_new (g_bytes_get_data (common, NULL), g_bytes_get_size (common), MAX_NAME);
  if (subject[0] != '\0')
    return fl_safe_text_new (subject, strlen (subject), MAX_NAME);

  for (guint i = 0; i < MAX_OTHER_NAMES && type >= 0; i++)
    {
      g_autoptr (GBytes) value = read_other_name (certificate, i, &type);

      if (value != NULL && g_bytes_get_size (value) > 0 &&
          (type == GNUTLS_SAN_DNSNAME || type == GNUTLS_SAN_RFC822NAME))
        return fl_safe_text_new (g_bytes_get_data (value, NULL), g_bytes_get_size (value),
                                 MAX_NAME);
    }
  return read_serial (certificate);
}
