/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-profile-private.h"

#include <string.h>
#include <glib/gstdio.h>

#include "fl-error.h"

#include "profile-facts.h"
#include "profile-fixture.h"

#define STEP_BYTES 64

static const char *const samples[] = {
  "account.eap-config",
  "cat.eap-config",
  "letswifi.eap-config",
  "peap.mobileconfig",
  "personal.mobileconfig",
  "signed.mobileconfig",
  "signed-ber.mobileconfig",
  "signed-cms.pem",
  "tls.mobileconfig",
  "peap.nmconnection",
  "tls.nmconnection",
  "old.nmconnection",
  "peap.conf",
  "tls.conf",
};

static gboolean
is_text_format (const char *name)
{
  return g_str_has_suffix (name, ".nmconnection") || g_str_has_suffix (name, ".conf");
}

/* A file cut short never crashes and never gives half a certificate; XML and CMS never give
 * anything. */
static void
test_profile_cut_at_each_64_bytes (gconstpointer data)
{
  const char *name = data;
  g_autoptr (FlSecret) whole = load_sample (name);
  gsize size_bytes = fl_secret_get_size (whole);

  g_assert_true (parse_and_check (whole));
  for (gsize size = 0; size < size_bytes; size += STEP_BYTES)
    {
      g_autoptr (FlSecret) part = fl_secret_new (fl_secret_get_data (whole), size);
      gboolean is_profile = parse_and_check (part);

      if (!is_text_format (name))
        g_assert_false (is_profile);
    }
}

static void
test_profile_bytes_of_zero_inside (gconstpointer data)
{
  const char *name = data;
  g_autoptr (FlSecret) whole = load_sample (name);
  gsize size_bytes = fl_secret_get_size (whole);

  for (gsize at = 0; at < size_bytes; at += 1 + size_bytes / 50)
    {
      g_autoptr (FlSecret) spoilt = fl_secret_new (fl_secret_get_data (whole), size_bytes);
      gboolean is_profile;

      fl_secret_get_writable (spoilt)[at] = '\0';
      is_profile = parse_and_check (spoilt);
      if (g_str_has_prefix (name, "signed") == FALSE)
        g_assert_false (is_profile);
    }
}

static void
test_profile_no_utf8_inside (gconstpointer data)
{
  g_autoptr (FlSecret) whole = load_sample (data);
  gsize size_bytes = fl_secret_get_size (whole);

  for (gsize at = 0; at < size_bytes; at += 1 + size_bytes / 50)
    {
      g_autoptr (FlSecret) spoilt = fl_secret_new (fl_secret_get_data (whole), size_bytes);

      fl_secret_get_writable (spoilt)[at] = 0xff;
      parse_and_check (spoilt);
    }
}

/* A reader that is given another one's file. */
static void
test_profile_swapped (gconstpointer data)
{
  static const char *const languages[] = { "C", NULL };
  static const char *const formats[] = { "eap-config", "mobileconfig", "nmconnection",
                                         "wpa-supplicant" };
  g_autoptr (FlSecret) contents = load_sample (data);
  g_autoptr (FlProfile) right = fl_profile_parse (contents, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlProfile) profile =
          i == 0   ? fl_profile_read_eap_config (contents, NULL, languages, &error)
          : i == 1 ? fl_profile_read_mobileconfig (contents, NULL, &error)
          : i == 2 ? fl_profile_read_nmconnection (contents, NULL, &error)
                   : fl_profile_read_wpa (contents, NULL, &error);

      assert_result_is_sane (profile, error);
      if (strcmp (formats[i], fl_profile_get_format (right)) == 0)
        g_assert_nonnull (profile);
      else if (profile != NULL)
        g_assert_cmpuint (fl_profile_get_networks (profile)->len, ==, 0);
    }
}

/* What the simulated school hands out, made by another script. */
static void
test_profile_campus (gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "scenarios", "campus", data, NULL);
  g_autoptr (FlSecret) passphrase = fl_secret_new_from_string ("harbour");
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_load (path, passphrase, &error);
  const FlEnterprise *enterprise;

  g_assert_no_error (error);
  assert_profile_is_sane (profile);
  enterprise = get_network (profile, 0)->enterprise;
  assert_ssid (get_network (profile, 0), 0, "eduroam");
  g_assert_nonnull (fl_enterprise_get_ca_certificate (enterprise));
  g_assert_true ((fl_enterprise_get_private_key (enterprise) != NULL) ==
                 (fl_enterprise_get_method (enterprise) == FL_EAP_TLS));
}

