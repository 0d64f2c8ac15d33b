/* SPDX-License-Identifier: Apache-2.0 */
/* usage: screenshots DIRECTORY [NAME...]
 *
 * Builds every page in the states that matter, light and dark, narrow, wide and with large text,
 * and writes a picture of each. */
#include "config.h"

#include "screenshots.h"

#include "fl-cable-page.h"
#include "fl-connecting-page.h"
#include "fl-done-page.h"
#include "fl-find-page.h"
#include "fl-label-page.h"
#include "fl-network-page.h"
#include "fl-password-page.h"
#include "fl-replace-page.h"

static void
take_error (FlPage *page, FlErrorCode code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, (int) code, message);

  fl_page_set_actions (page, G_MAXUINT64);
  fl_page_set_error (page, error);
}

static FlPage *
find_base (Stage *stage)
{
  FlPage *page = fl_find_page_new ();

  fl_find_page_set_product (FL_FIND_PAGE (page), stage->product);
  fl_find_page_set_finder (FL_FIND_PAGE (page), stage->finder, stage->clock);
  fl_find_page_set_scans (FL_FIND_PAGE (page), TRUE);
  fl_meta_finder_start (stage->finder);
  return page;
}

static FlPage *
find_looking (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_clock_advance_ms (stage->clock, 3500);
  return page;
}

static FlPage *
find_hints (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_clock_advance_ms (stage->clock, 6000);
  return page;
}

static FlPage *
find_nothing (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_clock_advance_ms (stage->clock, 21000);
  return page;
}

static FlPage *
find_devices (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_finder_add (stage->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -51);
  ui_finder_add (stage->radio, FL_ROAD_BLUETOOTH, "9K3M2P", -68);
  fl_road_set_reachable (ui_finder_add (stage->radio, FL_ROAD_BLUETOOTH, "7A7A7A", -88), FALSE);
  return page;
}

static FlPage *
find_cable (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_finder_add (stage->radio, FL_ROAD_BLUETOOTH, "9K3M2P", -68);
  ui_finder_add (stage->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -51);
  ui_finder_add (stage->cables, FL_ROAD_USB, "4F2A1B", 0);
  return page;
}

static FlPage *
find_update_mode (Stage *stage)
{
  FlPage *page = find_base (stage);
  FlRoad *road = ui_finder_add (stage->cables, FL_ROAD_USB, "4F2A1B", 0);

  fl_road_take_problem (road, g_error_new_literal (FL_ERROR, FL_ERROR_UPDATE_MODE, "DFU"));
  road = ui_finder_add (stage->cables, FL_ROAD_USB, "9K3M2P", 0);
  fl_road_take_problem (road, g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS, "no rule"));
  return page;
}

static FlPage *
find_charge_only (Stage *stage)
{
  FlPage *page = find_base (stage);

  ui_clock_advance_ms (stage->clock, 16000);
  return page;
}

static FlPage *
find_off_with_cable (Stage *stage)
{
  FlPage *page = find_cable (stage);

  fl_page_set_actions (page, G_MAXUINT64);
  ui_finder_take_problem (stage->radio, g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF,
                                                             "Adapter hci0 is not powered"));
  return page;
}

static FlPage *
cable_waiting (Stage *stage)
{
  FlPage *page = fl_cable_page_new (stage->clock);

  fl_cable_page_set_waiting (FL_CABLE_PAGE (page), TRUE);
  ui_clock_advance_ms (stage->clock, 4000);
  return page;
}

static FlPage *
cable_nothing (Stage *stage)
{
  FlPage *page = cable_waiting (stage);

  fl_cable_page_set_waiting (FL_CABLE_PAGE (page), FALSE);
  take_error (page, FL_ERROR_USB_NOTHING, "No such device was plugged in");
  return page;
}

static FlPage *
find_off (Stage *stage)
{
  FlPage *page = find_hints (stage);

  take_error (page, FL_ERROR_BLUETOOTH_OFF, "Adapter hci0 is not powered");
  return page;
}

static FlPage *
label_empty (Stage *stage)
{
  FlPage *page = fl_label_page_new (stage->clock);

  fl_label_page_set_product (FL_LABEL_PAGE (page), stage->product, NULL);
  return page;
}

