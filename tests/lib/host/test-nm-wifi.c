/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-nm-wifi.h"
#include "mock-network-manager.h"
#include "wait.h"

/* NetworkManager's flags */
#define PRIVACY  0x1u
#define CCMP_PSK 0x188u
#define CCMP_SAE 0x488u
#define CCMP_EAP 0x288u

typedef struct
{
  MockNetworkManager daemon;
  GDBusConnection *bus; /* the client's own */
  FlComputerWifi *wifi;
  GPtrArray *logins;
  FlSecret *login;
  GError *error;
  gboolean is_over;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mock_network_manager_start (&f->daemon);
  f->bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (f->daemon.daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  f->wifi = fl_nm_wifi_new (f->bus);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->wifi);
  g_clear_pointer (&f->logins, g_ptr_array_unref);
  g_clear_pointer (&f->login, fl_secret_unref);
  g_clear_error (&f->error);
  g_dbus_connection_close_sync (f->bus, NULL, NULL);
  g_clear_object (&f->bus);
  mock_network_manager_stop (&f->daemon);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (fl_computer_wifi_get_networks (f->wifi));
}

/* Borrowed: the list keeps it. */
static FlNetwork *
find (Fixture *f, const char *name)
{
  GListModel *networks = fl_computer_wifi_get_networks (f->wifi);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      if (g_str_equal (fl_network_get_name (network), name))
        return network;
    }
  return NULL;
}

static void
test_securities (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint32 flags, wpa, rsn;
    FlSecurity security;
  } cases[] = {
    { "open", 0, 0, 0, FL_SECURITY_OPEN },
    { "wep", PRIVACY, 0, 0, FL_SECURITY_WEP },
    { "wpa", PRIVACY, CCMP_PSK, 0, FL_SECURITY_WPA },
    { "both", PRIVACY, CCMP_PSK, CCMP_PSK, FL_SECURITY_WPA_WPA2 },
    { "wpa2", PRIVACY, 0, CCMP_PSK, FL_SECURITY_WPA2 },
    { "wpa3", PRIVACY, 0, CCMP_SAE, FL_SECURITY_WPA3 },
    { "mixed", PRIVACY, 0, CCMP_SAE | CCMP_PSK, FL_SECURITY_WPA2_WPA3 },
    { "eduroam", PRIVACY, 0, CCMP_EAP, FL_SECURITY_ENTERPRISE },
    { "suite b", PRIVACY, 0, 0x2000, FL_SECURITY_ENTERPRISE },
    { "owe", 0, 0, 0x800, FL_SECURITY_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    mock_network_manager_add_point (&f->daemon, i, cases[i].name, cases[i].flags, cases[i].wpa,
                                    cases[i].rsn, 2437, 80);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == G_N_ELEMENTS (cases));

  g_assert_true (fl_computer_wifi_is_available (f->wifi));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (fl_network_get_security (find (f, cases[i].name)), ==, cases[i].security);
  g_assert_cmpint (fl_network_get_channel (find (f, "open")), ==, 6);
  g_assert_cmpint (fl_network_get_rssi (find (f, "open")), ==, -52);
  WAIT_FOR (f->daemon.n_scans > 0);
}

static void
test_useless_points_are_left_out (Fixture *f, gconstpointer data)
{
  mock_network_manager_add_point (&f->daemon, 1, "", PRIVACY, 0, CCMP_PSK, 2437, 80);
  mock_network_manager_add_point (&f->daemon, 2, "on 6 GHz", PRIVACY, 0, CCMP_SAE, 5955, 80);
  mock_network_manager_add_point (&f->daemon, 3, "this name is longer than any may be!", 0, 0, 0,
                                  2437, 80);
  mock_network_manager_add_point (&f->daemon, 4, "Home", PRIVACY, 0, CCMP_PSK, 5180, 30);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == 1);

  g_assert_cmpint (fl_network_get_channel (find (f, "Home")), ==, 36);
}

static void
test_one_row_for_one_name (Fixture *f, gconstpointer data)
{
  FlNetwork *before = NULL;
  MockObject *near = NULL;

  mock_network_manager_add_point (&f->daemon, 1, "Home", PRIVACY, 0, CCMP_PSK, 2462, 20);
  near = mock_network_manager_add_point (&f->daemon, 2, "Home", PRIVACY, 0, CCMP_PSK, 2412, 90);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == 1);
  before = find (f, "Home");
  g_assert_cmpint (fl_network_get_channel (before), ==, 1);

  /* A stronger signal changes the row, it does not replace it. */
  mock_object_set (near, "org.freedesktop.NetworkManager.AccessPoint", "Strength",
                   g_variant_new_byte (100));
  WAIT_FOR (fl_network_get_rssi (before) == -40);
  g_assert_true (find (f, "Home") == before);

  mock_object_remove (near);
  WAIT_FOR (find (f, "Home") != NULL && fl_network_get_channel (find (f, "Home")) == 11);
}

