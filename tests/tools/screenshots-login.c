/* SPDX-License-Identifier: Apache-2.0 */
/* The page for a network with logins, over the certificates of tests/data and the school of the
 * campus scenario. */
#include "config.h"

#include "screenshots.h"

#include "fl-connecting-page.h"
#include "fl-done-page.h"
#include "fl-enterprise-page.h"
#include "fl-file-field.h"
#include "fl-network-page.h"
#include "fl-password-page.h"
#include "fl-serial-limits.h"
#include "hand-computer.h"

#define TODAY 1780315200 /* 1 June 2026, 12:00 UTC: tests/data/certificates/README.md */

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

static FlPage *
login_base (Stage *stage)
{
  FlPage *page = fl_enterprise_page_new (stage->clock);
  FlEnterprisePage *login = FL_ENTERPRISE_PAGE (page);
  g_autoptr (FlNetwork) network = ui_network_new ("Campus", FL_SECURITY_ENTERPRISE, 11, -52);

  fl_enterprise_page_set_now (login, TODAY);
  fl_enterprise_page_set_network (login, network, fl_serial_enterprise_limits ());
  return page;
}

static void
type (FlPage *page, const char *id, const char *text)
{
  GObject *entry = gtk_widget_get_template_child (GTK_WIDGET (page), FL_TYPE_ENTERPRISE_PAGE, id);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
open_file (FlPage *page, const char *id, char *path) /* (transfer full) path */
{
  GObject *field = gtk_widget_get_template_child (GTK_WIDGET (page), FL_TYPE_ENTERPRISE_PAGE, id);
  gboolean busy = TRUE;

  fl_file_field_open (FL_FILE_FIELD (field), path);
  g_free (path);
  while (busy)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (field, "busy", &busy, NULL);
    }
}

static void
settle (Stage *stage)
{
  ui_clock_advance_ms (stage->clock, 1000);
}

FlPage *
login_empty (Stage *stage)
{
  return login_base (stage);
}

FlPage *
login_computer (Stage *stage)
{
  FlPage *page = login_base (stage);
  GtkWidget *button =
      GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), FL_TYPE_ENTERPRISE_PAGE,
                                                 "computer_button"));
  g_autoptr (FlComputerWifi) wifi = hand_computer_new (NULL);

  fl_enterprise_page_set_wifi (FL_ENTERPRISE_PAGE (page), wifi);
  fl_page_enter (page);
  while (!gtk_widget_get_visible (button))
    g_main_context_iteration (NULL, TRUE);
  return page;
}

FlPage *
login_profile (Stage *stage)
{
  FlPage *page = login_base (stage);

  open_file (page, "import_field", school ("harbour-school.eap-config"));
  settle (stage);
  return page;
}

FlPage *
login_peap (Stage *stage)
{
  FlPage *page = login_base (stage);

  type (page, "identity_entry", "anna.berg@school.example");
  type (page, "password_entry", "tide-table");
  settle (stage);
  return page;
}

void
login_ask (Stage *stage, FlPage *page)
{
  fl_page_activate (page);
}

FlPage *
login_incomplete (Stage *stage)
{
  FlPage *page = login_profile (stage);

  type (page, "identity_entry", "anna.berg");
  type (page, "password_entry", " tide-table");
  settle (stage);
  return page;
}

static FlPage *
tls_base (Stage *stage)
{
  FlPage *page = login_base (stage);
  GObject *toggle = gtk_widget_get_template_child (GTK_WIDGET (page), FL_TYPE_ENTERPRISE_PAGE,
                                                   "certificate_toggle");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (toggle), TRUE);
  return page;
}

FlPage *
login_locked (Stage *stage)
{
  FlPage *page = tls_base (stage);

  open_file (page, "client_field", certificate ("client.p12"));
  settle (stage);
  return page;
}

FlPage *
login_tls (Stage *stage)
{
  FlPage *page = tls_base (stage);

  open_file (page, "client_field", certificate ("client-chain.pem"));
  open_file (page, "key_field", certificate ("client-key.pem"));
  open_file (page, "ca_field", certificate ("root.pem"));
  type (page, "server_entry", "radius.school.example");
  settle (stage);
  return page;
}

