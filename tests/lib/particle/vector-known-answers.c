/* SPDX-License-Identifier: Apache-2.0 */
#include "vector-known-answers.h"

#include "fl-jpake.h"
#include "fl-secure-frame.h"
#include "fl-secure-session.h"
#include "vector-random.h"
#include "vector-session.h"

static GBytes *
get_hex (JsonObject *object, const char *member)
{
  return vector_bytes_from_hex (json_object_get_string_member (object, member));
}

static FlSecret *
get_secret (JsonObject *object)
{
  return fl_secret_new_from_string (json_object_get_string_member (object, "secret_ascii"));
}

/* The published exchange has the private keys but not the proofs' numbers: our side makes the same
 * points with other proofs, reads the published messages and must arrive at the published secret.
 */
static void
exchange (gconstpointer data)
{
  JsonObject *vector = (JsonObject *) data;
  static const char *const client_names[] = { "x1", NULL, "x2", NULL, NULL };
  static const char *const device_names[] = { "x3", NULL, "x4", NULL, NULL };
  g_autoptr (FlSecret) secret = get_secret (vector);
  g_autoptr (GBytes) shared = get_hex (vector, "shared_secret");

  for (FlSecureRole role = FL_SECURE_CLIENT; role <= FL_SECURE_DEVICE; role++)
    {
      const gboolean is_client = role == FL_SECURE_CLIENT;
      g_autoptr (VectorRandom) numbers =
          vector_random_new_named (vector, is_client ? client_names : device_names);
      g_autoptr (GBytes) one = get_hex (vector, is_client ? "server_round1" : "client_round1");
      g_autoptr (GBytes) two = get_hex (vector, is_client ? "server_round2" : "client_round2");
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (FlJpake) jpake = fl_jpake_new (role, secret, vector_random_fill, numbers, &error);
      g_autoptr (FlSecret) premaster = NULL;

      g_assert_no_error (error);
      fl_jpake_write_round_one (jpake, out, &error);
      g_assert_no_error (error);
      fl_jpake_read_round_one (jpake, g_bytes_get_data (one, NULL), g_bytes_get_size (one), &error);
      g_assert_no_error (error);
      fl_jpake_write_round_two (jpake, out, &error);
      g_assert_no_error (error);
      fl_jpake_read_round_two (jpake, g_bytes_get_data (two, NULL), g_bytes_get_size (two), &error);
      g_assert_no_error (error);
      premaster = fl_jpake_derive (jpake, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (fl_secret_get_data (premaster), fl_secret_get_size (premaster),
                       g_bytes_get_data (shared, NULL), g_bytes_get_size (shared));
    }
}

/* Our client draws the recorded numbers: each of its messages is the recorded one. */
static void
transcript_client (gconstpointer data)
{
  JsonObject *vector = (JsonObject *) data;
  JsonArray *messages = json_object_get_array_member (vector, "messages");
  JsonObject *request = json_object_get_object_member (vector, "request");
  JsonObject *answer = json_object_get_object_member (vector, "reply");
  static const char *const names[] = { "x1", "v1", "x2", "v2", "v_round2" };
  g_autoptr (FlSecret) secret = get_secret (vector);
  g_autoptr (VectorRandom) numbers =
      vector_random_new_named (json_object_get_object_member (vector, "client_scalars"), names);
  g_autoptr (FlSecureSession) client =
      fl_secure_session_new (FL_SECURE_CLIENT, secret, vector_random_fill, numbers, 0);
  g_autoptr (GBytes) payload = get_hex (request, "payload");
  g_autoptr (FlSecret) secret_payload =
      fl_secret_new (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_autoptr (FlSecureMessage) reply = NULL;

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);
      g_autoptr (GBytes) bytes = get_hex (message, "hex");
      g_autoptr (GBytes) ours = NULL;

      if (g_str_equal (json_object_get_string_member (message, "dir"), "d2c"))
        {
          fl_secure_session_feed (client, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  0);
          continue;
        }
      if (g_str_equal (json_object_get_string_member (message, "kind"), "request"))
        g_assert_true (fl_secure_session_send_request (client,
                                                       json_object_get_int_member (request, "id"),
                                                       json_object_get_int_member (request, "type"),
                                                       secret_payload));
      ours = fl_secure_session_take (client, g_bytes_get_size (bytes), 0);
      g_assert_nonnull (ours);
      g_assert_true (g_bytes_equal (ours, bytes));
    }

  reply = fl_secure_session_pop (client);
  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->id, ==, json_object_get_int_member (answer, "id"));
  g_assert_cmpint (reply->result, ==, json_object_get_int_member (answer, "result"));
}

/* The device's numbers are not recorded; its frames can be made from the shared secret. */
static void
transcript_device (gconstpointer data)
{
  JsonObject *vector = (JsonObject *) data;
  JsonArray *messages = json_object_get_array_member (vector, "messages");
  JsonObject *request = json_object_get_object_member (vector, "request");
  JsonObject *answer = json_object_get_object_member (vector, "reply");
  g_autoptr (GBytes) shared = get_hex (vector, "shared_secret");
  g_autoptr (FlSecret) premaster =
      fl_secret_new (g_bytes_get_data (shared, NULL), g_bytes_get_size (shared));
  g_autoptr (FlSecureFrames) in = fl_secure_frames_new (FL_SECURE_CLIENT, premaster);
  g_autoptr (FlSecureFrames) out = fl_secure_frames_new (FL_SECURE_DEVICE, premaster);
  const guint last = json_array_get_length (messages) - 1;
  g_autoptr (GBytes) frame = get_hex (json_array_get_object_element (messages, last - 1), "hex");
  g_autoptr (GBytes) expected = get_hex (json_array_get_object_element (messages, last), "hex");
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (FlSecureMessage) message =
      fl_secure_frames_open (in, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), NULL);

  g_assert_nonnull (message);
  g_assert_cmpuint (message->id, ==, json_object_get_int_member (request, "id"));
  g_assert_cmpuint (message->type, ==, json_object_get_int_member (request, "type"));

  message->result = json_object_get_int_member (answer, "result"); /* the payload is echoed */
  sealed = fl_secure_frames_seal (out, message, NULL);
  g_assert_true (g_bytes_equal (sealed, expected));
}

static void
add (const char *path, const char *what, JsonObject *vector, GTestDataFunc test)
{
  g_autofree char *full = g_strdup_printf ("%s/%s", path, what);

  g_test_add_data_func_full (full, json_object_ref (vector), test,
                             (GDestroyNotify) json_object_unref);
}

void
vector_known_answers_add (const char *file, JsonArray *vectors)
{
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      g_autofree char *path = g_strdup_printf ("/vectors/ble/%s/%s", file,
                                               json_object_get_string_member (vector, "name"));

      if (json_object_has_member (vector, "messages"))
        {
          add (path, "client", vector, transcript_client);
          add (path, "device-frames", vector, transcript_device);
        }
      else
        add (path, "secret", vector, exchange);
    }
}