/* What is stronger on 5 GHz may still be heard on 2.4 GHz by a device that has no other. */
static void
test_the_common_band_stands_for_both (Fixture *f, gconstpointer data)
{
  mock_network_manager_add_point (&f->daemon, 1, "Home", PRIVACY, 0, CCMP_PSK, 5180, 100);
  mock_network_manager_add_point (&f->daemon, 2, "Home", PRIVACY, 0, CCMP_PSK, 2412, 40);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == 1);

  g_assert_cmpint (fl_network_get_channel (find (f, "Home")), ==, 1);
}

static void
test_daemon_goes_and_comes_back (Fixture *f, gconstpointer data)
{
  mock_network_manager_add_point (&f->daemon, 1, "Home", PRIVACY, 0, CCMP_PSK, 2462, 20);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == 1);

  mock_network_manager_leave (&f->daemon);
  WAIT_FOR (!fl_computer_wifi_is_available (f->wifi));
  g_assert_cmpuint (count (f), ==, 0);

  mock_network_manager_return (&f->daemon);
  WAIT_FOR (fl_computer_wifi_is_available (f->wifi) && count (f) == 1);
}

static void
test_stopped_while_starting (Fixture *f, gconstpointer data)
{
  fl_computer_wifi_start (f->wifi);
  fl_computer_wifi_stop (f->wifi);
  fl_computer_wifi_start (f->wifi);
  mock_network_manager_add_point (&f->daemon, 1, "Home", PRIVACY, 0, CCMP_PSK, 2462, 20);
  WAIT_FOR (count (f) == 1);
}

static GVariant *
bytes_of (const char *text, gsize size_bytes)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, size_bytes, 1);
}

static GVariant *
make_settings (const char *name, gboolean has_login)
{
  static const char *const eap[] = { "peap", NULL };
  GVariantBuilder all;
  GVariantDict connection, wifi, security, login;

  g_variant_dict_init (&connection, NULL);
  g_variant_dict_insert (&connection, "id", "s", name);
  g_variant_dict_init (&wifi, NULL);
  g_variant_dict_insert_value (&wifi, "ssid", bytes_of ("eduroam", 7));
  g_variant_dict_init (&security, NULL);
  g_variant_dict_insert (&security, "key-mgmt", "s", "wpa-eap");
  g_variant_dict_init (&login, NULL);
  g_variant_dict_insert (&login, "eap", "^as", eap);
  g_variant_dict_insert (&login, "identity", "s", "anna@school.example");
  g_variant_dict_insert (&login, "phase2-auth", "s", "mschapv2");
  g_variant_dict_insert_value (&login, "ca-cert", bytes_of ("file:///etc/ca.pem", 19));
  g_variant_dict_insert_value (&login, "client-cert", bytes_of ("\x30\x03\x02\x01\x07", 5));

  g_variant_builder_init (&all, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&all, "{s@a{sv}}", "connection", g_variant_dict_end (&connection));
  g_variant_builder_add (&all, "{s@a{sv}}", "802-11-wireless", g_variant_dict_end (&wifi));
  g_variant_builder_add (&all, "{s@a{sv}}", "802-11-wireless-security",
                         g_variant_dict_end (&security));
  if (has_login)
    g_variant_builder_add (&all, "{s@a{sv}}", "802-1x", g_variant_dict_end (&login));
  else
    g_variant_dict_clear (&login);
  return g_variant_builder_end (&all);
}

static void
on_logins (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->logins = fl_computer_wifi_list_logins_finish (FL_COMPUTER_WIFI (source), result, &f->error);
  f->is_over = TRUE;
}

static void
on_login (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->login = fl_computer_wifi_read_login_finish (FL_COMPUTER_WIFI (source), result, &f->error);
  f->is_over = TRUE;
}

static void
add_logins (Fixture *f)
{
  mock_network_manager_add_connection (&f->daemon, 1, make_settings ("Home", FALSE));
  mock_network_manager_add_connection (&f->daemon, 2, make_settings ("Work", TRUE));
  mock_network_manager_add_point (&f->daemon, 1, "Home", PRIVACY, 0, CCMP_PSK, 2462, 20);
  fl_computer_wifi_start (f->wifi);
  WAIT_FOR (count (f) == 1);
}

