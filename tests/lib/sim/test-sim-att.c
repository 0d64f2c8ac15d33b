/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-att.h"

#include <string.h>

#include "sim-client.h"

#define BOARD "[Device Board]\nplatform=p2\ncode=ABC123\n"

/* Where a P2's attributes are; the tests of discovery prove it. */
#define TX_HANDLE 17 /* its CCCD is 18 */
#define RX_HANDLE 20

typedef struct
{
  SimClient *client;
  FlSimAtt *att;
} Server;

static Server *
server_new (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  Server *self = g_new0 (Server, 1);

  self->client = sim_client_new (scenario);
  self->client->connection =
      fl_sim_device_connect (self->client->device, self->client->now_us, &error);
  g_assert_no_error (error);
  self->att = fl_sim_att_new (self->client->device, self->client->connection, self->client->now_us);
  return self;
}

static void
server_free (Server *self)
{
  fl_sim_att_free (self->att);
  sim_client_free (self->client);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

static GBytes *
ask (Server *self, const void *data, gsize size)
{
  /* A copy of that size, so that the sanitizer sees its end. */
  g_autofree guint8 *exact = g_memdup2 (data, size);
  GBytes *answer = fl_sim_att_receive (self->att, exact, size, self->client->now_us);

  if (answer != NULL)
    g_assert_cmpuint (g_bytes_get_size (answer), <=,
                      fl_sim_connection_get_mtu (self->client->connection));
  return answer;
}

static void
assert_answer (Server *self, const void *data, gsize size, const void *answer, gsize answer_size)
{
  g_autoptr (GBytes) got = ask (self, data, size);

  g_assert_nonnull (got);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), answer, answer_size);
}

#define BYTES(text)                 (text), sizeof (text) - 1
#define ASSERT_ANSWER(server, a, b) assert_answer (server, BYTES (a), BYTES (b))
#define ASSERT_SILENT(server, a)    g_assert_null (ask (server, BYTES (a)))

static void
test_mtu (void)
{
  g_autoptr (Server) server = server_new (BOARD "mtu=185\n");

  ASSERT_ANSWER (server, "\x02\x05\x02", "\x03\xb9\x00");
  g_assert_cmpuint (fl_sim_connection_get_mtu (server->client->connection), ==, 185);
  ASSERT_ANSWER (server, "\x02\x00\x00", "\x03\xb9\x00");
  g_assert_cmpuint (fl_sim_connection_get_mtu (server->client->connection), ==, 23);
  ASSERT_ANSWER (server, "\x02\x05", "\x01\x02\x00\x00\x04");
}

/* Gen 4 asks at once, and takes the answer. */
static void
test_own_mtu (void)
{
  g_autoptr (Server) server = server_new (BOARD);
  g_autoptr (GBytes) question = fl_sim_att_take (server->att, server->client->now_us);

  g_assert_nonnull (question);
  g_assert_cmpmem (g_bytes_get_data (question, NULL), g_bytes_get_size (question), "\x02\xf7\x00",
                   3);
  g_assert_null (fl_sim_att_take (server->att, server->client->now_us));
  ASSERT_SILENT (server, "\x03\x64\x00");
  g_assert_cmpuint (fl_sim_connection_get_mtu (server->client->connection), ==, 100);
  ASSERT_SILENT (server, "\x03\xf7\x00"); /* nobody asked again */
  g_assert_cmpuint (fl_sim_connection_get_mtu (server->client->connection), ==, 100);
}

/* Gen 3 leaves the central 800 ms. */
static void
test_late_mtu (void)
{
  static const char argon[] = "[Device Board]\nplatform=argon\nfirmware=3.3.0\n";

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Server) server = server_new (argon);
      g_autoptr (GBytes) question = NULL;
      gint64 due_us = server->client->now_us + 800000;

      g_assert_cmpint (fl_sim_att_get_deadline (server->att), ==, due_us);
      g_assert_null (fl_sim_att_take (server->att, due_us - 1));
      if (i == 1)
        ASSERT_ANSWER (server, "\x02\xf7\x00", "\x03\xf7\x00");
      question = fl_sim_att_take (server->att, due_us);
      g_assert_cmpint (question != NULL, ==, i == 0);
      g_assert_cmpint (fl_sim_att_get_deadline (server->att), ==, G_MAXINT64);
    }
}

