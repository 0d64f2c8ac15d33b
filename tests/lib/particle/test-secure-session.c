/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-secure-frame.h"
#include "secure-pair.h"

static void
request_all_ways (gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 5, 484, 4096, 65535 };
  const gsize packet_size = GPOINTER_TO_SIZE (data);
  g_autoptr (SecurePair) pair = secure_pair_new_open (packet_size);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (FlSecret) payload = fl_secret_new_zeroed (sizes[i]);
      g_autoptr (FlSecureMessage) request = NULL;
      g_autoptr (FlSecureMessage) reply = NULL;

      secure_pair_random (&pair->client_seed, fl_secret_get_writable (payload), sizes[i]);
      g_assert_true (fl_secure_session_send_request (pair->client, 0xfff0 + i, 500 + i, payload));
      secure_pair_run (pair);

      request = fl_secure_session_pop (pair->device);
      g_assert_nonnull (request);
      g_assert_cmpuint (request->id, ==, 0xfff0 + i);
      g_assert_cmpuint (request->type, ==, 500 + i);
      g_assert_true (fl_secret_equal (request->payload, payload));
      g_assert_null (fl_secure_session_pop (pair->device));

      g_assert_true (fl_secure_session_send_reply (pair->device, request->id, -250, payload));
      secure_pair_run (pair);
      reply = fl_secure_session_pop (pair->client);
      g_assert_nonnull (reply);
      g_assert_cmpuint (reply->id, ==, request->id);
      g_assert_cmpint (reply->result, ==, -250);
      g_assert_true (fl_secret_equal (reply->payload, payload));
      g_assert_null (fl_secure_session_pop (pair->client));
    }
}

/* Feeds chunks of 1, 2, 3… bytes both ways. */
static void
chunks (void)
{
  static const gsize sizes[] = { 1, 2, 3, 7, 19, 20, 333 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
      FlSecureSession *from = pair->client;
      guint n_silent = 0;

      while (n_silent < 2)
        {
          FlSecureSession *to = from == pair->client ? pair->device : pair->client;
          g_autoptr (GByteArray) bytes = secure_pair_drain (pair, from);

          for (gsize done = 0; done < bytes->len; done += sizes[i])
            fl_secure_session_feed (to, bytes->data + done, MIN (sizes[i], bytes->len - done),
                                    pair->now_us);
          n_silent = bytes->len == 0 ? n_silent + 1 : 0;
          from = to;
        }
      g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_OPEN);
      g_assert_cmpint (fl_secure_session_get_state (pair->device), ==, FL_SECURE_OPEN);
    }
}

static void
wrong_secret (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new ("ABCDEFGHJKLMNPQ", "ABCDEFGHJKLMNPR", 244);
  g_autoptr (GError) meaning = NULL;

  secure_pair_run (pair);

  g_assert_error (fl_secure_session_get_error (pair->device), FL_ERROR, FL_ERROR_WRONG_SECRET);
  g_assert_cmpint (fl_secure_session_get_state (pair->device), ==, FL_SECURE_FAILED);
  g_assert_null (fl_secure_session_take (pair->device, 244, pair->now_us));

  g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_HANDSHAKE);
  meaning = fl_secure_session_explain_disconnect (pair->client);
  g_assert_error (meaning, FL_ERROR, FL_ERROR_WRONG_SECRET);
}

/* What a lost link means at each point of the client's handshake. */
static void
disconnect_meanings (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 100);
  g_autoptr (GByteArray) up = NULL;
  g_autoptr (GByteArray) down = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GError) at_start = fl_secure_session_explain_disconnect (pair->client);
  g_autoptr (GError) before_confirmation = NULL;
  g_autoptr (GError) after_confirmation = NULL;
  g_autoptr (GError) when_open = NULL;

  g_assert_error (at_start, FL_ERROR, FL_ERROR_LINK_LOST);

  up = secure_pair_drain (pair, pair->client);
  secure_pair_feed (pair, pair->device, up);
  down = secure_pair_drain (pair, pair->device);
  secure_pair_feed (pair, pair->client, down);

  /* Round two and the confirmation are made, but not all of it is sent. */
  part = fl_secure_session_take (pair->client, 100, pair->now_us);
  fl_secure_session_feed (pair->device, g_bytes_get_data (part, NULL), g_bytes_get_size (part),
                          pair->now_us);
  before_confirmation = fl_secure_session_explain_disconnect (pair->client);
  g_assert_error (before_confirmation, FL_ERROR, FL_ERROR_LINK_LOST);

  g_byte_array_unref (up);
  up = secure_pair_drain (pair, pair->client);
  after_confirmation = fl_secure_session_explain_disconnect (pair->client);
  g_assert_error (after_confirmation, FL_ERROR, FL_ERROR_WRONG_SECRET);

  secure_pair_feed (pair, pair->device, up);
  secure_pair_run (pair);
  g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_OPEN);
  when_open = fl_secure_session_explain_disconnect (pair->client);
  g_assert_error (when_open, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
time_limit (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
  g_autoptr (GByteArray) up = NULL;
  gint64 limit_us;

  /* Made ahead: the clock does not run before the first packet. */
  pair->now_us += 60 * G_USEC_PER_SEC;
  fl_secure_session_tick (pair->client, pair->now_us);
  g_assert_cmpint (fl_secure_session_get_deadline (pair->client), ==, G_MAXINT64);
  limit_us = pair->now_us + 15 * G_USEC_PER_SEC;

  up = secure_pair_drain (pair, pair->client);
  g_assert_cmpint (fl_secure_session_get_deadline (pair->client), ==, limit_us);
  fl_secure_session_tick (pair->client, limit_us - 1);
  g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_HANDSHAKE);
  fl_secure_session_tick (pair->client, limit_us);
  g_assert_error (fl_secure_session_get_error (pair->client), FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_secure_session_get_deadline (pair->client), ==, G_MAXINT64);

  /* The device waits for ever. */
  g_assert_cmpint (fl_secure_session_get_deadline (pair->device), ==, G_MAXINT64);
  fl_secure_session_tick (pair->device, limit_us * 1000);
  g_assert_cmpint (fl_secure_session_get_state (pair->device), ==, FL_SECURE_HANDSHAKE);
}

