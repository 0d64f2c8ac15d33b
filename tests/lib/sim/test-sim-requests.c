/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include <string.h>

#include "fl-reply-body.h"
#include "fl-result.h"
#include "particle-config.pb-c.h"
#include "particle-storage.pb-c.h"

#define P2 "[Device Board]\nserial=P046AD342AB12CD\n"

static FlSecureMessage *
get_reply (SimClient *client, guint16 type, FlSecret *payload)
{
  FlSecureMessage *reply = NULL;

  g_assert_true (sim_client_request (client, type, payload, SECONDS (90), &reply));
  return reply;
}

static void
assert_text (SimClient *client, guint16 type, const char *expected)
{
  g_autoptr (FlSecureMessage) reply = get_reply (client, type, NULL);
  g_autofree char *text = fl_reply_unpack_text (type, fl_secret_get_data (reply->payload),
                                                fl_secret_get_size (reply->payload), NULL);

  g_assert_cmpint (reply->result, ==, 0);
  g_assert_cmpstr (text, ==, expected);
}

static int
get_number (SimClient *client, guint16 type)
{
  g_autoptr (FlSecureMessage) reply = get_reply (client, type, NULL);
  int value = -1;

  g_assert_cmpint (reply->result, ==, 0);
  g_assert_true (fl_reply_unpack_number (type, fl_secret_get_data (reply->payload),
                                         fl_secret_get_size (reply->payload), &value, NULL));
  return value;
}

static void
test_identity (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2 "device-id=0a10aced202194944a012345\n");

  sim_client_open (client);
  assert_text (client, FL_REQUEST_GET_DEVICE_ID, "0a10aced202194944a012345");
  assert_text (client, FL_REQUEST_GET_SERIAL_NUMBER, "P046AD342AB12CD");
  assert_text (client, FL_REQUEST_GET_SYSTEM_VERSION, "6.2.0");
  assert_text (client, FL_REQUEST_GET_NCP_VERSION, NULL);
}

static void
test_echo (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed (3000);
  g_autoptr (FlSecureMessage) reply = NULL;

  memset (fl_secret_get_writable (payload), 'x', 3000);
  sim_client_open (client);
  reply = get_reply (client, FL_REQUEST_ECHO, payload);
  g_assert_true (fl_secret_equal (reply->payload, payload));
}

static void
test_unknown (void)
{
  static const guint16 types[] = { 2, 10, 80, 110, 112, 210, 240, 250, 402, 550, 600, 65535 };
  g_autoptr (SimClient) client = sim_client_new (P2);

  sim_client_open (client);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (sim_client_ask (client, types[i], NULL), ==, FL_RESULT_NOT_SUPPORTED);
}

static void
test_gates (void)
{
  static const struct
  {
    const char *device;
    guint16 type;
    int result;
  } cases[] = {
    { "platform=argon\nfirmware=3.3.0\n", 507, -120 },
    { "firmware=5.8.1\nmode=provisioning\n", 507, -120 },
    { "firmware=5.8.2\n", 507, -270 }, /* there, and misses the name */
    { "firmware=6.0.0\n", 507, -120 },
    { "firmware=6.1.0\n", 507, -270 },
    { "firmware=5.8.2\n", 76, -120 },
    { "firmware=6.0.0\n", 76, 0 },
    { "firmware=6.0.0\n", 77, -120 },
    { "firmware=6.1.0\n", 77, 0 },
    { "firmware=5.5.0\n", 91, -120 },
    { "firmware=5.6.0\n", 91, 0 },
    { "platform=argon\nfirmware=3.3.0\n", 73, 0 },
    { "firmware=5.3.1\n", 73, -120 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\n%s", cases[i].device);
      g_autoptr (SimClient) client = sim_client_new (text);

      sim_client_open (client);
      g_assert_cmpint (sim_client_ask (client, cases[i].type, NULL), ==, cases[i].result);
    }
}

static void
test_broken (void)
{
  static const guint16 types[] = { 33, 34, 73, 75, 77, 401, 500, 503, 507 };
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (FlSecret) payload = fl_secret_new ("\x0a\xff", 2);

  sim_client_open (client);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_cmpint (sim_client_ask (client, types[i], payload), ==, FL_RESULT_BAD_DATA);
}

/* What a reply says by default takes no bytes at all. */
static void
test_empty (void)
{
  static const guint16 types[] = { 71, 201, 231, 300, 502 };
  g_autoptr (SimClient) client = sim_client_new (P2 "bluetooth-app=yes\n");

  sim_client_open (client);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (FlSecureMessage) reply = get_reply (client, types[i], NULL);

      g_assert_cmpint (reply->result, ==, 0);
      g_assert_cmpuint (fl_secret_get_size (reply->payload), ==, 0);
    }
}