static void
read_login (Fixture *f)
{
  f->is_over = FALSE;
  fl_computer_wifi_read_login_async (f->wifi, "/org/freedesktop/NetworkManager/Settings/2", NULL,
                                     on_login, f);
  WAIT_FOR (f->is_over);
}

static void
test_logins_are_listed_and_read (Fixture *f, gconstpointer data)
{
  const FlComputerLogin *login = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *password = NULL;
  g_autofree char *ca = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *ssid = NULL;

  add_logins (f);
  fl_computer_wifi_list_logins_async (f->wifi, NULL, on_logins, f);
  WAIT_FOR (f->is_over);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->logins->len, ==, 1);
  login = f->logins->pdata[0];
  g_assert_cmpstr (login->name, ==, "Work");

  f->daemon.secrets =
      g_variant_ref_sink (g_variant_new_parsed ("{'802-1x': {'password': <' pass;word\\\\ '>}}"));
  read_login (f);
  g_assert_no_error (f->error);
  g_assert_true (g_key_file_load_from_data (file, fl_secret_get_text (f->login),
                                            fl_secret_get_size (f->login), G_KEY_FILE_NONE, NULL));
  password = g_key_file_get_string (file, "802-1x", "password", NULL);
  ca = g_key_file_get_string (file, "802-1x", "ca-cert", NULL);
  certificate = g_key_file_get_string (file, "802-1x", "client-cert", NULL);
  ssid = g_key_file_get_string (file, "wifi", "ssid", NULL);
  g_assert_cmpstr (password, ==, " pass;word\\ ");
  g_assert_cmpstr (ca, ==, "/etc/ca.pem");
  g_assert_cmpstr (certificate, ==, "data:;base64,MAMCAQc=");
  g_assert_cmpstr (ssid, ==, "101;100;117;114;111;97;109;");
}

static void
test_secrets_refused (Fixture *f, gconstpointer data)
{
  add_logins (f);
  f->daemon.refusal = "org.freedesktop.NetworkManager.Settings.PermissionDenied";
  read_login (f);

  g_assert_error (f->error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_null (f->login);
}

/* Whoever types the password each time still has the rest stored. */
static void
test_no_secrets_stored (Fixture *f, gconstpointer data)
{
  add_logins (f);
  f->daemon.refusal = "org.freedesktop.NetworkManager.AgentManager.NoSecrets";
  read_login (f);

  g_assert_no_error (f->error);
  g_assert_nonnull (strstr (fl_secret_get_text (f->login), "anna@school.example"));
  g_assert_null (strstr (fl_secret_get_text (f->login), "\npassword="));
}

static void
test_cancelled_while_the_desktop_asks (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  add_logins (f);
  f->daemon.is_slow = TRUE;
  fl_computer_wifi_read_login_async (f->wifi, "/org/freedesktop/NetworkManager/Settings/2",
                                     cancellable, on_login, f);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (f->is_over);

  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_login_that_is_gone (Fixture *f, gconstpointer data)
{
  fl_computer_wifi_read_login_async (f->wifi, "/nowhere", NULL, on_login, f);
  WAIT_FOR (f->is_over);

  g_assert_error (f->error, FL_ERROR, FL_ERROR_INVALID_INPUT);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/nm-wifi/networks/securities", test_securities);
  ADD ("/nm-wifi/networks/useless-points", test_useless_points_are_left_out);
  ADD ("/nm-wifi/networks/one-row-per-name", test_one_row_for_one_name);
  ADD ("/nm-wifi/networks/common-band", test_the_common_band_stands_for_both);
  ADD ("/nm-wifi/daemon/goes-and-comes-back", test_daemon_goes_and_comes_back);
  ADD ("/nm-wifi/daemon/stopped-while-starting", test_stopped_while_starting);
  ADD ("/nm-wifi/logins/listed-and-read", test_logins_are_listed_and_read);
  ADD ("/nm-wifi/logins/secrets-refused", test_secrets_refused);
  ADD ("/nm-wifi/logins/no-secrets-stored", test_no_secrets_stored);
  ADD ("/nm-wifi/logins/cancelled", test_cancelled_while_the_desktop_asks);
  ADD ("/nm-wifi/logins/gone", test_login_that_is_gone);
  return g_test_run ();
}
