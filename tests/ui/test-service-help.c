/* SPDX-License-Identifier: Apache-2.0 */
/* The check of the device, the check of this computer, and the report. */
#include "config.h"

#include <string.h>

#include "fl-check-block.h"
#include "service-fixture.h"

static const char secret[] = "lighthouse7";

static char *
dup_report (ServiceFixture *f)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->guide->report_page), GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
test_help_check_tells_the_break_first (ServiceFixture *f, gconstpointer unused)
{
  GPtrArray *findings;

  service_fixture_open (f, "AB12CD");
  service_fixture_click (f, f->guide->device_page, "Run the C_heck");
  while ((findings = fl_service_device_page_get_findings (f->guide->device_page)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_cmpuint (findings->len, >, 1);
  for (guint i = 0; i < findings->len; i++)
    g_assert_true (service_fixture_says (f, fl_finding_get_title (findings->pdata[i])));
}

static void
test_help_report_hides_names (ServiceFixture *f, gconstpointer unused)
{
  g_autofree char *open = NULL;
  g_autofree char *hidden = NULL;
  GtkWidget *hide;

  service_fixture_open (f, "AB12CD");
  service_fixture_click (f, f->guide->device_page, "Rep_ort…");
  service_fixture_wait_page (f, f->guide->report_page);
  open = dup_report (f);
  g_assert_nonnull (strstr (open, "Home"));
  g_assert_nonnull (strchr (open, '{')); /* readable first, then JSON */
  g_assert_null (strstr (open, secret));

  hide = ui_find (GTK_WIDGET (f->guide->report_page), GTK_TYPE_SWITCH, NULL);
  gtk_switch_set_active (GTK_SWITCH (hide), TRUE);
  service_fixture_settle (f);
  hidden = dup_report (f);
  g_assert_null (strstr (hidden, "Home"));
  g_assert_nonnull (strstr (hidden, "Network A"));
  service_fixture_click (f, f->guide->report_page, "_Copy");
  g_assert_cmpstr (f->toast, ==, "The report was copied.");
  fl_page_go_back (FL_PAGE (f->guide->report_page));
  service_fixture_wait_page (f, f->guide->device_page);
}

static void
test_help_doctor_shows_findings_and_finders (ServiceFixture *f, gconstpointer unused)
{
  g_autoptr (GListStore) findings = g_list_store_new (FL_TYPE_FINDING);
  g_autoptr (FlFinding) rule = fl_finding_new ("usb-rule", "USB Rule", FL_VERDICT_BROKEN,
                                               "A rule is missing.", NULL, FL_BLAME_COMPUTER, TRUE);

  g_list_store_append (findings, rule);
  fl_service_guide_show_doctor (f->guide);
  fl_doctor_page_set_findings (f->guide->doctor_page, G_LIST_MODEL (findings));
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "A rule is missing."));
  g_assert_true (service_fixture_says (f, "Looking for Devices: USB cable"));
  g_assert_true (service_fixture_says (f, "1 thing may keep it from reaching a device."));
  service_fixture_click (f, f->guide->doctor_page, "Show _How");
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "Type this command in a terminal."));
}

static void
test_help_doctor_good_needs_no_rule (ServiceFixture *f, gconstpointer unused)
{
  g_autoptr (GListStore) findings = g_list_store_new (FL_TYPE_FINDING);
  GtkWidget *button;

  fl_service_guide_show_doctor (f->guide);
  fl_doctor_page_set_findings (f->guide->doctor_page, G_LIST_MODEL (findings));
  service_fixture_settle (f);
  button = ui_find (GTK_WIDGET (f->guide->doctor_page), GTK_TYPE_BUTTON, "_Add Rule");
  g_assert_false (gtk_widget_get_mapped (button));
  g_assert_true (service_fixture_says (f, "This computer can reach devices."));
}

static void
add (const char *path, void (*test) (ServiceFixture *, gconstpointer))
{
  g_test_add (path, ServiceFixture, service_two_devices, service_fixture_set_up, test,
              service_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    {
      g_test_skip ("no display");
      return 0;
    }

  add ("/service/check/tells-the-break-first", test_help_check_tells_the_break_first);
  add ("/service/report/hides-names-of-networks", test_help_report_hides_names);
  add ("/service/doctor/shows-findings-and-finders", test_help_doctor_shows_findings_and_finders);
  add ("/service/doctor/good-needs-no-rule", test_help_doctor_good_needs_no_rule);
  return g_test_run ();
}
