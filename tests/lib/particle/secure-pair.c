/* SPDX-License-Identifier: Apache-2.0 */
#include "secure-pair.h"

gboolean
secure_pair_random (gpointer seed, guint8 *out, gsize size_bytes)
{
  guint64 *state = seed;

  for (gsize i = 0; i < size_bytes; i++)
    {
      guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

      z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      out[i] = (z ^ (z >> 31)) & 0xff;
    }
  return TRUE;
}

SecurePair *
secure_pair_new (const char *client_secret, const char *device_secret, gsize packet_size)
{
  SecurePair *pair = g_new0 (SecurePair, 1);
  g_autoptr (FlSecret) of_client = fl_secret_new_from_string (client_secret);
  g_autoptr (FlSecret) of_device = fl_secret_new_from_string (device_secret);

  pair->client_seed = 1;
  pair->device_seed = 2;
  pair->now_us = G_USEC_PER_SEC;
  pair->packet_size = packet_size;
  pair->client = fl_secure_session_new (FL_SECURE_CLIENT, of_client, secure_pair_random,
                                        &pair->client_seed, pair->now_us);
  pair->device = fl_secure_session_new (FL_SECURE_DEVICE, of_device, secure_pair_random,
                                        &pair->device_seed, pair->now_us);
  return pair;
}

SecurePair *
secure_pair_new_open (gsize packet_size)
{
  SecurePair *pair = secure_pair_new (SECURE_PAIR_SECRET, SECURE_PAIR_SECRET, packet_size);

  secure_pair_run (pair);
  g_assert_no_error (fl_secure_session_get_error (pair->client));
  g_assert_no_error (fl_secure_session_get_error (pair->device));
  g_assert_cmpint (fl_secure_session_get_state (pair->client), ==, FL_SECURE_OPEN);
  g_assert_cmpint (fl_secure_session_get_state (pair->device), ==, FL_SECURE_OPEN);
  return pair;
}

void
secure_pair_free (SecurePair *pair)
{
  if (pair == NULL)
    return;

  fl_secure_session_free (pair->client);
  fl_secure_session_free (pair->device);
  g_free (pair);
}

GByteArray *
secure_pair_drain (SecurePair *pair, FlSecureSession *session)
{
  GByteArray *bytes = g_byte_array_new ();

  while (TRUE)
    {
      g_autoptr (GBytes) packet = fl_secure_session_take (session, pair->packet_size, pair->now_us);
      const gint64 deadline_us = fl_secure_session_get_deadline (session);

      if (packet != NULL)
        {
          g_assert_cmpuint (g_bytes_get_size (packet), <=, pair->packet_size);
          g_byte_array_append (bytes, g_bytes_get_data (packet, NULL), g_bytes_get_size (packet));
        }
      else if (deadline_us < pair->now_us + G_USEC_PER_SEC)
        pair->now_us = MAX (pair->now_us, deadline_us); /* pacing, not a time limit */
      else
        return bytes;
    }
}

void
secure_pair_feed (SecurePair *pair, FlSecureSession *session, const GByteArray *bytes)
{
  fl_secure_session_feed (session, bytes->data, bytes->len, pair->now_us);
}

void
secure_pair_run (SecurePair *pair)
{
  gboolean moved = TRUE;

  while (moved)
    {
      g_autoptr (GByteArray) up = secure_pair_drain (pair, pair->client);
      g_autoptr (GByteArray) down = NULL;

      secure_pair_feed (pair, pair->device, up);
      down = secure_pair_drain (pair, pair->device);
      secure_pair_feed (pair, pair->client, down);
      moved = up->len > 0 || down->len > 0;
    }
}
