/* SPDX-License-Identifier: Apache-2.0 */
#include "serial-fixture.h"

#include <string.h>

#include "fl-control-driver.h"
#include "fl-error.h"
#include "fl-reply-body.h"

static void
on_sent (FlDriver *driver, SerialFixture *fixture)
{
  fixture->n_sent++;
}

static void
on_closed (FlDriver *driver, const GError *reason, SerialFixture *fixture)
{
  fixture->n_closed++;
}

void
serial_fixture_tell (SerialFixture *fixture, int mode, int cloud)
{
  if (fixture->channel == NULL)
    return;
  script_channel_forget (fixture->channel, 72);
  script_channel_forget (fixture->channel, 300);
  script_channel_answer (fixture->channel, 72, 0, fl_reply_pack_number (72, mode));
  script_channel_answer (fixture->channel, 300, 0, fl_reply_pack_number (300, cloud));
}

/* What the device makes of a request: the console stops, and starts anew. */
static void
on_request (FlControlChannel *channel, guint type, SerialFixture *fixture)
{
  if ((type != 70 && type != 71) || (int) type == fixture->ignores)
    return;
  serial_fixture_tell (fixture, type == 70 ? LISTENING : RUNNING, 0);
  fl_serial_server_set_listening (fixture->link->server, type == 70);
}

static void
on_saved (gpointer data)
{
  serial_fixture_tell (data, RUNNING, 0);
}

static void
add_companion (SerialFixture *fixture, int platform_id, const char *version, int mode)
{
  fixture->channel = script_channel_new (fixture->clock);
  fixture->channel->road = FL_ROAD_USB;
  script_channel_answer (fixture->channel, 20, 0,
                         fl_reply_pack_text (20, "0A10ACED202194944A042F04"));
  script_channel_answer (fixture->channel, 21, 0, fl_reply_pack_text (21, "PHHTAB245AB12CD"));
  script_channel_answer (fixture->channel, 30, 0, fl_reply_pack_text (30, version));
  script_channel_answer (fixture->channel, 70, 0, NULL);
  script_channel_answer (fixture->channel, 71, 0, NULL);
  serial_fixture_tell (fixture, mode, 0);
  g_signal_connect (fixture->channel, "sent", G_CALLBACK (on_request), fixture);
  fixture->companion = fl_control_driver_new (FL_CONTROL_CHANNEL (fixture->channel), fixture->clock,
                                              platform_id, FALSE);
}

void
serial_fixture_start (SerialFixture *fixture, int platform_id, const char *version, int mode)
{
  fixture->clock = fl_virtual_clock_new ();
  fixture->link = console_link_new (fixture->clock, platform_id, version);
  fixture->link->on_saved = on_saved;
  fixture->link->on_saved_data = fixture;
  if (mode == RUNNING)
    fl_serial_server_set_listening (fixture->link->server, FALSE);
  if (mode >= 0)
    add_companion (fixture, platform_id, version, mode);
  fixture->driver = fl_serial_driver_new (FL_SERIAL_LINK (fixture->link), fixture->companion,
                                          fixture->clock, platform_id);
  g_signal_connect (fixture->driver, "sent", G_CALLBACK (on_sent), fixture);
  g_signal_connect (fixture->driver, "closed", G_CALLBACK (on_closed), fixture);
}

void
serial_fixture_stop (SerialFixture *fixture)
{
  fl_driver_close (fixture->driver);
  serial_fixture_run_ms (fixture, 8000); /* a farewell */
  if (fixture->channel != NULL)
    g_signal_handlers_disconnect_by_data (fixture->channel, fixture);
  g_assert_finalize_object (fixture->driver);
  if (fixture->companion != NULL)
    g_assert_finalize_object (fixture->companion);
  if (fixture->channel != NULL)
    g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->link);
  g_assert_finalize_object (fixture->clock);
}

void
serial_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
on_time_up (gpointer data)
{
  *(gboolean *) data = TRUE;
}

void
serial_fixture_run_ms (SerialFixture *fixture, guint ms)
{
  gboolean is_up = FALSE;

  fl_clock_add_ms (fixture->clock, ms, on_time_up, &is_up);
  while (!is_up)
    g_main_context_iteration (NULL, TRUE);
}

void
serial_fixture_finish (SerialFixture *fixture, GAsyncResult **result, int expected)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  ok = fl_driver_finish (fixture->driver, *result, &error);
  g_clear_object (result);
  g_assert_cmpint (ok, ==, error == NULL);
  if (expected == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, FL_ERROR, expected);
}

void
serial_fixture_connect (SerialFixture *fixture, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_connect_async (fixture->driver, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (fixture, &result, expected);
}

FlDeviceInfo *
serial_fixture_open (SerialFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  serial_fixture_connect (fixture, 0);
  fl_driver_read_info_async (fixture->driver, NULL, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fl_driver_read_info_finish (fixture->driver, result, error);
}

void
serial_fixture_open_well (SerialFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = serial_fixture_open (fixture, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);
}

void
serial_fixture_join (SerialFixture *fixture, FlCredentials *credentials, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_join_async (fixture->driver, credentials, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (fixture, &result, expected);
}

FlCredentials *
serial_fixture_home (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("correct horse");

  return fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
}

FlCredentials *
serial_fixture_school (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("School", 6);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("secret12");
  g_autoptr (FlEnterprise) login =
      fl_enterprise_new (FL_EAP_PEAP, "me@school", NULL, NULL, NULL, NULL);

  return fl_credentials_new_enterprise (ssid, login, password);
}

FlDeviceState *
serial_fixture_read_state (SerialFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_read_state_async (fixture->driver, NULL, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fl_driver_read_state_finish (fixture->driver, result, error);
}
