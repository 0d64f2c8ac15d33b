/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that can go wrong on the way: error identifier, stage, and nothing lost. */
#include "config.h"

#include "journey.h"

typedef struct
{
  const char *name;   /* test path */
  const char *device; /* lines of the scenario */
  const char *more;
  FlErrorCode code; /* 0: it goes on line all the same */
  FlStage stage;    /* in which it failed */
} Fault;

static const Fault faults[] = {
  /* the secure session */
  { "handshake/silent-at-round-1", "faults=silent-at=handshake-1\n", NULL, FL_ERROR_DEVICE_SILENT,
    FL_STAGE_SECURING },
  { "handshake/silent-at-round-2", "faults=silent-at=handshake-2\n", NULL, FL_ERROR_DEVICE_SILENT,
    FL_STAGE_SECURING },
  { "handshake/silent-at-confirmation", "faults=silent-at=confirmation\n", NULL,
    FL_ERROR_DEVICE_SILENT, FL_STAGE_SECURING },
  { "handshake/device-has-another-secret", "faults=wrong-secret\n", NULL, FL_ERROR_WRONG_SECRET,
    FL_STAGE_SECURING },
  { "handshake/truncated", "faults=truncate-at=handshake-1\n", NULL, FL_ERROR_UNEXPECTED,
    FL_STAGE_SECURING },
  { "connect/fails-twice-then-works", "faults=connect-fails=2\n", NULL, 0, 0 },
  { "connect/never-works", "faults=connect-fails=99\n", NULL, FL_ERROR_CONNECT_FAILED,
    FL_STAGE_CONNECTING },
  { "connect/other-protocol-version", "faults=wrong-version=3\n", NULL,
    FL_ERROR_UNEXPECTED_SERVICES, FL_STAGE_CONNECTING },
  { "connect/characteristic-missing", "faults=missing=rx\n", NULL, FL_ERROR_UNEXPECTED_SERVICES,
    FL_STAGE_CONNECTING },
  { "connect/input-pool-overflows", "pool=200\n", NULL, FL_ERROR_LINK_LOST, FL_STAGE_SECURING },
  { "connect/device-has-no-secret", "faults=no-secret\n", NULL, FL_ERROR_LINK_LOST,
    FL_STAGE_SECURING },
  /* requests */
  { "read/silent", "faults=silent-at=request:30\n", NULL, FL_ERROR_DEVICE_SILENT,
    FL_STAGE_READING },
  { "known/aborted-while-a-network-waits", "faults=answer=502:-150 x2\n", NULL, 0, 0 },
  { "join/silent", "faults=silent-at=join\n", NULL, FL_ERROR_JOIN_TIMEOUT, FL_STAGE_JOINING },
  { "join/busy-three-times-then-works", "faults=answer=500:-110 x2\n", NULL, 0, 0 },
  { "join/always-busy", "faults=answer=500:-110\n", NULL, FL_ERROR_DEVICE_BUSY, FL_STAGE_JOINING },
  { "join/no-answer-from-access-point", "faults=answer=500:-160\n", NULL, FL_ERROR_JOIN_TIMEOUT,
    FL_STAGE_JOINING },
  { "join/internal-error", "faults=answer=500:-250\n", NULL, FL_ERROR_JOIN_UNCLEAR,
    FL_STAGE_JOINING },
  { "join/network-gone", "faults=network-gone\n", NULL, FL_ERROR_JOIN_UNCLEAR, FL_STAGE_JOINING },
  { "join/link-goes-when-done", "faults=disconnect-after-join\n", NULL, 0, 0 },
  { "join/device-resets-once", "faults=reset-at=join x1\n", NULL, 0, 0 },
  /* after joining */
  { "address/none", "faults=no-address\n", NULL, FL_ERROR_NO_ADDRESS, FL_STAGE_ADDRESSING },
  { "cloud/never", "faults=no-cloud\n", NULL, FL_ERROR_CLOUD_UNREACHABLE, FL_STAGE_REACHING },
  { "cloud/application-does-not-connect", "application=manual\n", NULL, FL_ERROR_NOT_REPORTED,
    FL_STAGE_REACHING },
};

