/* SPDX-License-Identifier: Apache-2.0 */
#include "vector-replay.h"

#include <string.h>

#include "fl-error.h"
#include "fl-secure-session.h"
#include "vector-random.h"

typedef struct
{
  VectorSession *session;
  VectorCut cut;
  FlSecureSession *client;
  gint64 now_us;
  gsize packet_size;
  GByteArray *sent;    /* by our client, not yet held against the recording */
  gsize down_bytes;    /* received so far */
  GArray *packet_ends; /* gsize: where recorded packets end in the bytes from the device */
  gboolean opened;
  gboolean deviated; /* the recorded client went wrong: nothing can follow */
} Replay;

static void
drain (Replay *replay)
{
  while (TRUE)
    {
      g_autoptr (GBytes) packet =
          fl_secure_session_take (replay->client, replay->packet_size, replay->now_us);
      const gint64 deadline_us = fl_secure_session_get_deadline (replay->client);

      if (packet != NULL)
        g_byte_array_append (replay->sent, g_bytes_get_data (packet, NULL),
                             g_bytes_get_size (packet));
      else if (deadline_us < replay->now_us + G_USEC_PER_SEC)
        replay->now_us = deadline_us; /* pacing */
      else
        return;
    }
}

/* A confirmation the recorded client got wrong: what a right one is, computed here without our code
 * from what the recording says of the device. */
static void
check_right_confirmation (Replay *replay, const guint8 *data)
{
  g_autoptr (GBytes) key = vector_session_get_agreed (replay->session, "confirm_key");
  g_autoptr (GBytes) hash = vector_session_get_agreed (replay->session, "client_transcript_hash");
  GHmac *hmac =
      g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (key, NULL), g_bytes_get_size (key));
  guint8 digest[32];
  gsize size_bytes = sizeof digest;

  g_hmac_update (hmac, (const guchar *) "KC_1_Uclientserver", -1);
  g_hmac_update (hmac, g_bytes_get_data (hash, NULL), g_bytes_get_size (hash));
  g_hmac_get_digest (hmac, digest, &size_bytes);
  g_hmac_unref (hmac);
  g_assert_cmpmem (data, sizeof digest, digest, size_bytes);
}

/* The next message our client made is the recorded one. */
static void
check_sent (Replay *replay, const VectorMessage *message)
{
  gsize size_bytes = 16 + (message->is_frame ? fl_secret_get_size (message->payload) : 0);

  if (message->bytes != NULL)
    size_bytes = g_bytes_get_size (message->bytes);
  g_assert_cmpuint (replay->sent->len, >=, size_bytes);

  if (vector_session_client_deviates (replay->session, message->kind))
    {
      check_right_confirmation (replay, replay->sent->data + 2);
      replay->deviated = TRUE;
    }
  else if (message->bytes == NULL)
    {
      g_autofree char *sha256 =
          g_compute_checksum_for_data (G_CHECKSUM_SHA256, replay->sent->data, size_bytes);

      g_assert_cmpstr (sha256, ==, message->sha256);
    }
  else if (message->reserved == 0) /* ours is always 0 */
    g_assert_cmpmem (replay->sent->data, size_bytes, g_bytes_get_data (message->bytes, NULL),
                     size_bytes);
  g_byte_array_remove_range (replay->sent, 0, size_bytes);
}

static void
send_up (Replay *replay, const VectorMessage *message)
{
  if (message->is_frame)
    {
      g_assert_true (fl_secure_session_send_request (replay->client, message->id, message->type,
                                                     message->payload));
      drain (replay);
    }
  check_sent (replay, message);
}

/* How many of the @left bytes that are on the way arrive together. */
static gsize
next_cut (Replay *replay, gsize left)
{
  if (replay->cut == VECTOR_BYTES)
    return 1;
  for (guint i = 0; replay->cut == VECTOR_AS_RECORDED && i < replay->packet_ends->len; i++)
    {
      const gsize end = g_array_index (replay->packet_ends, gsize, i);

      if (end > replay->down_bytes)
        return MIN (left, end - replay->down_bytes);
    }
  return left;
}