static void
test_protected (void)
{
  static const guint16 open[] = { 20, 76, 500, 504, 506 };
  static const guint16 closed[] = { 1, 21, 30, 31, 40, 71, 72, 201, 230, 300, 401, 502, 505, 507 };
  g_autoptr (SimClient) client =
      sim_client_new (P2 "protected=yes\nmode=provisioning\n" TEST_NETWORKS);

  sim_client_open (client);
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    g_assert_cmpint (sim_client_ask (client, open[i], NULL), !=, FL_RESULT_PROTECTED);
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    g_assert_cmpint (sim_client_ask (client, closed[i], NULL), ==, FL_RESULT_PROTECTED);
}

/* It blinks blue and is not to be heard. */
static void
test_protected_listening (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2 "protected=yes\n");
  guint8 advert[31], response[31];
  gsize sizes[2];

  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_false (fl_sim_device_advertise (client->device, advert, &sizes[0], response, &sizes[1],
                                           client->now_us));
}

static void
test_listening (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2 "bluetooth-app=yes\n");

  sim_client_open (client);
  g_assert_cmpint (get_number (client, FL_REQUEST_GET_DEVICE_MODE), ==, 1);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_START_LISTENING, NULL), ==, 0);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_STOP_LISTENING, NULL), ==, 0);
  g_assert_cmpint (get_number (client, FL_REQUEST_GET_DEVICE_MODE), ==, 0);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_START_LISTENING, NULL), ==, 0);
  g_assert_true (fl_sim_device_is_listening (client->device));
}

static void
test_provisioning (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2 "mode=provisioning\n");

  sim_client_open (client);
  g_assert_cmpint (get_number (client, FL_REQUEST_GET_DEVICE_MODE), ==, 0);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_START_LISTENING, NULL), ==,
                   FL_RESULT_NOT_ALLOWED);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_STOP_LISTENING, NULL), ==, 0);
  g_assert_true (sim_client_is_open (client));
}

/* Leaving set-up mode takes the link down on Gen 4 whose application has no Bluetooth. */
static void
test_stop_listening (void)
{
  static const struct
  {
    const char *device;
    gboolean answers;
  } cases[] = {
    { "platform=p2\nfirmware=6.2.0\n", FALSE },
    { "platform=p2\nfirmware=6.2.0\nbluetooth-app=yes\n", TRUE },
    { "platform=p2\nfirmware=5.3.1\n", TRUE },
    { "platform=p2\nfirmware=5.8.2\n", FALSE },
    { "platform=m-som\nfirmware=6.2.0\n", FALSE },
    { "platform=argon\nfirmware=3.3.0\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\n%s", cases[i].device);
      g_autoptr (SimClient) client = sim_client_new (text);

      sim_client_open (client);
      g_assert_cmpint (sim_client_request (client, FL_REQUEST_STOP_LISTENING, NULL, SECONDS (10),
                                           NULL),
                       ==, cases[i].answers);
      g_assert_cmpint (sim_client_is_open (client), ==, cases[i].answers);
      g_assert_false (fl_sim_device_is_listening (client->device));
    }
}

static void
test_reset (void)
{
  static const guint16 types[] = { 40, 41, 50, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (SimClient) client = sim_client_new (P2 "known=Home\n" TEST_NETWORKS);
      gint64 asked_us;

      sim_client_open (client);
      g_assert_cmpint (sim_client_ask (client, types[i], NULL), ==, 0);
      asked_us = client->now_us;
      sim_client_wait (client, SECONDS (0.9));
      g_assert_true (sim_client_is_open (client));
      sim_client_wait (client, SECONDS (0.2));
      g_assert_false (sim_client_is_open (client));
      g_assert_false (fl_sim_device_is_running (client->device));
      sim_client_disconnect (client);
      sim_client_wait (client, SECONDS (5));
      g_assert_cmpint (client->now_us, >, asked_us);
      g_assert_cmpint (fl_sim_device_is_running (client->device), ==, types[i] != 50);
      g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, types[i] == 41 ? 0 : 1);
      g_assert_cmpint (fl_sim_device_is_listening (client->device), ==, types[i] == 41);
    }
}

static void
test_startup_mode (void)
{
  Particle__Ctrl__SetStartupModeRequest mode = PARTICLE__CTRL__SET_STARTUP_MODE_REQUEST__INIT;
  g_autoptr (SimClient) client = sim_client_new (P2 "known=Home\n" TEST_NETWORKS);
  g_autoptr (FlSecret) payload = NULL;

  mode.mode = PARTICLE__CTRL__DEVICE_MODE__MODE_LISTENING;
  payload = fl_message_pack (&mode.base);
  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SET_STARTUP_MODE, payload), ==, 0);
  sim_client_disconnect (client);
  fl_sim_device_press_reset (client->device, client->now_us);
  g_assert_false (fl_sim_device_is_listening (client->device));
  sim_client_wait (client, SECONDS (4));
  g_assert_true (fl_sim_device_is_listening (client->device));
}

static void
test_claim (void)
{
  static const char code[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+";
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (FlSecret) payload = fl_request_pack_claim_code (code);

  sim_client_open (client);
  g_assert_cmpint (get_number (client, FL_REQUEST_IS_CLAIMED), ==, 0);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SET_CLAIM_CODE, payload), ==, 0);
  g_assert_cmpint (get_number (client, FL_REQUEST_IS_CLAIMED), ==, 1);
}