static gboolean
run (Journey *journey)
{
  journey_start (journey, JOURNEY_LABEL);
  if (!journey_run_to (journey, FL_STAGE_CHOOSING))
    return FALSE;
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  return journey_run_to (journey, FL_STAGE_ONLINE);
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  Journey *journey = journey_new (fault->device, fault->more);
  gboolean is_online = run (journey);

  if (fault->code == 0)
    {
      if (!is_online)
        g_error ("Not online: %s", journey->story->str);
    }
  else
    {
      g_assert_false (is_online);
      journey_assert_error (journey, fault->code, fault->stage);
    }
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

/* Not one of these may pass for an answer; which error it is depends on what the bytes mean. */
static void
test_hostile (gconstpointer data)
{
  const char *fault = data;
  g_autofree char *device = g_strdup_printf ("faults=%s\n", fault);
  Journey *journey = journey_new (device, NULL);
  gboolean is_online = run (journey);

  /* A session that broke may be opened again, and a network be named unseen; a broken answer is
   * never believed. */
  if (strstr (fault, "handshake") != NULL || strstr (fault, "confirmation") != NULL)
    {
      g_assert_false (is_online);
      g_assert_cmpint (fl_setup_get_failed_stage (journey->setup), ==, FL_STAGE_SECURING);
    }
  if (g_str_equal (fault, "garbage-at=scan") || g_str_equal (fault, "truncate-at=scan"))
    g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 0);
  if (g_str_has_suffix (fault, "=join"))
    g_assert_false (is_online);
  if (!is_online)
    g_assert_nonnull (fl_setup_get_error (journey->setup));
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

/* The link goes at each message boundary of the whole journey, once: it always ends on line, since
 * a device that is there again is worth another try. */
static void
test_drop_at_each_boundary (void)
{
  guint n_dropped = 0;

  for (guint boundary = 1; boundary <= 40; boundary++)
    {
      g_autofree char *device = g_strdup_printf ("faults=drop-link-at=%u x1\n", boundary);
      Journey *journey = journey_new (device, NULL);
      gboolean is_online = run (journey);
      gboolean dropped = strstr (journey->story->str, "[") != NULL;

      n_dropped += dropped;
      if (!is_online)
        {
          const GError *error = fl_setup_get_error (journey->setup);

          /* Right after the client's confirmation a loss means a wrong code, and says so. */
          if (!g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_SECRET))
            g_error ("Boundary %u: %s %s", boundary, journey->story->str, error->message);
          g_assert_cmpint (fl_setup_get_failed_stage (journey->setup), ==, FL_STAGE_SECURING);
          fl_setup_retry (journey->setup);
          g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
        }
      journey_assert_nothing_lost (journey);
      journey_free (journey);
    }
  g_assert_cmpuint (n_dropped, >=, 15);
}

/* The device goes for good after it stored the network: what was proven is said, not "failed". */
static void
test_vanishes_after_join (void)
{
  Journey *journey = journey_new ("cloud-time=5min\nfaults=vanish-at=40s\n", NULL);

  g_assert_false (run (journey));
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_REACHING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==,
                    FL_PROOF_STORED | FL_PROOF_JOINED | FL_PROOF_ADDRESS);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

/* Allowed: identities, scan and join. How it goes on such a device may not tell: it has the
 * network, and anything more would be a guess. */