/* The last message arrives in time, or at the limit. */
static void
time_limit_last_message (void)
{
  for (gint64 late_us = -1; late_us <= 0; late_us++)
    {
      g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
      const gint64 limit_us = pair->now_us + FL_SECURE_HANDSHAKE_LIMIT_US;

      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GByteArray) up = secure_pair_drain (pair, pair->client);
          g_autoptr (GByteArray) down = NULL;

          secure_pair_feed (pair, pair->device, up);
          down = secure_pair_drain (pair, pair->device);
          if (i == 1)
            pair->now_us = limit_us + late_us;
          secure_pair_feed (pair, pair->client, down);
        }
      if (late_us < 0)
        g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_OPEN);
      else
        g_assert_error (fl_secure_session_get_error (pair->client), FL_ERROR,
                        FL_ERROR_DEVICE_SILENT);
    }
}

static gboolean
no_random (gpointer data, guint8 *out, gsize size_bytes)
{
  guint *left = data;

  memset (out, 1, size_bytes);
  return (*left)-- > 0;
}

static void
no_randomness (void)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECURE_PAIR_SECRET);

  for (guint draws = 0; draws < 12; draws++)
    {
      guint left = draws;
      g_autoptr (FlSecureSession) client =
          fl_secure_session_new (FL_SECURE_CLIENT, secret, no_random, &left, 0);

      g_assert_error (fl_secure_session_get_error (client), FL_ERROR, FL_ERROR_UNEXPECTED);
      g_assert_null (fl_secure_session_take (client, 20, 0));
    }
}

static void
empty_secret (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new ("", "", 20);

  g_assert_error (fl_secure_session_get_error (pair->client), FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_error (fl_secure_session_get_error (pair->device), FL_ERROR, FL_ERROR_INVALID_INPUT);
}

static void
refuses_to_send (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, 244);
  g_autoptr (FlSecret) too_long = fl_secret_new_zeroed (65536);

  g_assert_false (fl_secure_session_send_request (pair->client, 1, 1, NULL));
  g_assert_false (fl_secure_session_send_reply (pair->device, 1, 0, NULL));
  secure_pair_run (pair);
  g_assert_false (fl_secure_session_send_request (pair->client, 1, 1, too_long));
  g_assert_false (fl_secure_session_send_reply (pair->device, 1, 0, too_long));
  g_assert_true (fl_secure_session_send_request (pair->client, 1, 1, NULL));
}

/* A session that failed stays failed, and silent. */
static void
stays_failed (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new_open (244);
  g_autoptr (GByteArray) good = NULL;
  g_autofree guint8 *bad = NULL;

  g_assert_true (fl_secure_session_send_request (pair->client, 1, 1, NULL));
  good = secure_pair_drain (pair, pair->client);
  bad = g_memdup2 (good->data, good->len);
  bad[good->len - 1] ^= 1;

  fl_secure_session_feed (pair->device, bad, good->len, pair->now_us);
  g_assert_error (fl_secure_session_get_error (pair->device), FL_ERROR, FL_ERROR_UNEXPECTED);
  secure_pair_feed (pair, pair->device, good);
  g_assert_null (fl_secure_session_pop (pair->device));
  g_assert_false (fl_secure_session_send_reply (pair->device, 1, 0, NULL));
  g_assert_null (fl_secure_session_take (pair->device, 244, pair->now_us));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/secure-session/mtu-23/every-size", GSIZE_TO_POINTER (20),
                        request_all_ways);
  g_test_add_data_func ("/secure-session/mtu-247/every-size", GSIZE_TO_POINTER (244),
                        request_all_ways);
  g_test_add_data_func ("/secure-session/mtu-517/every-size", GSIZE_TO_POINTER (514),
                        request_all_ways);
  g_test_add_func ("/secure-session/chunks/open", chunks);
  g_test_add_func ("/secure-session/wrong-secret/device-hangs-up", wrong_secret);
  g_test_add_func ("/secure-session/disconnect/means", disconnect_meanings);
  g_test_add_func ("/secure-session/time-limit/device-silent", time_limit);
  g_test_add_func ("/secure-session/time-limit/last-message", time_limit_last_message);
  g_test_add_func ("/secure-session/no-randomness/fails", no_randomness);
  g_test_add_func ("/secure-session/empty-secret/fails", empty_secret);
  g_test_add_func ("/secure-session/send/refuses", refuses_to_send);
  g_test_add_func ("/secure-session/failed/stays-failed", stays_failed);

  return g_test_run ();
}
