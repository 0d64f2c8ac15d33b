/* SPDX-License-Identifier: Apache-2.0 */
#include "vector-replay.h"

#include <string.h>

#include "fl-error.h"
#include "fl-secure-frame.h"
#include "fl-secure-session.h"
#include "vector-random.h"

typedef struct
{
  VectorSession *session;
  VectorCut cut;
  FlSecureSession *device;
  GByteArray *sent; /* by our device */
  gboolean opened;
  guint n_requests; /* popped */
  guint n_replies;
  GArray *indices; /* of requests of this connection, as the recording counts them */
} Replay;

/* The n-th frame of one direction. */
static const VectorMessage *
nth_frame (VectorSession *session, gboolean up, guint n)
{
  for (guint i = 0; i < session->messages->len; i++)
    {
      const VectorMessage *message = g_ptr_array_index (session->messages, i);

      if (message->is_frame && message->up == up && n-- == 0)
        return message;
    }
  return NULL;
}

static void
drain (Replay *replay)
{
  GBytes *packet;

  while ((packet = fl_secure_session_take (replay->device, 244, 0)) != NULL)
    {
      g_byte_array_append (replay->sent, g_bytes_get_data (packet, NULL),
                           g_bytes_get_size (packet));
      g_bytes_unref (packet);
    }
}

static void
feed (Replay *replay, GBytes *bytes)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);
  const gsize step = replay->cut == VECTOR_BYTES ? 1 : MAX (size_bytes, 1);

  for (gsize i = 0; i < size_bytes; i += step)
    {
      fl_secure_session_feed (replay->device, data + i, step, 0);
      if (fl_secure_session_get_state (replay->device) == FL_SECURE_OPEN)
        replay->opened = TRUE;
      if (replay->cut != VECTOR_COALESCED)
        drain (replay);
    }
}

/* The next request our device got is the recorded one; NULL: it got none. */
static FlSecureMessage *
pop_request (Replay *replay)
{
  FlSecureMessage *message = fl_secure_session_pop (replay->device);
  const VectorMessage *expected;

  if (message == NULL)
    return NULL;

  expected = nth_frame (replay->session, TRUE, replay->n_requests++);
  g_assert_nonnull (expected);
  g_assert_cmpuint (message->id, ==, expected->id);
  g_assert_cmpuint (message->type, ==, expected->type);
  g_assert_true (fl_secret_equal (message->payload, expected->payload));
  return message;
}

static void
send_reply (Replay *replay)
{
  const VectorMessage *reply = nth_frame (replay->session, FALSE, replay->n_replies);

  if (reply == NULL)
    return; /* made, but cut off before it left */
  replay->n_replies++;
  fl_secure_session_send_reply (replay->device, reply->id, reply->result, reply->payload);
  if (replay->cut != VECTOR_COALESCED)
    drain (replay);
}

/* Some recordings leave out what the application did: it answered each request at once. */
static void
answer_all (Replay *replay)
{
  FlSecureMessage *message;

  while ((message = pop_request (replay)) != NULL)
    {
      send_reply (replay);
      fl_secure_message_free (message);
    }
}

/* The application saw a request. */
static void
take_request (Replay *replay, JsonObject *event)
{
  const gint64 index = json_object_get_int_member (event, "index");
  g_autoptr (FlSecureMessage) message = pop_request (replay);

  g_assert_nonnull (message);
  g_assert_cmpuint (message->type, ==, json_object_get_int_member (event, "type"));
  g_assert_cmpuint (fl_secret_get_size (message->payload), ==,
                    json_object_get_int_member (event, "size"));
  g_array_append_val (replay->indices, index);
}

/* The application answers; a request of an earlier connection is not answered in this one. */
static void
give_reply (Replay *replay, JsonObject *event)
{
  const gint64 index = json_object_get_int_member (event, "index");
  gboolean is_ours = FALSE;

  for (guint i = 0; i < replay->indices->len; i++)
    is_ours |= g_array_index (replay->indices, gint64, i) == index;
  if (is_ours)
    send_reply (replay);
}

