/* SPDX-License-Identifier: Apache-2.0 */

#include <glib/gstdio.h>
#include <unistd.h>

#include "bluez-fixture.h"
#include "fl-doctor.h"
#include "fl-error.h"

#define NOBODY 65534

static const char rule_text[] =
    "# a rule\n"
    "SUBSYSTEM==\"usb\", ATTR{idVendor}==\"2b04\", TAG+=\"uaccess\"\n"
    "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"2b04\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"\n";

static const char network_manager_xml[] = "<node>"
                                          "<interface name='org.freedesktop.NetworkManager'>"
                                          "<property name='Connectivity' type='u' access='read'/>"
                                          "</interface>"
                                          "</node>";

typedef struct
{
  BluezFixture bluez;
  guint network_manager_id;
  guint32 connectivity;
} Fixture;

static void
write_usb_device (Fixture *f,
                  const char *location,
                  const char *vendor_id,
                  const char *product_id,
                  const char *product,
                  guint number)
{
  const char *names[] = { "idVendor", "idProduct", "product" };
  const char *texts[] = { vendor_id, product_id, product };
  g_autofree char *devnum_path = g_strdup_printf ("sys/bus/usb/devices/%s/devnum", location);
  g_autofree char *busnum_path = g_strdup_printf ("sys/bus/usb/devices/%s/busnum", location);
  g_autofree char *devnum = g_strdup_printf ("%u\n", number);
  g_autofree char *node = g_strdup_printf ("dev/bus/usb/001/%03u", number);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("sys/bus/usb/devices/%s/%s", location, names[i]);
      g_autofree char *line = g_strconcat (texts[i], "\n", NULL);

      bluez_fixture_write_file (&f->bluez, path, line);
    }
  bluez_fixture_write_file (&f->bluez, busnum_path, "1\n");
  bluez_fixture_write_file (&f->bluez, devnum_path, devnum);
  bluez_fixture_write_file (&f->bluez, node, "");
}

static void
write_camera (Fixture *f)
{
  bluez_fixture_write_file (&f->bluez, "sys/class/video4linux/video0/name", "Webcam C270\n");
  bluez_fixture_write_file (&f->bluez, "dev/video0", "");
}

static void
write_rule (Fixture *f, const char *text)
{
  bluez_fixture_write_file (&f->bluez, "etc/udev/rules.d/70-first-light.rules", text);
}

/* A computer where all is well, with one device on a cable. */
static void
set_up (Fixture *f, gconstpointer bus_address)
{
  bluez_fixture_set_up (&f->bluez, bus_address);
  bluez_fixture_write_file (&f->bluez, "sys/class/bluetooth/hci0/address", "\n");
  bluez_fixture_write_rfkill (&f->bluez, "hci0", FALSE);
  write_usb_device (f, "1-2", "2b04", "c00c", "Argon", 7);
  write_usb_device (f, "1-3", "046d", "c52b", "Mouse", 8);
  write_rule (f, rule_text);
  write_camera (f);
  mock_bluez_start (f->bluez.mock);
  f->connectivity = 4;
}

static void
call_bus (GDBusConnection *connection, const char *method, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", method,
                                   g_str_equal (method, "RequestName")
                                       ? g_variant_new ("(su)", name, 0)
                                       : g_variant_new ("(s)", name),
                                   NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

static GVariant *
get_connectivity (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *property,
                  GError **error,
                  gpointer data)
{
  return g_variant_new_uint32 (((Fixture *) data)->connectivity);
}

static void
start_network_manager (Fixture *f)
{
  static const GDBusInterfaceVTable vtable = { .get_property = get_connectivity };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (network_manager_xml, &error);

  g_assert_no_error (error);
  f->network_manager_id =
      g_dbus_connection_register_object (f->bluez.server, "/org/freedesktop/NetworkManager",
                                         info->interfaces[0], &vtable, f, NULL, &error);
  g_assert_no_error (error);
  call_bus (f->bluez.server, "RequestName", "org.freedesktop.NetworkManager");
}

static void
tear_down (Fixture *f, gconstpointer bus_address)
{
  if (f->network_manager_id != 0)
    g_dbus_connection_unregister_object (f->bluez.server, f->network_manager_id);
  bluez_fixture_tear_down (&f->bluez, bus_address);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

static GListModel *
run_doctor (Fixture *f)
{
  const FlDoctorContext context = { f->bluez.client, f->bluez.root };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *findings = NULL;

  fl_doctor_run_async (&context, NULL, on_result, &result);
  WAIT_FOR (result != NULL);
  findings = fl_doctor_run_finish (result, &error);
  g_assert_no_error (error);
  return findings;
}

/* The first with @id; NULL: there is none. */
static FlFinding *
find (GListModel *findings, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (fl_finding_get_id (finding), id))
        return g_steal_pointer (&finding);
    }
  return NULL;
}

