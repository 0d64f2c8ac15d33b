/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include <string.h>

#define SECURE_LIMIT_US SECONDS (20)

static gboolean
make_random (gpointer data, guint8 *out, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    out[i] = (guint8) g_rand_int_range (data, 0, 256);
  return TRUE;
}

static void
receive (SimClient *self)
{
  GBytes *packet;

  while ((packet = fl_sim_connection_take (self->connection)) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (packet, &size);

      self->n_notifications++;
      self->largest = MAX (self->largest, size);
      if (self->session != NULL)
        fl_secure_session_feed (self->session, data, size, self->now_us);
      g_bytes_unref (packet);
    }
}

static void
transmit (SimClient *self)
{
  gsize max_bytes = fl_sim_connection_get_mtu (self->connection) - 3;
  GBytes *packet;

  while (self->session != NULL &&
         (packet = fl_secure_session_take (self->session, max_bytes, self->now_us)) != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (packet, &size);

      fl_sim_connection_write (self->connection, data, size, self->now_us);
      g_bytes_unref (packet);
    }
}

static void
pump (SimClient *self)
{
  fl_sim_connection_tick (self->connection, self->now_us);
  receive (self);
  if (sim_client_is_open (self))
    transmit (self);
}

/* To the next moment in which anything happens, at most to @end_us. */
static void
advance (SimClient *self, gint64 end_us)
{
  gint64 next_us = fl_sim_connection_get_deadline (self->connection);

  if (self->session != NULL)
    next_us = MIN (next_us, fl_secure_session_get_deadline (self->session));
  self->now_us = CLAMP (next_us, self->now_us + 1, MAX (end_us, self->now_us + 1));
}

SimClient *
sim_client_new (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  SimClient *self = g_new0 (SimClient, 1);

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = fl_sim_world_get_device (self->world, 0);
  self->random = g_rand_new_with_seed (1);
  self->now_us = SECONDS (1000);
  fl_sim_world_tick (self->world, self->now_us);
  return self;
}

void
sim_client_free (SimClient *self)
{
  sim_client_disconnect (self);
  g_rand_free (self->random);
  g_assert_finalize_object (self->world);
  g_free (self);
}

void
sim_client_connect (SimClient *self, guint mtu)
{
  g_autoptr (GError) error = NULL;

  self->connection = fl_sim_device_connect (self->device, self->now_us, &error);
  g_assert_no_error (error);
  if (mtu > 0)
    fl_sim_connection_exchange_mtu (self->connection, mtu);
  fl_sim_connection_subscribe (self->connection, TRUE);
}

void
sim_client_disconnect (SimClient *self)
{
  g_clear_pointer (&self->connection, fl_sim_connection_free);
  g_clear_pointer (&self->session, fl_secure_session_free);
}

gboolean
sim_client_is_open (SimClient *self)
{
  return self->connection != NULL && fl_sim_connection_is_closed (self->connection) == FL_SIM_OPEN;
}

gboolean
sim_client_secure (SimClient *self)
{
  FlSecret *secret = fl_sim_device_get_spec (self->device)->secret;
  gint64 end_us = self->now_us + SECURE_LIMIT_US;

  self->session =
      fl_secure_session_new (FL_SECURE_CLIENT, secret, make_random, self->random, self->now_us);
  while (self->now_us < end_us &&
         fl_secure_session_get_state (self->session) == FL_SECURE_HANDSHAKE)
    {
      pump (self);
      if (!sim_client_is_open (self) ||
          fl_secure_session_get_state (self->session) != FL_SECURE_HANDSHAKE)
        break;
      advance (self, end_us);
      fl_secure_session_tick (self->session, self->now_us);
    }
  return fl_secure_session_get_state (self->session) == FL_SECURE_OPEN;
}

void
sim_client_open (SimClient *self)
{
  sim_client_connect (self, 247);
  g_assert_true (sim_client_secure (self));
}

gboolean
sim_client_request (SimClient *self,
                    guint16 type,
                    FlSecret *payload,
                    gint64 limit_us,
                    FlSecureMessage **reply)
{
  gint64 end_us = self->now_us + limit_us;
  guint16 id = ++self->id;

  g_assert_true (fl_secure_session_send_request (self->session, id, type, payload));
  while (self->now_us < end_us)
    {
      FlSecureMessage *message;

      pump (self);
      message = fl_secure_session_pop (self->session);
      if (message != NULL)
        {
          g_assert_cmpuint (message->id, ==, id);
          if (reply != NULL)
            *reply = g_steal_pointer (&message);
          g_clear_pointer (&message, fl_secure_message_free);
          return TRUE;
        }
      if (!sim_client_is_open (self) ||
          fl_secure_session_get_state (self->session) == FL_SECURE_FAILED)
        return FALSE;
      advance (self, end_us);
    }
  return FALSE;
}

int
sim_client_ask (SimClient *self, guint16 type, FlSecret *payload)
{
  g_autoptr (FlSecureMessage) reply = NULL;

  g_assert_true (sim_client_request (self, type, payload, SECONDS (90), &reply));
  return reply->result;
}

ProtobufCMessage *
sim_client_read (SimClient *self, guint16 type, FlSecret *payload)
{
  g_autoptr (FlSecureMessage) reply = NULL;
  g_autoptr (GError) error = NULL;
  ProtobufCMessage *message;

  g_assert_true (sim_client_request (self, type, payload, SECONDS (90), &reply));
  g_assert_cmpint (reply->result, ==, 0);
  message =
      fl_message_unpack (fl_request_get_info (type)->reply, fl_secret_get_data (reply->payload),
                         fl_secret_get_size (reply->payload), &error);
  g_assert_no_error (error);
  return message;
}

int
sim_client_join (SimClient *self, const char *ssid, int security, const char *password)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (name, (FlSecurity) security, secret, FALSE, NULL);
  g_autoptr (FlSecret) payload =
      fl_request_pack_join (credentials, fl_security_to_particle ((FlSecurity) security), FALSE);

  return sim_client_ask (self, FL_REQUEST_JOIN_NEW_NETWORK, payload);
}

void
sim_client_wait (SimClient *self, gint64 time_us)
{
  gint64 end_us = self->now_us + time_us;

  while (self->now_us < end_us)
    {
      if (self->connection != NULL)
        {
          pump (self);
          advance (self, end_us);
        }
      else
        self->now_us = end_us;
      fl_sim_world_tick (self->world, self->now_us);
    }
}