static void
feed (Replay *replay, const guint8 *data, gsize size_bytes)
{
  while (size_bytes > 0)
    {
      const gsize part = next_cut (replay, size_bytes);

      fl_secure_session_feed (replay->client, data, part, replay->now_us);
      if (fl_secure_session_get_state (replay->client) == FL_SECURE_OPEN)
        replay->opened = TRUE;
      replay->down_bytes += part;
      data += part;
      size_bytes -= part;
      if (replay->cut != VECTOR_COALESCED)
        drain (replay);
    }
}

/* The reply that our client passed on is the recorded one. */
static void
check_reply (Replay *replay, const VectorMessage *message)
{
  g_autoptr (FlSecureMessage) reply = fl_secure_session_pop (replay->client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->id, ==, message->id);
  g_assert_cmpint (reply->result, ==, message->result);
  g_assert_true (fl_secret_equal (reply->payload, message->payload));
}

/* Appends what arrives in place of the @index-th message. */
static void
add_delivery (Replay *replay, guint index, GByteArray *bytes)
{
  const VectorMessage *message = g_ptr_array_index (replay->session->messages, index);

  for (guint i = 0; message->delivered != NULL && i < message->delivered->len; i++)
    {
      GBytes *part = g_ptr_array_index (message->delivered, i);

      g_byte_array_append (bytes, g_bytes_get_data (part, NULL), g_bytes_get_size (part));
    }
  if (message->delivered == NULL)
    g_byte_array_append (bytes, g_bytes_get_data (message->bytes, NULL),
                         g_bytes_get_size (message->bytes));
}

/* Receives all messages from the @first-th on that come before the client speaks again. */
static guint
receive_down (Replay *replay, guint first)
{
  GPtrArray *messages = replay->session->messages;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint end = first;

  for (; end < messages->len; end++)
    {
      const VectorMessage *message = g_ptr_array_index (messages, end);

      if (message->up)
        break;
      if (message->bytes != NULL)
        add_delivery (replay, end, bytes);
    }

  feed (replay, bytes->data, bytes->len);
  drain (replay);
  for (guint i = first; i < end; i++)
    {
      const VectorMessage *message = g_ptr_array_index (messages, i);

      if (message->is_frame && message->delivered == NULL && message->bytes != NULL)
        check_reply (replay, message);
    }
  return end;
}

/* Whatever the recorded client took for a reply, ours took as well. */
static void
check_responses (Replay *replay)
{
  const gboolean is_tampered = vector_session_is_tampered_down (replay->session);
  JsonArray *timeline = vector_session_get_timeline (replay->session);
  FlSecureMessage *reply;

  for (guint i = 0; is_tampered && i < json_array_get_length (timeline); i++)
    {
      JsonObject *event = json_array_get_object_element (timeline, i);

      if (!g_str_equal (json_object_get_string_member (event, "t"), "client_response"))
        continue;
      reply = fl_secure_session_pop (replay->client);
      g_assert_nonnull (reply);
      g_assert_cmpuint (reply->id, ==, json_object_get_int_member (event, "id"));
      g_assert_cmpint (reply->result, ==, json_object_get_int_member (event, "result"));
      fl_secure_message_free (reply);
    }
  /* A reply with an id that nobody asked for is passed on as well: its reader ignores it. */
  reply = fl_secure_session_pop (replay->client);
  if (reply != NULL)
    g_assert_true (is_tampered);
  fl_secure_message_free (reply);
  g_assert_null (fl_secure_session_pop (replay->client));
}

static gboolean
confirmation_was_sent (VectorSession *session)
{
  for (guint i = 0; i < session->messages->len; i++)
    {
      const VectorMessage *message = g_ptr_array_index (session->messages, i);

      if (g_str_equal (message->kind, "client_confirm"))
        return TRUE;
    }
  return FALSE;
}