static void
test_protected (void)
{
  Journey *journey = journey_new ("protected=yes\nmode=provisioning\n", NULL);

  g_assert_false (run (journey));
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_JOINING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  g_assert_nonnull (fl_setup_get_info (journey->setup));
  g_assert_true (fl_setup_get_info (journey->setup)->is_protected);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

/* What the network is like decides: every security the device can, and what each refusal is called.
 */
typedef struct
{
  const char *name; /* test path */
  const char *device;
  const char *network; /* lines of its group, called "Odd" */
  const char *password;
  FlSecurity security;
  FlErrorCode code; /* 0: goes on line */
  FlStage stage;
} Odd;

#define OLD_FIRMWARE "platform=p2\nserial=" JOURNEY_SERIAL "\nfirmware=5.3.1\n"
#define ARGON        "platform=argon\nserial=ARNKAB245AB12CD\nfirmware=6.2.0\n"

static const Odd odds[] = {
  { "wep", NULL, "security=wep\npassword=abcde\n", "abcde", FL_SECURITY_WEP, 0, 0 },
  { "wpa", NULL, "security=wpa\npassword=12345678\n", "12345678", FL_SECURITY_WPA, 0, 0 },
  { "wpa-wpa2", NULL, "security=wpa-wpa2\npassword=12345678\n", "12345678", FL_SECURITY_WPA_WPA2, 0,
    0 },
  { "wpa3", NULL, "security=wpa3\npassword=12345678\n", "12345678", FL_SECURITY_WPA3, 0, 0 },
  { "wpa2-wpa3", NULL, "security=wpa2-wpa3\npassword=12345678\n", "12345678", FL_SECURITY_WPA2_WPA3,
    0, 0 },
  { "wpa3-on-old-firmware", OLD_FIRMWARE, "security=wpa3\npassword=12345678\n", "12345678",
    FL_SECURITY_WPA3, FL_ERROR_NETWORK_WPA3, FL_STAGE_SENDING },
  { "wpa3-on-argon", ARGON, "security=wpa3\npassword=12345678\n", "12345678", FL_SECURITY_WPA3,
    FL_ERROR_NETWORK_WPA3, FL_STAGE_SENDING },
  { "enterprise", NULL, "security=enterprise\npassword=12345678\n", "12345678",
    FL_SECURITY_ENTERPRISE, FL_ERROR_NETWORK_ENTERPRISE, FL_STAGE_SENDING },
  { "knows-only-some-devices", NULL, "security=open\nmac-filter=all\n", NULL, FL_SECURITY_OPEN,
    FL_ERROR_JOIN_UNCLEAR, FL_STAGE_JOINING },
  { "weak", NULL, "security=wpa2\npassword=12345678\nrssi=-90\n", "12345678", FL_SECURITY_WPA2,
    FL_ERROR_JOIN_WEAK, FL_STAGE_JOINING },
  { "lets-no-cloud-through", NULL, "security=open\ncloud=no\n", NULL, FL_SECURITY_OPEN,
    FL_ERROR_CLOUD_UNREACHABLE, FL_STAGE_REACHING },
};

static void
test_odd_network (gconstpointer data)
{
  const Odd *odd = data;
  g_autofree char *more = g_strconcat ("[Network odd]\nssid=Odd\n", odd->network, NULL);
  Journey *journey = journey_new (odd->device, more);

  journey_start (journey, odd->device == NULL || strstr (odd->device, "argon") == NULL
                              ? JOURNEY_LABEL
                              : "ARNKAB245AB12CD " JOURNEY_SECRET);
  journey_run_to_networks (journey);
  journey_join (journey, "Odd", odd->password, odd->security);
  if (journey_run_to (journey, FL_STAGE_ONLINE))
    g_assert_cmpint (odd->code, ==, 0);
  else
    journey_assert_error (journey, odd->code, odd->stage);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

static void
join_hidden (Journey *journey)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Secret", 6);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("12345678");

  journey->credentials = fl_credentials_new (ssid, FL_SECURITY_WPA2, password, TRUE, NULL);
  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  fl_setup_join (journey->setup, journey->credentials);
}

static void
test_hidden_network (void)
{
  static const char hidden[] =
      "[Network hidden]\nssid=Secret\nsecurity=wpa2\npassword=12345678\nhidden=yes\n";
  Journey *journey = journey_new (NULL, hidden);

  join_hidden (journey);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);

  journey = journey_new (OLD_FIRMWARE, hidden);
  join_hidden (journey);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_UNSUPPORTED, FL_STAGE_SENDING);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  journey_assert_nothing_lost (journey);
  journey_free (journey);
}

