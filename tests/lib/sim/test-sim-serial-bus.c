/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-serial-bus.h"

#include <glib.h>
#include <string.h>

#include "fl-error.h"
#include "fl-sim-usb.h"

#define NETWORK "[Network Home]\npassword=lighthouse7\n"
#define PHOTON  "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\nlocation=1-2.3\n"

typedef struct
{
  FlSimWorld *world;
  FlClock *clock;
  FlSerialBus *bus;
  FlSerialLink *link;
  GString *said;
  gboolean is_done, is_closed;
  GError *error; /* of the last operation, or why it closed */
} Fixture;

static void
create (Fixture *self, const char *scenario)
{
  g_autoptr (GError) error = NULL;

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->clock = fl_virtual_clock_new ();
  self->bus = fl_sim_serial_bus_new (self->world, self->clock);
  self->said = g_string_new (NULL);
  fl_serial_bus_start (self->bus);
}

static void
clear (Fixture *self)
{
  g_clear_object (&self->link);
  g_clear_object (&self->bus);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_error (&self->error);
  g_string_free (self->said, TRUE);
}

static void
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Lets virtual time pass until *@done; FALSE: too long. */
static gboolean
run_until (Fixture *self, const gboolean *done, guint limit_ms)
{
  gboolean is_over = FALSE;
  guint id = fl_clock_add_ms (self->clock, limit_ms, on_timeout, &is_over);

  while (!*done && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    fl_clock_clear (self->clock, &id);
  return *done;
}

static void
wait_ms (Fixture *self, guint time_ms)
{
  gboolean never = FALSE;

  run_until (self, &never, time_ms);
}

static FlSerialPort *
get_port (Fixture *self, guint index)
{
  g_autoptr (FlSerialPort) port =
      g_list_model_get_item (fl_serial_bus_get_ports (self->bus), index);

  return port; /* the list keeps it */
}

static guint
count_ports (Fixture *self)
{
  return g_list_model_get_n_items (fl_serial_bus_get_ports (self->bus));
}

static void
on_received (FlLink *link, GBytes *chunk, Fixture *self)
{
  g_assert_cmpuint (g_bytes_get_size (chunk), <=, 64);
  g_string_append_len (self->said, g_bytes_get_data (chunk, NULL),
                       (gssize) g_bytes_get_size (chunk));
}

static void
on_closed (FlLink *link, GError *reason, Fixture *self)
{
  g_assert_false (self->is_closed);
  self->is_closed = TRUE;
  g_clear_error (&self->error);
  self->error = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  g_clear_error (&self->error);
  fl_link_open_finish (FL_LINK (source), result, &self->error);
  self->is_done = TRUE;
}

static void
open_link (Fixture *self, GCancellable *cancellable)
{
  if (self->link == NULL)
    {
      self->link = fl_serial_bus_create_link (self->bus, get_port (self, 0));
      g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
      g_signal_connect (self->link, "closed", G_CALLBACK (on_closed), self);
    }
  self->is_done = FALSE;
  fl_link_open_async (FL_LINK (self->link), cancellable, on_opened, self);
}

static gboolean
open_and_wait (Fixture *self)
{
  open_link (self, NULL);
  g_assert_true (run_until (self, &self->is_done, 60000));
  return self->error == NULL;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  g_clear_error (&self->error);
  fl_link_send_finish (FL_LINK (source), result, &self->error);
  self->is_done = TRUE;
}

static void
send_text (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  self->is_done = FALSE;
  g_string_truncate (self->said, 0);
  fl_link_send_async (FL_LINK (self->link), bytes, NULL, on_sent, self);
  g_assert_true (run_until (self, &self->is_done, 1000));
}

static void
test_ports (void)
{
  Fixture self = { 0 };
  FlSerialPort *port;

  create (&self, PHOTON "[Device b]\nusb=later 5s\n[Device c]\nmode=dfu\nusb=yes\n[Device d]\n"
                        "[Device e]\nplatform=p1\nfirmware=2.3.1\n"
                        "usb=yes\nserial-port=no\n");
  wait_ms (&self, 1000);
  g_assert_cmpuint (count_ports (&self), ==, 1);
  port = get_port (&self, 0);
  g_assert_cmpstr (fl_serial_port_get_location (port), ==, "1-2.3");
  g_assert_cmphex (fl_serial_port_get_vendor_id (port), ==, 0x2b04);
  g_assert_cmphex (fl_serial_port_get_product_id (port), ==, 0xc006);
  g_assert_cmpstr (fl_serial_port_get_serial (port), ==,
                   fl_sim_device_get_spec (fl_sim_world_get_device (self.world, 0))->device_id);
  wait_ms (&self, 5000);
  g_assert_cmpuint (count_ports (&self), ==, 2);
  g_assert_cmpstr (fl_serial_port_get_path (get_port (&self, 1)), ==, "/dev/ttyACM1");
  fl_sim_usb_unplug (fl_sim_world_get_device (self.world, 0), fl_clock_now_us (self.clock));
  wait_ms (&self, 10);
  g_assert_cmpuint (count_ports (&self), ==, 1);
  clear (&self);
}

static void
test_talk (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORK);
  wait_ms (&self, 10);
  g_assert_true (open_and_wait (&self));
  send_text (&self, "w");
  wait_ms (&self, 100);
  g_assert_cmpstr (self.said->str, ==, "SSID: ");
  send_text (&self, "Home\n");
  wait_ms (&self, 10000);
  g_assert_cmpstr (self.said->str, ==, "Home\r\nPassword: ");
  send_text (&self, "lighthouse7\n");
  wait_ms (&self, 1000);
  g_assert_nonnull (strstr (self.said->str, "Awesome. Now we'll connect!"));
  g_assert_false (self.is_closed);
  fl_link_close (FL_LINK (self.link));
  g_assert_true (self.is_closed);
  g_assert_no_error (self.error);
  clear (&self);
}

