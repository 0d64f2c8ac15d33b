/* SPDX-License-Identifier: Apache-2.0 */

/* Our half of the console where something goes wrong, or is not as expected. */

#include "serial-pair.h"
#include "serial-pem.h"

#include "fl-error.h"

#include <string.h>

#define SECOND G_TIME_SPAN_SECOND
#define G2     FL_SERIAL_G2, FL_SERIAL_VERSION (2, 3, 1)

static FlCredentials *
home (void)
{
  return serial_personal ("Home 2", FL_SECURITY_WPA2, "correct horse");
}

static void
begin (SerialPair *pair, FlCredentials *credentials)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_serial_session_join (pair->session, credentials, pair->now_us, &error));
  g_assert_no_error (error);
}

static void
join (SerialPair *pair, FlCredentials *credentials)
{
  begin (pair, credentials);
  serial_pair_finish (pair);
}

/* A console that was told by hand up to "SSID". */
static void
open_by_hand (SerialPair *pair, FlCredentials *credentials)
{
  pair->unplugged = TRUE;
  begin (pair, credentials);
  serial_pair_run (pair, SECOND);
  g_assert_cmpstr (pair->host_said->str, ==, "w");
  serial_pair_device_says (pair, "SSID: ");
  serial_pair_run (pair, 0);
  g_string_truncate (pair->host_said, 0);
}

static void
test_opening_not_listening (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  fl_serial_server_set_listening (pair->server, FALSE);
  join (pair, credentials);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_NOT_LISTENING);
  g_assert_cmpstr (pair->host_said->str, ==, "ww");
  g_assert_cmpint (pair->now_us, ==, 10 * SECOND + SECOND / 2);
  g_assert_false (fl_serial_session_is_stuck (pair->session));
}

static void
test_opening_nothing_is_sent_before (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  begin (pair, credentials);
  serial_pair_run (pair, SECOND / 4 - 1);
  g_assert_cmpstr (pair->host_said->str, ==, "");
  serial_pair_run (pair, 1);
  g_assert_true (g_str_has_prefix (pair->host_said->str, "w"));
}

/* The second "w" is typed into the name, and deleted. */
static void
test_opening_late (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  pair->unplugged = TRUE;
  begin (pair, credentials);
  serial_pair_run (pair, 6 * SECOND);
  g_assert_cmpstr (pair->host_said->str, ==, "ww");
  pair->unplugged = FALSE;
  serial_pair_host_says (pair, "ww");
  serial_pair_finish (pair);
  g_assert_no_error (pair->error);
  g_assert_cmpmem (g_bytes_get_data (pair->ssid, NULL), g_bytes_get_size (pair->ssid), "Home 2", 6);
}

static void
test_noise_between (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "staple", NULL, CA_PEM);

  pair->noise = "\x1b[31m0000012345 [app] INFO: \x1b[1mlux 12\x1b[0m\r\n";
  join (pair, credentials);
  g_assert_no_error (pair->error);
  g_assert_cmpuint (pair->n_done, ==, 1);
  g_assert_nonnull (strstr (pair->log->str, "0000012345 [app] INFO: lux 12\n"));
  g_assert_null (strchr (pair->log->str, 0x1b));
  g_assert_null (strstr (pair->log->str, "staple"));
  g_assert_cmpstr (fl_secret_get_text (pair->password), ==, "staple");
}

