/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-secure-frame.h"

#include <mbedtls/ccm.h>
#include <string.h>

#include "fl-error.h"
#include "fl-jpake.h"

/* The premaster is cut into key, client's nonce part and device's nonce part. */
#define KEY_SIZE     16
#define NONCE_PART   8
#define NONCE_SIZE   (4 + NONCE_PART)
#define CLIENT_NONCE KEY_SIZE
#define DEVICE_NONCE (KEY_SIZE + NONCE_PART)
#define REPLY_BIT    0x80000000u
#define LAST_COUNT   0x7fffffffu

G_STATIC_ASSERT (DEVICE_NONCE + NONCE_PART == FL_JPAKE_PREMASTER_SIZE);

struct _FlSecureFrames
{
  FlSecureRole sender;
  mbedtls_ccm_context cipher;
  guint8 nonce_part[NONCE_PART];
  guint32 count; /* messages so far */
};

static void
put_u16 (guint8 *out, guint16 value)
{
  out[0] = value & 0xff;
  out[1] = value >> 8;
}

static void
put_u32 (guint8 *out, guint32 value)
{
  put_u16 (out, value & 0xffff);
  put_u16 (out + 2, value >> 16);
}

static guint16
get_u16 (const guint8 *data)
{
  return data[0] | data[1] << 8;
}

static guint32
get_u32 (const guint8 *data)
{
  return get_u16 (data) | (guint32) get_u16 (data + 2) << 16;
}

static gboolean
next_nonce (FlSecureFrames *self, guint8 nonce[NONCE_SIZE], GError **error)
{
  if (self->count == LAST_COUNT)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "Too many messages in a session");
      return FALSE;
    }

  self->count++;
  put_u32 (nonce, self->sender == FL_SECURE_DEVICE ? self->count | REPLY_BIT : self->count);
  memcpy (nonce + 4, self->nonce_part, NONCE_PART);
  return TRUE;
}

static void
write_header (FlSecureFrames *self, const FlSecureMessage *message, guint8 *out)
{
  put_u16 (out, message->id);
  if (self->sender == FL_SECURE_DEVICE)
    {
      put_u32 (out + 2, (guint32) message->result);
      return;
    }
  put_u16 (out + 2, message->type);
  put_u16 (out + 4, 0); /* reserved */
}

static FlSecureMessage *
read_message (FlSecureFrames *self, const guint8 *plain, gsize size_bytes)
{
  FlSecureMessage *message = g_new0 (FlSecureMessage, 1);

  message->id = get_u16 (plain);
  if (self->sender == FL_SECURE_DEVICE)
    message->result = (gint32) get_u32 (plain + 2);
  else
    message->type = get_u16 (plain + 2); /* what follows is reserved: any value */
  message->payload =
      fl_secret_new (plain + FL_SECURE_FRAME_HEADER, size_bytes - FL_SECURE_FRAME_HEADER);
  return message;
}

FlSecureFrames *
fl_secure_frames_new (FlSecureRole sender, const FlSecret *premaster)
{
  const guint8 *data = fl_secret_get_data (premaster);
  FlSecureFrames *self = NULL;

  g_return_val_if_fail (fl_secret_get_size (premaster) == FL_JPAKE_PREMASTER_SIZE, NULL);

  self = g_new0 (FlSecureFrames, 1);
  self->sender = sender;
  memcpy (self->nonce_part, data + (sender == FL_SECURE_CLIENT ? CLIENT_NONCE : DEVICE_NONCE),
          NONCE_PART);
  mbedtls_ccm_init (&self->cipher);
  if (mbedtls_ccm_setkey (&self->cipher, MBEDTLS_CIPHER_ID_AES, data, 8 * KEY_SIZE) != 0)
    g_error ("AES-128 is not there"); /* a library built without it */
  return self;
}

void
fl_secure_frames_free (FlSecureFrames *self)
{
  if (self == NULL)
    return;

  mbedtls_ccm_free (&self->cipher); /* wipes the key */
  fl_wipe (self, sizeof *self);
  g_free (self);
}

GBytes *
fl_secure_frames_seal (FlSecureFrames *self, const FlSecureMessage *message, GError **error)
{
  const gsize payload_size = message->payload != NULL ? fl_secret_get_size (message->payload) : 0;
  const gsize plain_size = FL_SECURE_FRAME_HEADER + payload_size;
  const gsize size_bytes = FL_SECURE_FRAME_OVERHEAD + payload_size;
  g_autofree guint8 *frame = NULL;
  guint8 *plain;
  guint8 nonce[NONCE_SIZE];

  g_return_val_if_fail (payload_size <= FL_SECURE_FRAME_MAX_PAYLOAD, NULL);

  if (!next_nonce (self, nonce, error))
    return NULL;

  frame = g_malloc (size_bytes);
  plain = frame + FL_SECURE_FRAME_SIZE_FIELD;
  put_u16 (frame, payload_size);
  write_header (self, message, plain);
  if (payload_size > 0)
    memcpy (plain + FL_SECURE_FRAME_HEADER, fl_secret_get_data (message->payload), payload_size);

  /* In place: the plaintext is gone when this returns. */
  if (mbedtls_ccm_encrypt_and_tag (&self->cipher, plain_size, nonce, sizeof nonce, frame,
                                   FL_SECURE_FRAME_SIZE_FIELD, plain, plain, plain + plain_size,
                                   FL_SECURE_FRAME_TAG) != 0)
    {
      fl_wipe (frame, size_bytes);
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "Encryption failed");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&frame), size_bytes);
}

gsize
fl_secure_frames_measure (const guint8 start[FL_SECURE_FRAME_SIZE_FIELD])
{
  return FL_SECURE_FRAME_OVERHEAD + get_u16 (start);
}

FlSecureMessage *
fl_secure_frames_open (FlSecureFrames *self, const guint8 *data, gsize size_bytes, GError **error)
{
  const gsize plain_size = size_bytes - FL_SECURE_FRAME_SIZE_FIELD - FL_SECURE_FRAME_TAG;
  const guint8 *encrypted = data + FL_SECURE_FRAME_SIZE_FIELD;
  g_autofree guint8 *plain = NULL;
  FlSecureMessage *message = NULL;
  guint8 nonce[NONCE_SIZE];

  g_return_val_if_fail (size_bytes >= FL_SECURE_FRAME_OVERHEAD, NULL);
  g_return_val_if_fail (size_bytes == fl_secure_frames_measure (data), NULL);

  if (!next_nonce (self, nonce, error))
    return NULL;

  plain = g_malloc (plain_size);
  if (mbedtls_ccm_auth_decrypt (&self->cipher, plain_size, nonce, sizeof nonce, data,
                                FL_SECURE_FRAME_SIZE_FIELD, encrypted, plain,
                                encrypted + plain_size, FL_SECURE_FRAME_TAG) == 0)
    message = read_message (self, plain, plain_size);
  else
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "A message has a wrong tag");

  fl_wipe (plain, plain_size);
  return message;
}
