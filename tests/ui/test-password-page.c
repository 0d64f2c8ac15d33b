/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-password-page.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlPage *page;
  FlPasswordPage *password;
  GtkEditable *entry;
  GtkEditable *name;
  FlCredentials *credentials;
} Fixture;

static void
on_entered (Fixture *f, FlCredentials *credentials)
{
  g_clear_pointer (&f->credentials, fl_credentials_unref);
  f->credentials = fl_credentials_ref (credentials);
}

static void
set_network (Fixture *f, const char *name, FlSecurity security)
{
  g_autoptr (FlNetwork) network = name != NULL ? ui_network_new (name, security, 6, -50) : NULL;

  fl_password_page_set_network (f->password, network, FL_CAN_WPA3);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->credentials = NULL;
  f->page = fl_password_page_new ();
  f->password = FL_PASSWORD_PAGE (f->page);
  g_signal_connect_swapped (f->page, "entered", G_CALLBACK (on_entered), f);
  set_network (f, "Home 2", FL_SECURITY_WPA2);
  f->window = ui_window_new (f->page, 500, 600);
  f->entry = GTK_EDITABLE (ui_find (GTK_WIDGET (f->page), GTK_TYPE_PASSWORD_ENTRY, NULL));
  f->name = GTK_EDITABLE (ui_find (GTK_WIDGET (f->page), GTK_TYPE_ENTRY, NULL));
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->credentials, fl_credentials_unref);
  ui_window_finish (f->window, f->page);
}

static const char *
sent_password (Fixture *f)
{
  g_assert_nonnull (f->credentials);
  return fl_secret_get_text (fl_credentials_get_password (f->credentials));
}

static void
test_password_connects (Fixture *f, gconstpointer unused)
{
  g_assert_false (fl_page_get_complete (f->page));
  gtk_editable_set_text (f->entry, "lighthouse7");
  fl_page_activate (f->page);
  g_assert_cmpstr (sent_password (f), ==, "lighthouse7");
  g_assert_cmpstr (fl_credentials_get_name (f->credentials), ==, "Home 2");
  g_assert_false (fl_credentials_get_hidden (f->credentials));
}

static void
test_password_too_short_is_told_and_kept (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->entry, "short");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->entry), "error")); /* not while typing */
  fl_page_activate (f->page);
  g_assert_null (f->credentials);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->entry), "error"));
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "short");
}

static void
test_password_space_kept_only_after_asking (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->entry, " lighthouse7 ");
  fl_page_activate (f->page);
  g_assert_null (f->credentials);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (GTK_WIDGET (f->page), "_Keep");
  g_assert_cmpstr (sent_password (f), ==, " lighthouse7 ");
}

static void
test_password_space_removed_only_after_asking (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->entry, "  licht haus ");
  fl_page_activate (f->page);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (GTK_WIDGET (f->page), "_Remove");
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "licht haus");
  fl_page_activate (f->page);
  g_assert_cmpstr (sent_password (f), ==, "licht haus");
}

static void
test_password_open_network_needs_none (Fixture *f, gconstpointer unused)
{
  set_network (f, "Café", FL_SECURITY_OPEN);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (f->entry))));
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (
      ui_shows (GTK_WIDGET (f->page), "Anyone nearby can read what is sent on this network."));
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_null (fl_credentials_get_password (f->credentials));
}

static void
test_password_open_network_is_doubted (Fixture *f, gconstpointer unused)
{
  static const char words[] =
      "The device's software may not join open networks that it is given over this cable.";
  g_autoptr (FlNetwork) network = ui_network_new ("Café", FL_SECURITY_OPEN, 6, -50);

  fl_password_page_set_network (FL_PASSWORD_PAGE (f->page), network, FL_CAN_JOIN);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), words));
  fl_password_page_set_network (FL_PASSWORD_PAGE (f->page), network, FL_CAN_JOIN | FL_DOUBTS_OPEN);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), words));
}