/* An unfinished line of somebody right before each prompt, one byte at a time. */
static void
test_noise_without_line_end (void)
{
  g_autoptr (FlCredentials) credentials = home ();
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->chunk_bytes = 1;
  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nlux \x1b[7mSecurity\x1b[0m Passw\x1b[1;32mPassword: ");
  serial_pair_run (pair, 0);
  g_assert_cmpstr (pair->host_said->str, ==, "correct horse\n");
}

static void
test_echo_lost (void)
{
  const FlSerialGeneration generations[] = { FL_SERIAL_G0, FL_SERIAL_G1, FL_SERIAL_G2,
                                             FL_SERIAL_G3 };
  const guint versions[] = { FL_SERIAL_VERSION (0, 4, 5), FL_SERIAL_VERSION (0, 6, 0),
                             FL_SERIAL_VERSION (2, 3, 1), FL_SERIAL_VERSION (5, 9, 0) };

  for (guint i = 0; i < G_N_ELEMENTS (generations); i++)
    {
      g_autoptr (SerialPair) pair = serial_pair_new (generations[i], versions[i]);
      g_autoptr (FlCredentials) credentials = home ();

      fl_serial_server_set_echo (pair->server, FALSE);
      join (pair, credentials);
      g_assert_no_error (pair->error);
      g_assert_cmpuint (pair->n_done, ==, 1);
      g_assert_cmpstr (fl_secret_get_text (pair->password), ==, "correct horse");
    }
}

static void
test_echo_lost_of_certificates (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_certificate_login (CLIENT_PEM, KEY_PEM);

  fl_serial_server_set_echo (pair->server, FALSE);
  join (pair, credentials);
  g_assert_no_error (pair->error);
  g_assert_cmpuint (pair->n_done, ==, 1);
  g_assert_cmpstr (pair->log->str, ==, "");
}

/* What is left of a broken echo is shown to nobody. */
static void
test_echo_broken (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "SSID: horse", "battery", NULL);

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "eduroam\r\nUsername: ");
  serial_pair_device_says (pair, "ada\r\nPassword: ");
  serial_pair_run (pair, 0);
  g_assert_true (g_str_has_suffix (pair->host_said->str, "SSID: horse\n"));
  serial_pair_device_says (pair, "SSID: ho[app] lux 12\r\nrse\r\nOuter identity (optional): ");
  g_assert_false (g_str_has_suffix (pair->host_said->str, "battery\n"));
  serial_pair_run (pair, 3 * SECOND);
  g_assert_true (g_str_has_suffix (pair->host_said->str, "SSID: horse\nbattery\n"));
  g_assert_cmpstr (pair->log->str, ==, "");
  g_assert_no_error (pair->error);
}

/* In the middle of an echo, what looks like a prompt is the password. */
static void
test_echo_with_prompts (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials =
      serial_login ("Username: \"Password: \"",
                    "SSID: Derp. Outer identity (optional): ", " Awesome. Now we'll connect! ",
                    NULL);

  pair->chunk_bytes = 1;
  join (pair, credentials);
  g_assert_no_error (pair->error);
  g_assert_cmpuint (pair->n_done, ==, 1);
  g_assert_cmpstr (pair->identity, ==, "Username: \"Password: \"");
  g_assert_cmpstr (fl_secret_get_text (pair->password), ==,
                   "SSID: Derp. Outer identity (optional): ");
  g_assert_cmpstr (pair->outer_identity, ==, " Awesome. Now we'll connect! ");
}

static void
test_values (gconstpointer data)
{
  const char *value = data;
  const gsize chunks[] = { 1, 512 };

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_autoptr (SerialPair) pair = serial_pair_new (G2);
      g_autoptr (FlCredentials) credentials = serial_login (value, value, value, NULL);

      pair->chunk_bytes = chunks[i];
      join (pair, credentials);
      g_assert_no_error (pair->error);
      g_assert_cmpuint (pair->n_done, ==, 1);
      g_assert_cmpstr (pair->identity, ==, value);
      g_assert_cmpstr (fl_secret_get_text (pair->password), ==, value);
      g_assert_cmpstr (pair->outer_identity, ==, value);
      g_assert_cmpstr (pair->log->str, ==, "");
    }
}