/* Frames too long for the file: made from what both sides agreed on, then held against the recorded
 * hash. */
static GBytes *
rebuild (VectorSession *session, const VectorMessage *message)
{
  g_autoptr (GBytes) agreed = vector_session_get_agreed (session, "shared_secret");
  g_autoptr (FlSecret) premaster =
      fl_secret_new (g_bytes_get_data (agreed, NULL), g_bytes_get_size (agreed));
  g_autoptr (FlSecureFrames) frames =
      fl_secure_frames_new (message->up ? FL_SECURE_CLIENT : FL_SECURE_DEVICE, premaster);
  GBytes *bytes = NULL;
  g_autofree char *sha256 = NULL;

  for (guint i = 0; i < session->messages->len; i++)
    {
      const VectorMessage *earlier = g_ptr_array_index (session->messages, i);
      const FlSecureMessage frame = { .id = earlier->id,
                                      .type = earlier->type,
                                      .result = earlier->result,
                                      .payload = earlier->payload };

      if (!earlier->is_frame || earlier->up != message->up)
        continue;
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = fl_secure_frames_seal (frames, &frame, NULL);
      if (earlier == message)
        break;
    }

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (sha256, ==, message->sha256);
  return bytes;
}

/* Long recordings leave packets out. */
static gboolean
packets_are_complete (VectorSession *session)
{
  for (guint i = 0; i < session->messages->len; i++)
    if (((const VectorMessage *) g_ptr_array_index (session->messages, i))->bytes == NULL)
      return FALSE;
  return TRUE;
}

/* What went over the air one way, in recorded packets; the whole messages where some are left out.
 */
static GPtrArray *
recorded_packets (VectorSession *session, const char *direction)
{
  GPtrArray *packets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  JsonArray *timeline = vector_session_get_timeline (session);
  const gboolean is_complete = packets_are_complete (session);

  for (guint i = 0; is_complete && i < json_array_get_length (timeline); i++)
    {
      JsonObject *event = json_array_get_object_element (timeline, i);

      if (g_str_equal (json_object_get_string_member (event, "t"), "packet") &&
          g_str_equal (json_object_get_string_member (event, "dir"), direction))
        g_ptr_array_add (packets,
                         vector_bytes_from_hex (json_object_get_string_member (event, "hex")));
    }
  for (guint i = 0; !is_complete && i < session->messages->len; i++)
    {
      const VectorMessage *message = g_ptr_array_index (session->messages, i);

      if (message->up == g_str_equal (direction, "c2d"))
        g_ptr_array_add (packets, message->bytes != NULL ? g_bytes_ref (message->bytes)
                                                         : rebuild (session, message));
    }
  return packets;
}

static GBytes *
join (GPtrArray *packets)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < packets->len; i++)
    {
      GBytes *packet = g_ptr_array_index (packets, i);

      g_byte_array_append (all, g_bytes_get_data (packet, NULL), g_bytes_get_size (packet));
    }
  return g_byte_array_free_to_bytes (all);
}

static gboolean
timeline_has (VectorSession *session, const char *what)
{
  JsonArray *timeline = vector_session_get_timeline (session);

  for (guint i = 0; i < json_array_get_length (timeline); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (timeline, i),
                                                    "t"),
                     what))
      return TRUE;
  return FALSE;
}

/* Everything the client ever sent arrives before the application does anything. */
static void
feed_ahead (Replay *replay, GPtrArray *packets)
{
  g_autoptr (GBytes) all = join (packets);

  if (replay->cut == VECTOR_COALESCED)
    feed (replay, all);
  for (guint i = 0; replay->cut != VECTOR_COALESCED && i < packets->len; i++)
    feed (replay, g_ptr_array_index (packets, i));
}

