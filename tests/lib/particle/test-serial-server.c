/* SPDX-License-Identifier: Apache-2.0 */

/* The device's half of the console alone, byte for byte. */

#include "serial-pair.h"

#include <string.h>

#define SECOND G_TIME_SPAN_SECOND
#define G2     FL_SERIAL_G2, FL_SERIAL_VERSION (2, 3, 1)

#define SECURITY "Security 0=unsecured, 1=WEP, 2=WPA, 3=WPA2: "
#define SECURITY_5                                                                                 \
  "Security 0=unsecured, 1=WEP, 2=WPA, 3=WPA2, 4=WPA Enterprise, 5=WPA2 Enterprise: "
#define CIPHER "Security Cipher 1=AES, 2=TKIP, 3=AES+TKIP: "
#define SAVING "Thanks! Wait while I save those credentials...\r\n\r\n"
#define LIGHT  "Awesome. Now we'll connect!\r\n\r\nIf you see a pulsing cyan light, your device"
#define AFTER                                                                                      \
  "\r\nhas connected to the Cloud and is ready to go!\r\n\r\n"                                     \
  "If your LED flashes red or you encounter any other problems,\r\n"                               \
  "visit https://www.particle.io/support to debug.\r\n\r\n    Particle <3 you!\r\n\r\n"
#define SAVED     LIGHT " " AFTER
#define OLD_SAVED LIGHT AFTER
#define DERP      "Derp. Sorry, we couldn't save the credentials.\r\n\r\n"

/* What the device says to @text, searches included. */
static char *
tell (SerialPair *pair, const char *text)
{
  GString *said = g_string_new (NULL);
  gboolean moves = TRUE;

  serial_pair_host_says (pair, text);
  while (moves)
    {
      g_autoptr (GBytes) bytes = fl_serial_server_take (pair->server);
      const gint64 next_us = fl_serial_server_get_deadline (pair->server);

      moves = bytes != NULL || next_us != G_MAXINT64;
      if (bytes != NULL)
        g_string_append_len (said, g_bytes_get_data (bytes, NULL),
                             (gssize) g_bytes_get_size (bytes));
      else if (moves)
        {
          pair->now_us = MAX (pair->now_us, next_us);
          fl_serial_server_tick (pair->server, pair->now_us);
        }
    }
  return g_string_free (said, FALSE);
}

/* Pairs of what is typed and what is said to it, up to NULL. */
static void
converse (SerialPair *pair, ...)
{
  va_list lines;
  const char *typed = NULL;

  va_start (lines, pair);
  while ((typed = va_arg (lines, const char *)) != NULL)
    {
      g_autofree char *said = tell (pair, typed);

      g_assert_cmpstr (said, ==, va_arg (lines, const char *));
    }
  va_end (lines);
}

static void
test_visible_wpa2 (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->visible = TRUE;
  pair->found = (FlSerialFound){ 3, 1 };
  converse (pair, "w", "SSID: ", "Home\n", "Home\r\nPassword: ", "correct horse\n",
            "correct horse\r\n" SAVING SAVED, NULL);
  g_assert_cmpstr (pair->commands->str, ==, "x");
  g_assert_cmpint (pair->now_us, ==, 2 * SECOND);
  g_assert_cmpstr (fl_secret_get_text (pair->password), ==, "correct horse");
}

static void
test_hidden_peap (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  converse (pair, "w", "SSID: ", "eduroam\n", "eduroam\r\n" SECURITY_5, "5\n", "5\r\n" CIPHER,
            "1\n", "1\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "0\n",
            "0\r\nUsername: ", "ada@school\n", "ada@school\r\nPassword: ", "staple\n",
            "staple\r\nOuter identity (optional): ", "\n",
            "\r\nRoot CA in PEM format (optional):\r\n", "\n", "\r\n" SAVING SAVED, NULL);
  g_assert_cmpint (pair->now_us, ==, 4 * SECOND); /* it searches a second time */
  g_assert_null (pair->outer_identity);
  g_assert_null (pair->ca_certificate);
  g_assert_cmpint (pair->security, ==, 5);
}

