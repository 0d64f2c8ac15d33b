/* SPDX-License-Identifier: Apache-2.0 */

/* A client and a device agree on a key while somebody changes bytes on the way, or speaks alone.
 * First byte: bit 0 who is lied to, bit 1 whether the peer exists; then the lies. With changed
 * bytes in the handshake the client must never believe that it talks to the device. */

#include <string.h>

#include "../lib/particle/secure-pair.h"

#include "fuzz.h"

#define LIE_BYTES 3 /* place (little endian), mask */
#define MAX_LIES  32
#define PAYLOAD   "{\"a\":1}"

/* How much of the handshake has gone each way. */
typedef struct
{
  SecurePair *pair;
  FlSecureSession *victim;
  const guint8 *lies;
  guint n_lies;
  gsize passed; /* bytes that went to the victim so far */
  gboolean lied;
} Wire;

static void
pass (Wire *wire, FlSecureSession *from, FlSecureSession *to, gboolean *moved)
{
  g_autoptr (GByteArray) bytes = secure_pair_drain (wire->pair, from);

  if (to == wire->victim)
    {
      for (guint i = 0; i < wire->n_lies; i++)
        {
          const guint8 *lie = wire->lies + i * LIE_BYTES;
          const gsize place = (gsize) (lie[0] | lie[1] << 8);

          if (place < wire->passed || place >= wire->passed + bytes->len)
            continue;
          bytes->data[place - wire->passed] ^= lie[2];
          wire->lied = wire->lied || lie[2] != 0;
        }
      wire->passed += bytes->len;
    }

  if (bytes->len > 0)
    *moved = TRUE;
  secure_pair_feed (wire->pair, to, bytes);
}

static void
run (Wire *wire)
{
  gboolean moved = TRUE;

  while (moved)
    {
      moved = FALSE;
      pass (wire, wire->pair->client, wire->pair->device, &moved);
      pass (wire, wire->pair->device, wire->pair->client, &moved);
    }
}

/* Lies may cancel each other, so that only one of them proves anything. */
static void
check (Wire *wire, gboolean lied_in_handshake)
{
  const FlSecureState state = fl_secure_session_get_state (wire->pair->client);

  if (!lied_in_handshake)
    g_assert_cmpint (state, ==, FL_SECURE_OPEN);
  else if (wire->n_lies == 1)
    g_assert_cmpint (state, !=, FL_SECURE_OPEN);
}

static void
lie_to_one (FlSecureRole victim, const guint8 *data, gsize size_bytes)
{
  g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
  g_autoptr (FlSecret) payload = fl_secret_new_from_string (PAYLOAD);
  g_autoptr (FlSecureMessage) message = NULL;
  Wire wire = { .pair = pair, .lies = data };

  wire.n_lies = MIN (size_bytes / LIE_BYTES, MAX_LIES);
  wire.victim = victim == FL_SECURE_CLIENT ? pair->client : pair->device;
  run (&wire);
  check (&wire, wire.lied);
  if (fl_secure_session_get_state (pair->client) != FL_SECURE_OPEN)
    return;

  fl_secure_session_send_request (pair->client, 1, 20, payload);
  run (&wire);
  if ((message = fl_secure_session_pop (pair->device)) == NULL)
    {
      g_assert_true (wire.lied);
      return;
    }

  g_assert_true (fl_secret_equal (message->payload, payload));
  fl_secure_session_send_reply (pair->device, message->id, 0, payload);
  run (&wire);
}

static void
speak_alone (FlSecureRole victim, const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECURE_PAIR_SECRET);
  guint64 seed = 1;
  g_autoptr (FlSecureSession) session =
      fl_secure_session_new (victim, secret, secure_pair_random, &seed, 0);
  const gsize piece = size_bytes > 0 ? MAX (data[0], 1) : 1;

  for (gsize at = 1; at < size_bytes; at += piece)
    fl_secure_session_feed (session, data + at, MIN (piece, size_bytes - at), 0);
  g_assert_cmpint (fl_secure_session_get_state (session), !=, FL_SECURE_OPEN);
  fl_secure_session_tick (session, FL_SECURE_HANDSHAKE_LIMIT_US);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  FlSecureRole victim;

  if (size_bytes == 0)
    return 0;

  victim = data[0] & 1 ? FL_SECURE_CLIENT : FL_SECURE_DEVICE;
  if (data[0] & 2)
    speak_alone (victim, data + 1, size_bytes - 1);
  else
    lie_to_one (victim, data + 1, size_bytes - 1);
  return 0;
}