static void
add_values (void)
{
  static const struct
  {
    const char *path, *value;
  } values[] = {
    { "/serial-faults/value/64-bytes",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
    { "/serial-faults/value/64-bytes-of-utf-8", "äöüßäöüßäöüßäöüßäöüßäöüßäöüßäöüß" },
    { "/serial-faults/value/quotes", "\"'`\\$(x)" },
    { "/serial-faults/value/spaces-at-the-ends", "  horse  " },
    { "/serial-faults/value/tab-and-escape", "\thorse\x1b[31mred\x1b" },
    { "/serial-faults/value/one-character", "w" },
    { "/serial-faults/value/prompts", "Password: SSID: Thanks! Wait " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_test_add_data_func (values[i].path, values[i].value, test_values);
}

static void
expect (FlSerialGeneration generation,
        guint version,
        FlCredentials *credentials,
        const FlSerialFound *found,
        int code)
{
  g_autoptr (SerialPair) pair = serial_pair_new (generation, version);

  pair->visible = found != NULL;
  if (found != NULL)
    pair->found = *found;
  join (pair, credentials);
  g_assert_error (pair->error, FL_ERROR, code);
  g_assert_cmpuint (pair->n_saved, ==, 0);
  g_assert_true (fl_serial_session_is_stuck (pair->session));
  g_assert_false (fl_serial_session_is_saving (pair->session));
  fl_credentials_unref (credentials);
}

static void
test_question_enterprise_on_a_device_without (void)
{
  expect (FL_SERIAL_G3, FL_SERIAL_VERSION (5, 9, 0), serial_login ("ada", "x", NULL, NULL), NULL,
          FL_ERROR_UNSUPPORTED);
  expect (FL_SERIAL_G1, FL_SERIAL_VERSION (0, 6, 0), serial_login ("ada", "x", NULL, NULL), NULL,
          FL_ERROR_UNSUPPORTED);
}

static void
test_question_wpa3_refused (void)
{
  expect (FL_SERIAL_G3, FL_SERIAL_VERSION (5, 4, 1),
          serial_personal ("a", FL_SECURITY_WPA3, "correct horse"), NULL, FL_ERROR_NETWORK_WPA3);
  expect (G2, serial_personal ("a", FL_SECURITY_WPA3, "correct horse"), NULL,
          FL_ERROR_NETWORK_WPA3);
}

static void
test_question_without_answer (void)
{
  const FlSerialFound wpa2 = { 3, 1 };
  const FlSerialFound enterprise = { 5, 1 };

  expect (G2, serial_personal ("a", FL_SECURITY_OPEN, NULL), &wpa2, FL_ERROR_INVALID_INPUT);
  expect (G2, home (), &enterprise, FL_ERROR_INVALID_INPUT);
  expect (G2, serial_personal ("a", FL_SECURITY_UNKNOWN, "correct horse"), NULL,
          FL_ERROR_INVALID_INPUT);
}

/* The account's password is not given away to a network with one for everybody. */
static void
test_question_password_of_another_kind (void)
{
  const FlSerialFound wpa2 = { 3, 1 };
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "battery staple", NULL, NULL);

  pair->visible = TRUE;
  pair->found = wpa2;
  join (pair, credentials);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_null (strstr (pair->host_said->str, "staple"));
}

static void
test_question_out_of_order (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "staple", "anonymous", NULL);

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "eduroam\r\nOuter identity (optional): ");
  serial_pair_run (pair, 0);
  serial_pair_device_says (pair, "anonymous\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ");
  serial_pair_run (pair, 0);
  serial_pair_device_says (pair, "0\r\nRoot CA in PEM format (optional):\r\n");
  serial_pair_run (pair, 0);
  serial_pair_device_says (pair, "\r\nUsername: ");
  serial_pair_run (pair, 0);
  serial_pair_device_says (pair, "ada\r\nThanks! Wait while I save those credentials...\r\n\r\n");
  serial_pair_run (pair, 0);
  g_assert_cmpstr (pair->host_said->str, ==, "anonymous\n0\n\nada\n");
  g_assert_cmpuint (pair->n_saving, ==, 1);
  serial_pair_device_says (pair, "Awesome. Now we'll connect!\r\n");
  g_assert_cmpuint (pair->n_done, ==, 1);
}

