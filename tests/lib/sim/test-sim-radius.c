/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-radius.h"

#include <glib.h>
#include <string.h>

#include "fl-error.h"
#include "fl-sim-loader.h"

#define REALM "@harbour-school.example"

typedef struct
{
  FlSimWorld *world;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->world = fl_sim_world_load ("campus", 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->world);
}

static GBytes *
read_file (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "scenarios", "campus", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize size_bytes;

  g_file_get_contents (path, &text, &size_bytes, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size_bytes);
}

static const FlSimNetworkSpec *
find (Fixture *fixture, const char *name)
{
  GPtrArray *networks = fl_sim_world_get_scenario (fixture->world)->networks;

  for (guint i = 0; i < networks->len; i++)
    if (strcmp (((FlSimNetworkSpec *) networks->pdata[i])->name, name) == 0)
      return networks->pdata[i];
  g_assert_not_reached ();
}

typedef struct
{
  const char *name; /* of the test */
  const char *network;
  const char *identity, *password; /* PEAP */
  const char *outer, *ca;
  const char *certificate, *key; /* EAP-TLS */
  FlSimLogin end;
} Case;

static const Case cases[] = {
  { .name = "right-password",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-table",
    .ca = "ca.pem",
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "no-ca",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-table",
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "odd-password",
    .network = "Eduroam",
    .identity = "mate" REALM,
    .password = "sea \"shanty\" No. 7",
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "wrong-password",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-tables",
    .ca = "ca.pem",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "beginning-of-password",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "unknown-name",
    .network = "Eduroam",
    .identity = "nobody" REALM,
    .password = "tide-table",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "no-password",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "wrong-ca",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-table",
    .ca = "other-ca.pem",
    .end = FL_SIM_LOGIN_SERVER_DOUBTFUL },
  { .name = "ca-is-no-ca",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-table",
    .ca = "keeper.pem",
    .end = FL_SIM_LOGIN_SERVER_DOUBTFUL },
  { .name = "ca-is-a-key",
    .network = "Eduroam",
    .identity = "ann" REALM,
    .password = "tide-table",
    .ca = "keeper-key.pem",
    .end = FL_SIM_LOGIN_SERVER_DOUBTFUL },
  { .name = "outer-identity-missing",
    .network = "Office",
    .identity = "desk" REALM,
    .password = "seagull",
    .end = FL_SIM_LOGIN_OUTER_REFUSED },
  { .name = "outer-identity-anonymous",
    .network = "Office",
    .identity = "desk" REALM,
    .password = "seagull",
    .outer = "anonymous" REALM,
    .end = FL_SIM_LOGIN_OUTER_REFUSED },
  { .name = "outer-identity-true",
    .network = "Office",
    .identity = "desk" REALM,
    .password = "seagull",
    .outer = "desk" REALM,
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "certificate",
    .network = "Eduroam",
    .ca = "ca.pem",
    .certificate = "device.pem",
    .key = "device-key.pem",
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "certificate-of-staff",
    .network = "Staff",
    .ca = "ca.pem",
    .outer = "keeper" REALM,
    .certificate = "keeper.pem",
    .key = "keeper-key.pem",
    .end = FL_SIM_LOGIN_ACCEPTED },
  { .name = "certificate-without-outer-identity",
    .network = "Staff",
    .certificate = "keeper.pem",
    .key = "keeper-key.pem",
    .end = FL_SIM_LOGIN_OUTER_REFUSED },
  { .name = "certificate-of-another",
    .network = "Staff",
    .outer = "keeper" REALM,
    .certificate = "device.pem",
    .key = "device-key.pem",
    .end = FL_SIM_LOGIN_OUTER_REFUSED },
  { .name = "certificate-expired",
    .network = "Eduroam",
    .certificate = "expired.pem",
    .key = "expired-key.pem",
    .end = FL_SIM_LOGIN_EXPIRED },
  { .name = "certificate-of-a-stranger",
    .network = "Eduroam",
    .certificate = "stranger.pem",
    .key = "stranger-key.pem",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "certificate-and-wrong-ca",
    .network = "Eduroam",
    .ca = "other-ca.pem",
    .certificate = "device.pem",
    .key = "device-key.pem",
    .end = FL_SIM_LOGIN_SERVER_DOUBTFUL },
  { .name = "key-of-another",
    .network = "Eduroam",
    .certificate = "device.pem",
    .key = "keeper-key.pem",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "key-encrypted",
    .network = "Eduroam",
    .certificate = "keeper.pem",
    .key = "keeper-key-encrypted.pem",
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "password-where-certificates-are-wanted",
    .network = "Staff",
    .identity = "ann" REALM,
    .password = "tide-table",
    .outer = "ann" REALM,
    .end = FL_SIM_LOGIN_REJECTED },
  { .name = "certificate-where-passwords-are-wanted",
    .network = "Office",
    .outer = "keeper" REALM,
    .certificate = "keeper.pem",
    .key = "keeper-key.pem",
    .end = FL_SIM_LOGIN_REJECTED },
};

