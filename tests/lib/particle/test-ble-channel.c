/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "device-link.h"
#include "fl-ble-channel.h"
#include "fl-error.h"
#include "secure-pair.h"

#define SECOND   G_USEC_PER_SEC
#define LIMIT_MS 15000

typedef struct
{
  FlClock *clock;
  DeviceLink *link;
  FlControlChannel *channel;
  guint64 seed;
  FlSecureMessage *held[4]; /* requests that the device did not answer yet */
  guint n_held;
  guint n_sent, last_sent;
  guint n_closed;
  GError *reason;
} Fixture;

static void
on_sent (FlControlChannel *channel, guint type, Fixture *fixture)
{
  fixture->n_sent++;
  fixture->last_sent = type;
}

static void
on_closed (FlControlChannel *channel, const GError *reason, Fixture *fixture)
{
  fixture->n_closed++;
  g_clear_error (&fixture->reason);
  fixture->reason = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
echo (DeviceLink *link, FlSecureMessage *request, gpointer data)
{
  device_link_reply (link, request->id, -(int) request->type, fl_secret_get_data (request->payload),
                     fl_secret_get_size (request->payload));
}

static void
hold (DeviceLink *link, FlSecureMessage *request, gpointer data)
{
  Fixture *fixture = data;
  FlSecureMessage *copy = g_new0 (FlSecureMessage, 1);

  g_assert_cmpuint (fixture->n_held, <, G_N_ELEMENTS (fixture->held));
  *copy = *request;
  copy->payload = fl_secret_ref (request->payload);
  fixture->held[fixture->n_held++] = copy;
}

static void
set_up (Fixture *fixture, gconstpointer packet_size)
{
  fixture->seed = 42;
  fixture->clock = fl_virtual_clock_new ();
  fixture->link = device_link_new (fixture->clock, SECURE_PAIR_SECRET,
                                   packet_size != NULL ? GPOINTER_TO_SIZE (packet_size) : 244);
  fixture->link->handler = echo;
  fixture->link->handler_data = fixture;
  fixture->channel = fl_ble_channel_new (FL_LINK (fixture->link), fixture->clock,
                                         secure_pair_random, &fixture->seed);
  g_signal_connect (fixture->channel, "sent", G_CALLBACK (on_sent), fixture);
  g_signal_connect (fixture->channel, "closed", G_CALLBACK (on_closed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->channel, fixture);
  fl_control_channel_close (fixture->channel);
  while (G_OBJECT (fixture->channel)->ref_count > 1) /* a thread may still compute */
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE)) /* what was on its way when the test ended */
    ;
  for (guint i = 0; i < fixture->n_held; i++)
    {
      fl_secret_unref (fixture->held[i]->payload);
      g_free (fixture->held[i]);
    }
  g_clear_error (&fixture->reason);
  g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->link);
  g_assert_finalize_object (fixture->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
connect_channel (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_control_channel_connect_async (fixture->channel, NULL, on_result, &result);
  wait_for (&result);
  return fl_control_channel_finish (fixture->channel, result, error);
}

static gboolean
secure_channel (Fixture *fixture, const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (text);

  fl_control_channel_secure_async (fixture->channel, secret, cancellable, on_result, &result);
  wait_for (&result);
  return fl_control_channel_finish (fixture->channel, result, error);
}

static void
open_channel (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  secure_channel (fixture, SECURE_PAIR_SECRET, NULL, &error);
  g_assert_no_error (error);
}

static void
start_request (Fixture *fixture,
               guint16 type,
               const char *text,
               GCancellable *cancellable,
               GAsyncResult **result)
{
  g_autoptr (FlSecret) payload = text != NULL ? fl_secret_new_from_string (text) : NULL;

  fl_control_channel_request_async (fixture->channel, type, payload, LIMIT_MS, cancellable,
                                    on_result, result);
}

static char *
finish_request (Fixture *fixture, GAsyncResult **result, int *code, GError **error)
{
  g_autoptr (GBytes) reply = NULL;

  wait_for (result);
  reply = fl_control_channel_request_finish (fixture->channel, *result, code, error);
  g_clear_object (result);
  if (reply == NULL)
    return NULL;
  if (g_bytes_get_size (reply) == 0)
    return g_strdup ("");
  return g_strndup (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
}

static void
assert_usable (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = 1;

  fixture->link->handler = echo;
  start_request (fixture, 7, "still here", NULL, &result);
  text = finish_request (fixture, &result, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (code, ==, -7);
  g_assert_cmpstr (text, ==, "still here");
}

static void
test_request_and_reply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = 1;

  open_channel (fixture);
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  start_request (fixture, 0, NULL, NULL, &result);
  text = finish_request (fixture, &result, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (code, ==, 0);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  assert_usable (fixture);
  g_assert_cmpuint (fixture->n_sent, ==, 2);
  g_assert_cmpuint (fixture->last_sent, ==, 7);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

static void
test_replies_in_any_order (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "one", "two", "three", "four" };
  GAsyncResult *results[4] = { NULL };

  open_channel (fixture);
  fixture->link->handler = hold;
  for (guint i = 0; i < 4; i++)
    start_request (fixture, (guint16) (100 + i), words[i], NULL, &results[i]);
  while (fixture->n_held < 4)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 4; i-- > 0;)
    echo (fixture->link, fixture->held[i], NULL);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      int code = 0;
      g_autofree char *text = finish_request (fixture, &results[i], &code, &error);

      g_assert_no_error (error);
      g_assert_cmpint (code, ==, -100 - (int) i);
      g_assert_cmpstr (text, ==, words[i]);
    }
}

static void
test_silent_device (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_us = 0;

  open_channel (fixture);
  fixture->link->handler = hold;
  start_us = fl_clock_now_us (fixture->clock);
  start_request (fixture, 506, NULL, NULL, &result);
  g_assert_null (finish_request (fixture, &result, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, ==, LIMIT_MS * 1000);

  /* its answer comes late, and nobody is confused */
  echo (fixture->link, fixture->held[0], NULL);
  assert_usable (fixture);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

static void
test_cancel_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = 0;

  open_channel (fixture);
  fixture->link->handler = hold;
  start_request (fixture, 1, "cancelled", cancellable, &cancelled);
  start_request (fixture, 2, "other", NULL, &other);
  while (fixture->n_held < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_request (fixture, &cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  echo (fixture->link, fixture->held[0], NULL);
  echo (fixture->link, fixture->held[1], NULL);
  text = finish_request (fixture, &other, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "other");

  start_request (fixture, 3, NULL, cancellable, &cancelled); /* cancelled before it starts */
  g_assert_null (finish_request (fixture, &cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_held, ==, 2);
  assert_usable (fixture);
}

/* One connection with one request. FALSE: it ended early, with the error of losing a link. */
static gboolean
try_all (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = 0;
  guint n_closed = fixture->n_closed;

  if (connect_channel (fixture, &error) &&
      secure_channel (fixture, SECURE_PAIR_SECRET, NULL, &error))
    {
      start_request (fixture, 1, "hello", NULL, &result);
      text = finish_request (fixture, &result, &code, &error);
    }
  if (error == NULL)
    {
      g_assert_cmpstr (text, ==, "hello");
      return TRUE;
    }
  /* Lost right after our confirmation looks like a wrong secret. */
  g_assert_true (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) ||
                 g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_SECRET));
  g_assert_cmpuint (fixture->n_closed, ==, n_closed + 1);
  g_assert_nonnull (fixture->reason);
  return FALSE;
}

static void
test_link_lost_at_each_packet (Fixture *fixture, gconstpointer data)
{
  gboolean done = FALSE;
  int drop_at = 0;

  for (; !done; drop_at++)
    {
      g_assert_cmpint (drop_at, <, 200);
      fixture->link->n_packets = 0;
      fixture->link->drop_at = drop_at;
      done = try_all (fixture);
    }
  g_assert_cmpint (drop_at, >=, 8); /* six of the handshake at least, request, reply */
  g_assert_cmpuint (fixture->link->n_openings, ==, (guint) drop_at);
  fixture->link->drop_at = -1;
  assert_usable (fixture);
}

static void
test_wrong_secret (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (secure_channel (fixture, "AAAAAAAAAAAAAAA", NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_WRONG_SECRET);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_null (fixture->link->device);

  /* and then the right one, from the start */
  open_channel (fixture);
  assert_usable (fixture);
}

static void
test_secret_of_14_characters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (secure_channel (fixture, "ABCDEFGHJKLMNP", NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_WRONG_SECRET);
  g_clear_error (&error);
  g_assert_true (secure_channel (fixture, SECURE_PAIR_SECRET, NULL, &error)); /* the link stays */
  g_assert_no_error (error);
}

static void
test_handshake_without_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 start_us = 0;

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  fixture->link->deaf = TRUE;
  start_us = fl_clock_now_us (fixture->clock);
  g_assert_false (secure_channel (fixture, SECURE_PAIR_SECRET, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, <=, 16 * SECOND);
  g_assert_null (fixture->link->device);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  guint8 garbage[64];
  GAsyncResult *results[2] = { NULL };

  open_channel (fixture);
  fixture->link->handler = hold;
  start_request (fixture, 1, NULL, NULL, &results[0]);
  start_request (fixture, 2, NULL, NULL, &results[1]);
  while (fixture->n_held < 2)
    g_main_context_iteration (NULL, TRUE);
  memset (garbage, 0x11, sizeof garbage);
  garbage[0] = garbage[1] = 0; /* an empty reply, with a tag that cannot be right */
  device_link_inject (fixture->link, garbage, sizeof garbage);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (finish_request (fixture, &results[i], NULL, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
    }
  g_assert_error (fixture->reason, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_null (fixture->link->device);
}

static void
test_garbage_in_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECURE_PAIR_SECRET);

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  fl_control_channel_secure_async (fixture->channel, secret, NULL, on_result, &result);
  device_link_inject (fixture->link, "\x05\x00hello", 7); /* while the first step is computed */
  wait_for (&result);
  g_assert_false (fl_control_channel_finish (fixture->channel, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
test_far_too_much_in_handshake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECURE_PAIR_SECRET);
  g_autofree guint8 *much = g_malloc0 (65537);

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  fl_control_channel_secure_async (fixture->channel, secret, NULL, on_result, &result);
  device_link_inject (fixture->link, much, 65537);
  wait_for (&result);
  g_assert_false (fl_control_channel_finish (fixture->channel, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_cancel_handshake (Fixture *fixture, gconstpointer data)
{
  for (int when = 0; when < 3; when++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FlSecret) secret = fl_secret_new_from_string (SECURE_PAIR_SECRET);

      connect_channel (fixture, &error);
      g_assert_no_error (error);
      fixture->link->n_packets = 0;
      fl_control_channel_secure_async (fixture->channel, secret, cancellable, on_result, &result);
      while (fixture->link->n_packets < when) /* 0: a thread computes */
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      wait_for (&result);
      g_assert_false (fl_control_channel_finish (fixture->channel, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (fixture->link->device);
      g_assert_null (fixture->reason);
    }
  open_channel (fixture);
  assert_usable (fixture);
}

static void
test_close_with_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  open_channel (fixture);
  fixture->link->handler = hold;
  start_request (fixture, 1, NULL, NULL, &result);
  fl_control_channel_close (fixture->channel);
  fl_control_channel_close (fixture->channel);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_null (fixture->reason);
  g_assert_null (finish_request (fixture, &result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_the_reason_that_says_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  open_channel (fixture);
  fixture->link->handler = hold;
  start_request (fixture, 1, NULL, NULL, &result);
  device_link_drop (fixture->link, FL_ERROR_BLUETOOTH_OFF);
  g_assert_null (finish_request (fixture, &result, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
  g_assert_error (fixture->reason, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
}

static void
test_nothing_goes_before_it_is_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  start_request (fixture, 1, NULL, NULL, &result);
  g_assert_null (finish_request (fixture, &result, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_clear_error (&error);
  g_assert_false (secure_channel (fixture, SECURE_PAIR_SECRET, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_clear_error (&error);

  connect_channel (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (connect_channel (fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_clear_error (&error);
  start_request (fixture, 1, NULL, NULL, &result);
  g_assert_null (finish_request (fixture, &result, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_numbers_of_requests_wrap (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = 0;

  open_channel (fixture);
  fixture->link->handler = hold;
  fl_control_channel_request_async (fixture->channel, 9, NULL, G_MAXUINT, NULL, on_result, &held);
  while (fixture->n_held < 1)
    g_main_context_iteration (NULL, TRUE);
  fixture->link->handler = echo;
  for (guint i = 0; i < 65540; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      start_request (fixture, 1, NULL, NULL, &result);
      g_free (finish_request (fixture, &result, &code, &error));
      g_assert_no_error (error);
      g_assert_cmpint (code, ==, -1);
    }
  echo (fixture->link, fixture->held[0], NULL);
  text = finish_request (fixture, &held, &code, &error);
  g_assert_no_error (error);
  g_assert_cmpint (code, ==, -9);
}

#define ADD(path, packet_size, func)                                                               \
  g_test_add (path, Fixture, GSIZE_TO_POINTER (packet_size), set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ble-channel/request/gets-its-reply", 244, test_request_and_reply);
  ADD ("/ble-channel/request/gets-its-reply-in-20-bytes", 20, test_request_and_reply);
  ADD ("/ble-channel/request/replies-in-any-order", 244, test_replies_in_any_order);
  ADD ("/ble-channel/request/silent-after-its-limit", 244, test_silent_device);
  ADD ("/ble-channel/request/cancelling-one-leaves-the-rest", 244, test_cancel_one);
  ADD ("/ble-channel/request/nothing-goes-before-it-is-open", 244,
       test_nothing_goes_before_it_is_open);
  ADD ("/ble-channel/request/garbage-fails-all", 244, test_garbage);
  ADD ("/ble-channel/link/lost-at-each-packet", 244, test_link_lost_at_each_packet);
  ADD ("/ble-channel/link/closing-cancels-requests", 244, test_close_with_requests);
  ADD ("/ble-channel/link/the-reason-that-says-more-wins", 244, test_the_reason_that_says_more);
  ADD ("/ble-channel/handshake/wrong-secret", 244, test_wrong_secret);
  ADD ("/ble-channel/handshake/secret-of-14-characters", 244, test_secret_of_14_characters);
  ADD ("/ble-channel/handshake/no-answer", 244, test_handshake_without_answer);
  ADD ("/ble-channel/handshake/garbage", 244, test_garbage_in_handshake);
  ADD ("/ble-channel/handshake/far-too-much", 244, test_far_too_much_in_handshake);
  ADD ("/ble-channel/handshake/cancelled", 244, test_cancel_handshake);
  if (g_test_slow ())
    ADD ("/ble-channel/request/numbers-wrap", 244, test_numbers_of_requests_wrap);
  return g_test_run ();
}
