/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-pem.h"

#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <string.h>

#define MAX_PEM_BYTES 65536

/* The days are the world's, not those of the computer that it runs on. */
#define DATES (MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE)

struct _FlSimChain
{
  mbedtls_x509_crt first;
};

struct _FlSimKey
{
  mbedtls_pk_context context;
};

FlSimChain *
fl_sim_chain_parse (GBytes *pem)
{
  g_autoptr (FlSimChain) chain = NULL;
  g_autofree char *text = NULL;
  gsize size_bytes;
  const char *data;

  g_return_val_if_fail (pem != NULL, NULL);

  data = g_bytes_get_data (pem, &size_bytes);
  if (size_bytes == 0 || size_bytes > MAX_PEM_BYTES)
    return NULL;
  text = g_strndup (data, size_bytes); /* the parser wants a NUL byte, and counts it */
  chain = g_new0 (FlSimChain, 1);
  mbedtls_x509_crt_init (&chain->first);
  if (mbedtls_x509_crt_parse (&chain->first, (const unsigned char *) text, strlen (text) + 1) != 0)
    return NULL;
  return g_steal_pointer (&chain);
}

void
fl_sim_chain_free (FlSimChain *chain)
{
  mbedtls_x509_crt_free (&chain->first);
  g_free (chain);
}

gboolean
fl_sim_chain_leads_to (FlSimChain *chain, FlSimChain *roots)
{
  uint32_t flags = 0;

  g_return_val_if_fail (chain != NULL && roots != NULL, FALSE);

  mbedtls_x509_crt_verify (&chain->first, &roots->first, NULL, NULL, &flags, NULL, NULL);
  return (flags & ~(uint32_t) DATES) == 0;
}

static int
get_date (const mbedtls_x509_time *time)
{
  return time->year * 10000 + time->mon * 100 + time->day;
}

gboolean
fl_sim_chain_is_valid_on (const FlSimChain *chain, int date)
{
  g_return_val_if_fail (chain != NULL, FALSE);

  return date >= get_date (&chain->first.valid_from) && date <= get_date (&chain->first.valid_to);
}

gboolean
fl_sim_chain_has_name (const FlSimChain *chain, const char *name)
{
  g_return_val_if_fail (chain != NULL && name != NULL, FALSE);

  for (const mbedtls_x509_name *part = &chain->first.subject; part != NULL; part = part->next)
    if (MBEDTLS_OID_CMP (MBEDTLS_OID_AT_CN, &part->oid) == 0 && part->val.len == strlen (name) &&
        memcmp (part->val.p, name, part->val.len) == 0)
      return TRUE;
  return FALSE;
}

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
/* Blinding, which protects nothing here: the keys are invented. */
static int
draw (void *data, unsigned char *out, size_t size_bytes)
{
  memset (out, 1, size_bytes);
  return 0;
}
#endif

static int
parse_key (FlSimKey *key, FlSecret *pem)
{
  const unsigned char *data = fl_secret_get_data (pem);
  gsize size_bytes = fl_secret_get_size (pem) + 1; /* with the NUL byte */

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  return mbedtls_pk_parse_key (&key->context, data, size_bytes, NULL, 0, draw, NULL);
#else
  return mbedtls_pk_parse_key (&key->context, data, size_bytes, NULL, 0);
#endif
}

FlSimKey *
fl_sim_key_parse (FlSecret *pem)
{
  g_autoptr (FlSimKey) key = NULL;

  g_return_val_if_fail (pem != NULL, NULL);

  if (fl_secret_get_size (pem) > MAX_PEM_BYTES)
    return NULL;
  key = g_new0 (FlSimKey, 1);
  mbedtls_pk_init (&key->context);
  if (parse_key (key, pem) != 0)
    return NULL;
  return g_steal_pointer (&key);
}

void
fl_sim_key_free (FlSimKey *key)
{
  mbedtls_pk_free (&key->context);
  g_free (key);
}

gboolean
fl_sim_key_fits (const FlSimKey *key, const FlSimChain *chain)
{
  g_return_val_if_fail (key != NULL && chain != NULL, FALSE);

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  return mbedtls_pk_check_pair (&chain->first.pk, &key->context, draw, NULL) == 0;
#else
  return mbedtls_pk_check_pair (&chain->first.pk, &key->context) == 0;
#endif
}

gboolean
fl_sim_key_is_rsa (const FlSimKey *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return mbedtls_pk_get_type (&key->context) == MBEDTLS_PK_RSA;
}