static void
assert_finding (GListModel *findings, const char *id, FlVerdict verdict, int code)
{
  g_autoptr (FlFinding) finding = find (findings, id);
  const GError *error = NULL;

  g_assert_nonnull (finding);
  error = fl_finding_get_error (finding);
  g_test_message ("%s: %s", id, fl_finding_get_sentence (finding));
  g_assert_cmpint (fl_finding_get_verdict (finding), ==, verdict);
  if (code != 0)
    g_assert_error (error, FL_ERROR, code);
  else
    g_assert_no_error (error);
  g_assert_cmpint (fl_finding_get_blame (finding) == FL_BLAME_NOBODY, ==,
                   verdict == FL_VERDICT_GOOD);
}

static void
expect (Fixture *f, const char *id, FlVerdict verdict, int code)
{
  g_autoptr (GListModel) findings = run_doctor (f);

  assert_finding (findings, id, verdict, code);
}

static void
all_is_well (Fixture *f, gconstpointer bus_address)
{
  static const char *const order[] = { "sandbox",           "usb",
                                       "usb-rule",          "usb-device",
                                       "modem-manager",     "bluetooth-adapter",
                                       "bluetooth-service", "bluetooth-block",
                                       "bluetooth-power",   "camera",
                                       "internet" };
  g_autoptr (GListModel) findings = NULL;

  start_network_manager (f);
  findings = run_doctor (f);
  g_assert_cmpuint (g_list_model_get_n_items (findings), ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (findings, i);

      g_assert_cmpstr (fl_finding_get_id (finding), ==, order[i]);
      assert_finding (findings, order[i], FL_VERDICT_GOOD, 0);
    }
}

static void
no_bluetooth (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (FlFinding) power = NULL;
  g_autofree char *radio = g_build_filename (f->bluez.root, "sys/class/bluetooth/hci0", NULL);
  g_autofree char *address = g_build_filename (radio, "address", NULL);

  mock_adapter_remove (g_steal_pointer (&f->bluez.adapter));
  g_assert_cmpint (g_remove (address), ==, 0);
  g_assert_cmpint (g_rmdir (radio), ==, 0);
  findings = run_doctor (f);
  assert_finding (findings, "bluetooth-adapter", FL_VERDICT_BROKEN, FL_ERROR_NO_BLUETOOTH);
  power = find (findings, "bluetooth-power");
  g_assert_null (power);
}

static void
bluetooth_off (Fixture *f, gconstpointer bus_address)
{
  mock_adapter_set_powered (f->bluez.adapter, FALSE);
  expect (f, "bluetooth-power", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_OFF);
}

static void
bluetooth_blocked (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;

  mock_adapter_set_powered (f->bluez.adapter, FALSE);
  bluez_fixture_write_rfkill (&f->bluez, "hci0", TRUE);
  findings = run_doctor (f);
  assert_finding (findings, "bluetooth-block", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_BLOCKED);
  assert_finding (findings, "bluetooth-power", FL_VERDICT_UNKNOWN, 0);
}

static void
bluetooth_switched_off (Fixture *f, gconstpointer bus_address)
{
  mock_adapter_set_powered (f->bluez.adapter, FALSE);
  bluez_fixture_write_file (&f->bluez, "sys/class/rfkill/rfkill0/hard", "1\n");
  expect (f, "bluetooth-block", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_BLOCKED);
}