static void
test_profile_of_ten_megabytes_is_refused (void)
{
  static const char start[] = "<EAPIdentityProviderList>";
  const gsize size_bytes = 10 * 1000 * 1000;
  g_autoptr (FlSecret) contents = fl_secret_new_zeroed (size_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = NULL;
  guint8 *bytes = fl_secret_get_writable (contents);

  memset (bytes, ' ', size_bytes);
  memcpy (bytes, start, sizeof start - 1);
  profile = fl_profile_parse (contents, NULL, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
test_profile_of_largest_size_is_read (void)
{
  g_autoptr (FlSecret) sample = load_sample ("peap.mobileconfig");
  g_autoptr (FlSecret) contents = fl_secret_new_zeroed (FL_PROFILE_MAX_BYTES);
  guint8 *bytes = fl_secret_get_writable (contents);

  memset (bytes, '\n', FL_PROFILE_MAX_BYTES);
  memcpy (bytes, fl_secret_get_data (sample), fl_secret_get_size (sample));
  g_assert_true (parse_and_check (contents));
}

static void
test_profile_other_files_are_refused (void)
{
  static const struct
  {
    const char *text, *words;
  } rows[] = {
    { "", "empty" },
    { " ", "no profile" },
    { "Dear all,\nthe Wi-Fi is down.\n", "no profile" },
    { "<!DOCTYPE html><html><body>Log in</body></html>", "no profile" },
    { "<?xml version=\"1.0\"?><svg/>", "no profile" },
    { "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n[wifi]\n", "no profile" },
    { "{\"ssid\": \"a\"}", "no profile" },
    { "\x7f"
      "ELF",
      "no profile" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlSecret) contents = fl_secret_new_from_string (rows[i].text);

      g_assert_false (fl_profile_sniff (contents));
      assert_text_refused (rows[i].text, rows[i].words);
    }
}

/* Every file of certificates is for FlCertFile. */
static void
test_profile_certificates_are_no_profiles (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "certificates", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (FlSecret) contents = NULL;
      gsize size_bytes;

      g_assert_true (g_file_get_contents (path, &data, &size_bytes, NULL));
      contents = fl_secret_new (data, size_bytes);
      g_assert_false (fl_profile_sniff (contents));
      g_assert_false (parse_and_check (contents));
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 20);
}

static void
test_profile_names_do_not_matter (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("profile-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "cat.nmconnection", NULL);
  g_autoptr (FlSecret) sample = load_sample ("cat.eap-config");
  g_autoptr (FlProfile) profile = NULL;

  g_assert_true (g_file_set_contents (path, fl_secret_get_text (sample),
                                      (gssize) fl_secret_get_size (sample), NULL));
  profile = fl_profile_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fl_profile_get_format (profile), ==, "eap-config");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_profile_file_that_is_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_load ("/nonexistent/x", NULL, &error);

  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_null (profile);
  g_clear_error (&error);
  profile = fl_profile_load ("/", NULL, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static FlProfile *
load_in_background (const char *name, const char *passphrase, GError **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "profiles", name, NULL);
  g_autoptr (FlSecret) secret = passphrase != NULL ? fl_secret_new_from_string (passphrase) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fl_profile_load_async (path, secret, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fl_profile_load_finish (result, error);
}

static void
test_profile_loads_in_the_background (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile =
      load_in_background ("tls-passphrase.eap-config", "harbour", &error);
  g_autoptr (FlProfile) refused = NULL;

  g_assert_no_error (error);
  assert_profile_is_sane (profile);
  refused = load_in_background ("other-method.eap-config", NULL, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_null (refused);
}

static void
test_profile_load_can_be_cancelled (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "profiles", "cat.eap-config", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  fl_profile_load_async (path, NULL, cancellable, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (fl_profile_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_for_samples (const char *topic, GTestDataFunc function)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/profile/", topic, "/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_samples ("cut-at-each-64-bytes", test_profile_cut_at_each_64_bytes);
  add_for_samples ("bytes-of-zero", test_profile_bytes_of_zero_inside);
  add_for_samples ("no-utf8", test_profile_no_utf8_inside);
  add_for_samples ("swapped", test_profile_swapped);
  g_test_add_data_func ("/profile/campus/peap-eap-config", "harbour-school.eap-config",
                        test_profile_campus);
  g_test_add_data_func ("/profile/campus/tls-eap-config", "harbour-school-tls.eap-config",
                        test_profile_campus);
  g_test_add_data_func ("/profile/campus/peap-mobileconfig", "harbour-school.mobileconfig",
                        test_profile_campus);
  g_test_add_data_func ("/profile/campus/tls-mobileconfig", "harbour-school-tls.mobileconfig",
                        test_profile_campus);
  g_test_add_func ("/profile/size/ten-megabytes-refused", test_profile_of_ten_megabytes_is_refused);
  g_test_add_func ("/profile/size/largest-is-read", test_profile_of_largest_size_is_read);
  g_test_add_func ("/profile/sniff/other-files-are-refused", test_profile_other_files_are_refused);
  g_test_add_func ("/profile/sniff/certificates-are-no-profiles",
                   test_profile_certificates_are_no_profiles);
  g_test_add_func ("/profile/sniff/names-do-not-matter", test_profile_names_do_not_matter);
  g_test_add_func ("/profile/load/missing-file", test_profile_file_that_is_missing);
  g_test_add_func ("/profile/load/in-the-background", test_profile_loads_in_the_background);
  g_test_add_func ("/profile/load/cancelled", test_profile_load_can_be_cancelled);
  return g_test_run ();
}
