/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "fl-check-list.h"
#include "fl-enterprise-page.h"
#include "fl-file-field.h"
#include "fl-serial-limits.h"
#include "hand-computer.h"
#include "ui-fixture.h"

#define TODAY 1780315200 /* 1 June 2026, 12:00 UTC: tests/data/certificates/README.md */

typedef struct
{
  GtkWindow *window;
  FlPage *page;
  FlEnterprisePage *login;
  FlClock *clock;
  FlCredentials *credentials;
  guint entered;
} Fixture;

static void
on_entered (Fixture *f, FlCredentials *credentials)
{
  g_clear_pointer (&f->credentials, fl_credentials_unref);
  f->credentials = fl_credentials_ref (credentials);
  f->entered++;
}

static void
set_network (Fixture *f, const char *name)
{
  g_autoptr (FlNetwork) network =
      name != NULL ? ui_network_new (name, FL_SECURITY_ENTERPRISE, 6, -50) : NULL;

  fl_enterprise_page_set_network (f->login, network, fl_serial_enterprise_limits ());
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->credentials = NULL;
  f->entered = 0;
  f->clock = ui_clock_new ();
  f->page = fl_enterprise_page_new (f->clock);
  f->login = FL_ENTERPRISE_PAGE (f->page);
  g_signal_connect_swapped (f->page, "entered", G_CALLBACK (on_entered), f);
  fl_enterprise_page_set_now (f->login, TODAY);
  set_network (f, "eduroam");
  f->window = ui_window_new (f->page, 500, 900);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->credentials, fl_credentials_unref);
  ui_window_finish (f->window, f->page);
  g_assert_finalize_object (f->clock);
}

static gpointer
child (Fixture *f, const char *id)
{
  return gtk_widget_get_template_child (GTK_WIDGET (f->page), FL_TYPE_ENTERPRISE_PAGE, id);
}

static gpointer
child_of_field (Fixture *f, const char *id, const char *part)
{
  return gtk_widget_get_template_child (child (f, id), FL_TYPE_FILE_FIELD, part);
}

static void
type (Fixture *f, const char *id, const char *text)
{
  gtk_editable_set_text (child (f, id), text);
}

static const char *
text_of (Fixture *f, const char *id)
{
  return gtk_editable_get_text (child (f, id));
}

static void
settle (Fixture *f)
{
  ui_clock_advance_ms (f->clock, 1000);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
}

static char *
certificate (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "certificates", name, NULL);
}

static char *
school (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "scenarios", "campus", name, NULL);
}

static void
wait_open (Fixture *f, const char *id)
{
  while (fl_file_field_get_busy (child (f, id)))
    g_main_context_iteration (NULL, TRUE);
}

static void
open_path (Fixture *f, const char *id, char *path) /* (transfer full) path */
{
  fl_file_field_open (child (f, id), path);
  g_free (path);
  wait_open (f, id);
}

static void
open_certificate (Fixture *f, const char *id, const char *name)
{
  open_path (f, id, certificate (name));
}

static void
use_certificate (Fixture *f)
{
  gtk_check_button_set_active (child (f, "certificate_toggle"), TRUE);
}

/* What the check list says of @title now. */
static gboolean
is_told (Fixture *f, const char *text)
{
  settle (f);
  return ui_shows (child (f, "checks_box"), text);
}

static void
test_login_empty_says_nothing_yet (Fixture *f, gconstpointer unused)
{
  settle (f);
  g_assert_cmpstr (fl_page_get_title (f->page), ==, "Log In to “\u2068eduroam\u2069”");
  g_assert_false (fl_page_get_complete (f->page));
  g_assert_false (gtk_widget_get_visible (child (f, "checks_box")));
  g_assert_false (gtk_widget_get_mapped (child (f, "client_field")));
  g_assert_false (gtk_widget_get_visible (child (f, "name_field")));
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 0);
}