/* What a lost link means to the client at the end of the recording. */
static FlErrorCode
expected_meaning (Replay *replay)
{
  if (!replay->opened && confirmation_was_sent (replay->session))
    return FL_ERROR_WRONG_SECRET;
  return FL_ERROR_LINK_LOST;
}

static void
check_end (Replay *replay)
{
  VectorSession *session = replay->session;
  const gboolean hung_up = vector_session_get_outcome (session, "device_disconnected");
  FlErrorCode expected;

  g_assert_cmpint (replay->opened, ==, vector_session_get_outcome (session, "client_opened"));
  g_assert_cmpuint (replay->sent->len, ==, 0);
  check_responses (replay);

  if (g_str_equal (vector_session_get_client_state (session), "CLOSED"))
    {
      expected = vector_session_client_said (session, "Key confirmation failed")
                     ? FL_ERROR_WRONG_SECRET
                     : FL_ERROR_UNEXPECTED;
      g_assert_error (fl_secure_session_get_error (replay->client), FL_ERROR, (gint) expected);
      return;
    }

  g_assert_cmpint (fl_secure_session_get_state (replay->client), ==,
                   replay->opened ? FL_SECURE_OPEN : FL_SECURE_HANDSHAKE);
  if (hung_up)
    {
      g_autoptr (GError) meaning = fl_secure_session_explain_disconnect (replay->client);

      expected = expected_meaning (replay);
      g_assert_error (meaning, FL_ERROR, (gint) expected);
    }
  else if (!replay->opened)
    {
      fl_secure_session_tick (replay->client, fl_secure_session_get_deadline (replay->client));
      g_assert_error (fl_secure_session_get_error (replay->client), FL_ERROR,
                      FL_ERROR_DEVICE_SILENT);
    }
}

static void
find_packet_ends (Replay *replay)
{
  JsonArray *timeline = vector_session_get_timeline (replay->session);
  gsize end = 0;

  replay->packet_ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint i = 0; i < json_array_get_length (timeline); i++)
    {
      JsonObject *event = json_array_get_object_element (timeline, i);

      if (!g_str_equal (json_object_get_string_member (event, "t"), "packet") ||
          !g_str_equal (json_object_get_string_member (event, "dir"), "d2c"))
        continue;
      end += strlen (json_object_get_string_member (event, "hex")) / 2;
      g_array_append_val (replay->packet_ends, end);
    }
}

gboolean
vector_replay_has_client (VectorSession *session)
{
  JsonObject *random = json_object_get_object_member (session->root, "client_random");

  return json_object_has_member (random, "draws") &&
         json_array_get_length (json_object_get_array_member (random, "draws")) > 0;
}

void
vector_replay_client (VectorSession *session, VectorCut cut)
{
  g_autoptr (VectorRandom) numbers =
      vector_random_new_scalars (json_object_get_object_member (session->root, "client_random"));
  g_autoptr (FlSecret) secret =
      fl_secret_new_from_string (vector_session_get_text (session, "client_secret"));
  Replay replay = { .session = session, .cut = cut, .sent = g_byte_array_new () };

  replay.packet_size = json_object_get_int_member (session->root, "client_packet_size");
  replay.client = fl_secure_session_new (FL_SECURE_CLIENT, secret, vector_random_fill, numbers, 0);
  find_packet_ends (&replay);

  drain (&replay);
  for (guint i = 0; i < session->messages->len && !replay.deviated;)
    {
      const VectorMessage *message = g_ptr_array_index (session->messages, i);

      if (message->up)
        {
          send_up (&replay, message);
          i++;
        }
      else
        i = receive_down (&replay, i);
    }
  if (!replay.deviated)
    check_end (&replay);

  fl_secure_session_free (replay.client);
  g_byte_array_unref (replay.sent);
  g_array_unref (replay.packet_ends);
}
