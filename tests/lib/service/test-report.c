/* SPDX-License-Identifier: Apache-2.0 */
/* What leaves the computer: everything that helps, no secret, and no name where none is wanted. */
#include "config.h"

#include "fl-check.h"
#include "fl-report.h"
#include "visitor.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PASSWORD       "correct horse"
#define OTHER_PASSWORD "wrong?horse&7"
#define APP_SECRET     "token-of-the-app"
#define VILLA          "Villa Kunterbunt"
#define MAPLE          "Maple"
#define WORLD                                                                                      \
  "[Network villa]\nssid=" VILLA "\nsecurity=wpa2\npassword=" PASSWORD "\n"                        \
  "rssi=-44\n"                                                                                     \
  "[Network maple]\nssid=" MAPLE "\nsecurity=wpa2\npassword=another tree\nrssi=-66\n"              \
  "[Network x]\nssid=X\nsecurity=open\nrssi=-70\n"

static GString *logged; /* everything that is said to any log */

static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  g_string_append_printf (logged, "%s: %s\n", domain != NULL ? domain : "", message);
}

static char *
dup_hex (const char *text, gboolean upper)
{
  GString *hex = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    g_string_append_printf (hex, upper ? "%02X" : "%02x", (guint8) *c);
  return g_string_free (hex, FALSE);
}

/* Base64 of it, wherever it begins in what was encoded: without the ends, which depend on the
 * neighbours. */
static char *
dup_base64 (const char *text, guint shift)
{
  g_autofree char *shifted = g_strconcat (shift > 0 ? "x" : "", shift > 1 ? "x" : "", text, NULL);
  g_autofree char *all = g_base64_encode ((const guint8 *) shifted, strlen (shifted));
  gsize from = shift == 0 ? 0 : 4;

  return g_strndup (all + from, strlen (all) - from - 4);
}

static void
assert_absent (const char *where, const char *what, const char *haystack)
{
  if (what[0] != '\0' && strstr (haystack, what) != NULL)
    g_error ("“%s” is in %s: %s", what, where, haystack);
}

static void
assert_no_secret (const char *where, const char *secret, const char *haystack)
{
  g_autofree char *lower = dup_hex (secret, FALSE);
  g_autofree char *upper = dup_hex (secret, TRUE);
  g_autofree char *url = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *escaped = g_strescape (secret, NULL);

  assert_absent (where, secret, haystack);
  assert_absent (where, lower, haystack);
  assert_absent (where, upper, haystack);
  assert_absent (where, url, haystack);
  assert_absent (where, escaped, haystack);
  for (guint shift = 0; shift < 3; shift++)
    {
      g_autofree char *base64 = dup_base64 (secret, shift);

      assert_absent (where, base64, haystack);
    }
  for (int kind = G_CHECKSUM_MD5; kind <= G_CHECKSUM_SHA512; kind++)
    {
      g_autofree char *hash = g_compute_checksum_for_string ((GChecksumType) kind, secret, -1);

      assert_absent (where, hash, haystack);
    }
}

static void
assert_no_secrets (const char *where, const char *haystack)
{
  static const char *const secrets[] = { JOURNEY_SECRET, PASSWORD, OTHER_PASSWORD, "another tree" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    assert_no_secret (where, secrets[i], haystack);
}

static void
add (Visitor *visitor, const char *name, const char *password, gboolean test)
{
  g_autoptr (FlCredentials) credentials = visitor_credentials (name, password, FL_SECURITY_WPA2);

  fl_visit_add_async (visitor->visit, credentials, test, NULL, visitor_on_end, visitor);
  visitor_wait (visitor);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **) data = fl_check_run_finish (result, NULL);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) reply = fl_visit_request_finish (FL_VISIT (source), result, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
  *(gboolean *) data = TRUE;
}

/* A visit in which much happens. */
static GPtrArray *
live_through (Visitor *visitor)
{
  g_autoptr (GBytes) villa = visitor_ssid (VILLA);
  g_autoptr (FlSecret) app_secret = fl_secret_new_from_string (APP_SECRET);
  GPtrArray *findings = NULL;
  gboolean answered = FALSE;

  add (visitor, VILLA, OTHER_PASSWORD, TRUE); /* fails */
  add (visitor, VILLA, PASSWORD, TRUE);
  add (visitor, MAPLE, OTHER_PASSWORD, FALSE);
  fl_visit_try_async (visitor->visit, villa, NULL, visitor_on_end, visitor);
  visitor_wait (visitor);
  fl_check_run_with_async (visitor->visit, NULL, NULL, on_checked, &findings);
  while (findings == NULL)
    g_main_context_iteration (NULL, TRUE);
  fl_visit_request_async (visitor->visit, 10, app_secret, NULL, on_reply, &answered);
  visitor_wait (visitor);
  g_assert_true (answered);
  fl_visit_remove_async (visitor->visit, NULL, NULL, visitor_on_end, visitor);
  visitor_wait (visitor);
  fl_journal_add (fl_visit_get_journal (visitor->visit), "note", "test",
                  "Joined “" VILLA "”, not " MAPLE ", nor “X”, but Mapleton, X-rayed.");
  return findings;
}