/* One at a time has a port open. */
static void
test_exclusive (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON);
  wait_ms (&self, 10);
  g_assert_true (open_and_wait (&self));
  {
    Fixture other = self;

    other.link = NULL;
    other.said = g_string_new (NULL);
    open_link (&other, NULL);
    wait_ms (&other, 2000);
    g_assert_false (other.is_done);
    fl_link_close (FL_LINK (self.link));
    g_assert_true (run_until (&other, &other.is_done, 1000));
    g_assert_no_error (other.error);
    fl_link_close (FL_LINK (other.link));
    g_clear_object (&other.link);
    g_string_free (other.said, TRUE);
  }
  clear (&self);
}

static void
test_busy (void)
{
  Fixture self = { 0 };
  gint64 begin_us;

  create (&self, PHOTON "faults=serial-busy=10s\n");
  wait_ms (&self, 10);
  begin_us = fl_clock_now_us (self.clock);
  g_assert_true (open_and_wait (&self));
  g_assert_cmpint (fl_clock_now_us (self.clock) - begin_us, >=, 9 * G_TIME_SPAN_SECOND);
  clear (&self);
}

static void
test_busy_for_ever (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "faults=serial-busy=60min\n");
  wait_ms (&self, 10);
  g_assert_false (open_and_wait (&self));
  g_assert_error (self.error, FL_ERROR, FL_ERROR_SERIAL_BUSY);
  clear (&self);
}

static void
test_cancel (void)
{
  Fixture self = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  create (&self, PHOTON "faults=serial-busy=60min\n");
  wait_ms (&self, 10);
  open_link (&self, cancellable);
  wait_ms (&self, 1000);
  g_assert_false (self.is_done);
  g_cancellable_cancel (cancellable);
  g_assert_true (run_until (&self, &self.is_done, 100));
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  clear (&self);
}

static void
test_permission (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "faults=serial-permission x1\n");
  wait_ms (&self, 10);
  g_assert_error (fl_serial_port_get_problem (get_port (&self, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_false (open_and_wait (&self));
  g_assert_error (self.error, FL_ERROR, FL_ERROR_USB_ACCESS);
  fl_serial_bus_recheck (self.bus);
  g_assert_null (fl_serial_port_get_problem (get_port (&self, 0)));
  g_assert_true (open_and_wait (&self));
  clear (&self);
}

static void
test_unplugged (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "faults=usb-unplug-at=5s\n");
  wait_ms (&self, 10);
  g_assert_true (open_and_wait (&self));
  g_assert_true (run_until (&self, &self.is_closed, 6000));
  g_assert_error (self.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_false (open_and_wait (&self));
  g_assert_error (self.error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  clear (&self);
}

/* Listening mode by the line coding, without anything else. */
static void
test_rate (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, PHOTON "mode=running\nknown=Home\n" NETWORK);
  wait_ms (&self, 10);
  g_assert_true (open_and_wait (&self));
  send_text (&self, "w");
  wait_ms (&self, 1000);
  g_assert_cmpstr (self.said->str, ==, "");
  g_assert_true (fl_serial_link_set_rate (self.link, FL_SERIAL_RATE_TALK, &error));
  g_assert_false (fl_sim_device_is_listening (fl_sim_world_get_device (self.world, 0)));
  g_assert_true (fl_serial_link_set_rate (self.link, FL_SERIAL_RATE_LISTEN, &error));
  g_assert_true (fl_sim_device_is_listening (fl_sim_world_get_device (self.world, 0)));
  send_text (&self, "w");
  wait_ms (&self, 100);
  g_assert_cmpstr (self.said->str, ==, "SSID: ");
  fl_link_close (FL_LINK (self.link));
  g_assert_false (fl_serial_link_set_rate (self.link, FL_SERIAL_RATE_TALK, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  clear (&self);
}

/* Its location by default is that of the other's cable. */
static void
test_beside_one_without_cable (void)
{
  Fixture self = { 0 };

  create (&self, "[Device wireless]\n"
                 "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\nlocation=1-1\n");
  wait_ms (&self, 1);
  g_assert_true (open_and_wait (&self));
  clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-serial-bus/ports", test_ports);
  g_test_add_func ("/sim-serial-bus/talk", test_talk);
  g_test_add_func ("/sim-serial-bus/beside-one-without-cable", test_beside_one_without_cable);
  g_test_add_func ("/sim-serial-bus/exclusive", test_exclusive);
  g_test_add_func ("/sim-serial-bus/busy/for-a-while", test_busy);
  g_test_add_func ("/sim-serial-bus/busy/for-ever", test_busy_for_ever);
  g_test_add_func ("/sim-serial-bus/busy/cancelled", test_cancel);
  g_test_add_func ("/sim-serial-bus/permission/recheck", test_permission);
  g_test_add_func ("/sim-serial-bus/unplugged/closes", test_unplugged);
  g_test_add_func ("/sim-serial-bus/rate/listen", test_rate);

  return g_test_run ();
}
