/* SPDX-License-Identifier: Apache-2.0 */
#include "control-fixture.h"

#include <string.h>

#include "fl-error.h"
#include "fl-reply-body.h"

static void
on_found (FlDriver *driver, FlNetwork *network, ControlFixture *fixture)
{
  g_ptr_array_add (fixture->found, g_object_ref (network));
}

static void
on_sent (FlDriver *driver, ControlFixture *fixture)
{
  fixture->n_sent++;
}

static void
on_closed (FlDriver *driver, const GError *reason, ControlFixture *fixture)
{
  fixture->n_closed++;
}

static void
start (ControlFixture *fixture, int platform_id, gboolean provisioning, FlRoadKind road)
{
  fixture->clock = fl_virtual_clock_new ();
  fixture->channel = script_channel_new (fixture->clock);
  fixture->channel->road = road;
  fixture->driver = fl_control_driver_new (FL_CONTROL_CHANNEL (fixture->channel), fixture->clock,
                                           platform_id, provisioning);
  fixture->found = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->driver, "network-found", G_CALLBACK (on_found), fixture);
  g_signal_connect (fixture->driver, "sent", G_CALLBACK (on_sent), fixture);
  g_signal_connect (fixture->driver, "closed", G_CALLBACK (on_closed), fixture);
}

void
control_fixture_start (ControlFixture *fixture, int platform_id, gboolean provisioning)
{
  start (fixture, platform_id, provisioning, FL_ROAD_BLUETOOTH);
}

void
control_fixture_start_usb (ControlFixture *fixture, int platform_id)
{
  start (fixture, platform_id, FALSE, FL_ROAD_USB);
}

void
control_fixture_stop (ControlFixture *fixture)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&fixture->found, g_ptr_array_unref);
  g_assert_finalize_object (fixture->driver);
  g_assert_finalize_object (fixture->channel);
  g_assert_finalize_object (fixture->clock);
}

void
control_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

void
control_fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
control_fixture_finish (ControlFixture *fixture, GAsyncResult **result, int expected)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  control_fixture_wait (result);
  ok = fl_driver_finish (fixture->driver, *result, &error);
  g_clear_object (result);
  g_assert_cmpint (ok, ==, error == NULL);
  if (expected == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, FL_ERROR, expected);
}

FlDeviceInfo *
control_fixture_read_info (ControlFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_read_info_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  return fl_driver_read_info_finish (fixture->driver, result, error);
}

void
control_fixture_answer_info (ControlFixture *fixture, const char *version, int mode)
{
  ScriptChannel *channel = fixture->channel;

  script_channel_answer (channel, 20, 0, fl_reply_pack_text (20, "0A10ACED202194944A042F04"));
  script_channel_answer (channel, 21, 0, fl_reply_pack_text (21, "P046AB23CDEF123"));
  script_channel_answer (channel, 30, 0, fl_reply_pack_text (30, version));
  script_channel_answer (channel, 31, 0, fl_reply_pack_text (31, "0.0.7"));
  script_channel_answer (channel, 72, 0, fl_reply_pack_number (72, mode));
  script_channel_answer (channel, 201, 0, fl_reply_pack_number (201, 1));
}

static void
learn_version (ControlFixture *fixture, const char *version, int mode)
{
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_answer_info (fixture, version, mode);
  info = control_fixture_read_info (fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (info);
  script_channel_clear_log (fixture->channel);
}

void
control_fixture_start_with_version (ControlFixture *fixture,
                                    int platform_id,
                                    const char *version,
                                    int mode)
{
  control_fixture_start (fixture, platform_id, FALSE);
  learn_version (fixture, version, mode);
}

void
control_fixture_start_usb_with_version (ControlFixture *fixture,
                                        int platform_id,
                                        const char *version,
                                        int mode)
{
  control_fixture_start_usb (fixture, platform_id);
  learn_version (fixture, version, mode);
}

void
control_fixture_assert_sent (ControlFixture *fixture,
                             guint16 type,
                             const char *bytes,
                             gsize size_bytes)
{
  FlSecret *payload = g_hash_table_lookup (fixture->channel->payloads, GUINT_TO_POINTER (type));

  g_assert_nonnull (payload);
  g_assert_cmpmem (fl_secret_get_data (payload), fl_secret_get_size (payload), bytes, size_bytes);
}

FlSecret *
control_fixture_pack_networks (guint n)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("net %u", i);
      g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));

      g_ptr_array_add (networks, fl_network_new (ssid, FL_SECURITY_WPA2, 6, -40 - (int) i));
    }
  return fl_reply_pack_scan (networks);
}

void
control_fixture_join (ControlFixture *fixture,
                      FlSecurity security,
                      const char *password,
                      gboolean hidden,
                      gboolean only_save,
                      int expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) ssid = g_bytes_new_static ("MyNet", 5);
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlCredentials) credentials = fl_credentials_new (ssid, security, secret, hidden, NULL);

  if (only_save)
    fl_driver_save_async (fixture->driver, credentials, NULL, control_fixture_on_result, &result);
  else
    fl_driver_join_async (fixture->driver, credentials, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

void
control_fixture_scan (ControlFixture *fixture, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_scan_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}
