/* SPDX-License-Identifier: Apache-2.0 */

/* A worked example: every random number is 32 equal bytes, so that it can be followed by hand. The
 * figures were made by an independent program that replays Particle's own handshake. */

#include "secure-pair.h"

/* One digit pair for each draw in the order of Mbed TLS (vector-random.h); 00: blinding, any. */
static const guint8 client_draws[] = {
  0x11, 0, 0, 0x21, 0, 0, 0x12, 0, 0, 0x22, 0, 0, 0, 0, 0, 0x25, 0, 0, 0, 0, 0,
};
static const guint8 device_draws[] = {
  0x13, 0, 0, 0x23, 0, 0, 0x14, 0, 0, 0x24, 0, 0, 0, 0, 0, 0x26, 0, 0, 0, 0, 0,
};

typedef struct
{
  const guint8 *draws;
  guint next;
} Numbers;

static gboolean
fill (gpointer data, guint8 *out, gsize size_bytes)
{
  Numbers *numbers = data;
  const guint8 number = numbers->draws[numbers->next++];

  g_assert_cmpuint (numbers->next, <=, sizeof client_draws);
  memset (out, number != 0 ? number : 0x5a, size_bytes);
  return TRUE;
}

static GBytes *
take (FlSecureSession *session, gsize size_bytes)
{
  GBytes *bytes = fl_secure_session_take (session, size_bytes, 0);

  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size_bytes);
  return bytes;
}

/* Passes one message of the handshake, whose payload has this hash. */
static void
pass_hashed (FlSecureSession *from, FlSecureSession *to, gsize size_bytes, const char *sha256)
{
  g_autoptr (GBytes) message = take (from, 2 + size_bytes);
  const guint8 *data = g_bytes_get_data (message, NULL);
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data + 2, size_bytes);

  g_assert_cmpuint (data[0] | data[1] << 8, ==, size_bytes);
  g_assert_cmpstr (hash, ==, sha256);
  fl_secure_session_feed (to, data, 2 + size_bytes, 0);
}

static void
pass (FlSecureSession *from, FlSecureSession *to, const char *hex)
{
  g_autoptr (GBytes) message = take (from, strlen (hex) / 2);
  const guint8 *data = g_bytes_get_data (message, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < g_bytes_get_size (message); i++)
    g_string_append_printf (text, "%02x", data[i]);
  g_assert_cmpstr (text->str, ==, hex);
  fl_secure_session_feed (to, data, g_bytes_get_size (message), 0);
}

static void
pop (FlSecureSession *session, guint16 id, guint16 type, const char *payload)
{
  g_autoptr (FlSecureMessage) message = fl_secure_session_pop (session);

  g_assert_nonnull (message);
  g_assert_cmpuint (message->id, ==, id);
  g_assert_cmpuint (message->type, ==, type);
  g_assert_cmpint (message->result, ==, 0);
  g_assert_cmpstr (fl_secret_get_text (message->payload), ==, payload);
}

static void
worked_example (void)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string ("AAAAAAAAAAAAAAA");
  g_autoptr (FlSecret) hello = fl_secret_new_from_string ("hello");
  Numbers of_client = { client_draws, 0 };
  Numbers of_device = { device_draws, 0 };
  g_autoptr (FlSecureSession) client =
      fl_secure_session_new (FL_SECURE_CLIENT, secret, fill, &of_client, 0);
  g_autoptr (FlSecureSession) device =
      fl_secure_session_new (FL_SECURE_DEVICE, secret, fill, &of_device, 0);

  pass_hashed (client, device, 330,
               "d63cddfbfd184fc91e368e51494a6a9dcf4a1cb0273c00137e8eb235fe8a4375");
  pass_hashed (device, client, 330,
               "e6fade8df7c7fbc11e00d80e5b46919f1dd95f965196d39344e6455022a02ad5");
  pass_hashed (device, client, 168,
               "79b3217363a7c9c79773081e44dd2bde065f30570e80b34bbe0d09b606b5bafe");
  pass_hashed (client, device, 165,
               "7074d8853f2089e3a49249fdc1aaad4ccba806fe918b6f1adf9a63310912b996");
  pass (client, device, "2000392c6ae814067d55871888e8a6f3a2563ed2e5cece3bc6c406d067e3c70741ce");
  pass (device, client, "2000bb50e152da40d0e7f878b3c7855ad5c17d4831eb1e1ae8da7103b941c61f996f");

  g_assert_true (fl_secure_session_send_request (client, 1, 506, NULL));
  pass (client, device, "00005b9c314e8352219770105873a452");
  pop (device, 1, 506, "");
  g_assert_true (fl_secure_session_send_reply (device, 1, 0, NULL));
  pass (device, client, "000013ef3a8ed3ebc7d3ff94a8d37e3e");
  pop (client, 1, 0, "");

  g_assert_true (fl_secure_session_send_request (client, 2, 1, hello));
  pass (client, device, "050006349e35174d087b53116c76cfe660ea4f0a9b");
  pop (device, 2, 1, "hello");
  g_assert_true (fl_secure_session_send_reply (device, 2, 0, hello));
  pass (device, client, "0500fa3b95b43e16761bb344ff07ffc70dee399b6c");
  pop (client, 2, 0, "hello");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secure-example/all-numbers-given/every-byte", worked_example);

  return g_test_run ();
}