static void
test_nyan (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_START_NYAN, NULL), ==, 0);
  g_assert_true (fl_sim_device_is_nyan (client->device));
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_STOP_NYAN, NULL), ==, 0);
  g_assert_false (fl_sim_device_is_nyan (client->device));
}

static void
test_feature (void)
{
  Particle__Ctrl__SetFeatureRequest set = PARTICLE__CTRL__SET_FEATURE_REQUEST__INIT;
  Particle__Ctrl__GetFeatureRequest get = PARTICLE__CTRL__GET_FEATURE_REQUEST__INIT;
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (FlSecret) set_payload = NULL;
  g_autoptr (FlSecret) get_payload = NULL;
  g_autoptr (ProtobufCMessage) reply = NULL;

  set.feature = get.feature = PARTICLE__CTRL__FEATURE__FEATURE_ETHERNET_DETECTION;
  set.enabled = TRUE;
  set_payload = fl_message_pack (&set.base);
  get_payload = fl_message_pack (&get.base);
  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SET_FEATURE, set_payload), ==, 0);
  reply = sim_client_read (client, FL_REQUEST_GET_FEATURE, get_payload);
  g_assert_true (((Particle__Ctrl__GetFeatureReply *) reply)->enabled);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SET_FEATURE, NULL), ==,
                   FL_RESULT_NOT_SUPPORTED);
}

static void
test_modules (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (ProtobufCMessage) reply = NULL;
  Particle__Ctrl__GetModuleInfoReply *modules;

  sim_client_open (client);
  reply = sim_client_read (client, FL_REQUEST_GET_MODULE_INFO, NULL);
  modules = (Particle__Ctrl__GetModuleInfoReply *) reply;
  g_assert_cmpuint (modules->n_modules, ==, 3);
  g_assert_cmpuint (modules->modules[0]->version, ==, 6200);
}

static void
test_interfaces (void)
{
  static const struct
  {
    const char *device;
    guint32 index;
    const char *name;
  } cases[] = { { "platform=p2\n", 4, "wl3" },
                { "platform=argon\nfirmware=3.3.0\n", 4, "wl3" },
                { "platform=m-som\n", 5, "wl4" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\n%s", cases[i].device);
      g_autoptr (SimClient) client = sim_client_new (text);
      g_autoptr (FlSecureMessage) list = NULL;
      g_autoptr (FlSecureMessage) one = NULL;
      g_autoptr (FlSecret) payload = fl_request_pack_interface (cases[i].index);
      g_autoptr (FlSecret) wrong = fl_request_pack_interface (77);
      FlInterface iface;
      guint32 index = 0;

      sim_client_open (client);
      list = get_reply (client, FL_REQUEST_GET_INTERFACE_LIST, NULL);
      g_assert_true (fl_reply_find_interface (fl_secret_get_data (list->payload),
                                              fl_secret_get_size (list->payload), FL_INTERFACE_WIFI,
                                              &index, NULL));
      g_assert_cmpuint (index, ==, cases[i].index);
      one = get_reply (client, FL_REQUEST_GET_INTERFACE, payload);
      g_assert_true (fl_reply_unpack_interface (fl_secret_get_data (one->payload),
                                                fl_secret_get_size (one->payload), &iface, NULL));
      g_assert_cmpstr (iface.name, ==, cases[i].name);
      g_assert_true (iface.has_mac);
      g_assert_cmpuint (iface.mtu, ==, 1500);
      g_assert_cmpuint (iface.n_addresses, ==, 0);
      g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_INTERFACE, wrong), ==,
                       FL_RESULT_NOT_FOUND);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/requests/identity/as-in-the-scenario", test_identity);
  g_test_add_func ("/requests/echo/the-same-bytes", test_echo);
  g_test_add_func ("/requests/unknown/not-supported", test_unknown);
  g_test_add_func ("/requests/gates/follow-the-firmware", test_gates);
  g_test_add_func ("/requests/broken/bad-data", test_broken);
  g_test_add_func ("/requests/default-values/empty-payload", test_empty);
  g_test_add_func ("/requests/protected/few-are-answered", test_protected);
  g_test_add_func ("/requests/protected/is-silent-in-set-up-mode", test_protected_listening);
  g_test_add_func ("/requests/listening/on-and-off", test_listening);
  g_test_add_func ("/requests/provisioning/is-no-set-up-mode", test_provisioning);
  g_test_add_func ("/requests/stop-listening/ends-some-links", test_stop_listening);
  g_test_add_func ("/requests/reset/acts-a-second-later", test_reset);
  g_test_add_func ("/requests/startup-mode/counts-at-the-next-start", test_startup_mode);
  g_test_add_func ("/requests/claim/is-remembered", test_claim);
  g_test_add_func ("/requests/nyan/on-and-off", test_nyan);
  g_test_add_func ("/requests/feature/is-kept", test_feature);
  g_test_add_func ("/requests/modules/system-application-bootloader", test_modules);
  g_test_add_func ("/requests/interfaces/by-platform", test_interfaces);
  return g_test_run ();
}
