/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-requests.h"
#include "fl-sim-connection.h"
#include "fl-sim-loader.h"
#include "fl-sim-usb-bus.h"
#include "fl-sim-usb.h"
#include "fl-usb-service.h"

#include <string.h>

/* Bus and links with a virtual clock, as --simulate uses them. */
typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlUsbBus *bus;
  GListModel *ports;    /* borrowed */
  GAsyncResult *result; /* of the last operation */
  guint n_closed;
  GError *closed;
  gboolean is_over; /* of a wait */
} Fixture;

#define P2 "[Device Board]\nserial=P046AD342AB12CD\nboot-time=2s\n"

static void
set_up (Fixture *f, gconstpointer scenario)
{
  g_autoptr (GError) error = NULL;

  f->clock = fl_virtual_clock_new ();
  f->world = strchr (scenario, '[') != NULL
                 ? fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error)
                 : fl_sim_world_load (scenario, 0, &error);
  g_assert_no_error (error);
  f->bus = fl_sim_usb_bus_new (f->world, f->clock);
  f->ports = fl_usb_bus_get_ports (f->bus);
  fl_usb_bus_start (f->bus);
}

static void
tear_down (Fixture *f, gconstpointer scenario)
{
  fl_usb_bus_stop (f->bus);
  g_clear_object (&f->result);
  g_clear_error (&f->closed);
  g_assert_finalize_object (f->bus);
  g_assert_finalize_object (f->world);
  g_assert_finalize_object (f->clock);
}

static void
on_time (gpointer data)
{
  ((Fixture *) data)->is_over = TRUE;
}

static void
wait_ms (Fixture *f, guint time_ms)
{
  f->is_over = FALSE;
  fl_clock_add_ms (f->clock, time_ms, on_time, f);
  while (!f->is_over)
    g_main_context_iteration (NULL, TRUE);
}

static FlUsbPort *
get_port (Fixture *f, guint index)
{
  FlUsbPort *port = g_list_model_get_item (f->ports, index);

  g_assert_nonnull (port);
  g_object_unref (port); /* the list keeps it */
  return port;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object (&((Fixture *) data)->result, result);
}

static GAsyncResult *
wait_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return f->result;
}

static void
on_closed (gpointer link, const GError *reason, Fixture *f)
{
  f->n_closed++;
  g_clear_error (&f->closed);
  f->closed = reason != NULL ? g_error_copy (reason) : NULL;
}

/* NULL: works. */
static GError *
open_link (Fixture *f, FlUsbLink *link)
{
  GError *error = NULL;

  g_clear_object (&f->result);
  fl_link_open_async (FL_LINK (link), NULL, on_result, f);
  fl_link_open_finish (FL_LINK (link), wait_result (f), &error);
  return error;
}

static FlUsbLink *
create_open_link (Fixture *f, guint index)
{
  FlUsbLink *link = fl_usb_bus_create_link (f->bus, get_port (f, index));
  g_autoptr (GError) error = open_link (f, link);

  g_assert_no_error (error);
  g_signal_connect (link, "closed", G_CALLBACK (on_closed), f);
  return link;
}

static void
start_version (Fixture *f, FlUsbLink *link, guint limit_ms, GCancellable *cancellable)
{
  FlUsbSetup setup = { FL_USB_SERVICE_IN, FL_USB_SERVICE_RAW, 0, FL_REQUEST_GET_SYSTEM_VERSION,
                       64 };

  g_clear_object (&f->result);
  fl_usb_link_transfer_async (link, &setup, NULL, limit_ms, cancellable, on_result, f);
}

/* Asks for the firmware's version. */
static GError *
ask_version (Fixture *f, FlUsbLink *link, FlUsbOutcome *outcome)
{
  g_autoptr (GBytes) reply = NULL;
  GError *error = NULL;

  start_version (f, link, 5000, NULL);
  reply = fl_usb_link_transfer_finish (link, wait_result (f), outcome, &error);
  g_assert_true ((reply == NULL) == (error != NULL));
  if (reply != NULL && *outcome == FL_USB_DONE)
    g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), "6.2.0", 5);
  return error;
}

static void
test_ports (Fixture *f, gconstpointer scenario)
{
  FlUsbPort *port;

  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
  port = get_port (f, 0);
  g_assert_cmpstr (fl_usb_port_get_location (port), ==, "1-2.3");
  g_assert_cmphex (fl_usb_port_get_vendor_id (port), ==, 0x2b04);
  g_assert_cmphex (fl_usb_port_get_product_id (port), ==, 0xc020);
  g_assert_cmpstr (fl_usb_port_get_product (port), ==, "P2");
  g_assert_cmpuint (strlen (fl_usb_port_get_serial (port)), ==, 24);
  g_assert_null (fl_usb_port_get_problem (port));
  wait_ms (f, 4000);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
  wait_ms (f, 1001);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 2);
}

