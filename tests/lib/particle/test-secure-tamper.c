/* SPDX-License-Identifier: Apache-2.0 */

/* Somebody on the way changes one bit, cuts or repeats one message of the handshake. Each bit of
 * the payloads is covered by test-jpake and test-secure-frame; here it is what the session makes of
 * it. */

#include "fl-error.h"
#include "secure-pair.h"

#define N_MESSAGES 6 /* of the handshake */

typedef enum
{
  FLIP,   /* one bit */
  CUT,    /* everything from a byte on, of this and all later messages */
  REPEAT, /* the message comes twice */
} How;

typedef struct
{
  How how;
  guint message; /* as numbered in PROTOCOL.md, from 1 */
  gsize place;   /* bit or byte in it, its length header included */
} Tampering;

typedef struct
{
  SecurePair *pair;
  const Tampering *tampering;
  guint n_up;
  guint n_down;
  gboolean cut;
  gsize sizes[N_MESSAGES + 1];
} Wire;

static guint
number (Wire *wire, gboolean up)
{
  static const guint up_numbers[] = { 1, 4, 5 };
  static const guint down_numbers[] = { 2, 3, 6 };
  const guint n = up ? wire->n_up++ : wire->n_down++;

  g_assert_cmpuint (n, <, 3);
  return up ? up_numbers[n] : down_numbers[n];
}

static void
deliver (Wire *wire, FlSecureSession *to, guint message, guint8 *data, gsize size_bytes)
{
  const Tampering *tampering = wire->tampering;
  gsize left = size_bytes;

  wire->sizes[message] = size_bytes;
  if (tampering->message == message)
    {
      g_assert_cmpuint (tampering->place, <, 8 * size_bytes);
      if (tampering->how == FLIP)
        data[tampering->place / 8] ^= 1 << tampering->place % 8;
      else if (tampering->how == CUT)
        left = tampering->place;
      else
        fl_secure_session_feed (to, data, size_bytes, wire->pair->now_us);
    }

  if (!wire->cut)
    fl_secure_session_feed (to, data, left, wire->pair->now_us);
  wire->cut |= left < size_bytes;
}

/* Passes all that @from has, message by message. */
static gboolean
pass (Wire *wire, FlSecureSession *from, FlSecureSession *to)
{
  const gboolean up = from == wire->pair->client;
  g_autoptr (GByteArray) bytes = secure_pair_drain (wire->pair, from);
  gsize done = 0;

  while (done < bytes->len)
    {
      const gsize size_bytes = 2 + (bytes->data[done] | bytes->data[done + 1] << 8);

      deliver (wire, to, number (wire, up), bytes->data + done, size_bytes);
      done += size_bytes;
    }
  g_assert_cmpuint (done, ==, bytes->len);
  return done > 0;
}

/* Runs the handshake with this one thing done to it. Neither side is ever fooled. */
static void
run (Wire *wire, const Tampering *tampering)
{
  g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
  FlSecureState client;
  FlSecureState device;
  gboolean moved;

  memset (wire, 0, sizeof *wire);
  wire->pair = pair;
  wire->tampering = tampering;
  do
    {
      moved = pass (wire, pair->client, pair->device);
      moved = pass (wire, pair->device, pair->client) || moved;
    }
  while (moved);

  client = fl_secure_session_get_state (pair->client);
  device = fl_secure_session_get_state (pair->device);
  if (tampering->message == 0)
    {
      g_assert_cmpint (client, ==, FL_SECURE_OPEN);
      g_assert_cmpint (device, ==, FL_SECURE_OPEN);
      return;
    }

  g_assert_cmpint (client, !=, FL_SECURE_OPEN);
  if (tampering->message != N_MESSAGES)
    g_assert_cmpint (device, !=, FL_SECURE_OPEN);
  if (tampering->message == N_MESSAGES && tampering->how == FLIP && tampering->place >= 16)
    g_assert_error (fl_secure_session_get_error (pair->client), FL_ERROR, FL_ERROR_WRONG_SECRET);

  /* Who waits for the rest gives up at the limit. */
  if (client == FL_SECURE_HANDSHAKE)
    {
      fl_secure_session_tick (pair->client, fl_secure_session_get_deadline (pair->client));
      g_assert_error (fl_secure_session_get_error (pair->client), FL_ERROR, FL_ERROR_DEVICE_SILENT);
    }
}

static void
untouched (void)
{
  const Tampering nothing = { .message = 0 };
  Wire wire;

  run (&wire, &nothing);
  for (guint message = 1; message <= N_MESSAGES; message++)
    g_assert_cmpuint (wire.sizes[message], >, 2);
}

/* Every bit of the length headers, and one in each 20th byte behind them. */
static void
flipped (gconstpointer data)
{
  Tampering tampering = { .how = FLIP, .message = GPOINTER_TO_UINT (data) };
  gsize size_bytes = 3; /* at first; then that of the message */

  for (gsize bit = 0; bit < 8 * size_bytes; bit += bit < 16 ? 1 : 8 * 20 + 1)
    {
      Wire wire;

      tampering.place = bit;
      run (&wire, &tampering);
      size_bytes = wire.sizes[tampering.message];
    }
  g_assert_cmpuint (size_bytes, >=, 34);
}

static void
cut (gconstpointer data)
{
  static const gsize places[] = { 0, 1, 2, 3, 33 };
  Tampering tampering = { .how = CUT, .message = GPOINTER_TO_UINT (data) };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Wire wire;

      tampering.place = places[i];
      run (&wire, &tampering);
    }
}

/* The second copy is taken for the next message; behind the last one, for a reply. */
static void
repeated (gconstpointer data)
{
  const Tampering tampering = { .how = REPEAT, .message = GPOINTER_TO_UINT (data) };
  Wire wire;

  run (&wire, &tampering);
}

static void
add (const char *path, GTestDataFunc test, guint last)
{
  for (guint message = 1; message <= last; message++)
    {
      g_autofree char *full = g_strdup_printf ("%s/message-%u", path, message);

      g_test_add_data_func (full, GUINT_TO_POINTER (message), test);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secure-tamper/untouched/opens", untouched);
  add ("/secure-tamper/flipped", flipped, N_MESSAGES);
  add ("/secure-tamper/cut", cut, N_MESSAGES);
  /* A copy of a confirmation is the beginning of a frame of 48 bytes that is not all there yet. */
  add ("/secure-tamper/repeated", repeated, 4);

  return g_test_run ();
}