static FlPage *
label_wrong (Stage *stage)
{
  FlPage *page = label_empty (stage);

  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (page), GTK_TYPE_ENTRY, NULL)),
                         "4F2A1B");
  take_error (page, FL_ERROR_WRONG_SECRET, "Confirmation differs");
  return page;
}

static FlPage *
network_base (Stage *stage, GListModel *networks, FlStage at, gboolean scanning)
{
  FlPage *page = fl_network_page_new (stage->clock);

  fl_network_page_set_stage (FL_NETWORK_PAGE (page), at, scanning);
  fl_network_page_set_networks (FL_NETWORK_PAGE (page), networks, FL_CAN_SCAN | FL_CAN_HIDDEN);
  return page;
}

static FlPage *
network_waiting (Stage *stage)
{
  FlPage *page = network_base (stage, NULL, FL_STAGE_SECURING, FALSE);

  ui_clock_advance_ms (stage->clock, 3500);
  return page;
}

static FlPage *
network_list (Stage *stage)
{
  g_autoptr (GListModel) networks = ui_networks_new ();

  return network_base (stage, networks, FL_STAGE_CHOOSING, FALSE);
}

static FlPage *
network_slow (Stage *stage)
{
  g_autoptr (GListStore) networks = g_list_store_new (FL_TYPE_NETWORK);
  g_autoptr (FlNetwork) network = ui_network_new ("Home 2", FL_SECURITY_WPA2, 6, -50);
  FlPage *page;

  g_list_store_append (networks, network);
  page = network_base (stage, G_LIST_MODEL (networks), FL_STAGE_CHOOSING, TRUE);
  ui_clock_advance_ms (stage->clock, 11000);
  fl_network_page_set_stage (FL_NETWORK_PAGE (page), FL_STAGE_CHOOSING, TRUE);
  return page;
}

static FlPage *
network_refused (Stage *stage)
{
  FlPage *page = network_base (stage, NULL, FL_STAGE_FAILED, FALSE);

  take_error (page, FL_ERROR_USB_ACCESS, "libusb: access denied");
  return page;
}

static FlPage *
network_update_mode (Stage *stage)
{
  FlPage *page = network_base (stage, NULL, FL_STAGE_FAILED, FALSE);

  take_error (page, FL_ERROR_UPDATE_MODE, "P2 is in its bootloader");
  return page;
}

static FlPage *
network_empty (Stage *stage)
{
  g_autoptr (GListStore) networks = g_list_store_new (FL_TYPE_NETWORK);

  return network_base (stage, G_LIST_MODEL (networks), FL_STAGE_CHOOSING, FALSE);
}

static FlPage *
network_lost (Stage *stage)
{
  FlPage *page = network_base (stage, NULL, FL_STAGE_FAILED, FALSE);

  take_error (page, FL_ERROR_DEVICE_SILENT, "No answer in 15000 ms");
  return page;
}

static FlPage *
password_base (Stage *stage, FlSecurity security)
{
  FlPage *page = fl_password_page_new ();
  g_autoptr (FlNetwork) network = ui_network_new ("Home 2", security, 6, -48);

  fl_password_page_set_network (FL_PASSWORD_PAGE (page), network, 0);
  return page;
}

static GtkEditable *
password_of (FlPage *page)
{
  return GTK_EDITABLE (ui_find (GTK_WIDGET (page), GTK_TYPE_PASSWORD_ENTRY, NULL));
}

static FlPage *
password_wrong (Stage *stage)
{
  FlPage *page = password_base (stage, FL_SECURITY_WPA2);

  gtk_editable_set_text (password_of (page), "correct horse");
  take_error (page, FL_ERROR_WRONG_PASSWORD, "Result -1202");
  return page;
}

static FlPage *
password_space (Stage *stage)
{
  FlPage *page = password_base (stage, FL_SECURITY_WPA2);

  gtk_editable_set_text (password_of (page), " correct horse");
  fl_page_activate (page);
  return page;
}

static FlPage *
password_short (Stage *stage)
{
  FlPage *page = password_base (stage, FL_SECURITY_WPA2);

  gtk_editable_set_text (password_of (page), "short");
  fl_page_activate (page);
  return page;
}

