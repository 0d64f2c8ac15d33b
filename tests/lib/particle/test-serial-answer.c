/* SPDX-License-Identifier: Apache-2.0 */

/* Commands of one letter, and the readers of what they answer. */

#include "serial-pair.h"

#include "fl-error.h"
#include "fl-serial-answer.h"
#include "fl-wiced-result.h"

#include <string.h>

#define SECOND G_TIME_SPAN_SECOND
#define G2     FL_SERIAL_G2, FL_SERIAL_VERSION (2, 3, 1)
#define ID     "1f0034000747343232363230"
#define MODULES                                                                                    \
  "{\"p\":6,\"m\":[{\"s\":16384,\"l\":\"m\",\"vc\":30,\"vv\":30,\"f\":\"b\",\"n\":\"0\","          \
  "\"v\":1005,\"d\":[]},{\"s\":262144,\"l\":\"m\",\"vc\":30,\"vv\":26,\"f\":\"s\",\"n\":\"2\","    \
  "\"v\":2302,\"d\":[{\"f\":\"s\",\"n\":\"1\",\"v\":2302,\"_\":\"\"}]},"                           \
  "{\"s\":131072,\"l\":\"f\",\"vc\":30,\"vv\":30,\"f\":\"u\",\"n\":\"1\",\"v\":4,\"d\":[]},"       \
  "{\"s\":131072,\"l\":\"m\",\"vc\":30,\"vv\":0,\"d\":[]}]}\r\n"

static FlSecret *
ask (FlSerialAsk what, const char *answer, gsize chunk_bytes, const char *noise)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->answer = answer;
  pair->chunk_bytes = chunk_bytes;
  pair->noise = noise;
  fl_serial_session_ask (pair->session, what, 0);
  g_assert_true (fl_serial_session_is_busy (pair->session));
  serial_pair_finish (pair);
  g_assert_no_error (pair->error);
  g_assert_nonnull (pair->text);
  return g_steal_pointer (&pair->text);
}

