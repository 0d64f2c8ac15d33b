/* SPDX-License-Identifier: Apache-2.0 */
/* What support staff do with a device's networks: nothing that works is given up for something
 * that has not been proven. */
#include "config.h"

#include "visitor.h"

#include <string.h>

#define STORED "known=old;guests\n"
#define OLD                                                                                        \
  "[Network old]\n"                                                                                \
  "ssid=Old\n"                                                                                     \
  "security=wpa2\n"                                                                                \
  "password=yesterday\n"                                                                           \
  "rssi=-97\n" /* it is no longer here */

static void
add_home (Visitor *visitor, const char *password, gboolean test)
{
  g_autoptr (FlCredentials) credentials = visitor_credentials ("Home", password, FL_SECURITY_WPA2);

  fl_visit_add_async (visitor->visit, credentials, test, NULL, visitor_on_end, visitor);
}

static void
replace_old (Visitor *visitor, const char *password, gboolean test)
{
  g_autoptr (FlCredentials) credentials = visitor_credentials ("Home", password, FL_SECURITY_WPA2);
  g_autoptr (GBytes) ssid = visitor_ssid ("Old");

  fl_visit_replace_async (visitor->visit, ssid, credentials, test, NULL, visitor_on_end, visitor);
}

static void
assert_known (Visitor *visitor, const char *expected)
{
  g_autofree char *known = visitor_dup_known (visitor);
  g_autofree char *device_known = visitor_dup_device_known (visitor);

  g_assert_cmpstr (device_known, ==, expected);
  g_assert_cmpstr (known, ==, expected);
}

static void
assert_message (Visitor *visitor, const char *beginning)
{
  g_assert_nonnull (visitor->error);
  if (!g_str_has_prefix (visitor->error->message, beginning))
    g_error ("Said: %s", visitor->error->message);
}

static void
test_add (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);

  add_home (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  g_assert_no_error (visitor->error);
  assert_known (visitor, "Home Old Guests");
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->cloud, ==, FL_CLOUD_CONNECTED);

  /* It can be given more orders. */
  fl_visit_identify_async (visitor->visit, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  visitor_free (visitor);
}

/* It got a network and nobody is there any more: it must not wait in set-up mode. */
static void
test_add_then_close (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);

  add_home (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  g_assert_true (fl_sim_device_is_listening (visitor_get_device (visitor)));
  fl_visit_close (visitor->visit);
  journey_run_ms (visitor->journey, 5000);
  g_assert_false (fl_sim_device_is_listening (visitor_get_device (visitor)));
  visitor_free (visitor);
}

static void
test_add_wrong_password (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);

  add_home (visitor, "wrong horse", TRUE);
  g_assert_false (visitor_wait (visitor));
  assert_message (visitor, "The device still has the networks it had. Nothing was removed.");
  assert_known (visitor, "Old Guests");
  g_assert_true (fl_visit_get_open (visitor->visit));
  g_assert_nonnull (fl_visit_get_error (visitor->visit));

  add_home (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  g_assert_no_error (fl_visit_get_error (visitor->visit));
  assert_known (visitor, "Home Old Guests");
  visitor_free (visitor);
}

static void
test_save (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);
  g_autoptr (FlCredentials) credentials =
      visitor_credentials ("Elsewhere", "not here yet", FL_SECURITY_WPA2);

  fl_visit_add_async (visitor->visit, credentials, FALSE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  assert_known (visitor, "Old Guests Elsewhere");
  g_assert_false (fl_visit_get_state (visitor->visit)->wifi_link);
  visitor_free (visitor);
}

static void
test_replace (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);

  replace_old (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  assert_known (visitor, "Home Guests");
  g_assert_cmpstr (fl_visit_get_notes (visitor->visit)[0], ==, "replaced: 1 network");
  visitor_free (visitor);
}