static void
test_services (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x10\x01\x00\xff\xff\x00\x28",
                 "\x11\x06\x01\x00\x05\x00\x00\x18\x06\x00\x09\x00\x01\x18\x0a\x00\x0c\x00\x0a"
                 "\x18");
  ASSERT_ANSWER (server, "\x10\x0d\x00\xff\xff\x00\x28",
                 "\x11\x14\x0d\x00\x14\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x01\x00\xa9\x6f");
  ASSERT_ANSWER (server, "\x10\x15\x00\xff\xff\x00\x28", "\x01\x10\x15\x00\x0a");
  /* The same question with the long form of the UUID */
  ASSERT_ANSWER (server,
                 "\x10\x0d\x00\xff\xff"
                 "\xfb\x34\x9b\x5f\x80\x00\x00\x80\x00\x10\x00\x00\x00\x28\x00\x00",
                 "\x11\x14\x0d\x00\x14\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x01\x00\xa9\x6f");
  ASSERT_ANSWER (server, "\x10\x01\x00\xff\xff\x01\x28", "\x01\x10\x01\x00\x0a");
}

static void
test_service_by_uuid (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x06\x01\x00\xff\xff\x00\x28\x0a\x18", "\x07\x0a\x00\x0c\x00");
  ASSERT_ANSWER (server,
                 "\x06\x01\x00\xff\xff\x00\x28"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x01\x00\xa9\x6f",
                 "\x07\x0d\x00\x14\x00");
  ASSERT_ANSWER (server, "\x06\x01\x00\xff\xff\x00\x28\xff\xff", "\x01\x06\x01\x00\x0a");
  ASSERT_ANSWER (server, "\x06\x01\x00\xff\xff\x00\x28", "\x01\x06\x01\x00\x0a");
}

static void
test_characteristics (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x08\x01\x00\x05\x00\x03\x28",
                 "\x09\x07\x02\x00\x02\x03\x00\x00\x2a\x04\x00\x02\x05\x00\x01\x2a");
  ASSERT_ANSWER (server, "\x02\xf7\x00", "\x03\xf7\x00");
  ASSERT_ANSWER (server, "\x08\x0d\x00\x14\x00\x03\x28",
                 "\x09\x15\x0e\x00\x02\x0f\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x02\x00\xa9\x6f"
                 "\x10\x00\x10\x11\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x03\x00\xa9\x6f"
                 "\x13\x00\x0c\x14\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x04\x00\xa9\x6f");
  ASSERT_ANSWER (server,
                 "\x08\x11\x00\x11\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x03\x00\xa9\x6f",
                 "\x01\x08\x11\x00\x02"); /* TX cannot be read */
}

static void
test_descriptors (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x04\x12\x00\x12\x00", "\x05\x01\x12\x00\x02\x29");
  ASSERT_ANSWER (server, "\x04\x11\x00\x14\x00",
                 "\x05\x02\x11\x00"
                 "\xfc\x36\x6f\x54\x30\x80\xf4\x94\xa8\x48\x4e\x5c\x03\x00\xa9\x6f");
  ASSERT_ANSWER (server, "\x04\x12\x00\x14\x00", "\x05\x01\x12\x00\x02\x29\x13\x00\x03\x28");
  ASSERT_ANSWER (server, "\x04\x15\x00\xff\xff", "\x01\x04\x15\x00\x0a");
  ASSERT_ANSWER (server, "\x04\x15\x00\xff", "\x01\x04\x00\x00\x04");
}

static void
test_short_uuids (void)
{
  g_autoptr (Server) server = server_new ("[Device Board]\nmode=provisioning\nservice=fe01\n"
                                          "rx=fe02\ntx=fe03\nversion=fe04\n");

  ASSERT_ANSWER (server, "\x06\x01\x00\xff\xff\x00\x28\x01\xfe", "\x07\x0d\x00\x14\x00");
  ASSERT_ANSWER (server, "\x08\x0d\x00\x0f\x00\x03\x28", "\x09\x07\x0e\x00\x0c\x0f\x00\x02\xfe");
}

static void
test_read (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x0a\x03\x00", "\x0bP2-ABC123");
  ASSERT_ANSWER (server, "\x0a\x0f\x00", "\x0b\x02"); /* version */
  ASSERT_ANSWER (server, "\x0a\x05\x00", "\x0b\x00\x00");
  ASSERT_ANSWER (server, "\x0a\x0c\x00", "\x0b");
  ASSERT_ANSWER (server, "\x0a\x14\x00", "\x01\x0a\x14\x00\x02");
  ASSERT_ANSWER (server, "\x0a\x15\x00", "\x01\x0a\x15\x00\x01");
  ASSERT_ANSWER (server, "\x0a\x00\x00", "\x01\x0a\x00\x00\x01");
  ASSERT_ANSWER (server, "\x0a\x03", "\x01\x0a\x00\x00\x04");
  ASSERT_ANSWER (server, "\x0c\x03\x00\x03\x00",
                 "\x0d"
                 "ABC123");
  ASSERT_ANSWER (server, "\x0c\x03\x00\x09\x00", "\x0d");
  ASSERT_ANSWER (server, "\x0c\x03\x00\x0a\x00", "\x01\x0c\x03\x00\x07");
}

