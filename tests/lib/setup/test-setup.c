/* SPDX-License-Identifier: Apache-2.0 */
/* The journey when all goes well, and what a person does on the way. */
#include "config.h"

#include "journey.h"

static void
test_online (void)
{
  Journey *journey = journey_new (NULL, NULL);
  const FlDeviceState *state;

  g_assert_true (journey_run_whole (journey));
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==,
                    FL_PROOF_STORED | FL_PROOF_JOINED | FL_PROOF_ADDRESS | FL_PROOF_CLOUD);
  state = fl_setup_get_state (journey->setup);
  g_assert_nonnull (state);
  g_assert_true (state->has_ipv4);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_CONNECTED);
  g_assert_cmpint (fl_setup_get_light (journey->setup)->state, ==, FL_LIGHT_STATE_CLOUD_CONNECTED);
  g_assert_cmpstr (
      journey->story->str, ==,
      "connecting securing reading choosing sending joining addressing reaching online ");
  for (FlStage stage = FL_STAGE_FINDING; stage <= FL_STAGE_ONLINE; stage++)
    g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, stage), >=, 0);
  journey_free (journey);
}

static void
test_every_firmware (void)
{
  static const char *const devices[] = {
    "platform=argon\nserial=ARNKAB245AB12CD\nfirmware=3.3.0\n",
    "platform=argon\nserial=ARNKAB245AB12CD\nfirmware=6.2.0\n",
    "platform=p2\nserial=" JOURNEY_SERIAL "\nfirmware=5.3.1\n",
    "platform=p2\nserial=" JOURNEY_SERIAL "\nfirmware=5.8.2\n",
    "platform=p2\nserial=" JOURNEY_SERIAL "\nfirmware=6.0.0\n",
    "platform=photon2\nserial=P051AB245AB12CD\nfirmware=6.2.0\n",
    "platform=m-som\nserial=P054AB245AB12CD\nfirmware=6.2.0\n",
    "platform=p2\nserial=" JOURNEY_SERIAL "\nfirmware=6.2.0\nbluetooth-app=yes\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      Journey *journey = journey_new (devices[i], NULL);

      fl_setup_set_target (journey->setup, "AB12CD");
      journey_start (journey, NULL);
      g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING)); /* no secret yet */
      {
        g_autoptr (FlLabel) label = fl_label_new_typed ("ab12cd", JOURNEY_SECRET, NULL);

        fl_setup_set_label (journey->setup, label);
      }
      fl_setup_retry (journey->setup);
      journey_run_to_networks (journey);
      journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
      if (!journey_run_to (journey, FL_STAGE_ONLINE))
        g_error ("Device %" G_GSIZE_FORMAT " is not online: %s", i, journey->story->str);
      journey_free (journey);
    }
}

static void
test_open_network (void)
{
  Journey *journey = journey_new (NULL, NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_join (journey, "Guests", NULL, FL_SECURITY_OPEN);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_wrong_password_then_right (void)
{
  Journey *journey = journey_new (NULL, NULL);
  FlDriver *driver;

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  driver = fl_setup_get_driver (journey->setup);
  journey_join (journey, "Home", "wrong horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_JOINING));
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_JOIN_UNCLEAR, FL_STAGE_JOINING);
  journey_assert_nothing_lost (journey);
  g_assert_true (fl_setup_get_driver (journey->setup) == driver); /* the same open session */
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);

  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_wrong_secret_then_right (void)
{
  Journey *journey = journey_new (NULL, NULL);
  g_autoptr (FlLabel) label = fl_label_parse (JOURNEY_LABEL, -1, NULL);

  journey_start (journey, JOURNEY_SERIAL " BBBBBBBBBBBBBBB");
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_WRONG_SECRET, FL_STAGE_SECURING);
  fl_setup_set_label (journey->setup, label);
  fl_setup_retry (journey->setup);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_free (journey);
}

static void
test_label_of_another_device (void)
{
  Journey *journey = journey_new (NULL, NULL);
  FlMetaFinder *finder = fl_engine_get_finder (journey->engine);

  fl_meta_finder_start (finder);
  while (g_list_model_get_n_items (fl_meta_finder_get_devices (finder)) == 0)
    g_main_context_iteration (NULL, TRUE);
  fl_setup_set_device (journey->setup, fl_meta_finder_lookup (finder, "AB12CD"));
  journey_start (journey, "P046AB245ZZ99ZZ " JOURNEY_SECRET);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_LABEL_OTHER_DEVICE, FL_STAGE_FINDING);
  journey_free (journey);
}

