/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-secure-session
 *
 * The client's processor time for a handshake and the requests of one set-up, against the bare Mbed
 * TLS calls that it cannot do without, in turn and in the same run. The other side is our device,
 * whose time is not counted. Prints the medians and the ratio; the target is 1.1. Fails above it,
 * so build it without sanitizers.
 */
#include <mbedtls/ccm.h>
#include <mbedtls/ecjpake.h>
#include <mbedtls/md.h>

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "fl-secure-session.h"

#define ROUNDS      101
#define REQUESTS    40
#define REPLY_SIZE  400 /* mean of a set-up's replies: many empty ones, some lists of networks */
#define PACKET_SIZE 244
#define TARGET      1.1
#define SECRET      "ABCDEFGHJKLMNPQ"

typedef struct
{
  FlSecureSession *device;
  guint64 client_seed;
  guint64 device_seed;
  gint64 spent_ns; /* by the client */
  gint64 started_ns;
} Run;

static gint64
processor_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
start (Run *run)
{
  run->started_ns = processor_ns ();
}

static void
stop (Run *run)
{
  run->spent_ns += processor_ns () - run->started_ns;
}

static gboolean
fill (gpointer seed, guint8 *out, gsize size_bytes)
{
  guint64 *state = seed;

  for (gsize i = 0; i < size_bytes; i++)
    {
      *state = *state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
      out[i] = *state >> 56;
    }
  return TRUE;
}

static int
fill_bare (void *seed, unsigned char *out, size_t size_bytes)
{
  return fill (seed, out, size_bytes) ? 0 : -1;
}

static void
run_begin (Run *run, guint round)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECRET);

  memset (run, 0, sizeof *run);
  run->client_seed = 2 * round;
  run->device_seed = 2 * round + 1;
  run->device = fl_secure_session_new (FL_SECURE_DEVICE, secret, fill, &run->device_seed, 0);
}

/* Gives the device bytes; what it answers. */
static GByteArray *
ask_device (Run *run, const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed (REPLY_SIZE);
  GByteArray *answer = g_byte_array_new ();
  FlSecureMessage *request;
  GBytes *packet;

  fl_secure_session_feed (run->device, data, size_bytes, 0);
  while ((request = fl_secure_session_pop (run->device)) != NULL)
    {
      fl_secure_session_send_reply (run->device, request->id, 0, payload);
      fl_secure_message_free (request);
    }
  while ((packet = fl_secure_session_take (run->device, PACKET_SIZE, 0)) != NULL)
    {
      g_byte_array_append (answer, g_bytes_get_data (packet, NULL), g_bytes_get_size (packet));
      g_bytes_unref (packet);
    }
  g_assert_cmpint (fl_secure_session_get_state (run->device), !=, FL_SECURE_FAILED);
  return answer;
}

/* Passes what the client has to the device and the answer back, in packets; FALSE: it had nothing.
 */
static gboolean
exchange (Run *run, FlSecureSession *client)
{
  g_autoptr (GByteArray) up = g_byte_array_new ();
  g_autoptr (GByteArray) down = NULL;
  GBytes *packet;

  start (run);
  while ((packet = fl_secure_session_take (client, PACKET_SIZE, 0)) != NULL)
    {
      g_byte_array_append (up, g_bytes_get_data (packet, NULL), g_bytes_get_size (packet));
      g_bytes_unref (packet);
    }
  stop (run);

  down = ask_device (run, up->data, up->len);
  start (run);
  for (gsize i = 0; i < down->len; i += PACKET_SIZE)
    fl_secure_session_feed (client, down->data + i, MIN (PACKET_SIZE, down->len - i), 0);
  stop (run);
  return up->len > 0;
}

static gint64
run_ours (guint round)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECRET);
  FlSecureSession *client;
  Run run;

  run_begin (&run, round);
  start (&run);
  client = fl_secure_session_new (FL_SECURE_CLIENT, secret, fill, &run.client_seed, 0);
  stop (&run);
  while (exchange (&run, client))
    continue;
  g_assert_cmpint (fl_secure_session_get_state (client), ==, FL_SECURE_OPEN);

  for (guint i = 0; i < REQUESTS; i++)
    {
      FlSecureMessage *reply;

      start (&run);
      fl_secure_session_send_request (client, i, 506, NULL);
      stop (&run);
      exchange (&run, client);
      start (&run);
      reply = fl_secure_session_pop (client);
      g_assert_nonnull (reply);
      fl_secure_message_free (reply);
      stop (&run);
    }

  start (&run);
  fl_secure_session_free (client);
  stop (&run);
  fl_secure_session_free (run.device);
  return run.spent_ns;
}

/* One message of a round with its size in front, ready for the device. */
static void
append_framed (GByteArray *out, const guint8 *payload, gsize size_bytes)
{
  const guint8 header[] = { size_bytes & 0xff, size_bytes >> 8 };

  g_byte_array_append (out, header, sizeof header);
  g_byte_array_append (out, payload, size_bytes);
}

static gsize
framed_size (const GByteArray *bytes, gsize at)
{
  return bytes->data[at] | bytes->data[at + 1] << 8;
}

static void
confirm (const mbedtls_md_info_t *sha256,
         mbedtls_md_context_t *transcript,
         const guint8 *premaster,
         guint8 *out)
{
  guint8 input[6 + 6 + 6 + 32] = "KC_1_U"
                                 "client"
                                 "server";
  guint8 key_input[32 + 8];
  guint8 key[32];

  memcpy (key_input, premaster, 32);
  memcpy (key_input + 32, "JPAKE_KC", 8);
  mbedtls_md (sha256, key_input, sizeof key_input, key);
  mbedtls_md_finish (transcript, input + 18);
  mbedtls_md_hmac (sha256, key, sizeof key, input, sizeof input, out);
}

