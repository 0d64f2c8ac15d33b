/* SPDX-License-Identifier: Apache-2.0 */
#include "serial-pair.h"

#include "fl-error.h"

#include <string.h>

static gboolean
look_up (gpointer device, GBytes *ssid, FlSerialFound *found)
{
  SerialPair *self = device;

  g_assert_nonnull (ssid);
  self->n_scans++;
  if (self->visible)
    *found = self->found;
  return self->visible;
}

static gint64
get_scan_time (gpointer device)
{
  return ((SerialPair *) device)->scan_us;
}

static gboolean
has_memory (gpointer device)
{
  return !((SerialPair *) device)->no_memory;
}

static void
clear_saved (SerialPair *self)
{
  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->outer_identity, g_free);
  g_clear_pointer (&self->client_certificate, g_bytes_unref);
  g_clear_pointer (&self->ca_certificate, g_bytes_unref);
  g_clear_pointer (&self->private_key, fl_secret_unref);
}

static FlSerialSave
save (gpointer device, const FlSerialTyped *typed)
{
  SerialPair *self = device;

  clear_saved (self);
  self->n_saved++;
  self->ssid = g_bytes_ref (typed->ssid);
  self->security = typed->security;
  self->cipher = typed->cipher;
  self->eap_type = typed->eap_type;
  self->password = typed->password != NULL ? fl_secret_ref (typed->password) : NULL;
  self->identity = g_strdup (typed->identity);
  self->outer_identity = g_strdup (typed->outer_identity);
  if (typed->client_certificate != NULL)
    self->client_certificate = g_bytes_ref (typed->client_certificate);
  if (typed->ca_certificate != NULL)
    self->ca_certificate = g_bytes_ref (typed->ca_certificate);
  self->private_key = typed->private_key != NULL ? fl_secret_ref (typed->private_key) : NULL;
  return self->save;
}

static FlSecret *
answer (gpointer device, char letter)
{
  SerialPair *self = device;

  return self->answer != NULL ? fl_secret_new_from_string (self->answer) : NULL;
}

static void
command (gpointer device, char letter)
{
  SerialPair *self = device;

  g_string_append_c (self->commands, letter);
  fl_serial_server_set_listening (self->server, FALSE);
}

static void
claim (gpointer device, const char *code)
{
  SerialPair *self = device;

  g_free (self->claim_code);
  self->claim_code = g_strdup (code);
}

static const FlSerialDevice vtable = {
  .look_up = look_up,
  .get_scan_time = get_scan_time,
  .has_memory = has_memory,
  .save = save,
  .answer = answer,
  .command = command,
  .claim = claim,
};

SerialPair *
serial_pair_new (FlSerialGeneration generation, guint version)
{
  SerialPair *self = g_new0 (SerialPair, 1);

  self->session = fl_serial_session_new ();
  self->server = fl_serial_server_new (generation, version, &vtable, self);
  self->chunk_bytes = 512;
  self->scan_us = 2 * G_TIME_SPAN_SECOND;
  self->commands = g_string_new (NULL);
  self->device_said = g_string_new (NULL);
  self->host_said = g_string_new (NULL);
  self->questions = g_string_new (NULL);
  self->log = g_string_new (NULL);
  return self;
}