static void
test_login_with_password_asks_once_about_the_missing_ca (Fixture *f, gconstpointer unused)
{
  type (f, "identity_entry", "anna.berg@school.example");
  g_assert_false (fl_page_get_complete (f->page));
  g_assert_true (is_told (f, "A password is needed."));
  g_assert_true (is_told (f, "One thing is missing or wrong before it can connect."));
  type (f, "password_entry", "tide-table");
  g_assert_true (fl_page_get_complete (f->page)); /* at once, not when the lines follow */

  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 0);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (ui_shows (child (f, "question_box"), "The Network's Certificate Is Missing"));
  ui_click (child (f, "question_box"), "Continue _Anyway");
  g_assert_cmpuint (f->entered, ==, 1);
  g_assert_false (gtk_widget_get_visible (child (f, "question_box")));
  fl_page_activate (f->page); /* the network refused; the same again is not asked about again */
  g_assert_cmpuint (f->entered, ==, 2);

  g_assert_cmpstr (fl_credentials_get_name (f->credentials), ==, "eduroam");
  g_assert_cmpint (fl_credentials_get_security (f->credentials), ==, FL_SECURITY_ENTERPRISE);
  g_assert_cmpint (fl_enterprise_get_method (fl_credentials_get_enterprise (f->credentials)), ==,
                   FL_EAP_PEAP);
  g_assert_cmpstr (fl_enterprise_get_identity (fl_credentials_get_enterprise (f->credentials)), ==,
                   "anna.berg@school.example");
  g_assert_cmpstr (fl_secret_get_text (fl_credentials_get_password (f->credentials)), ==,
                   "tide-table");

  type (f, "password_entry", "tide-tables");
  fl_page_activate (f->page); /* this is something else */
  g_assert_cmpuint (f->entered, ==, 2);
}

static void
test_login_with_password_and_ca_needs_no_question (Fixture *f, gconstpointer unused)
{
  GBytes *ca;

  type (f, "identity_entry", "anna.berg@school.example");
  type (f, "password_entry", "tide-table");
  open_certificate (f, "ca_field", "root.pem");
  settle (f);
  g_assert_true (ui_shows (child (f, "ca_field"), "Valid until 1 January 2044"));
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 1);
  ca = fl_enterprise_get_ca_certificate (fl_credentials_get_enterprise (f->credentials));
  g_assert_true (g_str_has_prefix (g_bytes_get_data (ca, NULL), "-----BEGIN CERTIFICATE-----\n"));

  ui_click (child (f, "ca_field"), "Re_move");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 1);
  g_assert_true (gtk_widget_get_visible (child (f, "question_box")));
}

static void
test_login_spaces_of_a_password_are_asked_about (Fixture *f, gconstpointer unused)
{
  type (f, "identity_entry", "anna.berg@school.example");
  type (f, "password_entry", " tide table  ");
  open_certificate (f, "ca_field", "root.pem");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 0);
  g_assert_cmpstr (text_of (f, "password_entry"), ==, " tide table  ");
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (child (f, "question_box"), "_Remove Spaces");
  g_assert_cmpstr (text_of (f, "password_entry"), ==, "tide table");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 1);
  g_assert_cmpstr (fl_secret_get_text (fl_credentials_get_password (f->credentials)), ==,
                   "tide table");

  type (f, "password_entry", " tide");
  fl_page_activate (f->page);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (child (f, "question_box"), "_Keep");
  g_assert_cmpstr (fl_secret_get_text (fl_credentials_get_password (f->credentials)), ==, " tide");
}

static void
test_login_p12_keeps_its_file_until_the_password_fits (Fixture *f, gconstpointer unused)
{
  GtkWidget *field = child (f, "client_field");
  FlEnterprise *enterprise;

  use_certificate (f);
  g_assert_false (gtk_widget_get_visible (child (f, "password_box")));
  open_certificate (f, "client_field", "client.p12");
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (
      ui_shows (field, "“\u2068client.p12\u2069” is locked. The file's own password opens it."));
  gtk_editable_set_text (child_of_field (f, "client_field", "password_entry"), "wrong");
  ui_click (field, "_Open");
  wait_open (f, "client_field");
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (
      ui_shows (field, "“\u2068client.p12\u2069” did not open. Its password may be another one."));
  gtk_editable_set_text (child_of_field (f, "client_field", "password_entry"), "harbour");
  ui_click (field, "_Open");
  wait_open (f, "client_field");
  settle (f);
  g_assert_true (ui_shows (field, "Valid until 3 May 2027"));
  g_assert_cmpstr (gtk_editable_get_text (child_of_field (f, "client_field", "password_entry")), ==,
                   "");
  g_assert_false (gtk_widget_get_visible (child (f, "key_field"))); /* it came with it */

  open_certificate (f, "ca_field", "root.pem");
  type (f, "identity_entry", "anna@school.example");
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  if (f->entered == 0) /* a doubt about the chain is no break */
    {
      ui_wait_frames (GTK_WIDGET (f->window), 2);
      ui_click (child (f, "question_box"), "Continue _Anyway");
    }
  g_assert_cmpuint (f->entered, ==, 1);
  enterprise = fl_credentials_get_enterprise (f->credentials);
  g_assert_cmpint (fl_enterprise_get_method (enterprise), ==, FL_EAP_TLS);
  g_assert_nonnull (fl_enterprise_get_client_certificate (enterprise));
  g_assert_nonnull (fl_enterprise_get_private_key (enterprise));
}

