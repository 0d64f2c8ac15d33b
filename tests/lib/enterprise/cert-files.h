/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The files of tests/data/certificates; its README.md tells what each is. */

#include "fl-cert-file.h"
#include "fl-error.h"

#define CERT_NOW_S 1780315200 /* 1 June 2026, 12:00 UTC: today */
#define CERT_WORD  "harbour"  /* of every protected file */

static inline FlSecret *
cert_read (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "certificates", name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size_bytes;

  g_file_get_contents (path, &data, &size_bytes, &error);
  g_assert_no_error (error);
  return fl_secret_new (data, size_bytes);
}

/* @word: (nullable) passphrase. */
static inline FlCertFile *
cert_try (const char *name, const char *word, GError **error)
{
  g_autoptr (FlSecret) contents = cert_read (name);
  g_autoptr (FlSecret) passphrase = word != NULL ? fl_secret_new_from_string (word) : NULL;

  return fl_cert_file_parse (contents, passphrase, error);
}

static inline FlCertFile *
cert_open (const char *name, const char *word)
{
  g_autoptr (GError) error = NULL;
  FlCertFile *file = cert_try (name, word, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

/* (transfer full) the first certificate in @name. */
static inline FlCertificate *
cert_get (const char *name)
{
  g_autoptr (FlCertFile) file = cert_open (name, CERT_WORD);

  g_assert_cmpuint (fl_cert_file_get_certificates (file)->len, >, 0);
  return fl_certificate_ref (fl_cert_file_get_certificates (file)->pdata[0]);
}

/* (transfer full) the first key in @name. */
static inline FlPrivateKey *
cert_get_key (const char *name)
{
  g_autoptr (FlCertFile) file = cert_open (name, CERT_WORD);

  g_assert_cmpuint (fl_cert_file_get_keys (file)->len, >, 0);
  return fl_private_key_ref (fl_cert_file_get_keys (file)->pdata[0]);
}