void
serial_pair_free (SerialPair *self)
{
  clear_saved (self);
  fl_serial_session_free (self->session);
  fl_serial_server_free (self->server);
  g_string_free (self->commands, TRUE);
  g_string_free (self->device_said, TRUE);
  g_string_free (self->host_said, TRUE);
  g_string_free (self->questions, TRUE);
  g_string_free (self->log, TRUE);
  g_free (self->claim_code);
  g_clear_pointer (&self->text, fl_secret_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
take_events (SerialPair *self)
{
  FlSerialEvent event;

  while (fl_serial_session_next_event (self->session, &event))
    {
      switch (event.kind)
        {
        case FL_SERIAL_EVENT_ANSWER:
          g_clear_pointer (&self->text, fl_secret_unref);
          self->text = g_steal_pointer (&event.text);
          break;
        case FL_SERIAL_EVENT_QUESTION:
          g_string_append_c (self->questions, (char) ('A' + (int) event.saying));
          if (self->questions->len == self->unplug_after)
            self->unplugged = TRUE;
          break;
        case FL_SERIAL_EVENT_SAVING:
          self->n_saving++;
          break;
        case FL_SERIAL_EVENT_SAVED:
          self->n_done++;
          break;
        case FL_SERIAL_EVENT_FREE:
          self->n_free++;
          break;
        case FL_SERIAL_EVENT_FAILED:
          g_assert_null (self->error);
          self->error = g_steal_pointer (&event.error);
          break;
        case FL_SERIAL_EVENT_LOG:
          g_string_append_printf (self->log, "%s\n", fl_secret_get_text (event.text));
          break;
        }
      fl_serial_event_clear (&event);
    }
}

void
serial_pair_device_says (SerialPair *self, const char *text)
{
  const gsize size_bytes = strlen (text);

  for (gsize i = 0; i < size_bytes; i += self->chunk_bytes)
    fl_serial_session_feed (self->session, (const guint8 *) text + i,
                            MIN (self->chunk_bytes, size_bytes - i), self->now_us);
  take_events (self);
}

void
serial_pair_host_says (SerialPair *self, const char *text)
{
  const gsize size_bytes = strlen (text);

  for (gsize i = 0; i < size_bytes; i += self->chunk_bytes)
    fl_serial_server_feed (self->server, (const guint8 *) text + i,
                           MIN (self->chunk_bytes, size_bytes - i), self->now_us);
}

static gboolean
carry_to_device (SerialPair *self)
{
  g_autoptr (FlSecret) part = fl_serial_session_take (self->session);

  if (part == NULL)
    return FALSE;
  g_assert_cmpuint (fl_secret_get_size (part), >, 0);
  g_assert_cmpuint (fl_secret_get_size (part), <=, 512);
  g_string_append_len (self->host_said, fl_secret_get_text (part),
                       (gssize) fl_secret_get_size (part));
  if (!self->unplugged)
    serial_pair_host_says (self, fl_secret_get_text (part));
  return TRUE;
}

static gboolean
carry_to_host (SerialPair *self)
{
  g_autoptr (GBytes) bytes = fl_serial_server_take (self->server);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append (self->device_said, text);
  if (self->unplugged)
    return TRUE;
  if (self->noise != NULL)
    serial_pair_device_says (self, self->noise);
  serial_pair_device_says (self, text);
  return TRUE;
}

/* FALSE: nothing will happen until @end_us. */
static gboolean
step (SerialPair *self, gint64 end_us)
{
  gint64 next_us = 0;

  if (carry_to_device (self) || carry_to_host (self))
    return TRUE;
  next_us = MIN (fl_serial_session_get_deadline (self->session),
                 fl_serial_server_get_deadline (self->server));
  if (next_us > end_us)
    return FALSE;
  self->now_us = MAX (self->now_us, next_us);
  fl_serial_server_tick (self->server, self->now_us);
  fl_serial_session_tick (self->session, self->now_us);
  take_events (self);
  return TRUE;
}

void
serial_pair_run (SerialPair *self, gint64 limit_us)
{
  const gint64 end_us = self->now_us + limit_us;
  guint n_steps = 0;

  while (step (self, end_us))
    g_assert_cmpuint (n_steps++, <, 100000);
  self->now_us = end_us;
  take_events (self);
}

void
serial_pair_finish (SerialPair *self)
{
  guint n_steps = 0;

  while (fl_serial_session_is_busy (self->session) && step (self, G_MAXINT64 - 1))
    g_assert_cmpuint (n_steps++, <, 100000);
  g_assert_false (fl_serial_session_is_busy (self->session));
  while (carry_to_device (self) || carry_to_host (self))
    ;
  take_events (self);
}

FlCredentials *
serial_personal (const char *ssid, FlSecurity security, const char *password)
{
  g_autoptr (GBytes) bytes = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;

  return fl_credentials_new (bytes, security, secret, FALSE, NULL);
}

FlCredentials *
serial_login (const char *identity, const char *password, const char *outer, const char *ca)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("eduroam", 7);
  g_autoptr (GBytes) pem = ca != NULL ? g_bytes_new_static (ca, strlen (ca)) : NULL;
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_PEAP, identity, outer, pem, NULL, NULL);

  return fl_credentials_new_enterprise (ssid, enterprise, secret);
}

FlCredentials *
serial_certificate_login (const char *certificate, const char *key)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("eduroam", 7);
  g_autoptr (GBytes) pem =
      certificate != NULL ? g_bytes_new (certificate, strlen (certificate)) : NULL;
  g_autoptr (FlSecret) secret = key != NULL ? fl_secret_new_from_string (key) : NULL;
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_TLS, "ada@school.example", NULL, NULL, pem, secret);

  return fl_credentials_new_enterprise (ssid, enterprise, NULL);
}
