/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-usbip.h"

#include <string.h>

#include "fl-sim-device.h"
#include "fl-sim-usb.h"
#include "usbip-computer.h"

#define LIMIT_MS 20000 /* for anything; never reached when all is well */
#define QUICK                                                                                      \
  "scan-time=30ms\nassociate-time=30ms\naddress-time=30ms\ncloud-time=30ms\nboot-time=100ms\n"
#define PHOTON   "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n" QUICK
#define P2       "[Device a]\nplatform=p2\nusb=yes\n" QUICK
#define NETWORKS "[Network Home]\npassword=lighthouse7\n"

#define DATA    1 /* endpoints */
#define NOTICE  2
#define STALLED (-32)

typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  FlClock *clock;
  UsbipComputer *computer;
  FlSimUsbip *shell; /* (nullable) */
  GError *error;     /* of making, or of failing */
  guint n_failed;
  GString *said;
  guint8 serial; /* interface */
} Fixture;

static void
on_failed (FlSimShell *shell, const GError *error, Fixture *self)
{
  self->n_failed++;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
create (Fixture *self, const char *scenario, guint n_ports)
{
  g_autoptr (GError) error = NULL;

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = fl_sim_world_get_device (self->world, 0);
  self->clock = fl_clock_new ();
  self->computer = usbip_computer_new (n_ports);
  self->said = g_string_new (NULL);
  self->serial = strstr (scenario, "platform=p2") != NULL ? 1 : 0;
  self->shell = fl_sim_usbip_new (self->world, self->device, self->clock,
                                  FL_SIM_USBIP_HOST (self->computer), &self->error);
  if (self->shell != NULL)
    g_signal_connect (self->shell, "failed", G_CALLBACK (on_failed), self);
}

static void
clear (Fixture *self)
{
  g_clear_object (&self->shell);
  g_assert_finalize_object (self->computer); /* which asserts that nothing is plugged in */
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_error (&self->error);
  g_string_free (self->said, TRUE);
}

typedef gboolean (*Condition) (Fixture *self);

static gboolean
on_late (gpointer data)
{
  g_assert_not_reached ();
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until (Fixture *self, Condition condition)
{
  guint late_id = g_timeout_add (LIMIT_MS, on_late, NULL);
  guint beat_id = g_timeout_add (2, on_beat, NULL); /* so that it is looked at */

  while (!condition (self))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late_id);
  g_source_remove (beat_id);
}

static gboolean
is_there (Fixture *self)
{
  return fl_sim_shell_get_place (FL_SIM_SHELL (self->shell)) != NULL;
}

static gboolean
is_gone (Fixture *self)
{
  return !is_there (self);
}

static gboolean
is_listening (Fixture *self)
{
  return fl_sim_device_is_listening (self->device);
}

static gboolean
has_failed (Fixture *self)
{
  return self->n_failed > 0;
}

static gint64
now (Fixture *self)
{
  return fl_clock_now_us (self->clock);
}

static const UsbipAnswer *
read_descriptor (Fixture *self, guint16 value, guint16 length)
{
  return usbip_computer_control (self->computer, 0, 0x80, 6, value, 0, length, NULL);
}

static guint16
read_product_id (Fixture *self)
{
  const UsbipAnswer *answer = read_descriptor (self, 0x0100, 18);
  const guint8 *data = g_bytes_get_data (answer->data, NULL);

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpuint (answer->length, ==, 18);
  g_assert_cmpuint (data[8] | data[9] << 8, ==, 0x2b04);
  return (guint16) (data[10] | data[11] << 8);
}

/* As the kernel does when something is plugged in. */
static void
test_enumerate (void)
{
  Fixture self = { 0 };
  const UsbipAnswer *answer;
  const guint8 *data;

  create (&self, P2 NETWORKS, 1);
  g_assert_no_error (self.error);
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self.shell)), ==, "9-1");
  g_assert_cmphex (read_product_id (&self), ==, 0xc020);
  answer = read_descriptor (&self, 0x0200, 9);
  data = g_bytes_get_data (answer->data, NULL);
  g_assert_cmpuint (answer->length, ==, 9);
  answer = read_descriptor (&self, 0x0200, data[2]);
  g_assert_cmpuint (answer->length, ==, data[2]);
  answer = read_descriptor (&self, 0x0303, 255);
  data = g_bytes_get_data (answer->data, NULL);
  g_assert_cmpuint (answer->length, ==, 2 + 2 * 24); /* a device ID */
  g_assert_cmpuint (data[0], ==, answer->length);
  answer = usbip_computer_control (self.computer, 0, 0x00, 9, 1, 0, 0, NULL);
  g_assert_cmpint (answer->status, ==, 0);
  answer = read_descriptor (&self, 0x0600, 10); /* a qualifier, which is for high speed only */
  g_assert_cmpint (answer->status, ==, STALLED);
  clear (&self);
}