/* A second adapter is blocked, the first works. */
static void
one_of_two_blocked (Fixture *f, gconstpointer bus_address)
{
  bluez_fixture_write_rfkill (&f->bluez, "hci1", TRUE);
  expect (f, "bluetooth-block", FL_VERDICT_GOOD, 0);
}

static void
wifi_blocked (Fixture *f, gconstpointer bus_address)
{
  mock_adapter_set_powered (f->bluez.adapter, FALSE);
  bluez_fixture_write_rfkill (&f->bluez, "phy0", TRUE);
  bluez_fixture_write_file (&f->bluez, "sys/class/rfkill/rfkill0/type", "wlan\n");
  expect (f, "bluetooth-block", FL_VERDICT_GOOD, 0);
}

static void
service_not_running (Fixture *f, gconstpointer bus_address)
{
  mock_bluez_stop (f->bluez.mock);
  expect (f, "bluetooth-service", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_SERVICE);
}

static void
service_denied (Fixture *f, gconstpointer bus_address)
{
  mock_bluez_set_denied (f->bluez.mock, TRUE);
  expect (f, "bluetooth-service", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_PERMISSION);
}

static void
rule_missing_without_device (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;

  write_rule (f, "# 2b04 uaccess, but only in words\n");
  write_usb_device (f, "1-2", "046d", "c52b", "Keyboard", 7);
  findings = run_doctor (f);
  assert_finding (findings, "usb-rule", FL_VERDICT_DOUBTFUL, FL_ERROR_USB_ACCESS);
  assert_finding (findings, "usb-device", FL_VERDICT_UNKNOWN, 0);
}

/* Somebody else's rule, or root: the device decides. */
static void
rule_missing_but_device_open (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;

  write_rule (f, "");
  findings = run_doctor (f);
  assert_finding (findings, "usb-rule", FL_VERDICT_GOOD, 0);
  assert_finding (findings, "usb-device", FL_VERDICT_GOOD, 0);
}

/* Root may open anything, so the rights are given up while the doctor looks. */
static GListModel *
run_doctor_without_rights (Fixture *f, const char *node)
{
  g_autofree char *path = g_build_filename (f->bluez.root, node, NULL);
  const uid_t user = geteuid ();
  GListModel *findings = NULL;

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (user == 0)
    {
      g_autofree char *command = g_strdup_printf ("chmod -R a+rX '%s'", f->bluez.root);

      g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
      g_assert_cmpint (g_chmod (path, 0), ==, 0);
      g_assert_cmpint (seteuid (NOBODY), ==, 0);
    }
  findings = run_doctor (f);
  if (user == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  return findings;
}

static void
access_refused (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;

  write_rule (f, "");
  findings = run_doctor_without_rights (f, "dev/bus/usb/001/007");
  assert_finding (findings, "usb-rule", FL_VERDICT_BROKEN, FL_ERROR_USB_ACCESS);
  assert_finding (findings, "usb-device", FL_VERDICT_BROKEN, FL_ERROR_USB_ACCESS);
}

static void
access_refused_with_rule (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = run_doctor_without_rights (f, "dev/bus/usb/001/007");
  g_autoptr (FlFinding) finding = find (findings, "usb-device");

  assert_finding (findings, "usb-rule", FL_VERDICT_GOOD, 0);
  assert_finding (findings, "usb-device", FL_VERDICT_BROKEN, FL_ERROR_USB_ACCESS);
  g_assert_false (fl_finding_get_sure (finding));
}

static void
write_serial_port (Fixture *f)
{
  bluez_fixture_write_file (&f->bluez, "sys/bus/usb/devices/1-2:1.0/tty/ttyACM0/dev", "166:0\n");
  bluez_fixture_write_file (&f->bluez, "sys/bus/usb/devices/1-3:1.0/tty/ttyACM1/dev", "166:1\n");
  bluez_fixture_write_file (&f->bluez, "dev/ttyACM0", "");
  bluez_fixture_write_file (&f->bluez, "dev/ttyACM1", "");
}

static void
serial_port_well (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (FlFinding) finding = NULL;
  guint n_ports = 0;

  write_serial_port (f);
  findings = run_doctor (f);
  finding = find (findings, "serial-port");
  assert_finding (findings, "serial-port", FL_VERDICT_GOOD, 0);
  g_assert_cmpstr (fl_finding_get_title (finding), ==, "Argon (/dev/ttyACM0)");
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (FlFinding) other = g_list_model_get_item (findings, i);

      n_ports += g_str_equal (fl_finding_get_id (other), "serial-port") ? 1 : 0;
    }
  g_assert_cmpuint (n_ports, ==, 1); /* not those of other makers */
}