static void
test_question_repeated_name (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nSSID: ");
  serial_pair_run (pair, 0);
  g_assert_cmpstr (pair->host_said->str, ==, "Home 2\n");
  serial_pair_device_says (pair, "Home 2\r\nSSID: ");
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_question_repeated_choice (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nSecurity Cipher 1=AES, 2=TKIP, 3=AES+TKIP: ");
  serial_pair_device_says (pair, "1\r\nSecurity Cipher 1=AES, 2=TKIP, 3=AES+TKIP: ");
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_true (fl_serial_session_is_stuck (pair->session));
}

static void
test_question_repeated_password (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nPassword: ");
  serial_pair_device_says (pair, "correct horse\r\nPassword: ");
  serial_pair_device_says (pair, "correct horse\r\nPassword: ");
  g_assert_no_error (pair->error);
  serial_pair_device_says (pair, "correct horse\r\nPassword: ");
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_question_unknown (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nWhat is your favourite colour? ");
  serial_pair_run (pair, 45 * SECOND - 1);
  g_assert_no_error (pair->error);
  serial_pair_run (pair, 1);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_true (fl_serial_session_is_stuck (pair->session));
}

static void
test_end_refused (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "staple", NULL, NULL);

  pair->save = FL_SERIAL_SAVE_REFUSED;
  join (pair, credentials);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_cmpuint (pair->n_saving, ==, 1);
  g_assert_false (fl_serial_session_is_stuck (pair->session));
  g_assert_false (fl_serial_session_is_saving (pair->session));
}

static void
test_end_no_memory (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "staple", NULL, NULL);

  pair->no_memory = TRUE;
  join (pair, credentials);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_assert_cmpstr (pair->commands->str, ==, "");
  g_assert_false (fl_serial_session_is_stuck (pair->session));
}

static void
test_end_silent_while_saving (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nPassword: ");
  serial_pair_device_says (pair, "correct horse\r\nThanks! Wait while I save");
  serial_pair_run (pair, 40 * SECOND);
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_true (fl_serial_session_is_saving (pair->session));
}

/* What follows "Awesome" may be cut off, and nothing of it is a line of others. */
static void
test_end_cut_thanks (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, "Home 2\r\nPassword: ");
  serial_pair_device_says (pair,
                           "correct horse\r\nThanks! Wait while I save those credentials...\r\n"
                           "\r\nAwesome. Now we'll connect!\r\n\r\nIf you see a pul");
  g_assert_cmpuint (pair->n_done, ==, 1);
  g_assert_false (fl_serial_session_is_busy (pair->session));
  serial_pair_run (pair, 10 * SECOND);
  serial_pair_device_says (pair,
                           "0000 [hal.wlan] ERROR: wiced_join_ap_specific(), result: 1006\r\n");
  g_assert_cmpstr (pair->log->str, ==,
                   "0000 [hal.wlan] ERROR: wiced_join_ap_specific(), result: 1006\n");
}

/* Unplugged at each question: it waits, ends by itself, and knows that the console is in it. */
static void
test_unplugged_at_each_question (void)
{
  for (guint n = 1; n <= 8; n++)
    {
      g_autoptr (SerialPair) pair = serial_pair_new (G2);
      g_autoptr (FlCredentials) credentials = serial_login ("ada", "staple", NULL, CA_PEM);

      pair->unplug_after = n;
      join (pair, credentials);
      g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
      g_assert_cmpuint (pair->questions->len, ==, n);
      g_assert_true (fl_serial_session_is_stuck (pair->session));
      g_assert_false (fl_serial_session_is_saving (pair->session));
      g_assert_cmpuint (pair->n_saved, ==, 0);
    }
}

/* Another program left the console in the middle of a question. */
static void
test_stuck_at_each_question (void)
{
  for (guint i = 0; i < FL_SERIAL_N_SAYINGS; i++)
    {
      g_autoptr (SerialPair) pair = NULL;
      g_autoptr (FlCredentials) credentials = home ();

      if (!fl_serial_saying_is_question (i))
        continue;
      pair = serial_pair_new (G2);
      fl_serial_server_get_stuck (pair->server, i);
      join (pair, credentials);
      g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
      g_assert_true (fl_serial_session_is_stuck (pair->session));
      g_clear_error (&pair->error);

      fl_serial_session_recover (pair->session, pair->now_us);
      serial_pair_finish (pair);
      g_assert_no_error (pair->error);
      g_assert_cmpuint (pair->n_free, ==, 1);
      g_assert_cmpuint (pair->n_saved, ==, 0);
      g_assert_cmpint (fl_serial_server_get_question (pair->server), ==, FL_SERIAL_N_SAYINGS);
      g_assert_false (fl_serial_session_is_stuck (pair->session));

      fl_serial_server_set_listening (pair->server, TRUE);
      serial_pair_run (pair, SECOND);
      join (pair, credentials);
      g_assert_no_error (pair->error);
      g_assert_cmpuint (pair->n_done, ==, 1);
      g_assert_cmpmem (g_bytes_get_data (pair->ssid, NULL), g_bytes_get_size (pair->ssid), "Home 2",
                       6);
    }
}