/* A vendor's request: the version of Device OS; and one that is none. */
static void
test_vendor_request (void)
{
  Fixture self = { 0 };
  const UsbipAnswer *answer;

  create (&self, PHOTON NETWORKS, 1);
  answer = usbip_computer_control (self.computer, 0, 0xc0, 0x50, 0, 30, 64, NULL);
  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpmem (g_bytes_get_data (answer->data, NULL), answer->length, "2.3.1", 5);
  answer = usbip_computer_control (self.computer, 0, 0xc0, 0x77, 0, 0, 64, NULL);
  g_assert_cmpint (answer->status, ==, STALLED);
  clear (&self);
}

static void
set_lines (Fixture *self, guint16 lines)
{
  const UsbipAnswer *answer =
      usbip_computer_control (self->computer, 0, 0x21, 0x22, lines, self->serial, 0, NULL);

  g_assert_cmpint (answer->status, ==, 0);
}

static void
set_rate (Fixture *self, guint rate)
{
  const guint8 coding[7] = { rate & 0xff, (guint8) (rate >> 8), (guint8) (rate >> 16), 0, 0, 0, 8 };
  const UsbipAnswer *answer =
      usbip_computer_control (self->computer, 0, 0x21, 0x20, 0, self->serial, 7, coding);

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpuint (answer->length, ==, 7);
}

static void
type (Fixture *self, const char *text)
{
  guint size = (guint) strlen (text);
  guint32 sequence = usbip_computer_submit (self->computer, 0, DATA, USBIP_OUT, NULL, text, size);
  const UsbipAnswer *answer = usbip_computer_wait (self->computer, 0, sequence);

  g_assert_cmpint (answer->status, ==, 0);
  g_assert_cmpuint (answer->length, ==, size);
}

/* Reads, 16 bytes at a time, until it has said so. */
static void
expect (Fixture *self, const char *end)
{
  while (!g_str_has_suffix (self->said->str, end))
    {
      guint32 sequence = usbip_computer_submit (self->computer, 0, DATA, USBIP_IN, NULL, NULL, 16);
      const UsbipAnswer *answer = usbip_computer_wait (self->computer, 0, sequence);

      g_assert_cmpint (answer->status, ==, 0);
      g_assert_cmpuint (answer->length, >, 0);
      g_assert_cmpuint (answer->length, <=, 16);
      g_string_append_len (self->said, g_bytes_get_data (answer->data, NULL), answer->length);
    }
}

static void
test_console (gconstpointer scenario)
{
  Fixture self = { 0 };
  const UsbipAnswer *answer;

  create (&self, scenario, 1);
  set_rate (&self, 115200);
  answer = usbip_computer_control (self.computer, 0, 0xa1, 0x21, 0, self.serial, 7, NULL);
  g_assert_cmpmem (g_bytes_get_data (answer->data, NULL), answer->length,
                   "\x00\xc2\x01\x00\x00\x00\x08", 7);
  set_lines (&self, 3);
  type (&self, "w");
  expect (&self, "SSID: ");
  type (&self, "Home\n");
  expect (&self, ": ");
  clear (&self);
}

/* Without DTR nobody is there: what is typed is lost, and a line that falls ends the talk. */
static void
test_lines (void)
{
  Fixture self = { 0 };
  guint32 notice, read;
  const UsbipAnswer *answer;

  create (&self, PHOTON NETWORKS, 1);
  notice = usbip_computer_submit (self.computer, 0, NOTICE, USBIP_IN, NULL, NULL, 10);
  read = usbip_computer_submit (self.computer, 0, DATA, USBIP_IN, NULL, NULL, 64);
  type (&self, "w");
  g_assert_null (usbip_computer_look (self.computer, 0, notice));
  set_lines (&self, 1);
  answer = usbip_computer_wait (self.computer, 0, notice);
  g_assert_cmpmem (g_bytes_get_data (answer->data, NULL), answer->length,
                   "\xa1\x20\x00\x00\x00\x00\x02\x00\x03\x00", 10);
  g_assert_null (usbip_computer_look (self.computer, 0, read));
  type (&self, "w");
  usbip_computer_wait (self.computer, 0, read);
  set_lines (&self, 0);
  type (&self, "Home\n");
  set_lines (&self, 1);
  type (&self, "Home\n"); /* at the same prompt */
  expect (&self, ": ");
  g_assert_nonnull (strstr (self.said->str, "Home\r\nPassword: "));
  clear (&self);
}

/* The rate 28800 counts also while nobody holds DTR. */
static void
test_rate_listen (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "mode=running\nknown=Home\n" NETWORKS, 1);
  g_assert_false (is_listening (&self));
  set_rate (&self, 28800);
  wait_until (&self, is_listening);
  clear (&self);
}

