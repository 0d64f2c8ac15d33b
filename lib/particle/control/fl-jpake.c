/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-jpake.h"

#include <mbedtls/ecjpake.h>

#include "fl-error.h"

struct _FlJpake
{
  mbedtls_ecjpake_context context;
  FlRandomFunc fill;
  gpointer fill_data;
};

typedef int (*ReadRound) (mbedtls_ecjpake_context *context, const unsigned char *data, size_t size);
typedef int (*WriteRound) (mbedtls_ecjpake_context *context,
                           unsigned char *out,
                           size_t size,
                           size_t *written,
                           int (*random) (void *, unsigned char *, size_t),
                           void *random_data);

/* The shape Mbed TLS wants; every code but 0 makes it give up. */
static int
draw (void *data, unsigned char *out, size_t size_bytes)
{
  FlJpake *self = data;

  return self->fill (self->fill_data, out, size_bytes) ? 0 : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}

static gboolean
check (int code, const char *what, GError **error)
{
  if (code == 0)
    return TRUE;

  g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED, "EC J-PAKE: %s (-0x%04x)", what,
               (guint) -code);
  return FALSE;
}

static gboolean
write_round (FlJpake *self, WriteRound write, const char *what, GByteArray *out, GError **error)
{
  guint8 message[FL_JPAKE_MAX_MESSAGE];
  size_t size_bytes = 0;

  if (!check (write (&self->context, message, sizeof message, &size_bytes, draw, self), what,
              error))
    return FALSE;

  g_byte_array_append (out, message, size_bytes);
  return TRUE;
}

static gboolean
read_round (FlJpake *self,
            ReadRound read,
            const char *what,
            const guint8 *data,
            gsize size_bytes,
            GError **error)
{
  return check (read (&self->context, data, size_bytes), what, error);
}

FlJpake *
fl_jpake_new (FlSecureRole role,
              const FlSecret *secret,
              FlRandomFunc random,
              gpointer random_data,
              GError **error)
{
  g_autoptr (FlJpake) self = NULL;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (random != NULL, NULL);

  if (fl_secret_get_size (secret) == 0)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "EC J-PAKE: empty secret");
      return NULL;
    }

  self = g_new0 (FlJpake, 1);
  self->fill = random;
  self->fill_data = random_data;
  mbedtls_ecjpake_init (&self->context);
  if (!check (mbedtls_ecjpake_setup (&self->context,
                                     role == FL_SECURE_CLIENT ? MBEDTLS_ECJPAKE_CLIENT
                                                              : MBEDTLS_ECJPAKE_SERVER,
                                     MBEDTLS_MD_SHA256, MBEDTLS_ECP_DP_SECP256R1,
                                     fl_secret_get_data (secret), fl_secret_get_size (secret)),
              "set-up", error))
    return NULL;

  return g_steal_pointer (&self);
}

void
fl_jpake_free (FlJpake *self)
{
  if (self == NULL)
    return;

  mbedtls_ecjpake_free (&self->context); /* wipes every scalar */
  g_free (self);
}

gboolean
fl_jpake_write_round_one (FlJpake *self, GByteArray *out, GError **error)
{
  return write_round (self, mbedtls_ecjpake_write_round_one, "writing round one", out, error);
}

gboolean
fl_jpake_write_round_two (FlJpake *self, GByteArray *out, GError **error)
{
  return write_round (self, mbedtls_ecjpake_write_round_two, "writing round two", out, error);
}

gboolean
fl_jpake_read_round_one (FlJpake *self, const guint8 *data, gsize size_bytes, GError **error)
{
  return read_round (self, mbedtls_ecjpake_read_round_one, "peer's round one", data, size_bytes,
                     error);
}

gboolean
fl_jpake_read_round_two (FlJpake *self, const guint8 *data, gsize size_bytes, GError **error)
{
  return read_round (self, mbedtls_ecjpake_read_round_two, "peer's round two", data, size_bytes,
                     error);
}

FlSecret *
fl_jpake_derive (FlJpake *self, GError **error)
{
  g_autoptr (FlSecret) premaster = fl_secret_new_zeroed (FL_JPAKE_PREMASTER_SIZE);
  size_t size_bytes = 0;

  /* Mbed TLS hashes the X coordinate as all of its 32 bytes, leading zeros included. */
  if (!check (mbedtls_ecjpake_derive_secret (&self->context, fl_secret_get_writable (premaster),
                                             FL_JPAKE_PREMASTER_SIZE, &size_bytes, draw, self),
              "deriving", error))
    return NULL;
  if (size_bytes != FL_JPAKE_PREMASTER_SIZE)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "EC J-PAKE: short secret");
      return NULL;
    }

  return g_steal_pointer (&premaster);
}
