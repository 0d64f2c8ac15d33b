/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-secure-pacer.h"
#include "secure-pair.h"

#define MS 1000

/* The device's input pool as its firmware counts it: 20 bytes more for each packet, rounded up to
 * four; emptied by each loop, unless a long request is being worked on. */
typedef struct
{
  gint64 loop_us;
  gint64 next_loop_us;
  gsize used_bytes;
} Pool;

static void
pool_receive (Pool *pool, gsize size_bytes, gint64 now_us)
{
  if (now_us >= pool->next_loop_us)
    {
      pool->used_bytes = 0;
      pool->next_loop_us = now_us - now_us % pool->loop_us + pool->loop_us;
    }
  pool->used_bytes += (size_bytes + 20 + 3) / 4 * 4;
  g_assert_cmpuint (pool->used_bytes, <=, FL_SECURE_POOL_SIZE);
}

/* Sends all the client has, as fast as it allows, without an answer; how long that takes. */
static gint64
flood (SecurePair *pair, Pool *pool, gsize *sent_bytes)
{
  const gint64 start_us = pair->now_us;

  *sent_bytes = 0;
  while (TRUE)
    {
      g_autoptr (GBytes) packet =
          fl_secure_session_take (pair->client, pair->packet_size, pair->now_us);
      const gint64 deadline_us = fl_secure_session_get_deadline (pair->client);

      if (packet != NULL)
        {
          pool_receive (pool, g_bytes_get_size (packet), pair->now_us);
          *sent_bytes += g_bytes_get_size (packet);
          fl_secure_session_feed (pair->device, g_bytes_get_data (packet, NULL),
                                  g_bytes_get_size (packet), pair->now_us);
        }
      else if (deadline_us < pair->now_us + G_USEC_PER_SEC)
        {
          g_assert_cmpint (deadline_us, >, pair->now_us);
          pair->now_us = deadline_us;
        }
      else
        return pair->now_us - start_us;
    }
}

static void
request (SecurePair *pair, guint16 id, gsize payload_size)
{
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed (payload_size);

  g_assert_true (fl_secure_session_send_request (pair->client, id, 1, payload));
}

static void
answer (SecurePair *pair, guint16 id)
{
  g_autoptr (GByteArray) bytes = NULL;

  g_assert_true (fl_secure_session_send_reply (pair->device, id, 0, NULL));
  bytes = secure_pair_drain (pair, pair->device);
  secure_pair_feed (pair, pair->client, bytes);
}

/* No message of the handshake waits, even in the smallest packets and with a device that has not
 * run its loop. */
static void
handshake_at_once (void)
{
  static const gsize packet_sizes[] = { 20, 100, 182, 244, 514 };

  for (guint i = 0; i < G_N_ELEMENTS (packet_sizes); i++)
    {
      g_autoptr (SecurePair) pair =
          secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, packet_sizes[i]);
      gsize sent_bytes;

      for (guint flight = 0; flight < 2; flight++)
        {
          Pool pool = { .loop_us = G_MAXINT64 / 4, .next_loop_us = G_MAXINT64 / 4 };
          g_autoptr (GByteArray) down = NULL;

          g_assert_cmpint (flood (pair, &pool, &sent_bytes), ==, 0);
          g_assert_cmpuint (sent_bytes, ==, flight == 0 ? 332 : 201);
          down = secure_pair_drain (pair, pair->device);
          secure_pair_feed (pair, pair->client, down);
        }
      g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_OPEN);

      /* And the first requests follow without a pause. */
      request (pair, 1, 0);
      request (pair, 2, 100);
      g_assert_cmpint (flood (pair, &(Pool){ .loop_us = MS, .next_loop_us = G_MAXINT64 / 4 },
                              &sent_bytes),
                       ==, 0);
      g_assert_cmpuint (sent_bytes, ==, 16 + 116);
    }
}

/* One long request goes all the way, in time, and never fills the pool of a device whose loop is
 * 30 ms late. */
static void
long_request (gconstpointer data)
{
  g_autoptr (SecurePair) pair = secure_pair_new_open (GPOINTER_TO_SIZE (data));
  Pool pool = { .loop_us = 30 * MS };
  g_autoptr (FlSecureMessage) message = NULL;
  gsize sent_bytes;
  gint64 took_us;

  request (pair, 1, 65535);
  took_us = flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 65535 + 16);
  g_assert_cmpint (took_us, >, 1 * G_USEC_PER_SEC);
  g_assert_cmpint (took_us, <, 30 * G_USEC_PER_SEC);

  message = fl_secure_session_pop (pair->device);
  g_assert_nonnull (message);
  g_assert_cmpuint (fl_secret_get_size (message->payload), ==, 65535);
}