static void
test_login_key_has_a_field_of_its_own_when_it_is_missing (Fixture *f, gconstpointer unused)
{
  use_certificate (f);
  open_certificate (f, "client_field", "client.pem");
  g_assert_true (gtk_widget_get_visible (child (f, "key_field")));
  g_assert_false (fl_page_get_complete (f->page));
  open_certificate (f, "key_field", "other-key.pem");
  g_assert_true (is_told (f, "Key and Certificate"));
  g_assert_false (fl_page_get_complete (f->page));
  open_certificate (f, "key_field", "client-key.pem");
  g_assert_true (fl_page_get_complete (f->page));
}

static void
test_login_swapped_files_are_told_and_change_nothing (Fixture *f, gconstpointer unused)
{
  use_certificate (f);
  open_certificate (f, "client_field", "client-key.pem");
  settle (f);
  g_assert_true (
      ui_shows (child (f, "client_field"), "This file holds a private key, not a certificate."));
  g_assert_false (ui_shows (child (f, "client_field"), "Re_move"));
  open_certificate (f, "client_field", "client.pem");
  settle (f);
  g_assert_false (
      ui_shows (child (f, "client_field"), "This file holds a private key, not a certificate."));
  g_assert_true (ui_shows (child (f, "client_field"), "Valid until 3 May 2027"));
}

static void
test_login_key_of_4096_bits_is_refused (Fixture *f, gconstpointer unused)
{
  use_certificate (f);
  open_certificate (f, "client_field", "client-4096.pem");
  open_certificate (f, "key_field", "client-4096-key.pem");
  g_assert_true (is_told (f, "Size of the Key"));
  g_assert_false (fl_page_get_complete (f->page));
}

static void
test_login_expired_certificate_is_refused (Fixture *f, gconstpointer unused)
{
  use_certificate (f);
  open_certificate (f, "client_field", "client-expired.pem");
  open_certificate (f, "key_field", "client-key.pem");
  g_assert_true (is_told (f, "Dates of the Device's Certificate"));
  g_assert_false (fl_page_get_complete (f->page));
}

static void
test_login_file_that_is_none_offers_to_type (Fixture *f, gconstpointer unused)
{
  open_certificate (f, "import_field", "README.md");
  settle (f);
  g_assert_true (
      ui_shows (child (f, "import_field"), "This File Holds No Network for This Device"));
  ui_click (child (f, "import_field"), "_Enter by Hand");
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_false (
      ui_shows (child (f, "import_field"), "This File Holds No Network for This Device"));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (f->window), child (f, "identity_entry")));
}

static void
test_login_profile_fills_in_and_is_told (Fixture *f, gconstpointer unused)
{
  open_path (f, "import_field", school ("harbour-school.eap-config"));
  settle (f);
  g_assert_true (ui_shows (child (f, "import_field"), "\u2068School by the Harbour\u2069"));
  g_assert_true (ui_shows (child (f, "profile_box"), "The certificate of the network is in it."));
  g_assert_true (ui_shows (child (f, "profile_box"),
                           "User names end with @\u2068harbour-school.example\u2069."));
  g_assert_false (gtk_widget_get_visible (child (f, "choice_field")));
  g_assert_cmpstr (text_of (f, "server_entry"), ==, "radius.harbour-school.example");
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (f->window), child (f, "identity_entry")));

  /* E46: the ending is added only when it is wanted. */
  type (f, "identity_entry", "ann");
  type (f, "password_entry", "tide-table");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 0);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (child (f, "question_box"), "Add _Ending");
  g_assert_cmpstr (text_of (f, "identity_entry"), ==, "ann@harbour-school.example");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 1);
}

static void
test_login_profile_with_a_certificate_needs_nothing_else (Fixture *f, gconstpointer unused)
{
  open_path (f, "import_field", school ("harbour-school-tls.eap-config"));
  if (gtk_widget_get_visible (child_of_field (f, "import_field", "password_box")))
    {
      gtk_editable_set_text (child_of_field (f, "import_field", "password_entry"), "harbour");
      ui_wait_frames (GTK_WIDGET (f->window), 2);
      ui_click (child (f, "import_field"), "_Open");
      wait_open (f, "import_field");
    }
  settle (f);
  g_assert_true (gtk_check_button_get_active (child (f, "certificate_toggle")));
  g_assert_true (ui_shows (child (f, "profile_box"), "The certificate of the device is in it."));
  g_assert_true (fl_page_get_complete (f->page));
}