/* The bootloader comes back on the same port, as another product without a serial port. */
static void
test_rate_bootloader (void)
{
  Fixture self = { 0 };
  const UsbipAnswer *answer;

  create (&self, PHOTON NETWORKS, 2);
  set_rate (&self, 14400);
  wait_until (&self, is_gone);
  g_assert_false (usbip_computer_is_attached (self.computer, 0));
  wait_until (&self, is_there);
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self.shell)), ==, "9-1");
  g_assert_cmphex (read_product_id (&self), ==, 0xd006);
  answer = usbip_computer_control (self.computer, 0, 0xa1, 0x21, 0, 0, 7, NULL);
  g_assert_cmpint (answer->status, ==, STALLED);
  clear (&self);
}

static void
test_replugged (void)
{
  Fixture self = { 0 };

  create (&self, P2 NETWORKS, 2);
  fl_sim_usb_unplug (self.device, now (&self));
  wait_until (&self, is_gone);
  g_assert_false (usbip_computer_is_attached (self.computer, 0));
  fl_sim_usb_plug (self.device, now (&self));
  wait_until (&self, is_there);
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self.shell)), ==, "9-1");
  g_assert_cmphex (read_product_id (&self), ==, 0xc020);
  clear (&self);
}

static void
test_reset (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 1);
  fl_sim_device_press_reset (self.device, now (&self));
  wait_until (&self, is_gone);
  wait_until (&self, is_there);
  g_assert_cmphex (read_product_id (&self), ==, 0xc006);
  clear (&self);
}

static void
test_power (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 1);
  fl_sim_device_power_off (self.device, now (&self));
  wait_until (&self, is_gone);
  fl_sim_device_power_on (self.device, now (&self));
  wait_until (&self, is_there);
  g_assert_cmphex (read_product_id (&self), ==, 0xc006);
  clear (&self);
}

/* In the middle of a transfer that never ends. */
static void
test_unplugged_waiting (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 1);
  set_lines (&self, 1);
  usbip_computer_submit (self.computer, 0, DATA, USBIP_IN, NULL, NULL, 64);
  fl_sim_usb_unplug (self.device, now (&self));
  wait_until (&self, is_gone);
  g_assert_cmpuint (self.n_failed, ==, 0);
  clear (&self);
}

static void
test_no_port (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 0);
  g_assert_null (self.shell);
  g_assert_error (self.error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  clear (&self);
}

/* Its port is taken meanwhile: it takes another one. */
static void
test_other_port (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 2);
  fl_sim_usb_unplug (self.device, now (&self));
  wait_until (&self, is_gone);
  usbip_computer_block (self.computer, 0);
  fl_sim_usb_plug (self.device, now (&self));
  wait_until (&self, is_there);
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self.shell)), ==, "9-2");
  clear (&self);
}

static void
test_detached (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS, 1);
  usbip_computer_hang_up (self.computer, 0);
  wait_until (&self, has_failed);
  g_assert_error (self.error, G_FILE_ERROR, G_FILE_ERROR_PIPE);
  g_assert_true (is_gone (&self));
  g_assert_cmpuint (self.n_failed, ==, 1);
  clear (&self);
}

static void
test_nonsense (void)
{
  Fixture self = { 0 };
  guint8 nonsense[48];

  create (&self, PHOTON NETWORKS, 1);
  memset (nonsense, 0xee, sizeof nonsense);
  usbip_computer_send_raw (self.computer, 0, nonsense, sizeof nonsense);
  wait_until (&self, has_failed);
  g_assert_error (self.error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  usbip_computer_hang_up (self.computer, 0);
  clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-usbip/enumerate", test_enumerate);
  g_test_add_func ("/sim-usbip/vendor-request", test_vendor_request);
  g_test_add_data_func ("/sim-usbip/console/photon", PHOTON NETWORKS, test_console);
  g_test_add_data_func ("/sim-usbip/console/p2", P2 NETWORKS, test_console);
  g_test_add_func ("/sim-usbip/console/lines", test_lines);
  g_test_add_func ("/sim-usbip/rate/listen", test_rate_listen);
  g_test_add_func ("/sim-usbip/rate/bootloader", test_rate_bootloader);
  g_test_add_func ("/sim-usbip/re-enumerates/replugged", test_replugged);
  g_test_add_func ("/sim-usbip/re-enumerates/reset", test_reset);
  g_test_add_func ("/sim-usbip/re-enumerates/power", test_power);
  g_test_add_func ("/sim-usbip/unplugged/while-reading", test_unplugged_waiting);
  g_test_add_func ("/sim-usbip/ports/none-free", test_no_port);
  g_test_add_func ("/sim-usbip/ports/taken-meanwhile", test_other_port);
  g_test_add_func ("/sim-usbip/host/detaches", test_detached);
  g_test_add_func ("/sim-usbip/host/talks-nonsense", test_nonsense);

  return g_test_run ();
}