static void
test_case (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GBytes) ca = test->ca != NULL ? read_file (test->ca) : NULL;
  g_autoptr (GBytes) certificate = test->certificate != NULL ? read_file (test->certificate) : NULL;
  g_autoptr (GBytes) key_text = test->key != NULL ? read_file (test->key) : NULL;
  g_autoptr (FlSecret) key = key_text != NULL ? fl_secret_new (g_bytes_get_data (key_text, NULL),
                                                               g_bytes_get_size (key_text))
                                              : NULL;
  g_autoptr (FlSecret) password =
      test->password != NULL ? fl_secret_new_from_string (test->password) : NULL;
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (test->certificate != NULL ? FL_EAP_TLS : FL_EAP_PEAP, test->identity,
                         test->outer, ca, certificate, key);

  g_assert_cmpint (fl_sim_radius_log_in (find (fixture, test->network), enterprise, password), ==,
                   test->end);
}

/* "eap" without a word of it in the scenario: both; TTLS no device has. */
static void
test_methods (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("tide-table");

  for (int method = FL_EAP_TTLS; method <= FL_EAP_PWD; method++)
    {
      g_autoptr (FlEnterprise) enterprise =
          fl_enterprise_new ((FlEapMethod) method, "ann" REALM, NULL, NULL, NULL, NULL);

      g_assert_cmpint (fl_sim_radius_log_in (find (fixture, "Eduroam"), enterprise, password), ==,
                       FL_SIM_LOGIN_REJECTED);
    }
}

static GBytes *
read_text (const char *path, gpointer data, GError **error)
{
  return g_bytes_new (data, strlen (data));
}

/* What is no certificate is found before the world begins. */
static void
test_bad_file (void)
{
  static const char scenario[] = "[Network a]\nsecurity=enterprise\nclient-ca=a/b.pem\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimWorld) world =
      fl_sim_world_parse (scenario, strlen (scenario), "x.scenario", 0, &error);

  g_assert_no_error (error);
  g_assert_false (fl_sim_world_read_files (world, read_text, (gpointer) "no PEM", &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
}

/* Files are beside the scenario: nothing leads out of its folder. */
static void
test_bad_path (void)
{
  static const char *const paths[] = { "/etc/passwd", "../secret.pem", "a/../b.pem",
                                       "a//b.pem",    "./a.pem",       "a/",
                                       "~/a.pem",     "a\\b.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *scenario =
          g_strdup_printf ("[Network a]\nsecurity=enterprise\nclient-ca=%s\n", paths[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (FlSimWorld) world =
          fl_sim_world_parse (scenario, strlen (scenario), "x.scenario", 0, &error);

      g_assert_null (world);
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sim-radius/login/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_case, tear_down);
    }
  g_test_add ("/sim-radius/methods/others-are-rejected", Fixture, NULL, set_up, test_methods,
              tear_down);
  g_test_add_func ("/sim-radius/files/no-certificate", test_bad_file);
  g_test_add_func ("/sim-radius/files/outside-of-the-folder", test_bad_path);

  return g_test_run ();
}