static void
test_recover_nothing_wrong (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  fl_serial_session_recover (pair->session, 0);
  serial_pair_finish (pair);
  g_assert_cmpuint (pair->n_free, ==, 1);
  g_assert_cmpint (pair->now_us, ==, SECOND / 2);
  g_assert_true (g_str_has_suffix (pair->host_said->str, "\x7f\n"));
}

static void
test_recover_never (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->unplugged = TRUE;
  fl_serial_session_recover (pair->session, 0);
  for (guint i = 0; i < 40 && pair->error == NULL; i++)
    {
      serial_pair_run (pair, SECOND / 10);
      serial_pair_device_says (pair, "\r\nUsername: ");
    }
  g_assert_error (pair->error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_true (fl_serial_session_is_stuck (pair->session));
}

static void
test_scan_of_30_seconds (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();

  pair->scan_us = 30 * SECOND;
  join (pair, credentials);
  g_assert_no_error (pair->error);
  g_assert_cmpint (pair->now_us, >=, 60 * SECOND); /* it searches twice for a hidden one */
}

static void
test_flood (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (FlCredentials) credentials = home ();
  g_autofree char *flood = g_strnfill (100000, 'x');

  open_by_hand (pair, credentials);
  serial_pair_device_says (pair, flood);
  for (guint i = 0; i < 1000; i++)
    serial_pair_device_says (pair, "line\n");
  serial_pair_run (pair, 60 * SECOND);
  g_assert_nonnull (pair->error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/serial-faults/" path, test)
  ADD ("opening/not-listening", test_opening_not_listening);
  ADD ("opening/nothing-is-sent-before", test_opening_nothing_is_sent_before);
  ADD ("opening/late-letter-is-deleted", test_opening_late);
  ADD ("noise/between-prompts", test_noise_between);
  ADD ("noise/without-line-end", test_noise_without_line_end);
  ADD ("echo/lost", test_echo_lost);
  ADD ("echo/lost-of-certificates", test_echo_lost_of_certificates);
  ADD ("echo/broken-is-never-shown", test_echo_broken);
  ADD ("echo/with-prompts-in-it", test_echo_with_prompts);
  add_values ();
  ADD ("question/enterprise-on-a-device-without", test_question_enterprise_on_a_device_without);
  ADD ("question/wpa3-refused", test_question_wpa3_refused);
  ADD ("question/without-answer", test_question_without_answer);
  ADD ("question/password-of-another-kind", test_question_password_of_another_kind);
  ADD ("question/out-of-order", test_question_out_of_order);
  ADD ("question/repeated-name", test_question_repeated_name);
  ADD ("question/repeated-choice", test_question_repeated_choice);
  ADD ("question/repeated-password", test_question_repeated_password);
  ADD ("question/unknown", test_question_unknown);
  ADD ("end/refused", test_end_refused);
  ADD ("end/no-memory", test_end_no_memory);
  ADD ("end/silent-while-saving", test_end_silent_while_saving);
  ADD ("end/cut-thanks", test_end_cut_thanks);
  ADD ("unplugged/at-each-question", test_unplugged_at_each_question);
  ADD ("stuck/at-each-question", test_stuck_at_each_question);
  ADD ("recover/nothing-wrong", test_recover_nothing_wrong);
  ADD ("recover/never", test_recover_never);
  ADD ("scan/of-30-seconds", test_scan_of_30_seconds);
  ADD ("flood/ends", test_flood);
#undef ADD
  return g_test_run ();
}