static void
serial_port_refused (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) with_rule = NULL;
  g_autoptr (GListModel) without = NULL;

  write_serial_port (f);
  with_rule = run_doctor_without_rights (f, "dev/ttyACM0");
  assert_finding (with_rule, "serial-port", FL_VERDICT_BROKEN, FL_ERROR_USB_ACCESS);
  write_rule (f, "");
  without = run_doctor_without_rights (f, "dev/ttyACM0");
  assert_finding (without, "serial-port", FL_VERDICT_BROKEN, FL_ERROR_USB_ACCESS);
}

static void
serial_port_in_use (Fixture *f, gconstpointer bus_address)
{
  g_autofree char *link = g_build_filename (f->bluez.root, "proc/4711/fd/3", NULL);
  g_autofree char *folder = g_path_get_dirname (link);
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (FlFinding) finding = NULL;

  write_serial_port (f);
  bluez_fixture_write_file (&f->bluez, "proc/4711/comm", "minicom\n");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (symlink ("/dev/ttyACM0", link), ==, 0);
  findings = run_doctor (f);
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  assert_finding (findings, "serial-port", FL_VERDICT_DOUBTFUL, FL_ERROR_SERIAL_BUSY);
  finding = find (findings, "serial-port");
  g_assert_nonnull (strstr (fl_finding_get_sentence (finding), "minicom"));
}

static void
update_mode (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (FlFinding) finding = NULL;

  write_usb_device (f, "1-2", "2b04", "d020", "P2 DFU Mode", 7);
  findings = run_doctor (f);
  assert_finding (findings, "usb-device", FL_VERDICT_BROKEN, FL_ERROR_UPDATE_MODE);
  finding = find (findings, "usb-device");
  g_assert_cmpint (fl_finding_get_blame (finding), ==, FL_BLAME_DEVICE);
  g_assert_cmpstr (fl_finding_get_title (finding), ==, "P2 DFU Mode (1-2)");
}

static void
many_devices (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;
  guint n_devices = 0;

  for (guint i = 1; i <= 8; i++)
    {
      g_autofree char *location = g_strdup_printf ("1-1.%u", i);

      write_usb_device (f, location, "2b04", i == 4 ? "d00c" : "c00c", "Argon", 10 + i);
    }
  findings = run_doctor (f);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (FlFinding) finding = g_list_model_get_item (findings, i);
      const gboolean is_fourth = g_str_equal (fl_finding_get_title (finding), "Argon (1-1.4)");

      if (!g_str_equal (fl_finding_get_id (finding), "usb-device"))
        continue;
      n_devices++;
      g_assert_cmpint (fl_finding_get_verdict (finding), ==,
                       is_fourth ? FL_VERDICT_BROKEN : FL_VERDICT_GOOD);
    }
  g_assert_cmpuint (n_devices, ==, 9);
}