static void
test_transfer (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) unsupported = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  FlUsbOutcome outcome;
  gint64 start_us;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  start_us = fl_clock_now_us (f->clock);
  for (guint i = 0; i < 10; i++)
    g_assert_no_error (ask_version (f, link, &outcome));
  g_assert_cmpint (outcome, ==, FL_USB_DONE);
  g_assert_cmpint (fl_clock_now_us (f->clock) - start_us, ==, 10000);
  g_assert_cmpuint (fl_sim_usb_bus_get_n_transfers (FL_SIM_USB_BUS (f->bus)), ==, 10);

  g_clear_object (&f->result);
  fl_link_send_async (FL_LINK (link), bytes, NULL, on_result, f);
  g_assert_false (fl_link_send_finish (FL_LINK (link), wait_result (f), &unsupported));
  g_assert_error (unsupported, FL_ERROR, FL_ERROR_UNSUPPORTED);

  fl_link_close (FL_LINK (link));
  fl_link_close (FL_LINK (link));
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_null (f->closed);
  g_assert_no_error (open_link (f, link)); /* a closed link can be opened again */
}

/* A stall, then a transfer without an end: both leave the link open. */
static void
test_spoilt (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) silent = NULL;
  FlUsbOutcome outcome;
  gint64 start_us;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  g_assert_no_error (ask_version (f, link, &outcome));
  g_assert_cmpint (outcome, ==, FL_USB_STALLED);
  start_us = fl_clock_now_us (f->clock);
  silent = ask_version (f, link, &outcome);
  g_assert_error (silent, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (f->clock) - start_us, ==, 5000000);
  g_assert_no_error (ask_version (f, link, &outcome));
  g_assert_cmpint (outcome, ==, FL_USB_DONE);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_cancel (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  start_version (f, link, 5000, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_null (fl_usb_link_transfer_finish (link, wait_result (f), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

/* Nobody asks anything, and yet both the list and the link tell. */
static void
test_unplug (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) gone = NULL;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  wait_ms (f, 3001);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  gone = open_link (f, link);
  g_assert_error (gone, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

static void
test_unplug_in_transfer (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) lost = NULL;
  FlUsbOutcome outcome;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  g_assert_no_error (ask_version (f, link, &outcome));
  lost = ask_version (f, link, &outcome);
  g_assert_error (lost, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);
  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
}

/* By the button: another port in the same place, and the old one is of no use. */
static void
test_reset (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbPort) before = NULL;
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) error = NULL;

  wait_ms (f, 1);
  before = g_object_ref (get_port (f, 0));
  fl_sim_device_press_reset (fl_sim_world_get_device (f->world, 0), fl_clock_now_us (f->clock));
  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
  wait_ms (f, 2000);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
  g_assert_true (get_port (f, 0) != before);
  g_assert_cmpstr (fl_usb_port_get_location (get_port (f, 0)), ==,
                   fl_usb_port_get_location (before));
  link = fl_usb_bus_create_link (f->bus, before);
  error = open_link (f, link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

static void
test_refused (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) error = NULL;

  wait_ms (f, 1);
  g_assert_error (fl_usb_port_get_problem (get_port (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  link = fl_usb_bus_create_link (f->bus, get_port (f, 0));
  error = open_link (f, link);
  g_assert_error (error, FL_ERROR, FL_ERROR_USB_ACCESS);
  fl_usb_bus_recheck (f->bus);
  g_assert_null (fl_usb_port_get_problem (get_port (f, 0)));
  g_assert_no_error (open_link (f, link));
}

static void
test_claimed (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  g_autoptr (GError) error = NULL;

  wait_ms (f, 1);
  g_assert_null (fl_usb_port_get_problem (get_port (f, 0)));
  link = fl_usb_bus_create_link (f->bus, get_port (f, 0));
  error = open_link (f, link);
  g_assert_error (error, FL_ERROR, FL_ERROR_USB_CLAIMED);
  g_assert_no_error (open_link (f, link));
}

static void
on_problem (Fixture *f)
{
  f->n_closed++;
}

static void
test_permission (Fixture *f, gconstpointer scenario)
{
  g_signal_connect_swapped (f->bus, "notify::problem", G_CALLBACK (on_problem), f);
  wait_ms (f, 1);
  g_assert_error (fl_usb_bus_get_problem (f->bus), FL_ERROR, FL_ERROR_USB_PERMISSION);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
  fl_usb_bus_recheck (f->bus);
  g_assert_null (fl_usb_bus_get_problem (f->bus));
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
  g_assert_cmpuint (f->n_closed, ==, 2);
}

/* The computer did not notice that it was plugged in, until somebody looked again. */
static void
test_lost_event (Fixture *f, gconstpointer scenario)
{
  wait_ms (f, 60000);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
  fl_usb_bus_recheck (f->bus);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
}

static void
test_same_serial (Fixture *f, gconstpointer scenario)
{
  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 2);
  g_assert_cmpstr (fl_usb_port_get_serial (get_port (f, 0)), ==,
                   fl_usb_port_get_serial (get_port (f, 1)));
  g_assert_cmpstr (fl_usb_port_get_location (get_port (f, 0)), !=,
                   fl_usb_port_get_location (get_port (f, 1)));
}

static void
test_hub (Fixture *f, gconstpointer scenario)
{
  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *location = g_strdup_printf ("1-1.%u", i + 1);
      g_autoptr (FlUsbLink) link = create_open_link (f, i);
      FlUsbOutcome outcome;

      g_assert_cmpstr (fl_usb_port_get_location (get_port (f, i)), ==, location);
      g_assert_no_error (ask_version (f, link, &outcome));
    }
}

/* Stopping ends the list's changes, not the links. */
static void
test_stop (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  FlUsbOutcome outcome;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  fl_usb_bus_stop (f->bus);
  wait_ms (f, 2000);
  g_assert_no_error (ask_version (f, link, &outcome));
  wait_ms (f, 1100);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 1);
  fl_usb_bus_start (f->bus);
  wait_ms (f, 1);
  g_assert_cmpuint (g_list_model_get_n_items (f->ports), ==, 0);
}

static void
test_beside_one_without_cable (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlUsbLink) link = NULL;
  FlUsbOutcome outcome;

  wait_ms (f, 1);
  link = create_open_link (f, 0);
  g_assert_null (ask_version (f, link, &outcome));
}

static void
add (const char *path, const char *scenario, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, scenario, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/usb-bus/ports/now-and-later",
       P2 "usb=yes\nlocation=1-2.3\n[Device Second]\nusb=later 5s\n", test_ports);
  add ("/usb-bus/transfer/one-frame-each", P2 "usb=yes\n", test_transfer);
  add ("/usb-bus/transfer/stalls-and-silence-keep-the-link",
       P2 "usb=yes\nfaults=usb-stall=1; usb-silent=2\n", test_spoilt);
  add ("/usb-bus/transfer/cancelled-closes", P2 "usb=yes\n", test_cancel);
  add ("/usb-bus/unplug/without-a-transfer", P2 "usb=yes\nfaults=usb-unplug-at=3s\n", test_unplug);
  add ("/usb-bus/unplug/in-a-transfer", P2 "usb=yes\nfaults=usb-unplug=2\n",
       test_unplug_in_transfer);
  add ("/usb-bus/reset/comes-back-in-the-same-place", P2 "usb=yes\n", test_reset);
  add ("/usb-bus/problem/refused-until-rechecked", P2 "usb=yes\nfaults=usb-refused x1\n",
       test_refused);
  add ("/usb-bus/problem/claimed-at-first", P2 "usb=yes\nfaults=usb-claimed x1\n", test_claimed);
  add ("/usb-bus/problem/no-usb-to-be-seen", "[World]\nfaults=usb-permission x1\n" P2 "usb=yes\n",
       test_permission);
  add ("/usb-bus/event/lost", P2 "usb=yes\nfaults=usb-lost-event=1\n", test_lost_event);
  add ("/usb-bus/several/same-serial-text",
       "[Device A]\nserial=P046AD342AB12CD\nusb=yes\n"
       "[Device B]\nserial=P046AD342AB12CD\nusb=yes\n",
       test_same_serial);
  add ("/usb-bus/several/location-of-one-without-cable",
       "[Device Wireless]\n" P2 "usb=yes\nlocation=1-1\n", test_beside_one_without_cable);
  add ("/usb-bus/several/eight-on-a-hub", "hub", test_hub);
  add ("/usb-bus/stop/links-go-on", P2 "usb=yes\nfaults=usb-unplug-at=3s\n", test_stop);
  return g_test_run ();
}
