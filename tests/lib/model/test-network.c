/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-network.h"

#include <string.h>

static FlNetwork *
make_network (const char *name, int channel, int rssi_dbm)
{
  g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));

  return fl_network_new (ssid, FL_SECURITY_WPA2, channel, rssi_dbm);
}

static void
test_network_name_is_readable_and_exact (void)
{
  static const struct
  {
    const char *ssid;
    gsize size_bytes; /* 0: that of the text */
    const char *name;
  } rows[] = {
    { "Home 2", 0, "Home 2" },
    { "  spaces at both ends ", 0, "  spaces at both ends " },
    { "\"quoted\" 'single' \\x41", 0, "\"quoted\" 'single' \\x41" },
    { "caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac", 0,
      "caf\xc3\xa9 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac" }, /* with a joiner */
    { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 0, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d" },
    { "\xff\xfe", 0, "\\xff\\xfe" },
    { "caf\xe9", 0, "caf\\xe9" },             /* Latin-1 */
    { "a\xe2\x82", 0, "a\\xe2\\x82" },        /* cut in the middle of a character */
    { "\xc0\xaf", 0, "\\xc0\\xaf" },          /* too long a form */
    { "\xed\xa0\x80", 0, "\\xed\\xa0\\x80" }, /* half of a pair */
    { "a\nb\tc\x1b[31m\x7f", 0, "a\\x0ab\\x09c\\x1b[31m\\x7f" },
    { "\xc2\x85", 0, "\\xc2\\x85" }, /* next line, a C1 control */
    { "\xe2\x80\xa8\xe2\x80\xa9", 0, "\\xe2\\x80\\xa8\\xe2\\x80\\xa9" },
    { "a\xe2\x80\xae"
      "b",
      0, "a\\xe2\\x80\\xaeb" },                                          /* U+202E */
    { "\xe2\x80\xaa", 0, "\\xe2\\x80\\xaa" },                            /* U+202A */
    { "\xe2\x81\xa6\xe2\x81\xa9", 0, "\\xe2\\x81\\xa6\\xe2\\x81\\xa9" }, /* U+2066, U+2069 */
    { "a\0b", 3, "a\\x00b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size_bytes = rows[i].size_bytes != 0 ? rows[i].size_bytes : strlen (rows[i].ssid);
      g_autofree char *name = fl_ssid_to_name ((const guint8 *) rows[i].ssid, size_bytes);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_network_name_of_any_bytes_is_valid_utf8 (void)
{
  for (guint i = 0; i < 65536; i++)
    {
      const guint8 ssid[] = { 'a', (guint8) (i >> 8), (guint8) i, 0xa8, 'z' };
      g_autofree char *name = fl_ssid_to_name (ssid, sizeof ssid);

      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (name[0] == 'a');
      g_assert_true (g_str_has_suffix (name, "z"));
    }
}

static void
test_network_ssid_keeps_every_byte (void)
{
  static const guint8 bytes[FL_SSID_MAX_BYTES] = { 0xff, 1, ' ', 0x80 };
  g_autoptr (GBytes) ssid = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr (FlNetwork) network = fl_network_new (ssid, FL_SECURITY_OPEN, 0, 0);
  g_autoptr (GBytes) none = g_bytes_new_static (bytes, 0);
  g_autoptr (FlNetwork) nameless = fl_network_new (none, FL_SECURITY_OPEN, 0, 0);

  g_assert_true (g_bytes_equal (fl_network_get_ssid (network), ssid));
  g_assert_cmpstr (fl_network_get_name (nameless), ==, "");
}

static void
test_network_bars_follow_the_signal (void)
{
  static const struct
  {
    int rssi_dbm;
    guint bars;
    const char *word;
  } rows[] = {
    { 0, 0, "" },
    { -20, 4, "strong" },
    { -55, 4, "strong" },
    { -56, 3, "good" },
    { -67, 3, "good" },
    { -68, 2, "weak" },
    { -75, 2, "weak" },
    { -76, 1, "very weak" },
    { -83, 1, "very weak" },
    { -84, 0, "very weak" },
    { -128, 0, "very weak" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlNetwork) network = make_network ("Home", 1, rows[i].rssi_dbm);

      g_assert_cmpuint (fl_network_get_bars (network), ==, rows[i].bars);
      g_assert_cmpstr (fl_network_get_signal_word (network), ==, rows[i].word);
    }
}

static void
test_network_5_ghz_begins_above_channel_14 (void)
{
  g_autoptr (FlNetwork) unknown = make_network ("Home", 0, -50);
  g_autoptr (FlNetwork) last = make_network ("Home", 14, -50);
  g_autoptr (FlNetwork) first = make_network ("Home", 36, -50);

  g_assert_false (fl_network_is_5ghz (unknown));
  g_assert_false (fl_network_is_5ghz (last));
  g_assert_true (fl_network_is_5ghz (first));
}

static void
count_notify (FlNetwork *network, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_network_rssi_is_notified_when_it_changes (void)
{
  FlNetwork *network = make_network ("Home", 6, -60);
  g_autofree char *name = NULL;
  FlSecurity security;
  int channel, rssi_dbm;
  guint count = 0;

  g_signal_connect (network, "notify::rssi", G_CALLBACK (count_notify), &count);
  fl_network_set_rssi (network, -60);
  g_assert_cmpuint (count, ==, 0);
  fl_network_set_rssi (network, -61);
  g_assert_cmpuint (count, ==, 1);
  g_object_get (network, "rssi", &rssi_dbm, "name", &name, "channel", &channel, "security",
                &security, NULL);
  g_assert_cmpint (rssi_dbm, ==, -61);
  g_assert_cmpint (channel, ==, 6);
  g_assert_cmpint (security, ==, FL_SECURITY_WPA2);
  g_assert_cmpstr (name, ==, "Home");
  g_assert_finalize_object (network);
}

static void
test_security_words_go_both_ways (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_SECURITY);
  FlSecurity security = FL_SECURITY_OPEN;

  g_assert_cmpuint (class->n_values, ==, FL_SECURITY_UNKNOWN + 1);
  for (guint i = 0; i < class->n_values; i++)
    {
      FlSecurity value = (FlSecurity) class->values[i].value;

      g_assert_true (fl_security_from_string (fl_security_to_string (value), &security));
      g_assert_cmpint (security, ==, value);
      g_assert_cmpstr (fl_security_get_label (value), !=, "");
    }
  g_assert_true (fl_security_from_string ("WPA2-WPA3", &security));
  g_assert_cmpint (security, ==, FL_SECURITY_WPA2_WPA3);
  g_assert_false (fl_security_from_string ("wpa4", &security));
  g_assert_cmpint (security, ==, FL_SECURITY_WPA2_WPA3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/name/is-readable-and-exact", test_network_name_is_readable_and_exact);
  g_test_add_func ("/network/name/of-any-bytes-is-valid-utf8",
                   test_network_name_of_any_bytes_is_valid_utf8);
  g_test_add_func ("/network/ssid/keeps-every-byte", test_network_ssid_keeps_every_byte);
  g_test_add_func ("/network/bars/follow-the-signal", test_network_bars_follow_the_signal);
  g_test_add_func ("/network/5-ghz/begins-above-channel-14",
                   test_network_5_ghz_begins_above_channel_14);
  g_test_add_func ("/network/rssi/is-notified-when-it-changes",
                   test_network_rssi_is_notified_when_it_changes);
  g_test_add_func ("/security/words/go-both-ways", test_security_words_go_both_ways);
  return g_test_run ();
}