static void
test_login_stays_for_the_same_network (Fixture *f, gconstpointer unused)
{
  type (f, "identity_entry", "anna");
  type (f, "password_entry", "tide-table");
  open_certificate (f, "ca_field", "root.pem");
  set_network (f, "eduroam"); /* the next scan's object */
  settle (f);
  g_assert_cmpstr (text_of (f, "identity_entry"), ==, "anna");
  g_assert_cmpstr (text_of (f, "password_entry"), ==, "tide-table");
  g_assert_true (ui_shows (child (f, "ca_field"), "Valid until 1 January 2044"));
  set_network (f, "Harbour Staff");
  settle (f);
  g_assert_cmpstr (text_of (f, "identity_entry"), ==, "");
  g_assert_cmpstr (text_of (f, "password_entry"), ==, "");
  g_assert_false (ui_shows (child (f, "ca_field"), "Valid until 1 January 2044"));
}

static void
test_login_other_network_asks_for_its_name (Fixture *f, gconstpointer unused)
{
  set_network (f, NULL);
  g_assert_true (gtk_widget_get_visible (child (f, "name_field")));
  type (f, "identity_entry", "anna.berg@school.example");
  type (f, "password_entry", "tide-table");
  open_certificate (f, "ca_field", "root.pem");
  g_assert_false (fl_page_get_complete (f->page));
  type (f, "name_entry", "123456789012345678901234567890123");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 0);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (
      ui_shows (GTK_WIDGET (f->page), "The name of a network is at most 32 bytes long."));
  type (f, "name_entry", " Café Ω");
  fl_page_activate (f->page);
  g_assert_cmpuint (f->entered, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (fl_credentials_get_ssid (f->credentials), NULL),
                   g_bytes_get_size (fl_credentials_get_ssid (f->credentials)), " Café Ω",
                   strlen (" Café Ω"));
}

static void
test_login_device_without_certificates_is_not_asked_for_one (Fixture *f, gconstpointer unused)
{
  static const FlEnterpriseLimits limits = { .methods = fl_eap_bit (FL_EAP_PEAP) };
  g_autoptr (FlNetwork) network = ui_network_new ("eduroam", FL_SECURITY_ENTERPRISE, 6, -50);

  fl_enterprise_page_set_network (f->login, network, &limits);
  g_assert_false (gtk_widget_get_visible (child (f, "way_field")));
  g_assert_false (gtk_widget_get_visible (child (f, "method_field")));
  g_assert_false (gtk_widget_get_visible (child (f, "client_field")));
}

static void
test_login_device_with_certificates_only_asks_for_one (Fixture *f, gconstpointer unused)
{
  static const FlEnterpriseLimits limits = { .methods = fl_eap_bit (FL_EAP_TLS) };
  g_autoptr (FlNetwork) network = ui_network_new ("eduroam", FL_SECURITY_ENTERPRISE, 6, -50);

  fl_enterprise_page_set_network (f->login, network, &limits);
  g_assert_false (gtk_widget_get_visible (child (f, "way_field")));
  g_assert_true (gtk_widget_get_visible (child (f, "client_field")));
  g_assert_false (gtk_widget_get_visible (child (f, "password_box")));
}

static void
test_login_refused_puts_the_focus_on_what_may_be_wrong (Fixture *f, gconstpointer unused)
{
  type (f, "identity_entry", "anna.berg@school.example");
  type (f, "password_entry", "tide-table");
  fl_enterprise_page_focus_login (f->login);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (f->window), child (f, "password_entry")));
  type (f, "identity_entry", "anna.berg@"); /* an ending that is none */
  fl_enterprise_page_focus_login (f->login);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (f->window), child (f, "identity_entry")));
}

/* A choice between two files that is made while the first one is still being opened. */
static void
test_login_cancelled_file_does_not_come_later (Fixture *f, gconstpointer unused)
{
  g_autofree char *first = certificate ("root.pem");
  g_autofree char *second = certificate ("other-root.pem");
  FlFileField *field = child (f, "ca_field");

  fl_file_field_open (field, first);
  g_assert_true (fl_page_get_busy (f->page));
  fl_file_field_cancel (field);
  g_assert_false (fl_page_get_busy (f->page));
  fl_file_field_open (field, second);
  wait_open (f, "ca_field");
  settle (f);
  g_assert_true (ui_shows (GTK_WIDGET (field), "\u2068Ferry Company Root CA\u2069"));
}