static FlReportFacts
fill (Visitor *visitor, GPtrArray *findings, gboolean hide_names)
{
  FlReportFacts facts = { .version = "1.0", .system = "Debian", .product = "factory" };

  fl_report_fill (&facts, visitor->visit);
  facts.check = findings;
  facts.hide_names = hide_names;
  return facts;
}

static JsonObject *
get_root (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_no_secrets (gconstpointer device)
{
  Visitor *visitor = visitor_new (device, WORLD);
  g_autoptr (GPtrArray) findings = live_through (visitor);

  for (guint hide = 0; hide < 2; hide++)
    {
      FlReportFacts facts = fill (visitor, findings, hide == 1);
      g_autofree char *text = fl_report_to_text (&facts);
      g_autofree char *json = fl_report_to_json (&facts);

      assert_no_secrets ("the report", text);
      assert_no_secrets ("the JSON", json);
    }
  assert_no_secrets ("the debug log", logged->str);
  g_assert_cmpuint (logged->len, >, 1000); /* there was something to search */
  visitor_free (visitor);
}

static void
test_names (void)
{
  Visitor *visitor = visitor_new ("usb=yes\nknown=villa;x\n", WORLD);
  g_autoptr (GPtrArray) findings = live_through (visitor);
  FlReportFacts facts = fill (visitor, findings, FALSE);
  g_autofree char *shown = fl_report_to_text (&facts);
  g_autofree char *hidden = NULL;

  facts.hide_names = TRUE;
  hidden = fl_report_to_text (&facts);
  g_assert_nonnull (strstr (shown, VILLA));
  g_assert_nonnull (strstr (shown, "“" VILLA "”, not " MAPLE ", nor “X”"));
  assert_absent ("the report", VILLA, hidden);
  assert_absent ("the report", "Guests", hidden);
  assert_absent ("the report", "\"Home\"", hidden);
  assert_absent ("the report", "“X”", hidden);
  assert_absent ("the report", MAPLE ",", hidden);
  /* Parts of other words stay, or texts could not be read any more. */
  g_assert_nonnull (strstr (hidden, "Mapleton"));
  g_assert_nonnull (strstr (hidden, "X-rayed"));
  g_assert_nonnull (strstr (hidden, "Network A"));
  visitor_free (visitor);
}

/* The same letter for the same network, wherever it is named. */
static void
test_letters_fit (void)
{
  Visitor *visitor = visitor_new ("usb=yes\nknown=villa;x\n", WORLD);
  FlReportFacts facts;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *json = NULL;
  JsonObject *root;
  JsonArray *known, *networks;
  gboolean found = FALSE;

  g_assert_true (visitor_open (visitor));
  fl_setup_search_again (fl_visit_get_setup (visitor->visit));
  journey_run_ms (visitor->journey, 10000);
  facts = fill (visitor, NULL, TRUE);
  json = fl_report_to_json (&facts);
  root = get_root (parser, json);
  known = json_object_get_array_member (root, "known");
  g_assert_cmpuint (json_array_get_length (known), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (known, 0), "name"),
                   ==, "Network A");
  networks = json_object_get_array_member (root, "networks");
  g_assert_cmpuint (json_array_get_length (networks), >=, 4);
  for (guint i = 0; i < json_array_get_length (networks); i++)
    {
      JsonObject *network = json_array_get_object_element (networks, i);

      if (g_str_equal (json_object_get_string_member (network, "name"), "Network A"))
        {
          g_assert_cmpint (json_object_get_int_member (network, "rssi_dbm"), ==, -44);
          found = TRUE;
        }
    }
  g_assert_true (found);
  visitor_free (visitor);
}

static void
test_json (void)
{
  Visitor *visitor = visitor_new ("usb=yes\nknown=villa\n", WORLD);
  g_autoptr (GPtrArray) findings = live_through (visitor);
  FlReportFacts facts = fill (visitor, findings, FALSE);
  g_autoptr (GDateTime) written = g_date_time_new_from_iso8601 ("2026-11-21T16:00:00+01", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  JsonObject *root, *device, *journey;

  facts.written = written;
  json = fl_report_to_json (&facts);
  root = get_root (parser, json);
  g_assert_cmpint (json_object_get_int_member (root, "report"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (root, "written"), ==, "2026-11-21T16:00:00+01");
  device = json_object_get_object_member (root, "device");
  g_assert_cmpstr (json_object_get_string_member (device, "serial"), ==, JOURNEY_SERIAL);
  g_assert_cmpstr (json_object_get_string_member (device, "firmware"), ==, "6.2.0");
  journey = json_object_get_object_member (root, "journey");
  g_assert_true (
      json_object_has_member (json_object_get_object_member (journey, "stage_ms"), "joining"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "check")), ==,
                    FL_CHECK_N_LINKS);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (root, "notes"), 0),
                   ==, "cleared: 2 networks");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "journal")), >, 10);

  /* The preview is the summary, an empty line, and the very same JSON. */
  text = fl_report_to_text (&facts);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  g_assert_nonnull (strstr (text, "\n\n{\n"));
  g_assert_cmpint (strncmp (strstr (text, "\n\n{\n") + 2, json, strlen (json)), ==, 0);
  visitor_free (visitor);
}

