/* SPDX-License-Identifier: Apache-2.0 */

/* Both halves of the serial console, each against a hostile other end. The first byte says which
 * half, which firmware and which command; then follow portions, each a byte for its length and for
 * the time that passes before it. */

#include "fl-serial-answer.h"
#include "fl-serial-server.h"
#include "fl-serial-session.h"
#include "fl-wiced-result.h"

#include "fuzz.h"

#include <string.h>

#define PEM "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
#define KEY "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"

/* No spaces: control bytes are shown as such in lines of others. */
#define PASSWORD "correcthorse"

/* Longest text that anybody may be made to hold. */
#define MAX_TEXT_BYTES 16384

static const guint8 asks[] = { 'i', 'v', 'm', 's', 'c', 'd' };

static FlCredentials *
make_credentials (guint kind)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (GBytes) pem = g_bytes_new_static (PEM, strlen (PEM));
  g_autoptr (FlSecret) key = fl_secret_new_from_string (KEY);
  g_autoptr (FlSecret) password = fl_secret_new_from_string (PASSWORD);
  g_autoptr (FlEnterprise) enterprise = NULL;

  if (kind == 0)
    return fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  enterprise = fl_enterprise_new (kind == 1 ? FL_EAP_PEAP : FL_EAP_TLS, "ada", NULL, pem, pem, key);
  return fl_credentials_new_enterprise (ssid, enterprise, password);
}

static void
read_answer (const FlSecret *text)
{
  g_autoptr (FlDeviceInfo) info = fl_device_info_new ();
  g_autoptr (FlSecret) secret = NULL;
  g_autofree char *version = fl_serial_read_version (text, NULL);
  g_autofree char *mac = fl_serial_read_mac (text, NULL);
  g_autoptr (GPtrArray) modules = fl_serial_read_modules (text, NULL, NULL);
  gboolean claimed = FALSE;
  int code = 0;

  fl_serial_read_identity (text, info, &secret, NULL);
  fl_serial_read_claimed (text, &claimed, NULL);
  fl_serial_read_network_error (text, &code, NULL);
  fl_wiced_result_find (fl_secret_get_text (text));
}

/* @typed: the password is on its way, so it is in no line of others. */
static void
read_events (FlSerialSession *session, gboolean typed)
{
  FlSerialEvent event;

  while (fl_serial_session_next_event (session, &event))
    {
      if (event.text != NULL)
        {
          g_assert_cmpuint (fl_secret_get_size (event.text), <=, MAX_TEXT_BYTES);
          if (event.kind == FL_SERIAL_EVENT_LOG && typed)
            g_assert_null (strstr (fl_secret_get_text (event.text), PASSWORD));
          read_answer (event.text);
        }
      g_assert_cmpint (event.kind == FL_SERIAL_EVENT_FAILED, ==, event.error != NULL);
      fl_serial_event_clear (&event);
    }
}

static void
begin (FlSerialSession *session, guint what)
{
  if (what < 3)
    {
      g_autoptr (FlCredentials) credentials = make_credentials (what);

      g_assert_true (fl_serial_session_join (session, credentials, 0, NULL));
    }
  else if (what < 3 + G_N_ELEMENTS (asks))
    fl_serial_session_ask (session, (FlSerialAsk) asks[what - 3], 0);
  else
    fl_serial_session_recover (session, 0);
}

/* The next portion; whatever time was said has passed. FALSE: no more. */
static gboolean
next_portion (const guint8 **data, gsize *left_bytes, gsize *size_bytes, gint64 *now_us)
{
  if (*left_bytes == 0)
    return FALSE;
  *now_us += (gint64) (**data >> 5) * 300 * G_TIME_SPAN_MILLISECOND;
  *size_bytes = MIN ((gsize) (**data & 0x1f) + 1, *left_bytes - 1);
  (*data)++;
  (*left_bytes)--;
  return TRUE;
}