FlPage *
login_mismatch (Stage *stage)
{
  FlPage *page = tls_base (stage);

  open_file (page, "client_field", certificate ("client.pem"));
  open_file (page, "key_field", certificate ("other-key.pem"));
  open_file (page, "ca_field", certificate ("root-expired.pem"));
  settle (stage);
  return page;
}

FlPage *
login_too_large (Stage *stage)
{
  FlPage *page = tls_base (stage);

  open_file (page, "client_field", certificate ("client-4096.pem"));
  open_file (page, "key_field", certificate ("client-4096-key.pem"));
  settle (stage);
  return page;
}

FlPage *
login_swapped (Stage *stage)
{
  FlPage *page = tls_base (stage);

  open_file (page, "client_field", certificate ("client-key.pem"));
  open_file (page, "import_field", certificate ("README.md"));
  settle (stage);
  return page;
}

FlPage *
login_waiting (Stage *stage)
{
  return login_base (stage);
}

/* As it looks while a file is slow; ours are not. */
void
login_show_waiting (Stage *stage, FlPage *page)
{
  GtkWidget *field = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (page), FL_TYPE_ENTERPRISE_PAGE, "import_field"));

  gtk_label_set_label (GTK_LABEL (
                           gtk_widget_get_template_child (field, FL_TYPE_FILE_FIELD, "wait_label")),
                       "Opening “harbour-school-device-2027.p12”…");
  gtk_widget_set_visible (GTK_WIDGET (gtk_widget_get_template_child (field, FL_TYPE_FILE_FIELD,
                                                                     "wait_box")),
                          TRUE);
  gtk_widget_set_visible (GTK_WIDGET (gtk_widget_get_template_child (field, FL_TYPE_FILE_FIELD,
                                                                     "empty_label")),
                          FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (gtk_widget_get_template_child (field, FL_TYPE_FILE_FIELD,
                                                                       "choose_button")),
                            FALSE);
}

FlPage *
login_other (Stage *stage)
{
  FlPage *page = login_base (stage);

  fl_enterprise_page_set_network (FL_ENTERPRISE_PAGE (page), NULL, NULL);
  open_file (page, "import_field", school ("harbour-school-tls.mobileconfig"));
  settle (stage);
  return page;
}

FlPage *
login_rejected (Stage *stage)
{
  FlPage *page = login_peap (stage);
  g_autoptr (GError) error =
      g_error_new_literal (FL_ERROR, FL_ERROR_LOGIN_REJECTED, "Back to listening");

  fl_page_set_actions (page, G_MAXUINT64);
  fl_page_set_error (page, error);
  return page;
}

FlPage *
login_hidden (Stage *stage)
{
  FlPage *page = fl_password_page_new ();

  fl_password_page_set_network (FL_PASSWORD_PAGE (page), NULL, FL_CAN_ENTERPRISE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (GTK_WIDGET (page), GTK_TYPE_DROP_DOWN, NULL)),
                              1);
  return page;
}

FlPage *
login_nameless (Stage *stage)
{
  FlPage *page = fl_network_page_new (stage->clock);

  fl_network_page_set_networks (FL_NETWORK_PAGE (page), NULL, FL_CAN_JOIN | FL_CAN_ENTERPRISE);
  fl_network_page_set_stage (FL_NETWORK_PAGE (page), FL_STAGE_CHOOSING, FALSE);
  return page;
}

FlPage *
login_silent (Stage *stage)
{
  FlPage *page = fl_connecting_page_new (stage->clock);
  FlConnectingPage *connecting = FL_CONNECTING_PAGE (page);

  fl_connecting_page_set_network (connecting, "Campus");
  fl_connecting_page_set_reports (connecting, FALSE);
  fl_connecting_page_set_stage (connecting, FL_STAGE_JOINING, FALSE);
  fl_connecting_page_set_light (connecting, fl_light_get (FL_LIGHT_STATE_WIFI_CONNECTING), FALSE);
  return page;
}

FlPage *
login_done (Stage *stage)
{
  FlPage *page = fl_done_page_new ();

  fl_done_page_set_product (FL_DONE_PAGE (page), stage->product);
  fl_done_page_set_result (FL_DONE_PAGE (page), TRUE, "Campus", NULL, NULL);
  fl_done_page_set_expiry (FL_DONE_PAGE (page), 1809345600); /* 3 May 2027 */
  return page;
}