/* Of a device that was never reached. */
static void
test_empty (void)
{
  FlReportFacts facts = { .setup_done = -1 };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = fl_report_to_text (&facts);
  g_autofree char *json = fl_report_to_json (&facts);
  g_autofree char *name = fl_report_dup_file_name (&facts);
  JsonObject *root = get_root (parser, json);

  g_assert_true (json_object_get_null_member (root, "state"));
  g_assert_true (json_object_get_null_member (root, "check"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "known")), ==, 0);
  g_assert_cmpuint (strlen (text), >, strlen (json));
  g_assert_cmpstr (name, ==, "first-light-device.txt");
}

/* Bytes that are no text, and what JSON or a terminal could misread. */
static void
test_odd_names (void)
{
  static const char odd[] = { 'a', '"', '\\', '\n', 0x1b, '[', 'm', (char) 0xff, (char) 0xc3 };
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlJournal) journal = fl_journal_new (clock);
  g_autoptr (GListStore) known = g_list_store_new (FL_TYPE_NETWORK);
  g_autoptr (GBytes) ssid = g_bytes_new_static (odd, sizeof odd);
  g_autoptr (FlNetwork) network = fl_network_new (ssid, FL_SECURITY_WPA2, 0, 0);
  FlReportFacts facts = { .setup_done = -1, .known = G_LIST_MODEL (known), .journal = journal };

  g_list_store_append (known, network);
  fl_journal_add (journal, "note", "odd", "Not text: \xff\xfe.");
  for (guint hide = 0; hide < 2; hide++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char *json = NULL;
      g_autofree char *text = NULL;
      JsonArray *list;

      facts.hide_names = hide == 1;
      json = fl_report_to_json (&facts);
      text = fl_report_to_text (&facts);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strchr (text, 0x1b));
      list = json_object_get_array_member (get_root (parser, json), "known");
      g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 0),
                                                      "name"),
                       ==, hide == 1 ? "Network A" : fl_network_get_name (network));
    }
}

static void
test_many_letters (void)
{
  g_autoptr (GListStore) known = g_list_store_new (FL_TYPE_NETWORK);
  FlReportFacts facts = { .known = G_LIST_MODEL (known), .hide_names = TRUE };
  g_autofree char *json = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name %u", i);
      g_autoptr (GBytes) ssid = visitor_ssid (name);
      g_autoptr (FlNetwork) network = fl_network_new (ssid, FL_SECURITY_OPEN, 0, 0);

      g_list_store_append (known, network);
    }
  json = fl_report_to_json (&facts);
  g_assert_nonnull (strstr (json, "\"Network Z\""));
  g_assert_nonnull (strstr (json, "\"Network AA\""));
  g_assert_nonnull (strstr (json, "\"Network AD\""));
  g_assert_null (strstr (json, "\"Network AE\""));
}

static void
test_file_name (void)
{
  Visitor *visitor = visitor_new (NULL, NULL);
  FlReportFacts facts = fill (visitor, NULL, FALSE);
  g_autoptr (GDateTime) written = g_date_time_new_utc (2026, 11, 21, 16, 0, 0);
  g_autofree char *name = NULL;

  facts.written = written;
  name = fl_report_dup_file_name (&facts);
  g_assert_cmpstr (name, ==, "first-light-AB12CD-2026-11-21.txt");
  visitor_free (visitor);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_default_handler (on_log, NULL);
  g_test_add_data_func ("/report/secrets/none-over-bluetooth", "known=x\napp-request=echo\n",
                        test_no_secrets);
  g_test_add_data_func ("/report/secrets/none-over-usb",
                        "usb=yes\nmode=running\nknown=x\napp-request=echo\n", test_no_secrets);
  g_test_add_func ("/report/names/shown-or-hidden", test_names);
  g_test_add_func ("/report/names/same-letter-everywhere", test_letters_fit);
  g_test_add_func ("/report/names/more-than-letters", test_many_letters);
  g_test_add_func ("/report/names/odd-bytes", test_odd_names);
  g_test_add_func ("/report/json/what-happened", test_json);
  g_test_add_func ("/report/json/of-nothing", test_empty);
  g_test_add_func ("/report/file/name", test_file_name);
  status = g_test_run ();
  g_string_free (logged, TRUE);
  return status;
}