static FlPage *
password_open (Stage *stage)
{
  return password_base (stage, FL_SECURITY_OPEN);
}

static FlPage *
password_hidden (Stage *stage)
{
  FlPage *page = fl_password_page_new ();

  fl_password_page_set_network (FL_PASSWORD_PAGE (page), NULL, FL_CAN_WPA3);
  return page;
}

static FlPage *
replace_list (Stage *stage)
{
  FlPage *page = fl_replace_page_new ();
  g_autoptr (GListStore) known = g_list_store_new (FL_TYPE_NETWORK);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("Classroom %u", i + 1);
      g_autoptr (FlNetwork) network = ui_network_new (name, FL_SECURITY_WPA2, 0, 0);

      g_list_store_append (known, network);
    }
  fl_replace_page_set_known (FL_REPLACE_PAGE (page), G_LIST_MODEL (known));
  return page;
}

static FlDeviceState *
state_new (void)
{
  FlDeviceState *state = fl_device_state_new ();
  g_auto (GStrv) addresses = g_strsplit ("192.168.1.27", " ", -1);

  state->mode = FL_MODE_RUNNING;
  state->wifi_known = state->wifi_up = state->wifi_link = state->has_ipv4 = TRUE;
  state->addresses = g_steal_pointer (&addresses);
  state->rssi_dbm = -54;
  state->cloud = FL_CLOUD_CONNECTING;
  return state;
}

static FlPage *
connecting_base (Stage *stage, FlStage at, FlLightState light, gboolean failed)
{
  FlPage *page = fl_connecting_page_new (stage->clock);
  FlConnectingPage *connecting = FL_CONNECTING_PAGE (page);
  g_autoptr (FlDeviceState) state = state_new ();

  fl_connecting_page_set_network (connecting, "Home 2");
  fl_connecting_page_set_state (connecting, at > FL_STAGE_ADDRESSING ? state : NULL);
  fl_connecting_page_set_stage (connecting, at, failed);
  fl_connecting_page_set_light (connecting, fl_light_get (light), TRUE);
  return page;
}

static FlPage *
connecting_joining (Stage *stage)
{
  FlPage *page = connecting_base (stage, FL_STAGE_JOINING, FL_LIGHT_STATE_WIFI_CONNECTING, FALSE);

  ui_clock_advance_ms (stage->clock, 4000);
  return page;
}

static FlPage *
connecting_slow (Stage *stage)
{
  FlPage *page = connecting_base (stage, FL_STAGE_REACHING, FL_LIGHT_STATE_CLOUD_CONNECTING, FALSE);

  fl_connecting_page_set_slow (FL_CONNECTING_PAGE (page), TRUE);
  ui_clock_advance_ms (stage->clock, 12000);
  return page;
}

static FlPage *
connecting_failed (Stage *stage)
{
  FlPage *page = connecting_base (stage, FL_STAGE_ADDRESSING, FL_LIGHT_STATE_WIFI_ADDRESS, TRUE);

  take_error (page, FL_ERROR_NO_ADDRESS, "Associated, no address in time");
  return page;
}

static FlPage *
done_base (Stage *stage, gboolean online)
{
  FlPage *page = fl_done_page_new ();
  g_autoptr (FlDeviceState) state = state_new ();
  g_autoptr (FlDeviceInfo) info = fl_device_info_new ();

  info->firmware = g_strdup ("6.2.0");
  fl_done_page_set_product (FL_DONE_PAGE (page), stage->product);
  fl_done_page_set_result (FL_DONE_PAGE (page), online, "Home 2", state, info);
  return page;
}

static FlPage *
done_online (Stage *stage)
{
  return done_base (stage, TRUE);
}

static FlPage *
done_unreported (Stage *stage)
{
  return done_base (stage, FALSE);
}