static void
test_login_file_of_10_megabytes_is_refused (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_dir_make_tmp ("first-light-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.pem", NULL);
  g_autofree char *text = g_strnfill (10 * 1024 * 1024, 'A');

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_path (f, "ca_field", g_strdup (path));
  settle (f);
  g_assert_true (gtk_widget_get_visible (child_of_field (f, "ca_field", "problem_label")));
  g_remove (path);
  g_rmdir (folder);
}

static void
choose_login (Fixture *f, FlComputerWifi *wifi)
{
  GtkMenuButton *button = child (f, "computer_button");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  fl_enterprise_page_set_wifi (f->login, wifi);
  fl_page_enter (f->page);
  while (!gtk_widget_get_visible (GTK_WIDGET (button)))
    g_main_context_iteration (NULL, TRUE);
  gtk_menu_button_popup (button);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  ui_click (GTK_WIDGET (gtk_menu_button_get_popover (button)), "\u2068School\u2069");
  while (!gtk_widget_get_sensitive (GTK_WIDGET (button)))
    g_main_context_iteration (NULL, TRUE);
  settle (f);
}

/* A login of this computer is as good as a file. */
static void
test_login_of_this_computer_is_imported (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlComputerWifi) wifi =
      hand_computer_new ("[connection]\ntype=wifi\n[wifi]\nssid=eduroam\n"
                         "[wifi-security]\nkey-mgmt=wpa-eap\n"
                         "[802-1x]\neap=peap\nidentity=anna@school.example\n"
                         "phase2-auth=mschapv2\npassword=Hafen#1\ndomain-match=x\n");

  choose_login (f, wifi);
  g_assert_cmpstr (text_of (f, "identity_entry"), ==, "anna@school.example");
  g_assert_cmpstr (text_of (f, "password_entry"), ==, "Hafen#1");
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "The password is in it."));
}

static void
test_login_of_this_computer_is_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlComputerWifi) wifi = hand_computer_new (NULL);

  type (f, "identity_entry", "kept@school.example");
  choose_login (f, wifi);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "Not allowed."));
  g_assert_cmpstr (text_of (f, "identity_entry"), ==, "kept@school.example");
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/login-page/empty/says-nothing-yet", test_login_empty_says_nothing_yet);
  ADD ("/login-page/password/asks-once-about-the-missing-ca",
       test_login_with_password_asks_once_about_the_missing_ca);
  ADD ("/login-page/password/with-a-ca-needs-no-question",
       test_login_with_password_and_ca_needs_no_question);
  ADD ("/login-page/password/spaces-are-asked-about",
       test_login_spaces_of_a_password_are_asked_about);
  ADD ("/login-page/p12/keeps-its-file-until-the-password-fits",
       test_login_p12_keeps_its_file_until_the_password_fits);
  ADD ("/login-page/key/has-a-field-when-it-is-missing",
       test_login_key_has_a_field_of_its_own_when_it_is_missing);
  ADD ("/login-page/key/4096-bits-are-refused", test_login_key_of_4096_bits_is_refused);
  ADD ("/login-page/files/swapped-are-told", test_login_swapped_files_are_told_and_change_nothing);
  ADD ("/login-page/files/expired-is-refused", test_login_expired_certificate_is_refused);
  ADD ("/login-page/files/10-megabytes-are-refused", test_login_file_of_10_megabytes_is_refused);
  ADD ("/login-page/files/cancelled-does-not-come-later",
       test_login_cancelled_file_does_not_come_later);
  ADD ("/login-page/profile/none-offers-to-type", test_login_file_that_is_none_offers_to_type);
  ADD ("/login-page/profile/fills-in-and-is-told", test_login_profile_fills_in_and_is_told);
  ADD ("/login-page/profile/with-a-certificate-needs-nothing-else",
       test_login_profile_with_a_certificate_needs_nothing_else);
  ADD ("/login-page/network/the-same-keeps-all", test_login_stays_for_the_same_network);
  ADD ("/login-page/network/other-asks-for-its-name", test_login_other_network_asks_for_its_name);
  ADD ("/login-page/device/without-certificates",
       test_login_device_without_certificates_is_not_asked_for_one);
  ADD ("/login-page/device/with-certificates-only",
       test_login_device_with_certificates_only_asks_for_one);
  ADD ("/login-page/refused/focus-on-what-may-be-wrong",
       test_login_refused_puts_the_focus_on_what_may_be_wrong);

  ADD ("/enterprise-page/computer/is-imported", test_login_of_this_computer_is_imported);
  ADD ("/enterprise-page/computer/is-refused", test_login_of_this_computer_is_refused);
  return g_test_run ();
}