static void
walk (Replay *replay)
{
  JsonArray *timeline = vector_session_get_timeline (replay->session);
  g_autoptr (GPtrArray) packets = recorded_packets (replay->session, "c2d");
  const gboolean has_application = timeline_has (replay->session, "device_request");
  guint next = 0;

  if (replay->cut == VECTOR_COALESCED || !packets_are_complete (replay->session))
    {
      feed_ahead (replay, packets);
      next = packets->len;
    }

  for (guint i = 0; i < json_array_get_length (timeline); i++)
    {
      JsonObject *event = json_array_get_object_element (timeline, i);
      const char *what = json_object_get_string_member (event, "t");

      if (g_str_equal (what, "packet") && next < packets->len &&
          g_str_equal (json_object_get_string_member (event, "dir"), "c2d"))
        feed (replay, g_ptr_array_index (packets, next++));
      else if (g_str_equal (what, "device_request"))
        take_request (replay, event);
      else if (g_str_equal (what, "device_reply"))
        give_reply (replay, event);
      if (!has_application)
        answer_all (replay);
    }
  drain (replay);
}

/* A device that hangs up may or may not get its last bytes out: one is the beginning of the other.
 */
static void
check_sent (Replay *replay, gboolean to_the_end)
{
  g_autoptr (GPtrArray) packets = recorded_packets (replay->session, "d2c");
  g_autoptr (GBytes) recorded = join (packets);
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (recorded, &size_bytes);

  if (to_the_end)
    g_assert_cmpmem (replay->sent->data, replay->sent->len, data, size_bytes);
  else if (replay->sent->len > 0)
    g_assert_cmpint (memcmp (replay->sent->data, data, MIN (replay->sent->len, size_bytes)), ==, 0);
}

static void
check_end (Replay *replay)
{
  VectorSession *session = replay->session;
  const FlSecureState state = fl_secure_session_get_state (replay->device);
  const gboolean hung_up = vector_session_get_outcome (session, "device_disconnected");
  /* Not the protocol's doing: the radio refused a packet, or the input pool was full. */
  const gboolean of_link = vector_session_device_said (session, "notify_characteristic_value") ||
                           vector_session_device_said (session, "error: -260");
  const FlErrorCode expected = vector_session_device_said (session, "Invalid confirmation message")
                                   ? FL_ERROR_WRONG_SECRET
                                   : FL_ERROR_UNEXPECTED;

  /* Coalesced, it may open and fail within one call. */
  if (replay->cut != VECTOR_COALESCED || state != FL_SECURE_FAILED)
    g_assert_cmpint (replay->opened, ==,
                     vector_session_get_outcome (session, "handshake_done_on_device"));
  if (hung_up && !of_link)
    g_assert_error (fl_secure_session_get_error (replay->device), FL_ERROR, (gint) expected);
  else
    g_assert_cmpint (state, ==, replay->opened ? FL_SECURE_OPEN : FL_SECURE_HANDSHAKE);
  check_sent (replay, !hung_up);
}

void
vector_replay_device (VectorSession *session, VectorCut cut)
{
  JsonObject *random = json_object_get_object_member (session->root, "server_random");
  /* The recorded cut draws the recorded stream, blinding and all; the others only its scalars. */
  VectorRandom *numbers = cut == VECTOR_AS_RECORDED ? vector_random_new_stream (random) : NULL;
  g_autoptr (FlSecret) secret =
      fl_secret_new_from_string (vector_session_get_text (session, "device_secret"));
  Replay replay = { .session = session, .cut = cut };

  if (numbers == NULL)
    numbers = vector_random_new_scalars (random);
  replay.device = fl_secure_session_new (FL_SECURE_DEVICE, secret, vector_random_fill, numbers, 0);
  replay.sent = g_byte_array_new ();
  replay.indices = g_array_new (FALSE, FALSE, sizeof (gint64));

  walk (&replay);
  check_end (&replay);

  g_array_unref (replay.indices);
  g_byte_array_unref (replay.sent);
  fl_secure_session_free (replay.device);
  vector_random_free (numbers);
}