/* Whatever goes wrong on the way, the old network is still there. */
static void
test_replace_fails (gconstpointer data)
{
  Visitor *visitor = visitor_new (data, OLD);
  g_autofree char *known = NULL;
  FlSetup *setup = fl_visit_get_setup (visitor->visit);

  replace_old (visitor, "correct horse", TRUE);
  if (visitor_wait (visitor))
    g_error ("Replaced in spite of %s", (const char *) data);
  assert_message (visitor, "The device still has the networks it had");
  known = visitor_dup_device_known (visitor);
  g_assert_nonnull (strstr (known, "Old"));
  g_assert_nonnull (strstr (known, "Guests"));
  if (fl_setup_get_proof (setup) & FL_PROOF_STORED)
    assert_message (visitor,
                    "The device still has the networks it had, and the new one. Nothing was");
  visitor_free (visitor);
}

/* A device whose application leaves the cloud alone is proven by its address. */
static void
test_replace_without_cloud (void)
{
  Visitor *visitor = visitor_new (STORED "application=manual\n", OLD);

  replace_old (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  assert_known (visitor, "Home Guests");
  visitor_free (visitor);
}

static void
test_replace_itself (void)
{
  Visitor *visitor = visitor_new (STORED, OLD);
  g_autoptr (FlCredentials) credentials = visitor_credentials ("Guests", NULL, FL_SECURITY_OPEN);
  g_autoptr (GBytes) ssid = visitor_ssid ("Guests");

  fl_visit_replace_async (visitor->visit, ssid, credentials, TRUE, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  assert_known (visitor, "Guests Old");
  visitor_free (visitor);
}

#define TEN       "known=old;n 1;n 2;n 3;n 4;n 5;n 6;n 7;n 8;n 9\n"
#define NINE_MORE OLD "[Network n]\nsecurity=open\nrssi=-70\ncount=9\n"

static void
test_full (void)
{
  Visitor *visitor = visitor_new (TEN, NINE_MORE);
  g_autofree char *before = NULL;

  g_assert_true (visitor_open (visitor));
  before = visitor_dup_device_known (visitor);
  g_assert_cmpuint (g_list_model_get_n_items (fl_visit_get_known (visitor->visit)), ==, 10);
  add_home (visitor, "correct horse", TRUE);
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, FL_ERROR_NETWORKS_FULL);
  assert_known (visitor, before);

  /* "Old" is the first: it would be another one that goes. */
  replace_old (visitor, "correct horse", TRUE);
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, FL_ERROR_NETWORKS_FULL);
  assert_known (visitor, before);
  visitor_free (visitor);
}

