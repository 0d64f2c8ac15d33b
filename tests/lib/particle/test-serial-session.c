/* SPDX-License-Identifier: Apache-2.0 */

/* Whole dialogues: our half and the device's, of every generation, for every kind of network. */

#include "serial-pair.h"
#include "serial-pem.h"

#include "fl-error.h"

#include <string.h>

typedef struct
{
  const char *name;
  FlSerialGeneration generation;
  guint version;
} Firmware;

static const Firmware firmwares[] = {
  { "0.4.4", FL_SERIAL_G0, FL_SERIAL_VERSION (0, 4, 4) },
  { "0.6.0", FL_SERIAL_G1, FL_SERIAL_VERSION (0, 6, 0) },
  { "0.7.0", FL_SERIAL_G2, FL_SERIAL_VERSION (0, 7, 0) },
  { "2.3.1", FL_SERIAL_G2, FL_SERIAL_VERSION (2, 3, 1) },
  { "argon-2.0.0", FL_SERIAL_G3, FL_SERIAL_VERSION (2, 0, 0) },
  { "p2-5.9.0", FL_SERIAL_G3, FL_SERIAL_VERSION (5, 9, 0) },
};

typedef struct
{
  const char *name;
  FlSecurity security;
  const char *password;
  FlSerialFound found; /* by the device when it is in sight */
  /* Questions by letter: A SSID, B security, C security with enterprise, D cipher, E password,
   * F EAP type, G user name, H client's certificate, I key, J outer identity, K CA. For each
   * generation: in sight, then hidden. */
  const char *questions[4][2];
  gboolean enterprise_tls, with_ca, with_outer;
  guint since; /* oldest version that takes it */
} Network;

static const Network networks[] = {
  { "open",
    FL_SECURITY_OPEN,
    NULL,
    { 0, 0 },
    { { "AB", "AB" }, { "AB", "AB" }, { "AD", "ACD" }, { "AD", "ABD" } } },
  { "wep",
    FL_SECURITY_WEP,
    "abcde",
    { 1, 0 },
    { { "ABE", "ABE" }, { "ABE", "ABE" }, { "ADE", "ACDE" }, { "ADE", "ABDE" } } },
  { "wpa",
    FL_SECURITY_WPA,
    "correct horse",
    { 2, 2 },
    { { "ABE", "ABE" }, { "ABE", "ABDE" }, { "AE", "ACDE" }, { "AE", "ABDE" } } },
  { "wpa2",
    FL_SECURITY_WPA2,
    "correct horse",
    { 3, 1 },
    { { "ABE", "ABE" }, { "ABE", "ABDE" }, { "AE", "ACDE" }, { "AE", "ABDE" } } },
  { "wpa3",
    FL_SECURITY_WPA3,
    "correct horse",
    { 6, 1 },
    { { NULL, NULL }, { NULL, NULL }, { NULL, NULL }, { "AE", "ABDE" } },
    .since = FL_SERIAL_VERSION (5, 5, 0) },
  { "peap",
    FL_SECURITY_ENTERPRISE,
    "battery staple",
    { 5, 1 },
    { { NULL }, { NULL }, { "AFGEJK", "ACDFGEJK" }, { NULL } } },
  { "peap-ca",
    FL_SECURITY_ENTERPRISE,
    "battery staple",
    { 5, 1 },
    { { NULL }, { NULL }, { "AFGEJK", "ACDFGEJK" }, { NULL } },
    .with_ca = TRUE },
  { "peap-ca-outer",
    FL_SECURITY_ENTERPRISE,
    "battery staple",
    { 5, 1 },
    { { NULL }, { NULL }, { "AFGEJK", "ACDFGEJK" }, { NULL } },
    .with_ca = TRUE,
    .with_outer = TRUE },
  { "tls",
    FL_SECURITY_ENTERPRISE,
    NULL,
    { 5, 1 },
    { { NULL }, { NULL }, { "AFHIJK", "ACDFHIJK" }, { NULL } },
    .enterprise_tls = TRUE },
  { "tls-ca-outer",
    FL_SECURITY_ENTERPRISE,
    NULL,
    { 5, 1 },
    { { NULL }, { NULL }, { "AFHIJK", "ACDFHIJK" }, { NULL } },
    .enterprise_tls = TRUE,
    .with_ca = TRUE,
    .with_outer = TRUE },
};

typedef struct
{
  const Firmware *firmware;
  const Network *network;
  gboolean hidden;
} Case;

