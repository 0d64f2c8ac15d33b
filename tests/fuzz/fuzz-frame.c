/* SPDX-License-Identifier: Apache-2.0 */

/* Encrypted messages: the first byte chooses, as long as it is odd, genuine messages of which a bit
 * may be flipped on the way, else bytes of somebody who has no key. Nothing but what was sealed may
 * open. */

#include <string.h>

#include "fl-jpake.h"
#include "fl-secure-frame.h"

#include "fuzz.h"

typedef struct
{
  FlSecureFrames *sender;
  FlSecureFrames *receiver;
} Wire;

static FlSecureMessage *
receive (Wire *wire, const guint8 *data, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  FlSecureMessage *message = NULL;

  if (size_bytes < FL_SECURE_FRAME_SIZE_FIELD || fl_secure_frames_measure (data) != size_bytes)
    return NULL;

  message = fl_secure_frames_open (wire->receiver, data, size_bytes, &error);
  g_assert_true ((message == NULL) == (error != NULL));
  return message;
}

/* A message: type, place and mask of the flipped bits, then its payload. Returns whether the next
 * one makes sense: a counter that is out of step stays so. */
static gboolean
exchange (Wire *wire, const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSecret) payload = fl_secret_new (data + 3, size_bytes - 3);
  FlSecureMessage genuine = { .id = 7, .type = data[0], .payload = payload };
  g_autoptr (GBytes) sealed = fl_secure_frames_seal (wire->sender, &genuine, NULL);
  g_autoptr (FlSecureMessage) message = NULL;
  g_autofree guint8 *frame = NULL;
  gsize frame_size;

  g_assert_nonnull (sealed);
  frame_size = g_bytes_get_size (sealed);
  frame = g_memdup2 (g_bytes_get_data (sealed, NULL), frame_size);
  frame[data[1] % frame_size] ^= data[2];
  message = receive (wire, frame, frame_size);

  g_assert_true ((message != NULL) == (data[2] == 0));
  if (message == NULL)
    return FALSE;

  g_assert_cmpuint (message->id, ==, 7);
  g_assert_cmpuint (message->type, ==, data[0]);
  g_assert_true (fl_secret_equal (message->payload, payload));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  guint8 key[FL_JPAKE_PREMASTER_SIZE] = { 1, 2, 3 };
  g_autoptr (FlSecret) premaster = fl_secret_new (key, sizeof key);
  g_autoptr (FlSecureFrames) sender = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  g_autoptr (FlSecureFrames) receiver = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  Wire wire = { sender, receiver };
  gboolean in_step = TRUE;

  if (size_bytes > 1 && data[0] % 2 == 0)
    g_assert_null (receive (&wire, data + 1, size_bytes - 1));

  for (gsize at = 1; size_bytes > 0 && data[0] % 2 == 1 && in_step && at + 3 <= size_bytes;)
    {
      const gsize piece = MIN (size_bytes - at, 3 + (gsize) data[at] * 2);

      in_step = exchange (&wire, data + at, piece);
      at += piece;
    }
  return 0;
}