/* A name of more than 22 bytes comes in two parts. */
static void
test_long_read (void)
{
  g_autoptr (Server) server =
      server_new ("[Device Board]\nname-prefix=abcdefghijklmnopqrstuvwxy\n");

  ASSERT_ANSWER (server, "\x0a\x03\x00",
                 "\x0b"
                 "abcdefghijklmnopqrstuv");
  ASSERT_ANSWER (server, "\x0c\x03\x00\x16\x00", "\x0dwxy");
}

static void
test_config (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x0a\x12\x00", "\x0b\x00\x00");
  ASSERT_ANSWER (server, "\x12\x12\x00\x01\x00", "\x13");
  ASSERT_ANSWER (server, "\x0a\x12\x00", "\x0b\x01\x00");
  ASSERT_ANSWER (server, "\x12\x12\x00\x02\x00", "\x01\x12\x12\x00\x13"); /* no indications */
  ASSERT_ANSWER (server, "\x12\x12\x00\x01", "\x01\x12\x12\x00\x0d");
  ASSERT_ANSWER (server, "\x12\x09\x00\x02\x00", "\x13"); /* of Service Changed */
  ASSERT_ANSWER (server, "\x12\x09\x00\x01\x00", "\x01\x12\x09\x00\x13");
  ASSERT_ANSWER (server, "\x12\x12\x00\x00\x00", "\x13");
  ASSERT_ANSWER (server, "\x0a\x12\x00", "\x0b\x00\x00");
}

static void
test_writes (void)
{
  g_autoptr (Server) server = server_new (BOARD);
  FlSimConnection *connection = server->client->connection;

  ASSERT_ANSWER (server, "\x12\x14\x00hello", "\x13");
  g_assert_cmpuint (fl_sim_connection_get_n_unsent (connection), ==, 1);
  ASSERT_SILENT (server, "\x52\x14\x00hello");
  g_assert_cmpuint (fl_sim_connection_get_n_unsent (connection), ==, 2);
  ASSERT_ANSWER (server, "\x12\x03\x00x", "\x01\x12\x03\x00\x03");
  ASSERT_ANSWER (server, "\x12\x11\x00x", "\x01\x12\x11\x00\x03"); /* TX */
  ASSERT_ANSWER (server, "\x12\x15\x00x", "\x01\x12\x15\x00\x01");
  ASSERT_ANSWER (server, "\x12\x14", "\x01\x12\x00\x00\x04");
  ASSERT_SILENT (server, "\x52\x03\x00x");
  ASSERT_SILENT (server, "\x52\x15\x00x");
  ASSERT_SILENT (server, "\x52\x14");
  ASSERT_ANSWER (server,
                 "\x12\x14\x00"
                 "123456789012345678901",
                 "\x01\x12\x00\x00\x04"); /* beyond ATT_MTU */
  ASSERT_SILENT (server, "\x52\x14\x00"
                         "123456789012345678901");
  g_assert_cmpuint (fl_sim_connection_get_n_unsent (connection), ==, 2);
}

/* A link that is closed takes nothing any more. */
static void
test_closed (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  fl_sim_connection_close (server->client->connection, server->client->now_us);
  ASSERT_ANSWER (server, "\x12\x14\x00hello", "\x01\x12\x14\x00\x0e");
}

static gboolean
make_random (gpointer data, guint8 *out, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    out[i] = (guint8) g_rand_int_range (data, 0, 256);
  return TRUE;
}

/* What the session wants to say, as commands to RX. */
static void
write_all (Server *self, FlSecureSession *session)
{
  guint8 packet[3 + 244] = { 0x52, RX_HANDLE, 0 };
  GBytes *part;

  while ((part = fl_secure_session_take (session, 244, self->client->now_us)) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (part, &size);

      memcpy (packet + 3, data, size);
      g_assert_null (ask (self, packet, 3 + size));
      g_bytes_unref (part);
    }
}

/* Feeds it all notifications. Returns how many. */
static guint
hear_all (Server *self, FlSecureSession *session)
{
  static const guint8 head[3] = { 0x1b, TX_HANDLE, 0 };
  GBytes *said;
  guint n = 0;

  while ((said = fl_sim_att_take (self->att, self->client->now_us)) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (said, &size);

      g_assert_cmpuint (size, >, 3);
      g_assert_cmpuint (size, <=, 247);
      g_assert_cmpmem (data, 3, head, 3);
      fl_secure_session_feed (session, data + 3, size - 3, self->client->now_us);
      g_bytes_unref (said);
      n++;
    }
  return n;
}