static void
test_scan_busy (void)
{
  Journey *journey = journey_new ("faults=answer=506:-110 x2\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);
  journey_free (journey);

  journey = journey_new ("faults=answer=506:-110 x3\n", NULL);
  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_assert_error (journey, FL_ERROR_DEVICE_BUSY, FL_STAGE_CHOOSING);
  fl_setup_search_again (journey->setup);
  journey_run_to_networks (journey);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  journey_free (journey);
}

static void
test_scan_empty (void)
{
  Journey *journey = journey_new ("faults=scan-empty=1\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_assert_error (journey, FL_ERROR_SCAN_EMPTY, FL_STAGE_CHOOSING);
  fl_setup_search_again (journey->setup);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  journey_run_to_networks (journey);
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);
  journey_free (journey);
}

/* Ten stored networks: the eleventh would silently replace one, so the journey asks. */
static void
test_networks_full (void)
{
  g_autoptr (GString) more = g_string_new (NULL);
  g_autoptr (GString) device = g_string_new ("known=");
  Journey *journey;

  for (guint i = 0; i < 10; i++)
    {
      g_string_append_printf (more, "[Network old%u]\nssid=Old %u\nsecurity=open\n", i, i);
      g_string_append_printf (device, "old%u;", i);
    }
  g_string_append (device, "\n");
  journey = journey_new (device->str, more->str);
  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NETWORKS_FULL, FL_STAGE_SENDING);
  journey_assert_nothing_lost (journey);

  /* One it knows already needs no room. */
  journey_join (journey, "Old 3", NULL, FL_SECURITY_OPEN);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_scan_slow (void)
{
  Journey *journey = journey_new ("faults=scan-slow=20s\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);
  journey_free (journey);
}

static void
test_scan_of_200 (void)
{
  Journey *journey =
      journey_new (NULL, "[Network many]\nsecurity=wpa2\npassword=12345678\ncount=200\n");

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 202);
  journey_free (journey);
}

static void
test_link_lost_while_choosing (void)
{
  Journey *journey = journey_new ("faults=drop-link-after=20s x1\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_run_ms (journey, 30000);
  g_assert_nonnull (strstr (journey->story->str, "[searching-again]"));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 2);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

/* The adapter is pulled out while the person chooses, and comes back. */
static void
test_adapter_removed (void)
{
  Journey *journey = journey_new (NULL, "faults=adapter-removed-at=15s; adapter-back-at=40s\n");

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  g_assert_false (journey_run_to (journey, FL_STAGE_SENDING));
  journey_assert_error (journey, FL_ERROR_NO_BLUETOOTH, FL_STAGE_CHOOSING);
  journey_assert_nothing_lost (journey);
  journey_run_ms (journey, 40000);
  fl_setup_retry (journey->setup);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

static void
test_deaf_from_the_start (void)
{
  Journey *journey = journey_new (NULL, "faults=adapter-deaf-at=0\n");

  journey_start (journey, JOURNEY_LABEL);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_BLUETOOTH_DEAF, FL_STAGE_FINDING);
  journey_free (journey);
}

static void
test_adapter_off_from_the_start (void)
{
  Journey *journey = journey_new (NULL, "faults=adapter-off-at=0\n");

  journey_start (journey, JOURNEY_LABEL);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_BLUETOOTH_OFF, FL_STAGE_FINDING);
  g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, FL_STAGE_FINDING), <, 5000);
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  static const char *const hostile[] = {
    "garbage-at=handshake-1",   "garbage-at=handshake-2", "garbage-at=confirmation",
    "garbage-at=join",          "garbage-at=scan",        "truncate-at=handshake-2",
    "truncate-at=confirmation", "truncate-at=join",       "truncate-at=scan",
    "oversize-at=handshake-1",  "oversize-at=join",       "replay-at=scan",
    "replay-at=join",           "reorder-at=request:300", "lose-at=scan",
    "garbage-at=scan x1",       "replay-at=join x1",      "lose-at=join x1",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/setup/fault/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strconcat ("/setup/hostile/", hostile[i], NULL);

      g_test_add_data_func (path, hostile[i], test_hostile);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autofree char *path = g_strconcat ("/setup/network/", odds[i].name, NULL);

      g_test_add_data_func (path, &odds[i], test_odd_network);
    }
  g_test_add_func ("/setup/network/hidden", test_hidden_network);
  g_test_add_func ("/setup/fault/scan/busy-then-not", test_scan_busy);
  g_test_add_func ("/setup/fault/link/dropped-at-each-message", test_drop_at_each_boundary);
  g_test_add_func ("/setup/fault/link/lost-while-choosing", test_link_lost_while_choosing);
  g_test_add_func ("/setup/fault/link/device-vanishes-after-join", test_vanishes_after_join);
  g_test_add_func ("/setup/fault/device/protected", test_protected);
  g_test_add_func ("/setup/fault/scan/empty-then-not", test_scan_empty);
  g_test_add_func ("/setup/fault/networks/ten-stored", test_networks_full);
  g_test_add_func ("/setup/fault/scan/takes-20-s", test_scan_slow);
  g_test_add_func ("/setup/fault/scan/200-networks", test_scan_of_200);
  g_test_add_func ("/setup/fault/adapter/removed-while-choosing", test_adapter_removed);
  g_test_add_func ("/setup/fault/adapter/deaf-from-the-start", test_deaf_from_the_start);
  g_test_add_func ("/setup/fault/adapter/off-from-the-start", test_adapter_off_from_the_start);
  return g_test_run ();
}
