/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-der.h"

#include <string.h>

#define INDEFINITE 0x80 /* X.690, 8.1.3.6 */

/* Reads tag and length (X.690, 8.1.3) and leaves @der behind them. */
static gboolean
read_header (FlDer *der, guint8 *tag, gsize *length)
{
  guint n_bytes;

  if (der->size_bytes < 2 || (der->data[0] & 0x1f) == 0x1f) /* tags of several bytes */
    return FALSE;

  *tag = der->data[0];
  *length = der->data[1];
  der->data += 2;
  der->size_bytes -= 2;
  if (*length <= INDEFINITE)
    return TRUE;

  n_bytes = *length & 0x7f;
  if (n_bytes > 4 || n_bytes > der->size_bytes)
    return FALSE;
  *length = 0;
  for (guint i = 0; i < n_bytes; i++)
    *length = *length << 8 | der->data[i];
  der->data += n_bytes;
  der->size_bytes -= n_bytes;
  return TRUE;
}

gboolean
fl_der_read (FlDer *der, guint8 *tag, FlDer *content, FlDer *whole)
{
  FlDer rest = *der;
  gsize length;

  if (der->size_bytes >= 2 && der->data[1] == INDEFINITE)
    return FALSE;
  if (!read_header (&rest, tag, &length) || length > rest.size_bytes)
    return FALSE;

  *content = (FlDer){ rest.data, length };
  if (whole != NULL)
    *whole = (FlDer){ der->data, (gsize) (rest.data - der->data) + length };
  *der = (FlDer){ rest.data + length, rest.size_bytes - length };
  return TRUE;
}

gboolean
fl_der_take (FlDer *der, guint8 tag, FlDer *content)
{
  FlDer rest = *der;
  guint8 found;

  if (!fl_der_read (&rest, &found, content, NULL) || found != tag)
    return FALSE;
  *der = rest;
  return TRUE;
}

gboolean
fl_der_enter (FlDer *der, guint8 tag)
{
  FlDer content;

  if (der->size_bytes >= 2 && der->data[0] == tag && der->data[1] == INDEFINITE)
    {
      *der = (FlDer){ der->data + 2, der->size_bytes - 2 };
      return TRUE;
    }
  if (!fl_der_take (der, tag, &content))
    return FALSE;
  *der = content;
  return TRUE;
}

gboolean
fl_der_take_number (FlDer *der, guint64 *value)
{
  FlDer content;

  if (!fl_der_take (der, FL_DER_INTEGER, &content))
    return FALSE;
  while (content.size_bytes > 0 && content.data[0] == 0)
    content = (FlDer){ content.data + 1, content.size_bytes - 1 };
  if (content.size_bytes > sizeof *value)
    return FALSE;

  *value = 0;
  for (gsize i = 0; i < content.size_bytes; i++)
    *value = *value << 8 | content.data[i];
  return TRUE;
}

gboolean
fl_der_equal (FlDer der, const void *data, gsize size_bytes)
{
  return der.size_bytes == size_bytes && memcmp (der.data, data, size_bytes) == 0;
}

/* What begins with a number: the version. */
static FlDerKind
guess_numbered (FlDer der)
{
  guint64 version;

  if (!fl_der_take_number (&der, &version))
    return FL_DER_NOTHING;
  return version == 3 && der.size_bytes > 0 && der.data[0] == FL_DER_SEQUENCE ? FL_DER_PKCS12
                                                                              : FL_DER_KEY;
}

FlDerKind
fl_der_guess (FlDer der)
{
  FlDer content;
  gsize length;
  guint8 tag;

  if (!read_header (&der, &tag, &length) || tag != FL_DER_SEQUENCE || der.size_bytes == 0)
    return FL_DER_NOTHING;

  switch (der.data[0])
    {
    case FL_DER_INTEGER:
      return guess_numbered (der);
    case FL_DER_OID:
      return FL_DER_PKCS7;
    case FL_DER_SEQUENCE:
      if (fl_der_take (&der, FL_DER_SEQUENCE, &content) && der.size_bytes > 0 &&
          der.data[0] == FL_DER_OCTET_STRING)
        return FL_DER_PROTECTED_KEY;
      return FL_DER_CERTIFICATE;
    default:
      return FL_DER_NOTHING;
    }
}

gboolean
fl_der_is_whole (FlDer der)
{
  FlDer content;
  guint8 tag;

  if (der.size_bytes >= 2 && der.data[1] == INDEFINITE)
    return TRUE;
  return fl_der_read (&der, &tag, &content, NULL) && der.size_bytes == 0;
}
