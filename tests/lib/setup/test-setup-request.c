/* SPDX-License-Identifier: Apache-2.0 */
/* What the product asks of the device's application, at the end of a journey. */
#include "config.h"

#include "journey.h"

#include <string.h>

#include "fl-error.h"

#define PAYLOAD "{\"do\":\"register\"}"
#define WHOLE   "securing reading choosing sending joining "

static Journey *
start (const char *device)
{
  static const char text[] = "[Product]\nid=x\nname=X\n[Request]\npayload=" PAYLOAD "\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product = fl_product_parse (text, strlen (text), "test", NULL, &error);

  g_assert_no_error (error);
  return journey_new_for_product (device, NULL, product);
}

static void
on_reply (FlSetup *setup, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static guint
count_notes (Journey *journey, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (journey->story->str, id, -1);

  return g_strv_length (parts) - 1;
}

static void
test_answered (gconstpointer device)
{
  Journey *journey = start (device);
  guint count = 0;

  g_signal_connect (journey->setup, "notify::reply", G_CALLBACK (on_reply), &count);
  g_assert_null (fl_setup_get_reply (journey->setup));
  if (!journey_run_whole (journey))
    g_error ("Story: %s", journey->story->str);
  g_assert_cmpstr (fl_setup_get_reply (journey->setup), ==, PAYLOAD);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (count_notes (journey, "[request-answered]"), ==, 1);
  g_assert_nonnull (strstr (journey->story->str, WHOLE));
  g_assert_true (g_str_has_suffix (journey->story->str, "reaching online "));
  g_signal_handlers_disconnect_by_data (journey->setup, &count);
  journey_free (journey);
}

static void
test_refused (gconstpointer device)
{
  Journey *journey = start (device);

  if (!journey_run_whole (journey))
    g_error ("Story: %s", journey->story->str);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_null (fl_setup_get_reply (journey->setup));
  g_assert_cmpuint (count_notes (journey, "[request-refused]"), ==, 1);
  g_assert_cmpuint (count_notes (journey, "[request-answered]"), ==, 0);
  journey_free (journey);
}

/* The device does not leave set-up mode before the answer, or the end of the wait for it. */
static void
test_slow_answer (void)
{
  Journey *journey = start ("app-request=slow\n");
  Journey *quick = start (NULL);
  gint64 took_ms, usual_ms;

  if (!journey_run_whole (journey))
    g_error ("Story: %s", journey->story->str);
  g_assert_true (journey_run_whole (quick));
  g_assert_null (fl_setup_get_reply (journey->setup));
  g_assert_cmpuint (count_notes (journey, "[request-refused]"), ==, 1);
  took_ms = fl_setup_get_stage_ms (journey->setup, FL_STAGE_JOINING) +
            fl_setup_get_stage_ms (journey->setup, FL_STAGE_ADDRESSING) +
            fl_setup_get_stage_ms (journey->setup, FL_STAGE_REACHING);
  usual_ms = fl_setup_get_stage_ms (quick->setup, FL_STAGE_JOINING) +
             fl_setup_get_stage_ms (quick->setup, FL_STAGE_ADDRESSING) +
             fl_setup_get_stage_ms (quick->setup, FL_STAGE_REACHING);
  g_assert_cmpint (took_ms, >, usual_ms + 10000);
  g_assert_cmpint (took_ms, <, usual_ms + 35000);
  journey_free (quick);
  journey_free (journey);
}

static void
test_no_request_without_profile (void)
{
  Journey *journey = journey_new ("app-request=echo\n", NULL);

  if (!journey_run_whole (journey))
    g_error ("Story: %s", journey->story->str);
  g_assert_null (fl_setup_get_reply (journey->setup));
  g_assert_cmpuint (count_notes (journey, "request"), ==, 0);
  journey_free (journey);
}

static void
test_not_before_it_joined (void)
{
  Journey *journey = start ("app-request=echo\n");

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "wrong password", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_null (fl_setup_get_reply (journey->setup));
  g_assert_cmpuint (count_notes (journey, "request"), ==, 0);

  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_cmpstr (fl_setup_get_reply (journey->setup), ==, PAYLOAD);
  journey_free (journey);
}

static void
test_not_after_save (void)
{
  Journey *journey = start ("app-request=echo\n");
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("correct horse");

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  journey->credentials = fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  fl_setup_save (journey->setup, journey->credentials);
  journey_run_ms (journey, 20000);
  g_assert_nonnull (strstr (journey->story->str, "[saved]"));
  g_assert_cmpuint (count_notes (journey, "request"), ==, 0);
  journey_free (journey);
}

/* Wherever the link goes away: if the request was not answered, it is made again on the next one.
 */
static void
test_link_lost_anywhere (void)
{
  guint n_recovered = 0;

  for (guint boundary = 20; boundary < 60; boundary++)
    {
      g_autofree char *device =
          g_strdup_printf ("app-request=echo\nfaults=drop-link-at=%u x1\n", boundary);
      Journey *journey = start (device);

      if (!journey_run_whole (journey))
        g_error ("%u: %s", boundary, journey->story->str);
      g_test_message ("%u: %s", boundary, journey->story->str);
      n_recovered += count_notes (journey, "[searching-again]");
      g_assert_cmpstr (fl_setup_get_reply (journey->setup), ==, PAYLOAD);
      g_assert_cmpuint (count_notes (journey, "[request-answered]"), ==, 1);
      g_assert_cmpuint (count_notes (journey, "[request-refused]"), ==, 0);
      journey_free (journey);
    }
  g_assert_cmpuint (n_recovered, >, 10);
}

static void
on_note (FlSetup *setup, const char *id, const char *text, gpointer data)
{
  if (g_str_has_prefix (id, "request-"))
    fl_setup_cancel (setup);
}

static void
test_cancelled_by_who_hears_the_answer (void)
{
  Journey *journey = start ("app-request=echo\n");

  g_signal_connect (journey->setup, "note", G_CALLBACK (on_note), NULL);
  g_assert_false (journey_run_whole (journey));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/setup/request/answered", "app-request=echo\n", test_answered);
  g_test_add_data_func ("/setup/request/answered-by-cable",
                        "usb=yes\nbluetooth=no\napp-request=echo\n", test_answered);
  g_test_add_data_func ("/setup/request/no-handler", "app-request=none\n", test_refused);
  g_test_add_data_func ("/setup/request/no-handler-by-cable",
                        "usb=yes\nbluetooth=no\napp-request=none\n", test_refused);
  g_test_add_data_func ("/setup/request/not-allowed", "faults=answer=10:-130\n", test_refused);
  g_test_add_data_func ("/setup/request/slow-by-cable", "usb=yes\nbluetooth=no\napp-request=slow\n",
                        test_refused);
  g_test_add_data_func ("/setup/request/silence", "faults=silent-at=request:10\n", test_refused);
  g_test_add_func ("/setup/request/slow-answer", test_slow_answer);
  g_test_add_func ("/setup/request/none-in-the-profile", test_no_request_without_profile);
  g_test_add_func ("/setup/request/not-before-it-joined", test_not_before_it_joined);
  g_test_add_func ("/setup/request/not-after-save", test_not_after_save);
  g_test_add_func ("/setup/request/link-lost-anywhere", test_link_lost_anywhere);
  g_test_add_func ("/setup/request/cancelled-by-who-hears", test_cancelled_by_who_hears_the_answer);
  return g_test_run ();
}
