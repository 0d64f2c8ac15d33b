/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tags that certificates and keys begin with: X.690, 8.1.2. */
#define FL_DER_INTEGER      0x02
#define FL_DER_OCTET_STRING 0x04
#define FL_DER_OID          0x06
#define FL_DER_SEQUENCE     0x30

/**
 * FlDer:
 *
 * Bytes of DER that are yet to be read, borrowed. Enough of a reader to tell one kind of file from
 * another, and to look at numbers before a library acts upon them.
 */
typedef struct
{
  const guint8 *data;
  gsize size_bytes;
} FlDer;

/* Takes the next element off @der: its tag (of one byte) and @content. @whole: (nullable) with its
 * header. FALSE: it is not whole, or not of a definite length. */
gboolean fl_der_read (FlDer *der, guint8 *tag, FlDer *content, FlDer *whole);
/* The same when it has to be @tag. */
gboolean fl_der_take (FlDer *der, guint8 tag, FlDer *content);
/* @der becomes what is inside its next element, which has to be @tag. An element without a definite
 * length (BER, X.690, 8.1.3.6), which some write around DER, is taken to reach to the end. */
gboolean fl_der_enter (FlDer *der, guint8 tag);
/* Unsigned; FALSE when it is none or has more than 64 bits. */
gboolean fl_der_take_number (FlDer *der, guint64 *value);
gboolean fl_der_equal (FlDer der, const void *data, gsize size_bytes);

typedef enum
{
  FL_DER_NOTHING,       /* none of those */
  FL_DER_CERTIFICATE,   /* or a request, or a list of revoked ones: RFC 5280, 4.1 and 5.1 */
  FL_DER_KEY,           /* PKCS#1, SEC 1, PKCS#8 */
  FL_DER_PROTECTED_KEY, /* RFC 5958, 3 */
  FL_DER_PKCS7,         /* RFC 2315, 7 */
  FL_DER_PKCS12,        /* RFC 7292, 4 */
} FlDerKind;

/* What @der begins like. */
FlDerKind fl_der_guess (FlDer der);
/* Whether @der is one element and nothing else; TRUE, too, when that cannot be told (BER). */
gboolean fl_der_is_whole (FlDer der);

G_END_DECLS