static void
test_hidden_tls (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  converse (pair, "w", "SSID: ", "a\n", "a\r\n" SECURITY_5, "4\n", "4\r\n" CIPHER, "3\n",
            "3\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "1\n",
            "1\r\nClient certificate in PEM format:\r\n", "AA\nBB\n\nCC\n\n",
            /* no flush behind the empty line: what was sent too early is the key */
            "AA\r\nBB\r\n\r\nPrivate key in PEM format:\r\nCC\r\n\r\nOuter identity (optional): ",
            "anon\n", "anon\r\nRoot CA in PEM format (optional):\r\n", "\n", "\r\n" SAVING SAVED,
            NULL);
  g_assert_cmpmem (g_bytes_get_data (pair->client_certificate, NULL),
                   g_bytes_get_size (pair->client_certificate), "AA\r\nBB\r\n", 8);
  g_assert_cmpstr (fl_secret_get_text (pair->private_key), ==, "CC\r\n");
}

static void
test_versions (void)
{
  const struct
  {
    FlSerialGeneration generation;
    guint version;
    const char *to_name, *to_security, *saved;
  } devices[] = {
    { FL_SERIAL_G0, FL_SERIAL_VERSION (0, 4, 5), SECURITY, "Password: ", OLD_SAVED },
    { FL_SERIAL_G1, FL_SERIAL_VERSION (0, 6, 4), SECURITY, CIPHER, OLD_SAVED },
    { FL_SERIAL_G2, FL_SERIAL_VERSION (0, 7, 0), SECURITY_5, CIPHER, OLD_SAVED },
    { FL_SERIAL_G2, FL_SERIAL_VERSION (1, 5, 0), SECURITY_5, CIPHER, SAVED },
    { FL_SERIAL_G3, FL_SERIAL_VERSION (6, 2, 0), SECURITY, CIPHER, SAVED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autoptr (SerialPair) pair = serial_pair_new (devices[i].generation, devices[i].version);
      g_autofree char *to_name = g_strconcat ("a\r\n", devices[i].to_name, NULL);
      g_autofree char *to_security = g_strconcat ("3\r\n", devices[i].to_security, NULL);
      g_autofree char *saved = g_strconcat ("12345678\r\n" SAVING, devices[i].saved, NULL);

      converse (pair, "w", "SSID: ", "a\n", to_name, "3\n", to_security, NULL);
      if (devices[i].generation != FL_SERIAL_G0)
        converse (pair, "1\n", "1\r\nPassword: ", NULL);
      converse (pair, "12345678\n", saved, NULL);
    }
}

static void
test_cipher_for_open (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->visible = TRUE;
  converse (pair, "w", "SSID: ", "a\n", "a\r\n" CIPHER, "2\n", "2\r\n" SAVING SAVED, NULL);
  g_assert_cmpint (pair->security, ==, 0);
  g_assert_cmpint (pair->cipher, ==, 2);
}

static void
test_repeats (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  converse (pair, "w", "SSID: ", "\n", "\r\nSSID: ", "a\n", "a\r\n" SECURITY_5, "6\n",
            "6\r\n" SECURITY_5, "\n", "\r\n" SECURITY_5, "5\n", "5\r\n" CIPHER, "0\n",
            "0\r\n" CIPHER, "3\n", "3\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "2\n",
            "2\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "0\n", "0\r\nUsername: ", NULL);
  g_assert_cmpint (fl_serial_server_get_question (pair->server), ==, FL_SERIAL_SAYS_USERNAME);
}

static void
test_empty_name_before_0_7 (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (FL_SERIAL_G1, FL_SERIAL_VERSION (0, 6, 0));

  converse (pair, "w", "SSID: ", "\n", "\r\n" SECURITY, "0\n", "0\r\n" SAVING DERP, NULL);
  g_assert_cmpuint (pair->n_saved, ==, 0);
}

static void
test_wpa3_since_5_5 (void)
{
  g_autoptr (SerialPair) old = serial_pair_new (FL_SERIAL_G3, FL_SERIAL_VERSION (5, 4, 1));
  g_autoptr (SerialPair) new = serial_pair_new (FL_SERIAL_G3, FL_SERIAL_VERSION (5, 5, 0));

  converse (old, "w", "SSID: ", "a\n", "a\r\n" SECURITY, "6\n", "6\r\n" SECURITY, "5\n",
            "5\r\n" SECURITY, NULL);
  converse (new, "w", "SSID: ", "a\n", "a\r\n" SECURITY, "6\n", "6\r\n" CIPHER, "1\n",
            "1\r\nPassword: ", "x\n", "x\r\n" SAVING SAVED, NULL);
  g_assert_cmpint (new->security, ==, 6);
}

/* The line end of two bytes: the second one is an empty answer if it comes late, and lost if not.
 */
static void
test_line_ends (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  converse (pair, "w", "SSID: ", "a\r\n", "a\r\n" SECURITY_5, "3\r", "3\r\n" CIPHER, "\n",
            "\r\n" CIPHER, NULL);
}

static void
test_line_rules (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autofree char *name = g_strnfill (32, 'n');
  g_autofree char *longer = g_strconcat (name, "xyz", NULL);
  g_autofree char *echoed = g_strconcat (name, "\r\n" SECURITY_5, NULL);

  /* Deleting in an empty line is not echoed. Byte 33 ends the line, and what follows is flushed. */
  converse (pair, "w", "SSID: ",
            "\x7f\x08"
            "ab\x08\x7f\x7f",
            "ab\x08\x7f", longer, echoed, NULL);
  /* A digit alone is not enough, and what is typed too early is lost. */
  converse (pair, "3", "3", "\n1\ncorrect horse\n", "\r\n" CIPHER, NULL);
  g_assert_cmpint (fl_serial_server_get_question (pair->server), ==, FL_SERIAL_SAYS_CIPHER);
}

static void
test_pem_budget (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autofree char *line = g_strnfill (76, 'k');
  GString *key = g_string_new (NULL);
  g_autofree char *said = NULL;

  fl_serial_server_get_stuck (pair->server, FL_SERIAL_SAYS_PRIVATE_KEY);
  for (guint i = 0; i < 26; i++) /* 1976 of 2047 */
    g_string_append_printf (key, "%s\n", line);
  said = tell (pair, key->str);
  g_assert_false (g_str_has_suffix (said, "Outer identity (optional): "));
  g_clear_pointer (&said, g_free);
  /* 71 are left: the next byte ends the line, the loop ends by itself, and the rest is lost. */
  said = tell (pair, line);
  g_assert_true (g_str_has_suffix (said, "k\r\nOuter identity (optional): "));
  g_string_free (key, TRUE);
}

static void
test_pem_long_line (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autofree char *line = g_strnfill (300, 'c');
  g_autofree char *typed = g_strconcat (line, "\n\n", NULL);
  g_autofree char *echoed = g_strconcat (line, "\r\n\r\n" SAVING DERP, NULL);

  fl_serial_server_get_stuck (pair->server, FL_SERIAL_SAYS_ROOT_CA);
  converse (pair, typed, echoed, NULL);
}

static void
test_empty_passwords (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (SerialPair) login = serial_pair_new (G2);

  pair->visible = login->visible = TRUE;
  pair->found = (FlSerialFound){ 3, 1 };
  login->found = (FlSerialFound){ 5, 1 };
  converse (pair, "w", "SSID: ", "a\n", "a\r\nPassword: ", "\n", "\r\n" SAVING DERP, "w",
            "SSID: ", NULL);
  g_assert_cmpstr (pair->commands->str, ==, ""); /* it listens on */
  converse (login, "w", "SSID: ", "a\n", "a\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "0\n",
            "0\r\nUsername: ", "ada\n", "ada\r\nPassword: ", "\n",
            "\r\nOuter identity (optional): ", "\n", "\r\nRoot CA in PEM format (optional):\r\n",
            "\n", "\r\n" SAVING SAVED, NULL);
  g_assert_cmpstr (fl_secret_get_text (login->password), ==, "1");
}

static void
test_login_without_name (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->visible = TRUE;
  pair->found = (FlSerialFound){ 5, 1 };
  converse (pair, "w", "SSID: ", "a\n", "a\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "0\n",
            "0\r\nUsername: ", "\n", "\r\nPassword: ", "x\n",
            "x\r\nOuter identity (optional): ", "\n", "\r\nRoot CA in PEM format (optional):\r\n",
            "\n", "\r\n" SAVING DERP, NULL);
  g_assert_cmpuint (pair->n_saved, ==, 0);
  g_assert_cmpstr (pair->commands->str, ==, "x"); /* although nothing was saved */
}

static void
test_no_memory (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->visible = pair->no_memory = TRUE;
  pair->found = (FlSerialFound){ 5, 1 };
  converse (pair, "w", "SSID: ", "a\n", "a\r\nEAP Type 0=PEAP/MSCHAPv2, 1=EAP-TLS: ", "0\n",
            "0\r\nError while preparing to store enterprise credentials.\r\n\r\n", "w",
            "SSID: ", NULL);
}

static void
test_commands_since (void)
{
  const struct
  {
    const char *letter;
    guint since;
  } letters[] = { { "v", FL_SERIAL_VERSION (0, 4, 5) },
                  { "s", FL_SERIAL_VERSION (0, 4, 5) },
                  { "c", FL_SERIAL_VERSION (0, 6, 0) },
                  { "d", FL_SERIAL_VERSION (0, 8, 0) },
                  { "i", 0 },
                  { "m", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (SerialPair) new = serial_pair_new (FL_SERIAL_G2, letters[i].since);

      new->answer = "yes\r\n";
      converse (new, letters[i].letter, "yes\r\n", NULL);
      if (letters[i].since > 0)
        {
          g_autoptr (SerialPair) old = serial_pair_new (FL_SERIAL_G2, letters[i].since - 1);

          old->answer = "yes\r\n";
          converse (old, letters[i].letter, "", NULL);
        }
    }
}

static void
test_commands_unknown (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  pair->answer = "never\r\n";
  converse (pair, "\r\n\x7f?ABz", "", "x", "", "i", "", NULL);
  g_assert_cmpstr (pair->commands->str, ==, "x");
}

static void
test_claim_code (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autofree char *code = g_strnfill (63, 'c');
  g_autofree char *typed = g_strconcat (code, "\n", NULL);
  g_autofree char *said = g_strconcat (code, "\r\nClaim code set to: ", code, "\r\n", NULL);

  converse (pair, "C", "Enter 63-digit claim code: ", "abc\n",
            "abc\r\nSorry, claim code is not 63 characters long. Claim code unchanged.\r\n", NULL);
  g_assert_null (pair->claim_code);
  converse (pair, "C", "Enter 63-digit claim code: ", typed, said, NULL);
  g_assert_cmpstr (pair->claim_code, ==, code);
}

static void
test_file (void)
{
  const char *words = "Waiting for the binary file to be sent ... (press 'a' to abort)\r\n";
  g_autoptr (SerialPair) old = serial_pair_new (G2);
  g_autoptr (SerialPair) new = serial_pair_new (FL_SERIAL_G3, FL_SERIAL_VERSION (6, 0, 0));
  g_autofree char *refused =
      g_strconcat (words, "\x18\x18\x18\x18Serial/YModem flashing is no longer supported\r\n",
                   NULL);

  converse (old, "f", words, "w", "", "a", "", "w", "SSID: ", NULL);
  converse (new, "f", refused, "w", "SSID: ", NULL);
  g_assert_cmpint (new->now_us, ==, SECOND / 10);
}

/* A millisecond a character. */
static void
test_slow_before_0_5 (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (FL_SERIAL_G0, FL_SERIAL_VERSION (0, 4, 5));
  g_autoptr (GBytes) early = NULL;

  serial_pair_host_says (pair, "w");
  fl_serial_server_tick (pair->server, 5999);
  early = fl_serial_server_take (pair->server);
  g_assert_null (early);
  g_assert_cmpint (fl_serial_server_get_deadline (pair->server), ==, 6000);
  converse (pair, "", "SSID: ", NULL);
}

static void
test_not_listening (void)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  fl_serial_server_set_listening (pair->server, FALSE);
  converse (pair, "w", "", NULL);
  fl_serial_server_set_listening (pair->server, TRUE);
  converse (pair, "", "", "w", "SSID: ", "Ho", "Ho", NULL);
  fl_serial_server_set_listening (pair->server, FALSE);
  fl_serial_server_set_listening (pair->server, TRUE);
  converse (pair, "w", "SSID: ", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/serial-server/" path, test)
  ADD ("dialogue/visible-wpa2", test_visible_wpa2);
  ADD ("dialogue/hidden-peap", test_hidden_peap);
  ADD ("dialogue/hidden-tls", test_hidden_tls);
  ADD ("dialogue/versions", test_versions);
  ADD ("dialogue/cipher-for-open", test_cipher_for_open);
  ADD ("dialogue/repeats", test_repeats);
  ADD ("dialogue/empty-name-before-0.7", test_empty_name_before_0_7);
  ADD ("dialogue/wpa3-since-5.5", test_wpa3_since_5_5);
  ADD ("dialogue/empty-passwords", test_empty_passwords);
  ADD ("dialogue/login-without-name", test_login_without_name);
  ADD ("dialogue/no-memory", test_no_memory);
  ADD ("line/ends", test_line_ends);
  ADD ("line/rules", test_line_rules);
  ADD ("pem/budget", test_pem_budget);
  ADD ("pem/long-line", test_pem_long_line);
  ADD ("commands/since", test_commands_since);
  ADD ("commands/unknown", test_commands_unknown);
  ADD ("commands/claim-code", test_claim_code);
  ADD ("commands/file", test_file);
  ADD ("time/slow-before-0.5", test_slow_before_0_5);
  ADD ("time/not-listening", test_not_listening);
#undef ADD
  return g_test_run ();
}