/* The second transcript hash and its confirmation cost as much as the first: done twice. */
static void
bare_handshake (Run *run, mbedtls_ecjpake_context *jpake, guint8 *premaster)
{
  const mbedtls_md_info_t *sha256 = mbedtls_md_info_from_type (MBEDTLS_MD_SHA256);
  g_autoptr (GByteArray) up = g_byte_array_new ();
  g_autoptr (GByteArray) down = NULL;
  g_autoptr (GByteArray) last = NULL;
  guint8 one[330];
  guint8 two[330];
  guint8 confirmation[32];
  guint8 expected[32];
  size_t one_size = 0;
  size_t two_size = 0;
  size_t premaster_size = 0;
  gsize down_two;

  start (run);
  mbedtls_ecjpake_setup (jpake, MBEDTLS_ECJPAKE_CLIENT, MBEDTLS_MD_SHA256, MBEDTLS_ECP_DP_SECP256R1,
                         (const guint8 *) SECRET, sizeof SECRET - 1);
  mbedtls_ecjpake_write_round_one (jpake, one, sizeof one, &one_size, fill_bare, &run->client_seed);
  stop (run);

  append_framed (up, one, one_size);
  down = ask_device (run, up->data, up->len);
  down_two = 2 + framed_size (down, 0);

  start (run);
  g_assert_cmpint (mbedtls_ecjpake_read_round_one (jpake, down->data + 2, framed_size (down, 0)),
                   ==, 0);
  g_assert_cmpint (mbedtls_ecjpake_read_round_two (jpake, down->data + down_two + 2,
                                                   framed_size (down, down_two)),
                   ==, 0);
  mbedtls_ecjpake_write_round_two (jpake, two, sizeof two, &two_size, fill_bare, &run->client_seed);
  mbedtls_ecjpake_derive_secret (jpake, premaster, 32, &premaster_size, fill_bare,
                                 &run->client_seed);
  for (guint i = 0; i < 2; i++)
    {
      mbedtls_md_context_t transcript;

      mbedtls_md_init (&transcript);
      mbedtls_md_setup (&transcript, sha256, 0);
      mbedtls_md_starts (&transcript);
      mbedtls_md_update (&transcript, one, one_size);
      mbedtls_md_update (&transcript, down->data + 2, framed_size (down, 0));
      mbedtls_md_update (&transcript, down->data + down_two + 2, framed_size (down, down_two));
      mbedtls_md_update (&transcript, two, two_size);
      confirm (sha256, &transcript, premaster, i == 0 ? confirmation : expected);
      mbedtls_md_free (&transcript);
    }
  stop (run);

  g_byte_array_set_size (up, 0);
  append_framed (up, two, two_size);
  append_framed (up, confirmation, sizeof confirmation);
  last = ask_device (run, up->data, up->len);
  g_assert_cmpuint (last->len, ==, 2 + 32);
}

static void
bare_request (Run *run, mbedtls_ccm_context *cipher, const guint8 *premaster, guint count)
{
  guint8 nonce[12] = { count & 0xff, count >> 8 };
  guint8 frame[2 + 6 + 8] = { 0 };
  guint8 reply[6 + REPLY_SIZE];
  g_autoptr (GByteArray) down = NULL;

  start (run);
  memcpy (nonce + 4, premaster + 16, 8);
  mbedtls_ccm_encrypt_and_tag (cipher, 6, nonce, sizeof nonce, frame, 2, frame + 2, frame + 2,
                               frame + 8, 8);
  stop (run);

  down = ask_device (run, frame, sizeof frame);
  g_assert_cmpuint (down->len, ==, 2 + sizeof reply + 8);

  start (run);
  nonce[3] = 0x80;
  memcpy (nonce + 4, premaster + 24, 8);
  g_assert_cmpint (mbedtls_ccm_auth_decrypt (cipher, sizeof reply, nonce, sizeof nonce, down->data,
                                             2, down->data + 2, reply,
                                             down->data + 2 + sizeof reply, 8),
                   ==, 0);
  stop (run);
}

static gint64
run_bare (guint round)
{
  mbedtls_ecjpake_context jpake;
  mbedtls_ccm_context cipher;
  guint8 premaster[32];
  Run run;

  run_begin (&run, round);
  start (&run);
  mbedtls_ecjpake_init (&jpake);
  stop (&run);
  bare_handshake (&run, &jpake, premaster);

  start (&run);
  mbedtls_ecjpake_free (&jpake);
  mbedtls_ccm_init (&cipher);
  mbedtls_ccm_setkey (&cipher, MBEDTLS_CIPHER_ID_AES, premaster, 128);
  stop (&run);
  for (guint i = 1; i <= REQUESTS; i++)
    bare_request (&run, &cipher, premaster, i);

  mbedtls_ccm_free (&cipher);
  fl_secure_session_free (run.device);
  return run.spent_ns;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a;
  const gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static double
median_ms (gint64 samples[ROUNDS])
{
  qsort (samples, ROUNDS, sizeof samples[0], compare);
  return samples[ROUNDS / 2] / 1e6;
}

int
main (void)
{
  static gint64 ours[ROUNDS];
  static gint64 bare[ROUNDS];
  double ours_ms;
  double bare_ms;

  for (guint i = 0; i < ROUNDS; i++)
    {
      bare[i] = run_bare (i);
      ours[i] = run_ours (i);
    }

  ours_ms = median_ms (ours);
  bare_ms = median_ms (bare);
  g_print ("secure session: %.3f ms, bare Mbed TLS: %.3f ms, ratio %.3f (target %.1f)\n", ours_ms,
           bare_ms, ours_ms / bare_ms, TARGET);
  return ours_ms / bare_ms <= TARGET ? 0 : 1;
}
