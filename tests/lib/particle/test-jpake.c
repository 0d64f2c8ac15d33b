/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-jpake.h"
#include "secure-pair.h"

typedef gboolean (*ReadRound) (FlJpake *jpake, const guint8 *data, gsize size, GError **error);

/* Both sides with their first rounds written; each message read by the other side only in the
 * tests. */
typedef struct
{
  FlJpake *client;
  FlJpake *device;
  guint64 client_seed;
  guint64 device_seed;
  GByteArray *client_one;
  GByteArray *client_two;
  GByteArray *device_one;
  GByteArray *device_two;
} Fixture;

static FlJpake *
new_side (FlSecureRole role, const char *secret_text, guint64 *seed)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (secret_text);
  g_autoptr (GError) error = NULL;
  FlJpake *jpake = fl_jpake_new (role, secret, secure_pair_random, seed, &error);

  g_assert_no_error (error);
  return jpake;
}

static void
accept (ReadRound read, FlJpake *reader, const GByteArray *message)
{
  g_autoptr (GError) error = NULL;

  read (reader, message->data, message->len, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer device_secret)
{
  g_autoptr (GError) error = NULL;

  fixture->client_seed = 1;
  fixture->device_seed = 2;
  fixture->client = new_side (FL_SECURE_CLIENT, SECURE_PAIR_SECRET, &fixture->client_seed);
  fixture->device = new_side (FL_SECURE_DEVICE, device_secret, &fixture->device_seed);
  fixture->client_one = g_byte_array_new ();
  fixture->client_two = g_byte_array_new ();
  fixture->device_one = g_byte_array_new ();
  fixture->device_two = g_byte_array_new ();

  fl_jpake_write_round_one (fixture->client, fixture->client_one, &error);
  g_assert_no_error (error);
  fl_jpake_write_round_one (fixture->device, fixture->device_one, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fl_jpake_free (fixture->client);
  fl_jpake_free (fixture->device);
  g_byte_array_unref (fixture->client_one);
  g_byte_array_unref (fixture->client_two);
  g_byte_array_unref (fixture->device_one);
  g_byte_array_unref (fixture->device_two);
}

static void
write_second_rounds (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  accept (fl_jpake_read_round_one, fixture->client, fixture->device_one);
  accept (fl_jpake_read_round_one, fixture->device, fixture->client_one);
  fl_jpake_write_round_two (fixture->client, fixture->client_two, &error);
  g_assert_no_error (error);
  fl_jpake_write_round_two (fixture->device, fixture->device_two, &error);
  g_assert_no_error (error);
}

static void
refuse (ReadRound read, FlJpake *reader, const guint8 *data, gsize size_bytes)
{
  /* Exactly this long, so that the sanitizer sees a read past the end. */
  g_autofree guint8 *exact = g_memdup2 (data, size_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_false (read (reader, exact, size_bytes, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

/* Every bit once, every third length (which meets all kinds of fields), one byte too many; the
 * genuine message last, to show that it was not the reader that refused everything. */
static void
mangle (ReadRound read, FlJpake *reader, const GByteArray *message)
{
  g_autofree guint8 *bytes = g_malloc0 (message->len + 1);

  memcpy (bytes, message->data, message->len);
  for (gsize bit = 0; bit < 8 * (gsize) message->len; bit++)
    {
      bytes[bit / 8] ^= 1 << bit % 8;
      refuse (read, reader, bytes, message->len);
      bytes[bit / 8] ^= 1 << bit % 8;
    }
  for (gsize size_bytes = 0; size_bytes < message->len; size_bytes += 3)
    refuse (read, reader, bytes, size_bytes);
  refuse (read, reader, bytes, message->len + 1);

  accept (read, reader, message);
}

static void
client_round_one (Fixture *fixture, gconstpointer data)
{
  mangle (fl_jpake_read_round_one, fixture->device, fixture->client_one);
}

static void
device_round_one (Fixture *fixture, gconstpointer data)
{
  mangle (fl_jpake_read_round_one, fixture->client, fixture->device_one);
}

static void
client_round_two (Fixture *fixture, gconstpointer data)
{
  write_second_rounds (fixture);
  mangle (fl_jpake_read_round_two, fixture->device, fixture->client_two);
}

static void
device_round_two (Fixture *fixture, gconstpointer data)
{
  write_second_rounds (fixture);
  mangle (fl_jpake_read_round_two, fixture->client, fixture->device_two);
}

/* One's own messages sent back carry the wrong identity in their proofs. */
static void
reflected (Fixture *fixture, gconstpointer data)
{
  refuse (fl_jpake_read_round_one, fixture->client, fixture->client_one->data,
          fixture->client_one->len);
  refuse (fl_jpake_read_round_one, fixture->device, fixture->device_one->data,
          fixture->device_one->len);
}

static gboolean
agree (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSecret) of_client = NULL;
  g_autoptr (FlSecret) of_device = NULL;

  write_second_rounds (fixture);
  accept (fl_jpake_read_round_two, fixture->client, fixture->device_two);
  accept (fl_jpake_read_round_two, fixture->device, fixture->client_two);
  of_client = fl_jpake_derive (fixture->client, &error);
  g_assert_no_error (error);
  of_device = fl_jpake_derive (fixture->device, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fl_secret_get_size (of_client), ==, FL_JPAKE_PREMASTER_SIZE);
  return fl_secret_equal (of_client, of_device);
}

static void
same_secret (Fixture *fixture, gconstpointer data)
{
  g_assert_true (agree (fixture));
}

/* All proofs hold; only what is derived differs. */
static void
other_secret (Fixture *fixture, gconstpointer data)
{
  g_assert_false (agree (fixture));
}

/* Rounds out of order are refused, not computed from nothing. */
static void
out_of_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_assert_false (fl_jpake_write_round_two (fixture->client, out, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_cmpuint (out->len, ==, 0);
  g_clear_error (&error);

  g_assert_null (fl_jpake_derive (fixture->client, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
add (const char *path, const char *device_secret, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, device_secret, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/jpake/client-round-one/mangled", SECURE_PAIR_SECRET, client_round_one);
  add ("/jpake/device-round-one/mangled", SECURE_PAIR_SECRET, device_round_one);
  add ("/jpake/client-round-two/mangled", SECURE_PAIR_SECRET, client_round_two);
  add ("/jpake/device-round-two/mangled", SECURE_PAIR_SECRET, device_round_two);
  add ("/jpake/round-one/reflected", SECURE_PAIR_SECRET, reflected);
  add ("/jpake/same-secret/agrees", SECURE_PAIR_SECRET, same_secret);
  add ("/jpake/other-secret/differs", "ABCDEFGHJKLMNPR", other_secret);
  add ("/jpake/out-of-order/refused", SECURE_PAIR_SECRET, out_of_order);

  return g_test_run ();
}