static const struct
{
  const char *name;
  FlPage *(*build) (Stage *stage);
  void (*prepare) (Stage *stage, FlPage *page); /* (nullable) once it shows */
} shots[] = {
  { "1-find-looking", find_looking },
  { "1-find-hints", find_hints },
  { "1-find-nothing", find_nothing },
  { "1-find-devices", find_devices },
  { "1-find-bluetooth-off", find_off },
  { "1-find-cable", find_cable },
  { "1-find-cable-problems", find_update_mode },
  { "1-find-charge-only", find_charge_only },
  { "1-find-off-with-cable", find_off_with_cable },
  { "1-cable", cable_waiting },
  { "1-cable-nothing", cable_nothing },
  { "3-networks-access-refused", network_refused },
  { "3-networks-update-mode", network_update_mode },
  { "2-label", label_desk, label_show_empty },
  { "2-label-hint", label_other, label_show_hint },
  { "2-label-read", label_held, label_show_read },
  { "2-label-read-continue", label_held, label_show_patient },
  { "2-label-typed", label_desk, label_show_typed },
  { "2-label-help", label_desk, label_show_help },
  { "2-label-other-code", label_desk, label_show_other_code },
  { "2-label-example", label_desk, label_show_example },
  { "2-label-other-device", label_other, label_show_other_device },
  { "2-label-photo", label_desk, label_show_reading },
  { "2-label-photo-choice", label_desk, label_show_choice },
  { "2-label-no-camera", label_none, label_show_problem },
  { "2-label-unplugged", label_desk, label_show_unplugged },
  { "2-label-refused", label_refused, label_show_problem },
  { "2-label-busy", label_busy, label_show_problem },
  { "2-label-wrong", label_desk, label_show_wrong_secret },
  { "2-label-only-typed", label_empty },
  { "2-label-only-typed-wrong", label_wrong },
  { "3-networks-waiting", network_waiting },
  { "3-networks", network_list },
  { "3-networks-slow", network_slow },
  { "3-networks-empty", network_empty },
  { "3-networks-silent", network_lost },
  { "4-password-wrong", password_wrong },
  { "4-password-space", password_space },
  { "4-password-short", password_short },
  { "4-password-open", password_open },
  { "4-password-hidden", password_hidden },
  { "3-networks-nameless", login_nameless },
  { "4-password-login", login_hidden },
  { "4-login-empty", login_empty },
  { "4-login-computer", login_computer },
  { "4-login-waiting", login_waiting, login_show_waiting },
  { "4-login-profile", login_profile },
  { "4-login-peap", login_peap },
  { "4-login-peap-asked", login_peap, login_ask },
  { "4-login-ending-asked", login_incomplete, login_ask },
  { "4-login-locked", login_locked },
  { "4-login-tls", login_tls },
  { "4-login-mismatch", login_mismatch },
  { "4-login-too-large", login_too_large },
  { "4-login-swapped", login_swapped },
  { "4-login-other", login_other },
  { "4-login-rejected", login_rejected },
  { "4-replace", replace_list },
  { "5-connecting", connecting_joining },
  { "5-connecting-slow", connecting_slow },
  { "5-connecting-no-address", connecting_failed },
  { "5-connecting-silent", login_silent },
  { "6-done", done_online },
  { "6-done-certificate", login_done },
  { "6-done-unreported", done_unreported },
  { "7-service-devices", service_devices },
  { "7-service-filter", service_filter_none },
  { "7-service-nothing", service_nothing },
  { "7-service-labels", service_labels },
  { "7-service-labels-again", service_labels_again },
  { "7-service-labels-begin", service_labels_begin },
  { "7-service-labels-busy", service_labels_busy },
  { "8-service-window", service_window },
  { "8-service-full", service_full },
  { "8-service-update-mode", service_update },
  { "8-service-locked", service_locked },
  { "8-service-broken", service_broken },
  { "8-service-checked", service_checked },
  { "9-service-password", service_password },
  { "9-service-joined", service_joined },
  { "9-service-failed", service_failed },
  { "9-service-doctor", service_doctor_bad },
  { "9-service-doctor-good", service_doctor_good },
  { "9-service-report", service_report },
};