static FlCredentials *
make_credentials (const Network *network)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home 2", 6);
  g_autoptr (GBytes) certificate = g_bytes_new_static (CLIENT_PEM, strlen (CLIENT_PEM));
  g_autoptr (GBytes) ca = g_bytes_new_static (CA_PEM, strlen (CA_PEM));
  g_autoptr (FlSecret) key = fl_secret_new_from_string (KEY_PEM);
  g_autoptr (FlSecret) password = NULL;
  g_autoptr (FlEnterprise) enterprise = NULL;

  if (network->security != FL_SECURITY_ENTERPRISE)
    return serial_personal ("Home 2", network->security, network->password);
  if (network->password != NULL)
    password = fl_secret_new_from_string (network->password);
  enterprise =
      fl_enterprise_new (network->enterprise_tls ? FL_EAP_TLS : FL_EAP_PEAP, "ada@school.example",
                         network->with_outer ? "anonymous@school.example" : NULL,
                         network->with_ca ? ca : NULL, network->enterprise_tls ? certificate : NULL,
                         network->enterprise_tls ? key : NULL);
  return fl_credentials_new_enterprise (ssid, enterprise, password);
}

static void
assert_pem (const guint8 *data, gsize size_bytes, const char *pem)
{
  g_auto (GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autofree char *crlf = g_strjoinv ("\r\n", lines);

  g_assert_cmpmem (data, size_bytes, crlf, strlen (crlf));
}

static void
assert_saved_enterprise (SerialPair *pair, const Network *network)
{
  g_assert_cmpint (pair->eap_type, ==, network->enterprise_tls ? 1 : 0);
  g_assert_cmpstr (pair->outer_identity, ==,
                   network->with_outer ? "anonymous@school.example" : NULL);
  g_assert_cmpint (pair->ca_certificate != NULL, ==, network->with_ca);
  if (network->with_ca)
    assert_pem (g_bytes_get_data (pair->ca_certificate, NULL),
                g_bytes_get_size (pair->ca_certificate), CA_PEM);
  if (network->enterprise_tls)
    {
      assert_pem (g_bytes_get_data (pair->client_certificate, NULL),
                  g_bytes_get_size (pair->client_certificate), CLIENT_PEM);
      assert_pem (fl_secret_get_data (pair->private_key), fl_secret_get_size (pair->private_key),
                  KEY_PEM);
    }
  else
    g_assert_cmpstr (pair->identity, ==, "ada@school.example");
}

static void
assert_saved (SerialPair *pair, const Case *test)
{
  const Network *network = test->network;

  g_assert_no_error (pair->error);
  g_assert_cmpstr (pair->questions->str, ==,
                   network->questions[test->firmware->generation][test->hidden]);
  g_assert_cmpuint (pair->n_saved, ==, 1);
  g_assert_cmpuint (pair->n_saving, ==, 1);
  g_assert_cmpuint (pair->n_done, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (pair->ssid, NULL), g_bytes_get_size (pair->ssid), "Home 2", 6);
  g_assert_cmpint (pair->security, ==, network->found.security);
  g_assert_cmpstr (pair->commands->str, ==, "x");
  g_assert_cmpstr (pair->log->str, ==, "");
  g_assert_false (fl_serial_session_is_stuck (pair->session));
  if (network->password != NULL)
    g_assert_cmpstr (fl_secret_get_text (pair->password), ==, network->password);
  if (network->security == FL_SECURITY_ENTERPRISE)
    assert_saved_enterprise (pair, network);
}

static void
join (const Case *test, gsize chunk_bytes, const char *noise)
{
  g_autoptr (SerialPair) pair =
      serial_pair_new (test->firmware->generation, test->firmware->version);
  g_autoptr (FlCredentials) credentials = make_credentials (test->network);
  g_autoptr (GError) error = NULL;

  pair->chunk_bytes = chunk_bytes;
  pair->noise = noise;
  pair->visible = !test->hidden;
  pair->found = test->network->found;
  g_assert_true (fl_serial_session_join (pair->session, credentials, pair->now_us, &error));
  serial_pair_finish (pair);
  if (noise == NULL)
    assert_saved (pair, test);
  else
    g_assert_cmpuint (pair->n_done, ==, 1);
}

static void
test_join (gconstpointer data)
{
  const gsize chunks[] = { 1, 7, 512 };

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    join (data, chunks[i], NULL);
}

static gboolean
takes (const Firmware *firmware, const Network *network)
{
  return network->questions[firmware->generation][0] != NULL && firmware->version >= network->since;
}

static void
add_joins (const Firmware *firmware, const Network *network)
{
  for (guint hidden = 0; hidden < 2; hidden++)
    {
      Case *test = g_new0 (Case, 1);
      g_autofree char *path = g_strdup_printf ("/serial-session/%s/%s%s", firmware->name,
                                               network->name, hidden ? "-hidden" : "");

      *test = (Case){ firmware, network, hidden != 0 };
      g_test_add_data_func_full (path, test, test_join, g_free);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (firmwares); i++)
    for (guint j = 0; j < G_N_ELEMENTS (networks); j++)
      if (takes (&firmwares[i], &networks[j]))
        add_joins (&firmwares[i], &networks[j]);
  return g_test_run ();
}