static void
test_nothing_found (void)
{
  Journey *journey = journey_new (NULL, NULL);

  journey_start (journey, "P046AB245ZZ99ZZ " JOURNEY_SECRET);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_DEVICE_NOT_FOUND, FL_STAGE_FINDING);
  g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, FL_STAGE_FINDING), >=, 20000);
  g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, FL_STAGE_FINDING), <, 21000);
  journey_free (journey);
}

/* At each stage: ends at once in "cancelled", and says honestly what the device keeps. */
static void
test_cancel_at_each_stage (void)
{
  for (FlStage stage = FL_STAGE_FINDING; stage < FL_STAGE_ONLINE; stage++)
    {
      Journey *journey = journey_new (NULL, NULL);

      journey_start (journey, JOURNEY_LABEL);
      if (stage > FL_STAGE_CHOOSING)
        {
          journey_run_to_networks (journey);
          journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
        }
      g_assert_true (journey_run_to (journey, stage));
      fl_setup_cancel (journey->setup);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      journey_assert_error (journey, FL_ERROR_CANCELLED, stage);
      journey_assert_nothing_lost (journey);
      if (stage > FL_STAGE_JOINING)
        g_assert_cmpuint (fl_setup_get_proof (journey->setup) & FL_PROOF_STORED, !=, 0);
      fl_setup_cancel (journey->setup); /* again: harmless */
      journey_run_ms (journey, 60000);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      journey_free (journey);
    }
}

/* The owner goes away at each stage, as when a window is closed. */
static void
test_dropped_at_each_stage (void)
{
  for (FlStage stage = FL_STAGE_FINDING; stage <= FL_STAGE_ONLINE; stage++)
    {
      Journey *journey = journey_new (NULL, NULL);

      journey_start (journey, JOURNEY_LABEL);
      if (stage > FL_STAGE_CHOOSING)
        {
          journey_run_to_networks (journey);
          journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
        }
      g_assert_true (journey_run_to (journey, stage));
      journey_free (journey); /* asserts that everything was finalised */
    }
}

static void
test_search_again (void)
{
  Journey *journey = journey_new (NULL, NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  fl_setup_search_again (journey->setup);
  g_assert_true (fl_setup_get_scanning (journey->setup));
  journey_run_to_networks (journey);
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);
  journey_free (journey);
}

/* Impatience: the network is known by name, the scan still runs. */
static void
test_join_while_scanning (void)
{
  Journey *journey = journey_new (NULL, NULL);

  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_true (fl_setup_get_scanning (journey->setup));
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_false (fl_setup_get_scanning (journey->setup));
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_save_only (void)
{
  Journey *journey = journey_new (NULL, NULL);
  g_autoptr (GBytes) ssid = g_bytes_new ("Elsewhere", 9);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("another horse");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  fl_setup_save (journey->setup, credentials);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  journey_free (journey);
}

static void
test_names_keep_every_byte (void)
{
  static const struct
  {
    const char *escaped, *ssid, *password;
  } names[] = {
    { "\\xF0\\x9F\\x8F\\xA0 home", "\xF0\x9F\x8F\xA0 home", "p\xC3\xA4ssw\xC3\xB6rd" },
    { "\\x20lead and trail\\x20", " lead and trail ", " spaces too " },
    { "Joe\\x27s \\x22net\\x22", "Joe's \"net\"", "quote\"quote'" },
    { "\\xFF\\xFE\\x01\\x80binary",
      "\xFF\xFE\x01\x80"
      "binary",
      "12345678" },
    { "12345678901234567890123456789012", "12345678901234567890123456789012",
      "123456789012345678901234567890123456789012345678901234567890123" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) password = g_string_new (NULL);
      g_autofree char *more = NULL;
      Journey *journey;

      for (const char *p = names[i].password; *p != '\0'; p++)
        g_string_append_printf (password, "\\x%02X", (guint8) *p);
      more = g_strdup_printf (
          "[Network odd]\nssid=%s\nsecurity=wpa2\npassword=%s\nchannel=1\nrssi=-40\n",
          names[i].escaped, password->str);
      journey = journey_new (NULL, more);
      journey_start (journey, JOURNEY_LABEL);
      journey_run_to_networks (journey);
      g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 3);
      journey_join (journey, names[i].ssid, names[i].password, FL_SECURITY_WPA2);
      if (!journey_run_to (journey, FL_STAGE_ONLINE))
        g_error ("Name %" G_GSIZE_FORMAT ": %s", i, journey->story->str);
      journey_free (journey);
    }
}