static void
no_usb (Fixture *f, gconstpointer bus_address)
{
  g_autofree char *from = g_build_filename (f->bluez.root, "dev", NULL);
  g_autofree char *to = g_build_filename (f->bluez.root, "hidden", NULL);

  g_assert_cmpint (g_rename (from, to), ==, 0);
  expect (f, "usb", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
}

static void
sandbox_without_rights (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) findings = NULL;

  bluez_fixture_write_file (&f->bluez, ".flatpak-info", "[Application]\nname=x\n");
  write_rule (f, "");
  findings = run_doctor_without_rights (f, "dev/bus/usb/001/007");
  assert_finding (findings, "sandbox", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
  assert_finding (findings, "usb-rule", FL_VERDICT_UNKNOWN, 0);
  assert_finding (findings, "usb-device", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
  assert_finding (findings, "bluetooth-service", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_PERMISSION);
}

static void
sandbox_with_rights (Fixture *f, gconstpointer bus_address)
{
  bluez_fixture_write_file (&f->bluez, ".flatpak-info",
                            "[Context]\ndevices=dri;all;\n\n"
                            "[System Bus Policy]\norg.bluez=talk\n");
  expect (f, "sandbox", FL_VERDICT_GOOD, 0);
}

static void
sandbox_with_half_the_rights (Fixture *f, gconstpointer bus_address)
{
  bluez_fixture_write_file (&f->bluez, ".flatpak-info", "[Context]\ndevices=usb;\n");
  expect (f, "sandbox", FL_VERDICT_BROKEN, FL_ERROR_BLUETOOTH_PERMISSION);
  bluez_fixture_write_file (&f->bluez, ".flatpak-info",
                            "[Context]\ndevices=dri;\n\n"
                            "[System Bus Policy]\norg.bluez=talk\n");
  expect (f, "sandbox", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
}

static void
sandbox_that_hides_usb (Fixture *f, gconstpointer bus_address)
{
  g_autofree char *from = g_build_filename (f->bluez.root, "dev", NULL);
  g_autofree char *to = g_build_filename (f->bluez.root, "hidden", NULL);

  bluez_fixture_write_file (&f->bluez, ".flatpak-info", "[Application]\nname=x\n");
  g_assert_cmpint (g_rename (from, to), ==, 0);
  expect (f, "usb", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
}

static void
snap (Fixture *f, gconstpointer bus_address)
{
  g_setenv ("SNAP", "/snap/x/1", TRUE);
  expect (f, "sandbox", FL_VERDICT_DOUBTFUL, 0);
  g_unsetenv ("SNAP");
}

/* Without a connection from the caller. */
static GListModel *
run_on_own_connection (Fixture *f, const char *address)
{
  const FlDoctorContext context = { NULL, f->bluez.root };
  g_autoptr (GAsyncResult) result = NULL;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  fl_doctor_run_async (&context, NULL, on_result, &result);
  WAIT_FOR (result != NULL);
  g_unsetenv ("DBUS_SYSTEM_BUS_ADDRESS");
  return fl_doctor_run_finish (result, NULL);
}

static FlVerdict
get_verdict (GListModel *findings, const char *id)
{
  g_autoptr (FlFinding) finding = find (findings, id);

  g_assert_nonnull (finding);
  return fl_finding_get_verdict (finding);
}

/* First one that cannot be made, then the system's own. GLib hands out the first one as long as its
 * thread has not let go of it, so the second may take some tries. */
static void
own_connection (Fixture *f, gconstpointer bus_address)
{
  g_autoptr (GListModel) nowhere = run_on_own_connection (f, "unix:path=/nonexistent/bus");
  g_autoptr (GListModel) own = NULL;

  assert_finding (nowhere, "usb", FL_VERDICT_GOOD, 0);
  assert_finding (nowhere, "bluetooth-service", FL_VERDICT_UNKNOWN, 0);
  assert_finding (nowhere, "modem-manager", FL_VERDICT_UNKNOWN, 0);

  do
    {
      g_clear_object (&own);
      own = run_on_own_connection (f, bus_address);
    }
  while (get_verdict (own, "bluetooth-service") == FL_VERDICT_UNKNOWN);
  assert_finding (own, "usb", FL_VERDICT_GOOD, 0);
  assert_finding (own, "bluetooth-service", FL_VERDICT_GOOD, 0);
  assert_finding (own, "modem-manager", FL_VERDICT_GOOD, 0);
}

static void
modem_manager (Fixture *f, gconstpointer ignored)
{
  g_autoptr (GListModel) with = NULL;
  g_autoptr (GListModel) without = NULL;

  call_bus (f->bluez.server, "RequestName", "org.freedesktop.ModemManager1");
  with = run_doctor (f);
  assert_finding (with, "modem-manager", FL_VERDICT_GOOD, 0);
  write_rule (f, "ATTR{idVendor}==\"2b04\", MODE=\"0666\"\n");
  without = run_doctor (f);
  assert_finding (without, "usb-rule", FL_VERDICT_GOOD, 0);
  assert_finding (without, "modem-manager", FL_VERDICT_DOUBTFUL, FL_ERROR_SERIAL_BUSY);
}

static void
connectivity (Fixture *f, gconstpointer bus_address)
{
  static const struct
  {
    guint32 connectivity;
    FlVerdict verdict;
    int code;
  } rows[] = {
    { 0, FL_VERDICT_UNKNOWN, 0 },
    { 1, FL_VERDICT_DOUBTFUL, FL_ERROR_COMPUTER_OFFLINE },
    { 2, FL_VERDICT_DOUBTFUL, FL_ERROR_COMPUTER_OFFLINE },
    { 3, FL_VERDICT_DOUBTFUL, FL_ERROR_COMPUTER_OFFLINE },
    { 4, FL_VERDICT_GOOD, 0 },
    { 77, FL_VERDICT_UNKNOWN, 0 },
  };

  start_network_manager (f);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      f->connectivity = rows[i].connectivity;
      expect (f, "internet", rows[i].verdict, rows[i].code);
    }
}

static void
no_network_manager (Fixture *f, gconstpointer bus_address)
{
  expect (f, "internet", FL_VERDICT_UNKNOWN, 0);
}

static void
empty_computer (Fixture *f, gconstpointer bus_address)
{
  g_autofree char *empty = g_build_filename (f->bluez.root, "nothing", NULL);
  const FlDoctorContext context = { f->bluez.client, empty };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) findings = NULL;

  mock_bluez_stop (f->bluez.mock);
  fl_doctor_run_async (&context, NULL, on_result, &result);
  WAIT_FOR (result != NULL);
  findings = fl_doctor_run_finish (result, NULL);
  assert_finding (findings, "usb", FL_VERDICT_BROKEN, FL_ERROR_USB_PERMISSION);
  assert_finding (findings, "bluetooth-adapter", FL_VERDICT_BROKEN, FL_ERROR_NO_BLUETOOTH);
}

static void
cancelled (Fixture *f, gconstpointer bus_address)
{
  const FlDoctorContext context = { f->bluez.client, f->bluez.root };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fl_doctor_run_async (&context, cancellable, on_result, &result);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (result != NULL);
  g_assert_null (fl_doctor_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func) g_test_add ("/doctor/" path, Fixture, bus_address, set_up, func, tear_down)

static void
add_tests (const char *bus_address)
{
  ADD ("all/well", all_is_well);
  ADD ("all/empty-computer", empty_computer);
  ADD ("all/cancelled", cancelled);
  ADD ("bluetooth/none", no_bluetooth);
  ADD ("bluetooth/off", bluetooth_off);
  ADD ("bluetooth/blocked", bluetooth_blocked);
  ADD ("bluetooth/switched-off", bluetooth_switched_off);
  ADD ("bluetooth/one-of-two-blocked", one_of_two_blocked);
  ADD ("bluetooth/only-wifi-blocked", wifi_blocked);
  ADD ("bluetooth/service-not-running", service_not_running);
  ADD ("bluetooth/service-denied", service_denied);
  ADD ("usb/rule-missing-without-device", rule_missing_without_device);
  ADD ("usb/rule-missing-but-device-open", rule_missing_but_device_open);
  ADD ("usb/access-refused", access_refused);
  ADD ("usb/access-refused-with-rule", access_refused_with_rule);
  ADD ("serial/well", serial_port_well);
  ADD ("serial/refused", serial_port_refused);
  ADD ("serial/in-use", serial_port_in_use);
  ADD ("usb/update-mode", update_mode);
  ADD ("usb/many-devices", many_devices);
  ADD ("usb/none", no_usb);
  ADD ("sandbox/without-rights", sandbox_without_rights);
  ADD ("sandbox/with-rights", sandbox_with_rights);
  ADD ("sandbox/with-half-the-rights", sandbox_with_half_the_rights);
  ADD ("sandbox/that-hides-usb", sandbox_that_hides_usb);
  ADD ("sandbox/snap", snap);
  ADD ("all/own-connection", own_connection);
  ADD ("modem-manager/with-and-without-rule", modem_manager);
  ADD ("internet/as-network-manager-says", connectivity);
  ADD ("internet/no-network-manager", no_network_manager);
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