/* While a long request runs the pool is not drained: whatever is queued meanwhile must fit. */
static void
device_works_long (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new_open (244);
  Pool pool = { .loop_us = G_MAXINT64 / 4, .next_loop_us = G_MAXINT64 / 4 };
  gsize first_bytes;
  gsize sent_bytes;
  guint n_arrived = 0;
  FlSecureMessage *message;

  for (guint id = 1; id <= 20; id++)
    request (pair, id, 100);
  flood (pair, &pool, &first_bytes);
  g_assert_cmpuint (first_bytes, >, 200);
  g_assert_cmpuint (first_bytes, <, 20 * 116);

  /* Nothing more for a minute, however often it is asked. */
  pair->now_us += 60 * G_USEC_PER_SEC;
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 0);

  /* An answer to nothing we asked proves nothing. */
  answer (pair, 999);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 0);

  /* The answer to the first: it was read, and as much follows. */
  pool.used_bytes = 0;
  answer (pair, 1);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 116);

  /* The answer to a later one: so all before it were read. */
  pool.used_bytes = 0;
  answer (pair, first_bytes / 116);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, >, 116);

  while ((message = fl_secure_session_pop (pair->device)) != NULL)
    {
      g_assert_cmpuint (message->id, ==, ++n_arrived);
      fl_secure_message_free (message);
    }
  g_assert_cmpuint (n_arrived, <, 20);
}

/* A request that is never answered holds the others back no longer than any request may take. */
static void
never_answered (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new_open (244);
  Pool pool = { .loop_us = MS };
  const gint64 start_us = pair->now_us;
  gsize sent_bytes;

  request (pair, 1, 2000);
  request (pair, 2, 10);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 2016);

  g_assert_cmpint (fl_secure_session_get_deadline (pair->client), ==,
                   start_us + 90 * G_USEC_PER_SEC);
  pair->now_us = start_us + 90 * G_USEC_PER_SEC - 1;
  g_assert_null (fl_secure_session_take (pair->client, 244, pair->now_us));
  pair->now_us++;
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 26);
}

/* A long request waits until the ones before it are answered. */
static void
long_after_short (void)
{
  g_autoptr (SecurePair) pair = secure_pair_new_open (244);
  Pool pool = { .loop_us = MS };
  gsize sent_bytes;

  request (pair, 1, 10);
  request (pair, 2, 2000);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 26);
  answer (pair, 1);
  flood (pair, &pool, &sent_bytes);
  g_assert_cmpuint (sent_bytes, ==, 2016);
}

/* Time drains the pool by whole bytes and loses no fractions between calls. */
static void
drains_evenly (void)
{
  g_autoptr (FlSecurePacer) pacer = fl_secure_pacer_new (0);
  gint64 now_us = 0;
  gint64 often_us;
  gint64 seldom_us;

  while (fl_secure_pacer_next_packet (pacer, 244, now_us) == now_us)
    fl_secure_pacer_sent_packet (pacer, 244, now_us);
  seldom_us = fl_secure_pacer_next_packet (pacer, 244, now_us);
  for (often_us = now_us; fl_secure_pacer_next_packet (pacer, 244, often_us) > often_us;)
    often_us += 7;
  g_assert_cmpint (seldom_us, >, 0);
  g_assert_cmpint (often_us, >=, seldom_us);
  g_assert_cmpint (often_us, <, seldom_us + 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secure-pacer/handshake/at-once", handshake_at_once);
  g_test_add_data_func ("/secure-pacer/long-request/mtu-23", GSIZE_TO_POINTER (20), long_request);
  g_test_add_data_func ("/secure-pacer/long-request/mtu-247", GSIZE_TO_POINTER (244), long_request);
  g_test_add_data_func ("/secure-pacer/long-request/mtu-517", GSIZE_TO_POINTER (514), long_request);
  g_test_add_func ("/secure-pacer/device-works-long/waits-for-answers", device_works_long);
  g_test_add_func ("/secure-pacer/never-answered/goes-on", never_answered);
  g_test_add_func ("/secure-pacer/long-after-short/waits", long_after_short);
  g_test_add_func ("/secure-pacer/time/drains-evenly", drains_evenly);

  return g_test_run ();
}