/* A product whose devices all have one name and show no code: the typed code is nobody's. */
static void
test_product_without_codes (void)
{
  static const char profile[] = "[Product]\nid=test\nname=Test\n"
                                "[Bluetooth]\nservice=6e400021-b5a3-f393-e0a9-e50e24dcca9e\n"
                                "rx=6e400022-b5a3-f393-e0a9-e50e24dcca9e\n"
                                "tx=6e400023-b5a3-f393-e0a9-e50e24dcca9e\n"
                                "version=6e400024-b5a3-f393-e0a9-e50e24dcca9e\n"
                                "provisioning=true\nname-rule=fixed\nname=aabbcc\n"
                                "[Code]\nsource=none\n"
                                "[Secret]\nsource=typed\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product =
      fl_product_parse (profile, sizeof profile - 1, "test", NULL, &error);
  g_autoptr (FlLabel) label = fl_label_new_typed ("000000", JOURNEY_SECRET, NULL);
  Journey *journey;

  g_assert_no_error (error);
  journey = journey_new_for_product ("mode=provisioning\nfixed-name=aabbcc\n"
                                     "service=6e400021-b5a3-f393-e0a9-e50e24dcca9e\n"
                                     "rx=6e400022-b5a3-f393-e0a9-e50e24dcca9e\n"
                                     "tx=6e400023-b5a3-f393-e0a9-e50e24dcca9e\n"
                                     "version=6e400024-b5a3-f393-e0a9-e50e24dcca9e\n",
                                     NULL, product);
  fl_setup_set_label (journey->setup, label);
  journey_start (journey, NULL);
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_true (fl_setup_get_light_is_reported (journey->setup)); /* the link lives on */
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/online/with-proof-of-everything", test_online);
  g_test_add_func ("/setup/online/with-every-firmware", test_every_firmware);
  g_test_add_func ("/setup/online/on-an-open-network", test_open_network);
  g_test_add_func ("/setup/online/names-keep-every-byte", test_names_keep_every_byte);
  g_test_add_func ("/setup/online/joining-while-scanning", test_join_while_scanning);
  g_test_add_func ("/setup/online/of-a-product-without-codes", test_product_without_codes);
  g_test_add_func ("/setup/wrong-password/then-right-in-the-same-session",
                   test_wrong_password_then_right);
  g_test_add_func ("/setup/wrong-secret/then-right", test_wrong_secret_then_right);
  g_test_add_func ("/setup/label/of-another-device", test_label_of_another_device);
  g_test_add_func ("/setup/finding/nothing-after-20-s", test_nothing_found);
  g_test_add_func ("/setup/cancel/at-each-stage", test_cancel_at_each_stage);
  g_test_add_func ("/setup/dropped/at-each-stage", test_dropped_at_each_stage);
  g_test_add_func ("/setup/search-again/keeps-one-row-each", test_search_again);
  g_test_add_func ("/setup/save/without-trying", test_save_only);
  return g_test_run ();
}
