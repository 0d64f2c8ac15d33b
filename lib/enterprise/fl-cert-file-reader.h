/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"
#include "fl-der.h"

G_BEGIN_DECLS

/**
 * FlCertFileReader:
 *
 * What the readers of the forms fill while one file is read.
 */
typedef struct
{
  GPtrArray *certificates, *keys; /* of FlCertificate, of FlPrivateKey */
  FlSecret *passphrase;           /* (nullable), borrowed; has no NUL inside */
  guint64 rounds_left;            /* of stretching passphrases, for the whole file */
  guint part;                     /* which block of PEM text is read, from 1; 0: the file is one */
} FlCertFileReader;

/* Honest files ask for 2 000 to 600 000 rounds a key; five million take some seconds. */
#define FL_CERT_FILE_MAX_ROUNDS 5000000

/* fl_cert_file_parse() with less work allowed. */
FlCertFile *fl_cert_file_parse_bounded (FlSecret *contents,
                                        FlSecret *passphrase,
                                        guint64 max_rounds,
                                        GError **error);

/* All return FALSE and set @error: FL_ERROR_PKCS12_PASSWORD or FL_ERROR_INVALID_INPUT. */
gboolean fl_cert_file_refuse (GError **error, const char *sentence);
/* What is read now is damaged; says which part of the file it is. */
gboolean fl_cert_file_refuse_certificate (const FlCertFileReader *reader, GError **error);
gboolean fl_cert_file_refuse_key (const FlCertFileReader *reader, GError **error);
gboolean fl_cert_file_refuse_part (const FlCertFileReader *reader, GError **error);
/* The passphrase is missing, or it is wrong. */
gboolean fl_cert_file_refuse_passphrase (const FlCertFileReader *reader, GError **error);
gboolean fl_cert_file_refuse_encryption (GError **error);

gboolean fl_cert_file_add_certificate (FlCertFileReader *reader, GBytes *der, GError **error);
gboolean fl_cert_file_add_key (FlCertFileReader *reader, FlPrivateKey *key, GError **error);
gboolean fl_cert_file_add_plain_key (FlCertFileReader *reader, FlSecret *der, GError **error);
/* Whether the file may ask for that much work; counts it. */
gboolean fl_cert_file_spend_rounds (FlCertFileReader *reader, guint64 rounds, GError **error);

gboolean fl_cert_file_read_der (FlCertFileReader *reader, FlSecret *der, GError **error);
gboolean fl_cert_file_read_pem (FlCertFileReader *reader,
                                const char *text,
                                gsize size_bytes,
                                GError **error);
gboolean fl_cert_file_read_pkcs7 (FlCertFileReader *reader, FlSecret *der, GError **error);
gboolean fl_cert_file_read_pkcs12 (FlCertFileReader *reader, FlSecret *der, GError **error);
/* An encrypted PKCS#8 key. @passphrase: (nullable). */
gboolean fl_cert_file_read_protected_key (FlCertFileReader *reader,
                                          FlSecret *der,
                                          const char *passphrase,
                                          GError **error);
/* The body of a PEM block with "DEK-Info: …" in its @headers. */
gboolean fl_cert_file_read_dek_key (FlCertFileReader *reader,
                                    const char *headers,
                                    FlSecret *body,
                                    GError **error);

/* Rounds that an AlgorithmIdentifier for a passphrase (RFC 8018, A; RFC 7292, C) asks for. FALSE:
 * not one of those known here. @algorithm is left behind it. */
gboolean fl_cert_file_read_rounds (FlDer *algorithm, guint64 *rounds);

G_END_DECLS