static void
test_full_replaces_last (void)
{
  Visitor *visitor = visitor_new (TEN, NINE_MORE);
  g_autoptr (FlCredentials) credentials =
      visitor_credentials ("Home", "correct horse", FL_SECURITY_WPA2);
  g_autoptr (FlNetwork) last = NULL;
  g_autofree char *known = NULL;

  g_assert_true (visitor_open (visitor));
  last = g_list_model_get_item (fl_visit_get_known (visitor->visit), 9);
  fl_visit_replace_async (visitor->visit, fl_network_get_ssid (last), credentials, TRUE, NULL,
                          visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  g_assert_cmpuint (g_list_model_get_n_items (fl_visit_get_known (visitor->visit)), ==, 10);
  known = visitor_dup_device_known (visitor);
  g_assert_true (g_str_has_prefix (known, "Home "));
  g_assert_null (strstr (known, fl_network_get_name (last)));

  /* The room that was trusted once counts again. */
  g_clear_object (&last);
  g_clear_pointer (&known, g_free);
  {
    g_autoptr (FlCredentials) more = visitor_credentials ("Guests", NULL, FL_SECURITY_OPEN);

    fl_visit_add_async (visitor->visit, more, TRUE, NULL, visitor_on_end, visitor);
    g_assert_false (visitor_wait (visitor));
    visitor_assert_error (visitor, FL_ERROR_NETWORKS_FULL);
  }
  visitor_free (visitor);
}

/* After one went, there is room: nothing remembers the full list. */
static void
test_room_after_remove (void)
{
  Visitor *visitor = visitor_new (TEN, NINE_MORE);
  g_autoptr (GBytes) old = visitor_ssid ("Old");

  add_home (visitor, "correct horse", TRUE);
  g_assert_false (visitor_wait (visitor));
  fl_visit_remove_async (visitor->visit, old, NULL, visitor_on_end, visitor);
  g_assert_true (visitor_wait (visitor));
  add_home (visitor, "correct horse", TRUE);
  g_assert_true (visitor_wait (visitor));
  visitor_free (visitor);
}

static void
try_now (Visitor *visitor, const char *name)
{
  g_autoptr (GBytes) ssid = visitor_ssid (name);

  fl_visit_try_async (visitor->visit, ssid, NULL, visitor_on_end, visitor);
}

static void
test_try (void)
{
  Visitor *visitor = visitor_new ("known=old;guests;home\n", OLD);

  try_now (visitor, "Guests");
  g_assert_true (visitor_wait (visitor));
  g_assert_cmpint (fl_visit_get_state (visitor->visit)->cloud, ==, FL_CLOUD_CONNECTED);
  assert_known (visitor, "Guests Old Home");
  visitor_free (visitor);
}

typedef struct
{
  const char *device;
  const char *network;
  FlErrorCode code;
  gboolean search; /* it has looked around before */
} TryFault;

static const TryFault try_faults[] = {
  { "known=guests;old\n", "Old", FL_ERROR_JOIN_UNCLEAR },
  { "known=guests;old\n", "Old", FL_ERROR_NETWORK_TOO_FAR, TRUE },
  { "known=old;guests\nassociate-time=5min\n", "Guests", FL_ERROR_JOIN_TIMEOUT },
  { "known=guests;faint\n", "Faint", FL_ERROR_JOIN_WEAK, TRUE },
  { "known=old;dry\n", "Dry", FL_ERROR_NO_ADDRESS },
  { "known=old;guests\nfaults=no-cloud\n", "Guests", FL_ERROR_CLOUD_UNREACHABLE },
  { "known=old;guests\napplication=manual\n", "Guests", FL_ERROR_NOT_REPORTED },
};

static void
test_try_fails (gconstpointer data)
{
  const TryFault *fault = data;
  Visitor *visitor =
      visitor_new (fault->device, OLD "[Network dry]\nssid=Dry\nsecurity=open\ndhcp=no\n"
                                      "[Network faint]\nssid=Faint\nsecurity=open\nrssi=-91\n");

  g_assert_true (visitor_open (visitor));
  if (fault->search)
    {
      fl_setup_search_again (fl_visit_get_setup (visitor->visit));
      journey_run_ms (visitor->journey, 10000);
    }
  try_now (visitor, fault->network);
  g_assert_false (visitor_wait (visitor));
  visitor_assert_error (visitor, fault->code);
  g_assert_true (fl_visit_get_open (visitor->visit));
  visitor_free (visitor);
}

static void
add_failing (const char *word)
{
  g_autofree char *path =
      g_strdelimit (g_strconcat ("/visit/replace/keeps-the-old/", word, NULL), "=: ;", '-');
  char *device = g_strconcat (STORED "faults=", word, "\n", NULL);

  g_test_add_data_func_full (path, device, test_replace_fails, g_free);
}

int
main (int argc, char *argv[])
{
  static const char *const failing[] = { "answer=500:-250",  "answer=500:-160 x9",
                                         "no-address",       "no-cloud",
                                         "busy=9",           "reset-at=join",
                                         "silent-at=join x1" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit/add/proven", test_add);
  g_test_add_func ("/visit/add/then-let-go", test_add_then_close);
  g_test_add_func ("/visit/add/wrong-password", test_add_wrong_password);
  g_test_add_func ("/visit/add/without-testing", test_save);
  g_test_add_func ("/visit/add/full", test_full);
  g_test_add_func ("/visit/add/room-again", test_room_after_remove);
  g_test_add_func ("/visit/replace/proven-first", test_replace);
  g_test_add_func ("/visit/replace/address-without-cloud", test_replace_without_cloud);
  g_test_add_func ("/visit/replace/itself", test_replace_itself);
  g_test_add_func ("/visit/replace/last-of-a-full-device", test_full_replaces_last);
  for (gsize i = 0; i < G_N_ELEMENTS (failing); i++)
    add_failing (failing[i]);
  g_test_add_func ("/visit/try/on-line", test_try);
  for (gsize i = 0; i < G_N_ELEMENTS (try_faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/visit/try/fails-%d", (int) try_faults[i].code);

      g_test_add_data_func (path, &try_faults[i], test_try_fails);
    }
  return g_test_run ();
}