static void
fuzz_session (guint what, const guint8 *data, gsize left_bytes)
{
  g_autoptr (FlSerialSession) session = fl_serial_session_new ();
  gsize size_bytes = 0;
  gint64 now_us = 0;

  begin (session, what);
  fl_serial_session_tick (session, 250 * G_TIME_SPAN_MILLISECOND);
  now_us = 250 * G_TIME_SPAN_MILLISECOND;
  while (next_portion (&data, &left_bytes, &size_bytes, &now_us))
    {
      g_autoptr (FlSecret) out = NULL;
      gboolean typed = FALSE;

      fl_serial_session_feed (session, data, size_bytes, now_us);
      out = fl_serial_session_take (session);
      typed = what < 2 && fl_serial_session_is_busy (session);
      if (out != NULL)
        g_assert_cmpuint (fl_secret_get_size (out), <=, 512);
      read_events (session, typed);
      data += size_bytes;
      left_bytes -= size_bytes;
    }
  /* It always comes to an end. */
  for (guint i = 0; i < 200 && fl_serial_session_is_busy (session); i++)
    fl_serial_session_tick (session, fl_serial_session_get_deadline (session));
  g_assert_false (fl_serial_session_is_busy (session));
  read_events (session, FALSE);
}

static gboolean
look_up (gpointer device, GBytes *ssid, FlSerialFound *found)
{
  const guint8 *first = g_bytes_get_data (ssid, NULL);

  *found = (FlSerialFound){ 5, 1 };
  return g_bytes_get_size (ssid) > 0 && *first == 'e';
}

static gint64
get_scan_time (gpointer device)
{
  return 100 * G_TIME_SPAN_MILLISECOND;
}

static FlSerialSave
save (gpointer device, const FlSerialTyped *typed)
{
  g_assert_cmpuint (g_bytes_get_size (typed->ssid), <=, 32);
  if (typed->password != NULL)
    g_assert_cmpuint (fl_secret_get_size (typed->password), <=, 64);
  if (typed->ca_certificate != NULL)
    g_assert_cmpuint (g_bytes_get_size (typed->ca_certificate), <=, 4095);
  if (typed->private_key != NULL)
    g_assert_cmpuint (fl_secret_get_size (typed->private_key), <=, 2047);
  return FL_SERIAL_SAVE_DONE;
}

static FlSecret *
answer (gpointer device, char letter)
{
  return fl_secret_new_from_string ("answer\r\n");
}

static void
command (gpointer device, char letter)
{
}

static void
fuzz_server (guint what, const guint8 *data, gsize left_bytes)
{
  static const FlSerialDevice vtable = { .look_up = look_up,
                                         .get_scan_time = get_scan_time,
                                         .save = save,
                                         .answer = answer,
                                         .command = command };
  static const guint versions[] = { FL_SERIAL_VERSION (0, 4, 5), FL_SERIAL_VERSION (0, 6, 0),
                                    FL_SERIAL_VERSION (2, 3, 1), FL_SERIAL_VERSION (6, 0, 0) };
  const FlSerialGeneration generation = what % G_N_ELEMENTS (versions);
  g_autoptr (FlSerialServer) server =
      fl_serial_server_new (generation, versions[generation], &vtable, NULL);
  gsize size_bytes = 0;
  gint64 now_us = 0;

  while (next_portion (&data, &left_bytes, &size_bytes, &now_us))
    {
      g_autoptr (GBytes) out = NULL;

      fl_serial_server_feed (server, data, size_bytes, now_us);
      out = fl_serial_server_take (server);
      data += size_bytes;
      left_bytes -= size_bytes;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  if (size_bytes == 0)
    return 0;
  if (*data & 1)
    fuzz_server (*data >> 1, data + 1, size_bytes - 1);
  else
    fuzz_session ((*data >> 1) % 10, data + 1, size_bytes - 1);
  return 0;
}