static void
test_identity (void)
{
  const struct
  {
    const char *answer, *serial, *secret;
  } answers[] = {
    { "Your device id is " ID "\r\n", NULL, NULL },
    { "Device ID: " ID "\r\nDevice Secret: ABCDEF0123456789\r\n", NULL, NULL }, /* 16 are none */
    { "Device ID: " ID "\r\nDevice Secret: ABCDEF012345678\r\nSerial Number: PH-XX\r\n", NULL,
      "ABCDEF012345678" },
    { "Device ID: " ID "\r\nDevice Secret: ABCDEF012345678\r\nSerial Number: PHHMAB912345678\r\n",
      "PHHMAB912345678", "ABCDEF012345678" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (FlSecret) text =
          ask (FL_SERIAL_ASK_IDENTITY, answers[i].answer, 1, "[app] INFO: x\r\n");
      g_autoptr (FlDeviceInfo) info = fl_device_info_new ();
      g_autoptr (FlSecret) secret = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (fl_serial_read_identity (text, info, &secret, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (info->device_id, ==, ID);
      g_assert_cmpstr (info->serial, ==, answers[i].serial);
      g_assert_cmpstr (secret != NULL ? fl_secret_get_text (secret) : NULL, ==, answers[i].secret);
    }
}

static void
test_version (void)
{
  g_autoptr (FlSecret) text =
      ask (FL_SERIAL_ASK_VERSION, "system firmware version: 1.5.4-rc.1 minimal\n\r\n", 7, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *version = fl_serial_read_version (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (version, ==, "1.5.4-rc.1");
}

static void
test_mac (void)
{
  g_autoptr (FlSecret) text =
      ask (FL_SERIAL_ASK_MAC, "Your device MAC address is\r\n6C:0b:84:aa:bb:01\r\n", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *mac = fl_serial_read_mac (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mac, ==, "6c:0b:84:aa:bb:01");
}

static void
test_claimed (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FlSecret) text =
          ask (FL_SERIAL_ASK_CLAIMED, i ? "Device claimed: yes\r\n" : "Device claimed: no\r\n", 1,
               NULL);
      gboolean claimed = !i;

      g_assert_true (fl_serial_read_claimed (text, &claimed, NULL));
      g_assert_cmpint (claimed, ==, i);
    }
}

static void
test_modules (void)
{
  g_autoptr (FlSecret) text = ask (FL_SERIAL_ASK_MODULES, MODULES, 7, "noise {not json}\r\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) modules = NULL;
  const FlModule *module = NULL;
  int platform_id = 0;

  modules = fl_serial_read_modules (text, &platform_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (platform_id, ==, 6);
  g_assert_cmpuint (modules->len, ==, 2);
  module = modules->pdata[0];
  g_assert_cmpint (module->kind, ==, FL_MODULE_BOOTLOADER);
  g_assert_cmpuint (module->version, ==, 1005);
  g_assert_cmpuint (module->size_bytes, ==, 16384);
  g_assert_true (module->is_sound && module->dependencies_met && module->checked);
  module = modules->pdata[1];
  g_assert_cmpint (module->kind, ==, FL_MODULE_SYSTEM_PART);
  g_assert_cmpuint (module->index, ==, 2);
  g_assert_true (module->is_sound);
  g_assert_false (module->dependencies_met);
}

static void
test_diagnostics (void)
{
  const struct
  {
    const char *answer;
    int code;
  } answers[] = { { "{\"net:err\":1006,\"net:rssi\":-40}\r\n", 1006 },
                  { "{\"mem:free\":40000,\"net:err\":{\"err\":-120}}\r\n", 0 },
                  { "{\"mem:free\":40000}\r\n", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (FlSecret) text = ask (FL_SERIAL_ASK_DIAGNOSTICS, answers[i].answer, 1, NULL);
      int code = -1;

      g_assert_true (fl_serial_read_network_error (text, &code, NULL));
      g_assert_cmpint (code, ==, answers[i].code);
    }
}

static void
test_hostile (void)
{
  const char *const texts[] = {
    "",
    "{",
    "{\"p\":",
    "{\"p\":6}",
    "{\"p\":6,\"m\":3}",
    "{\"p\":\"\xff\",\"m\":[]}",
    "{\"p\":6,\"m\":[[[[[[[[[[]]]]]]]]]]}",
    "{\"p\":6,\"m\":[}]",
    "Your device id is 1f003400074734323236323",
    "Your device id is 1f00340007473432323632300",
    "system firmware version: \n",
    "system firmware version: 99999999999999999999999999999999999999.0.0\n",
    "Device claimed: maybe\r\n",
    "Your device MAC address is\r\n6c:0b:84:aa:bb\r\n",
    "Your device MAC address is\r\n6c:0b:84:aa:bb:01:02\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FlSecret) text = fl_secret_new_from_string (texts[i]);
      g_autoptr (FlDeviceInfo) info = fl_device_info_new ();
      g_autoptr (GPtrArray) modules = fl_serial_read_modules (text, NULL, NULL);
      g_autofree char *version = fl_serial_read_version (text, NULL);
      g_autofree char *mac = fl_serial_read_mac (text, NULL);
      gboolean claimed = FALSE;
      g_autoptr (GError) error = NULL;

      g_assert_null (modules);
      g_assert_null (version);
      g_assert_null (mac);
      g_assert_false (fl_serial_read_claimed (text, &claimed, NULL));
      g_assert_false (fl_serial_read_identity (text, info, NULL, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
    }
}

static void
test_silent (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  fl_serial_session_ask (pair->session, FL_SERIAL_ASK_VERSION, 0);
  serial_pair_finish (pair);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (pair->now_us, ==, 2 * SECOND);
}

static void
test_nonsense (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->answer = "lux 12\r\n";
  fl_serial_session_ask (pair->session, FL_SERIAL_ASK_VERSION, 0);
  serial_pair_finish (pair);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

/* The letter is echoed: a question is open. */
static void
test_stuck (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  fl_serial_server_get_stuck (pair->server, FL_SERIAL_SAYS_PASSWORD);
  fl_serial_session_ask (pair->session, FL_SERIAL_ASK_IDENTITY, 0);
  serial_pair_finish (pair);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_assert_true (fl_serial_session_is_stuck (pair->session));
}

static void
test_leave_and_restart (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  fl_serial_session_leave (pair->session, 0);
  serial_pair_run (pair, SECOND);
  fl_serial_server_set_listening (pair->server, TRUE);
  fl_serial_session_restart (pair->session, SECOND);
  serial_pair_run (pair, SECOND);
  g_assert_cmpstr (pair->commands->str, ==, "xL");
}

static void
test_wiced_codes (void)
{
  const int known[] = { 1,    2,    4,    5,    10,   12,   29,   30,   1003, 1004, 1005, 1006,
                        1007, 1012, 1020, 1023, 1024, 1025, 1043, 1044, 1045, 1046, 1054, 1055,
                        1058, 1061, 1062, 1063, 1064, 1065, 1066, 1099, 2000, 2999, 3000, 5999 };
  const int unknown[] = { -1, 0, 3, 999, 1100, 1999, 4000, 6000 };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_assert_nonnull (fl_wiced_result_get_name (known[i]));
      g_assert_true (g_str_has_suffix (fl_wiced_result_get_sentence (known[i]), "."));
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_assert_null (fl_wiced_result_get_name (unknown[i]));
      g_assert_null (fl_wiced_result_get_sentence (unknown[i]));
      g_assert_cmpint (fl_wiced_result_get_error (unknown[i], FALSE), ==, FL_ERROR_JOIN_UNCLEAR);
    }
  g_assert_cmpstr (fl_wiced_result_get_name (1006), ==, "NOT_AUTHENTICATED");
  g_assert_cmpint (fl_wiced_result_get_error (1006, TRUE), ==, FL_ERROR_LOGIN_REJECTED);
  g_assert_cmpint (fl_wiced_result_get_error (1006, FALSE), ==, FL_ERROR_JOIN_UNCLEAR);
  g_assert_cmpint (fl_wiced_result_get_error (1062, FALSE), ==, FL_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (fl_wiced_result_get_error (1024, TRUE), ==, FL_ERROR_NETWORK_TOO_FAR);
}

static void
test_wiced_lines (void)
{
  const struct
  {
    const char *line;
    int code;
  } lines[] = {
    { "0000012345 [hal.wlan] ERROR: wiced_join_ap_specific(), result: 1006", 1006 },
    { "wiced_join_ap_specific(), result: 5035", 5035 },
    { "Join result 1062: Check the passphrase and try again", 1062 },
    { "wiced_join_ap_specific(), result: 0", 0 },
    { "wiced_join_ap_specific(), result: -1006", 0 },
    { "wiced_join_ap_specific(), result: 99999999999999999999", 0 },
    { "wiced_join_ap_specific(), result: ", 0 },
    { "lux 1006", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (fl_wiced_result_find (lines[i].line), ==, lines[i].code);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serial-answer/identity/both-formats", test_identity);
  g_test_add_func ("/serial-answer/version/first-word", test_version);
  g_test_add_func ("/serial-answer/mac/lower-case", test_mac);
  g_test_add_func ("/serial-answer/claimed/yes-and-no", test_claimed);
  g_test_add_func ("/serial-answer/modules/those-in-use", test_modules);
  g_test_add_func ("/serial-answer/diagnostics/last-error", test_diagnostics);
  g_test_add_func ("/serial-answer/hostile/is-refused", test_hostile);
  g_test_add_func ("/serial-answer/ask/silent", test_silent);
  g_test_add_func ("/serial-answer/ask/nonsense", test_nonsense);
  g_test_add_func ("/serial-answer/ask/stuck", test_stuck);
  g_test_add_func ("/serial-answer/leave/and-restart", test_leave_and_restart);
  g_test_add_func ("/wiced-result/codes/known-and-unknown", test_wiced_codes);
  g_test_add_func ("/wiced-result/lines/of-logs", test_wiced_lines);
  return g_test_run ();
}
