/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-session-answers.h"

#include "fl-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* RFC 1421, 4.3.2.4 has 64; the firmware's counter of a line has 8 bits. PROTOCOL.md, "PEM". */
#define LINE_MAX_BYTES 76
#define DASHES         "-----"
#define BEGIN          "-----BEGIN "
#define END            "-----END "

/* Labels the firmware's parsers know: RFC 7468; Mbed TLS, library/x509_crt.c and pkparse.c. */
static const char *const certificate_labels[] = { "CERTIFICATE" };
static const char *const key_labels[] = { "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" };

typedef struct
{
  FlSerialSaying question;
  GByteArray *text;  /* lines ended by LF */
  const char *label; /* of the block that is open, static; NULL: none */
  guint n_lines, n_blocks;
} Cleaner;

static gboolean
is_key (const Cleaner *self)
{
  return self->question == FL_SERIAL_SAYS_PRIVATE_KEY;
}

static gboolean
refuse (const Cleaner *self, GError **error)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       is_key (self) ? _ ("The private key cannot be read.")
                                     : _ ("The certificate cannot be read."));
  return FALSE;
}

static gboolean
refuse_length (const Cleaner *self, GError **error)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       is_key (self) ? _ ("The private key is too long for this device.")
                                     : _ ("The certificate is too long for this device."));
  return FALSE;
}

static gboolean
refuse_locked (GError **error)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       _ ("The private key is still protected by a password."));
  return FALSE;
}

static gboolean
starts_with (const guint8 *line, gsize size_bytes, const char *start)
{
  return size_bytes >= strlen (start) && memcmp (line, start, strlen (start)) == 0;
}

/* (nullable) static: the label of "-----BEGIN LABEL-----" */
static const char *
find_label (const Cleaner *self, const guint8 *line, gsize size_bytes, const char *start)
{
  const char *const *labels = is_key (self) ? key_labels : certificate_labels;
  const guint n_labels =
      is_key (self) ? G_N_ELEMENTS (key_labels) : G_N_ELEMENTS (certificate_labels);

  for (guint i = 0; i < n_labels; i++)
    {
      g_autofree char *whole = g_strconcat (start, labels[i], DASHES, NULL);

      if (size_bytes == strlen (whole) && memcmp (line, whole, size_bytes) == 0)
        return labels[i];
    }
  return NULL;
}

static void
add_line (Cleaner *self, const guint8 *line, gsize size_bytes)
{
  g_byte_array_append (self->text, line, (guint) size_bytes);
  g_byte_array_append (self->text, (const guint8 *) "\n", 1);
  self->n_lines++;
}

static gboolean
take_begin (Cleaner *self, const guint8 *line, gsize size_bytes, GError **error)
{
  if (is_key (self) && starts_with (line, size_bytes, BEGIN "ENCRYPTED "))
    return refuse_locked (error);
  self->label = find_label (self, line, size_bytes, BEGIN);
  self->n_blocks++;
  if (self->label == NULL || (is_key (self) && self->n_blocks > 1))
    return refuse (self, error);
  add_line (self, line, size_bytes);
  return TRUE;
}

static gboolean
take_body (Cleaner *self, const guint8 *line, gsize size_bytes, GError **error)
{
  if (starts_with (line, size_bytes, END))
    {
      if (find_label (self, line, size_bytes, END) != self->label)
        return refuse (self, error);
      self->label = NULL;
      add_line (self, line, size_bytes);
      return TRUE;
    }
  if (is_key (self) && starts_with (line, size_bytes, "Proc-Type:"))
    return refuse_locked (error);
  for (gsize i = 0; i < size_bytes; i++)
    if (!g_ascii_isalnum (line[i]) && strchr ("+/=", line[i]) == NULL)
      return refuse (self, error);
  if (size_bytes > LINE_MAX_BYTES)
    return refuse (self, error);
  add_line (self, line, size_bytes);
  return TRUE;
}

static gboolean
take_line (Cleaner *self, const guint8 *line, gsize size_bytes, GError **error)
{
  while (size_bytes > 0 && (line[size_bytes - 1] == ' ' || line[size_bytes - 1] == '\t'))
    size_bytes--;
  while (size_bytes > 0 && (*line == ' ' || *line == '\t'))
    {
      line++;
      size_bytes--;
    }
  if (size_bytes == 0)
    return TRUE;
  if (memchr (line, '\0', size_bytes) != NULL)
    return refuse (self, error);
  if (self->label != NULL)
    return take_body (self, line, size_bytes, error);
  if (starts_with (line, size_bytes, BEGIN))
    return take_begin (self, line, size_bytes, error);
  return TRUE; /* words around the blocks */
}

static gboolean
take_lines (Cleaner *self, const guint8 *data, gsize size_bytes, GError **error)
{
  const guint8 *end = data + size_bytes;

  while (data < end)
    {
      const guint8 *stop = data;

      while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
      if (!take_line (self, data, (gsize) (stop - data), error))
        return FALSE;
      data = stop < end ? stop + 1 : stop;
    }
  if (self->label != NULL || self->n_blocks == 0)
    return refuse (self, error);
  /* The device stores each line end as two bytes and does not charge them to its budget. As there
   * are some in every block, more than 3 of the budget are always left, and the device goes on to
   * wait for the empty line. */
  if (self->text->len + self->n_lines > fl_serial_saying_get_pem_bytes (self->question))
    return refuse_length (self, error);
  return TRUE;
}

FlSecret *
fl_serial_pem_to_answer (const guint8 *data,
                         gsize size_bytes,
                         FlSerialSaying question,
                         GError **error)
{
  Cleaner cleaner = { .question = question };
  FlSecret *answer = NULL;

  g_return_val_if_fail (data != NULL || size_bytes == 0, NULL);

  /* Never grows, so that no copy of a key stays behind. */
  cleaner.text = g_byte_array_sized_new ((guint) MIN (size_bytes, G_MAXINT / 4) + 2);
  if (take_lines (&cleaner, data, size_bytes, error))
    {
      g_byte_array_append (cleaner.text, (const guint8 *) "\n", 1);
      answer = fl_secret_new (cleaner.text->data, cleaner.text->len);
    }
  fl_wipe (cleaner.text->data, cleaner.text->len);
  g_byte_array_unref (cleaner.text);
  return answer;
}