static void
test_password_hidden_keeps_every_byte_of_the_name (Fixture *f, gconstpointer unused)
{
  set_network (f, NULL, FL_SECURITY_UNKNOWN);
  gtk_editable_set_text (f->name, " Hidden\u00a0Ω ");
  gtk_editable_set_text (f->entry, "whisper123");
  fl_page_activate (f->page);
  g_assert_nonnull (f->credentials);
  g_assert_true (fl_credentials_get_hidden (f->credentials));
  g_assert_cmpmem (g_bytes_get_data (fl_credentials_get_ssid (f->credentials), NULL),
                   g_bytes_get_size (fl_credentials_get_ssid (f->credentials)), " Hidden\u00a0Ω ",
                   sizeof " Hidden\u00a0Ω " - 1);
}

/* After a join that failed the page comes back as it was. */
static void
test_password_hidden_keeps_the_security (Fixture *f, gconstpointer unused)
{
  GtkDropDown *drop = GTK_DROP_DOWN (ui_find (GTK_WIDGET (f->page), GTK_TYPE_DROP_DOWN, NULL));
  g_autoptr (FlCredentials) sent = NULL;

  set_network (f, NULL, FL_SECURITY_UNKNOWN);
  gtk_editable_set_text (f->name, "Cove");
  gtk_editable_set_text (f->entry, "whisper123");
  gtk_drop_down_set_selected (drop, 1);
  fl_page_activate (f->page);
  g_assert_nonnull (f->credentials);
  g_assert_cmpint (fl_credentials_get_security (f->credentials), ==, FL_SECURITY_WPA3);
  set_network (f, NULL, FL_SECURITY_UNKNOWN);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop), ==, 1);

  /* Another network in between, then what was sent once more. */
  sent = fl_credentials_ref (f->credentials);
  set_network (f, "Home 2", FL_SECURITY_WPA2);
  set_network (f, NULL, FL_SECURITY_UNKNOWN);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop), ==, 0);
  fl_password_page_set_credentials (f->password, sent);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop), ==, 1);
}

static void
test_password_hidden_name_of_33_bytes_is_told (Fixture *f, gconstpointer unused)
{
  set_network (f, NULL, FL_SECURITY_UNKNOWN);
  gtk_editable_set_text (f->name, "123456789012345678901234567890123");
  gtk_editable_set_text (f->entry, "whisper123");
  fl_page_activate (f->page);
  g_assert_null (f->credentials);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (
      ui_shows (GTK_WIDGET (f->page), "The name of a network is at most 32 bytes long."));
}

static void
test_password_stays_for_the_same_network (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->entry, "lighthouse7");
  set_network (f, "Home 2", FL_SECURITY_WPA2); /* the next scan's object */
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "lighthouse7");
  set_network (f, "Attic", FL_SECURITY_WPA2);
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "");
}

static void
test_password_wrong_one_is_selected (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, FL_ERROR_WRONG_PASSWORD, "no");
  int start = 0, end = 0;

  gtk_editable_set_text (f->entry, "lighthouse7");
  fl_page_set_error (f->page, error);
  fl_password_page_focus_password (f->password);
  g_assert_true (gtk_editable_get_selection_bounds (f->entry, &start, &end));
  g_assert_cmpint (end - start, ==, 11);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/password-page/typed/connects", test_password_connects);
  ADD ("/password-page/short/told-and-kept", test_password_too_short_is_told_and_kept);
  ADD ("/password-page/space/kept-after-asking", test_password_space_kept_only_after_asking);
  ADD ("/password-page/space/removed-after-asking", test_password_space_removed_only_after_asking);
  ADD ("/password-page/open/needs-none", test_password_open_network_needs_none);
  ADD ("/password-page/open/is-doubted", test_password_open_network_is_doubted);
  ADD ("/password-page/hidden/keeps-the-security", test_password_hidden_keeps_the_security);
  ADD ("/password-page/hidden/every-byte", test_password_hidden_keeps_every_byte_of_the_name);
  ADD ("/password-page/hidden/33-bytes-told", test_password_hidden_name_of_33_bytes_is_told);
  ADD ("/password-page/same-network/stays", test_password_stays_for_the_same_network);
  ADD ("/password-page/wrong/selected", test_password_wrong_one_is_selected);
  return g_test_run ();
}
