/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-secure-handshake.h"

#include "fl-error.h"
#include "fl-jpake.h"
#include "fl-secure-transcript.h"

#define HEADER_SIZE 2

/* Which payload of the peer comes next. */
typedef enum
{
  AWAIT_ROUND_ONE,
  AWAIT_ROUND_TWO,
  AWAIT_CONFIRMATION,
  DONE,
} Step;

struct _FlSecureHandshake
{
  FlSecureRole role;
  Step step;
  FlJpake *jpake;
  FlSecureTranscript *transcript;
  FlSecret *premaster; /* from the client's confirmation on */
};

typedef gboolean (*WriteRound) (FlJpake *jpake, GByteArray *out, GError **error);

/* Appends the header and what @write writes, and enters the payload in the transcript. */
static gboolean
send_round (FlSecureHandshake *self, WriteRound write, GByteArray *out, GError **error)
{
  const guint start = out->len;
  const guint8 no_header[HEADER_SIZE] = { 0 };
  guint size_bytes;

  g_byte_array_append (out, no_header, HEADER_SIZE);
  if (!write (self->jpake, out, error))
    {
      g_byte_array_set_size (out, start);
      return FALSE;
    }

  size_bytes = out->len - start - HEADER_SIZE;
  out->data[start] = size_bytes & 0xff;
  out->data[start + 1] = size_bytes >> 8;
  fl_secure_transcript_add (self->transcript, out->data + start + HEADER_SIZE, size_bytes);
  return TRUE;
}

/* Appends this side's confirmation, which also enters the transcript. */
static void
send_confirmation (FlSecureHandshake *self, GByteArray *out)
{
  const guint8 header[HEADER_SIZE] = { FL_SECURE_CONFIRMATION_SIZE, 0 };
  guint8 confirmation[FL_SECURE_CONFIRMATION_SIZE];

  fl_secure_transcript_confirm (self->transcript, self->role, self->premaster, confirmation);
  fl_secure_transcript_add (self->transcript, confirmation, sizeof confirmation);
  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, confirmation, sizeof confirmation);
}

static gboolean
derive (FlSecureHandshake *self, GError **error)
{
  self->premaster = fl_jpake_derive (self->jpake, error);
  g_clear_pointer (&self->jpake, fl_jpake_free);
  return self->premaster != NULL;
}

static gboolean
receive_round_one (FlSecureHandshake *self,
                   const guint8 *payload,
                   gsize size_bytes,
                   GByteArray *out,
                   GError **error)
{
  if (!fl_jpake_read_round_one (self->jpake, payload, size_bytes, error))
    return FALSE;

  fl_secure_transcript_add (self->transcript, payload, size_bytes);
  self->step = AWAIT_ROUND_TWO;
  /* The device answers with both of its rounds at once. */
  return self->role == FL_SECURE_CLIENT ||
         (send_round (self, fl_jpake_write_round_one, out, error) &&
          send_round (self, fl_jpake_write_round_two, out, error));
}

static gboolean
receive_round_two (FlSecureHandshake *self,
                   const guint8 *payload,
                   gsize size_bytes,
                   GByteArray *out,
                   GError **error)
{
  if (!fl_jpake_read_round_two (self->jpake, payload, size_bytes, error))
    return FALSE;

  fl_secure_transcript_add (self->transcript, payload, size_bytes);
  self->step = AWAIT_CONFIRMATION;
  if (self->role == FL_SECURE_DEVICE)
    return TRUE; /* derives when the confirmation is there, as the firmware does */

  if (!send_round (self, fl_jpake_write_round_two, out, error) || !derive (self, error))
    return FALSE;
  send_confirmation (self, out);
  return TRUE;
}

static gboolean
receive_confirmation (FlSecureHandshake *self,
                      const guint8 *payload,
                      gsize size_bytes,
                      GByteArray *out,
                      GError **error)
{
  const FlSecureRole peer = self->role == FL_SECURE_CLIENT ? FL_SECURE_DEVICE : FL_SECURE_CLIENT;

  if (size_bytes != FL_SECURE_CONFIRMATION_SIZE)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED,
                   "Confirmation of %" G_GSIZE_FORMAT " bytes", size_bytes);
      return FALSE;
    }
  if (self->role == FL_SECURE_DEVICE && !derive (self, error))
    return FALSE;
  if (!fl_secure_transcript_check (self->transcript, peer, self->premaster, payload, size_bytes))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_WRONG_SECRET, "The confirmation is wrong");
      return FALSE;
    }

  self->step = DONE;
  if (self->role == FL_SECURE_DEVICE)
    {
      fl_secure_transcript_add (self->transcript, payload, size_bytes);
      send_confirmation (self, out);
    }
  return TRUE;
}

FlSecureHandshake *
fl_secure_handshake_new (FlSecureRole role,
                         const FlSecret *secret,
                         FlRandomFunc random,
                         gpointer random_data,
                         GError **error)
{
  FlSecureHandshake *self;
  FlJpake *jpake = fl_jpake_new (role, secret, random, random_data, error);

  if (jpake == NULL)
    return NULL;

  self = g_new0 (FlSecureHandshake, 1);
  self->role = role;
  self->jpake = jpake;
  self->transcript = fl_secure_transcript_new ();
  return self;
}

void
fl_secure_handshake_free (FlSecureHandshake *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->jpake, fl_jpake_free);
  g_clear_pointer (&self->transcript, fl_secure_transcript_free);
  g_clear_pointer (&self->premaster, fl_secret_unref);
  g_free (self);
}

gboolean
fl_secure_handshake_start (FlSecureHandshake *self, GByteArray *out, GError **error)
{
  return self->role == FL_SECURE_DEVICE || send_round (self, fl_jpake_write_round_one, out, error);
}

gboolean
fl_secure_handshake_receive (FlSecureHandshake *self,
                             const guint8 *payload,
                             gsize size_bytes,
                             GByteArray *out,
                             GError **error)
{
  switch (self->step)
    {
    case AWAIT_ROUND_ONE:
      return receive_round_one (self, payload, size_bytes, out, error);
    case AWAIT_ROUND_TWO:
      return receive_round_two (self, payload, size_bytes, out, error);
    case AWAIT_CONFIRMATION:
      return receive_confirmation (self, payload, size_bytes, out, error);
    case DONE:
      break;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
fl_secure_handshake_awaits_confirmation (FlSecureHandshake *self)
{
  return self->role == FL_SECURE_CLIENT && self->step == AWAIT_CONFIRMATION;
}

FlSecret *
fl_secure_handshake_get_premaster (FlSecureHandshake *self)
{
  return self->step == DONE ? self->premaster : NULL;
}