static guint
run_events (Server *self, FlSecureSession *session, guint n_events)
{
  guint n = 0;

  for (guint i = 0; i < n_events; i++)
    {
      write_all (self, session);
      self->client->now_us += 30000;
      fl_sim_connection_tick (self->client->connection, self->client->now_us);
      n += hear_all (self, session);
    }
  return n;
}

/* The real handshake; nothing is said before somebody wants to hear it. */
static void
test_handshake (void)
{
  g_autoptr (Server) server = server_new (BOARD);
  SimClient *client = server->client;
  FlSecret *secret = fl_sim_device_get_spec (client->device)->secret;
  g_autoptr (FlSecureSession) session =
      fl_secure_session_new (FL_SECURE_CLIENT, secret, make_random, client->random, client->now_us);
  g_autoptr (GBytes) own = fl_sim_att_take (server->att, client->now_us);

  ASSERT_SILENT (server, "\x03\xf7\x00");
  g_assert_cmpuint (run_events (server, session, 60), ==, 0);
  ASSERT_ANSWER (server, "\x12\x12\x00\x01\x00", "\x13");
  g_assert_cmpuint (run_events (server, session, 60), >=, 4);
  g_assert_cmpint (fl_secure_session_get_state (session), ==, FL_SECURE_OPEN);
}

static void
test_ranges (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x10\x00\x00\xff\xff\x00\x28", "\x01\x10\x00\x00\x01");
  ASSERT_ANSWER (server, "\x08\x05\x00\x04\x00\x03\x28", "\x01\x08\x05\x00\x01");
  ASSERT_ANSWER (server, "\x04\x00\x00\x00\x00", "\x01\x04\x00\x00\x01");
  ASSERT_ANSWER (server, "\x06\x02\x00\x01\x00\x00\x28\x0a\x18", "\x01\x06\x02\x00\x01");
  ASSERT_ANSWER (server, "\x10\x01\x00\xff", "\x01\x10\x00\x00\x04");
  ASSERT_ANSWER (server, "\x10\x01\x00\xff\xff\x00", "\x01\x10\x00\x00\x04");
  ASSERT_ANSWER (server, "\x08\x01\x00\xff\xff\x00\x28\x00", "\x01\x08\x00\x00\x04");
  ASSERT_ANSWER (server, "\x10\x01\x00\xff\xff\x03\x28", "\x01\x10\x01\x00\x10");
}

static void
test_unsupported (void)
{
  g_autoptr (Server) server = server_new (BOARD);

  ASSERT_ANSWER (server, "\x16\x14\x00\x00\x00hello", "\x01\x16\x00\x00\x06"); /* prepare */
  ASSERT_ANSWER (server, "\x18\x01", "\x01\x18\x00\x00\x06");                  /* execute */
  ASSERT_ANSWER (server, "\x0e\x03\x00\x05\x00", "\x01\x0e\x00\x00\x06");
  ASSERT_ANSWER (server, "\x20\x03\x00\x05\x00", "\x01\x20\x00\x00\x06");
  ASSERT_ANSWER (server, "\x3e", "\x01\x3e\x00\x00\x06");
  ASSERT_SILENT (server, "\xd2\x14\x00hello12345678901"); /* signed: a command */
  ASSERT_SILENT (server, "\x7e");
  ASSERT_SILENT (server, "\x1e");
  ASSERT_SILENT (server, "\x1b\x03\x00x");
  ASSERT_SILENT (server, "\x01\x0a\x03\x00\x01");
  g_assert_null (fl_sim_att_receive (server->att, NULL, 0, server->client->now_us));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/att/mtu/the-smaller-one", test_mtu);
  g_test_add_func ("/att/mtu/gen-4-asks-itself", test_own_mtu);
  g_test_add_func ("/att/mtu/gen-3-asks-late", test_late_mtu);
  g_test_add_func ("/att/discovery/services", test_services);
  g_test_add_func ("/att/discovery/service-by-uuid", test_service_by_uuid);
  g_test_add_func ("/att/discovery/characteristics", test_characteristics);
  g_test_add_func ("/att/discovery/descriptors", test_descriptors);
  g_test_add_func ("/att/discovery/short-uuids", test_short_uuids);
  g_test_add_func ("/att/read/values", test_read);
  g_test_add_func ("/att/read/long-value", test_long_read);
  g_test_add_func ("/att/write/client-configuration", test_config);
  g_test_add_func ("/att/write/to-rx-only", test_writes);
  g_test_add_func ("/att/write/closed", test_closed);
  g_test_add_func ("/att/notification/handshake", test_handshake);
  g_test_add_func ("/att/errors/ranges", test_ranges);
  g_test_add_func ("/att/errors/unsupported", test_unsupported);
  return g_test_run ();
}