static const struct
{
  const char *name;
  int width;
  int height;
  int text_percent;
  gboolean dark;
  GtkTextDirection direction;
  const char *only; /* for names that begin with it; NULL: for all */
} looks[] = {
  { "light", 680, 720, 100, FALSE },
  { "dark", 680, 720, 100, TRUE },
  { "narrow", 360, 640, 100, FALSE },
  { "wide", 1000, 720, 100, FALSE },
  { "large-text", 360, 720, 200, FALSE },
  { "rtl", 680, 720, 100, FALSE, GTK_TEXT_DIR_RTL },
  { "desk", 1200, 800, 100, FALSE, GTK_TEXT_DIR_LTR, "7" },
  { "whole", 680, 2400, 100, FALSE, GTK_TEXT_DIR_LTR, "8" },
  { "whole", 680, 1700, 100, FALSE, GTK_TEXT_DIR_LTR, "4-login" },
  { "whole-large", 360, 2500, 200, FALSE, GTK_TEXT_DIR_LTR, "4-login" },
};

/* A server without a compositor gives windows a grey border. */
static void
remove_border (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (
      provider, "window.solid-csd { padding: 0; border: none; box-shadow: none; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
}

static void
set_look (gsize i)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * looks[i].text_percent / 100,
                "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11",
                "gtk-decoration-layout", ":close", NULL);
  gtk_widget_set_default_direction (looks[i].direction == GTK_TEXT_DIR_RTL ? GTK_TEXT_DIR_RTL
                                                                           : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      looks[i].dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* What the window shows; it may have nothing yet on a machine that is busy. */
static GskRenderNode *
snapshot (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GskRenderNode *node = NULL;

  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  while (node == NULL)
    {
      GtkSnapshot *shot = gtk_snapshot_new ();

      ui_wait_frames (widget, 4);
      gdk_paintable_snapshot (paintable, shot, gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      node = gtk_snapshot_free_to_node (shot);
    }
  return node;
}

static void
save (GtkWindow *window, const char *path)
{
  g_autoptr (GskRenderNode) node = snapshot (GTK_WIDGET (window));
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);

  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
take (gsize shot, gsize look, const char *directory)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.png", shots[shot].name, looks[look].name);
  g_autofree char *path = g_build_filename (directory, file, NULL);
  Stage stage = { ui_clock_new (), NULL, ui_finder_new (), ui_finder_new_for (FL_ROAD_USB),
                  fl_product_new_factory () };
  GtkWindow *window;
  FlPage *page;

  set_look (look);
  stage.finder = fl_meta_finder_new (stage.clock);
  fl_meta_finder_add (stage.finder, FL_FINDER (stage.radio));
  fl_meta_finder_add (stage.finder, FL_FINDER (stage.cables));
  page = shots[shot].build (&stage);
  window = ui_window_new (page, looks[look].width, looks[look].height);
  if (shots[shot].prepare != NULL)
    shots[shot].prepare (&stage, page);
  if (fl_page_get_error (page) != NULL)
    fl_page_focus_error (page);
  ui_wait_frames (GTK_WIDGET (window), 4);
  if (gtk_widget_get_width (GTK_WIDGET (window)) > looks[look].width)
    g_printerr ("%s is %d wide\n", file, gtk_widget_get_width (GTK_WIDGET (window)));
  save (window, path);
  gtk_window_destroy (window);
  ui_settle ();
  g_clear_pointer (&stage.service, service_stage_free);
  g_clear_pointer (&stage.label, label_stage_free);

  fl_meta_finder_stop (stage.finder);
  g_object_unref (stage.finder);
  g_object_unref (stage.radio);
  g_object_unref (stage.cables);
  g_object_unref (stage.product);
  g_object_unref (stage.clock);
}

static gboolean
is_wanted (const char *name, int argc, char **argv)
{
  for (int i = 2; i < argc; i++)
    if (g_str_has_prefix (name, argv[i]))
      return TRUE;
  return argc < 3;
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv) || argc < 2)
    {
      g_printerr ("usage: screenshots DIRECTORY [NAME...], with a display\n");
      return 2;
    }

  remove_border ();
  g_assert_cmpint (g_mkdir_with_parents (argv[1], 0755), ==, 0);
  for (gsize shot = 0; shot < G_N_ELEMENTS (shots); shot++)
    for (gsize look = 0; look < G_N_ELEMENTS (looks); look++)
      if (is_wanted (shots[shot].name, argc, argv) &&
          (looks[look].only == NULL || g_str_has_prefix (shots[shot].name, looks[look].only)))
        take (shot, look, argv[1]);
  return 0;
}
