/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-client.h"

#include <string.h>

#include "fl-reply-body.h"
#include "fl-result.h"

#define P2      "[Device Board]\nserial=P046AD342AB12CD\nusb=yes\nboot-time=2s\n"
#define NETWORK "[Network Home]\npassword=lighthouse7\n"

static FlSimUsbEnd
ask_version (UsbClient *client, GBytes **reply)
{
  return usb_client_control (client, FL_USB_SERVICE_IN, FL_USB_SERVICE_RAW, 0,
                             FL_REQUEST_GET_SYSTEM_VERSION, 64, NULL, reply);
}

static FlUsbServiceReply
init (UsbClient *client, guint16 type)
{
  return usb_client_service (client, FL_USB_SERVICE_INIT, 0, type);
}

/* Each transfer can be the last one, and after plugging it in again everything works. */
static void
test_unplug (void)
{
  for (guint n = 1; n <= 4; n++)
    {
      g_autofree char *text =
          g_strdup_printf (P2 "faults=usb-unplug=%u x1; usb-replug-after=3s\n", n);
      g_autoptr (UsbClient) client = usb_client_new (text);

      for (guint i = 1; i < n; i++)
        g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_DONE);
      g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_GONE);
      g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_GONE);
      g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 0);
      usb_client_wait (client, SECONDS (3));
      usb_client_attach (client);
      g_assert_cmpuint (client->attachment, ==, 2);
      for (guint i = 0; i < 5; i++)
        g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_DONE);
    }
}

static void
test_times (void)
{
  g_autoptr (UsbClient) client = usb_client_new (
      "[Device Board]\nusb=later 5s\nfaults=usb-unplug-at=8s; usb-replug-after=2s\n");
  static const struct
  {
    double at_s;
    guint attachment;
  } moments[] = { { 4.9, 0 }, { 5.1, 1 }, { 7.9, 1 }, { 8.1, 0 }, { 9.9, 0 }, { 10.1, 2 } };
  gint64 start_us = client->now_us;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      client->now_us = start_us + SECONDS (moments[i].at_s);
      g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==,
                        moments[i].attachment);
    }
}

static void
test_by_hand (void)
{
  g_autoptr (UsbClient) client = usb_client_new ("[Device Board]\n");

  g_assert_cmpuint (client->attachment, ==, 0);
  g_assert_false (fl_sim_usb_has_cable (client->device));
  fl_sim_usb_plug (client->device, client->now_us);
  g_assert_true (fl_sim_usb_has_cable (client->device));
  usb_client_attach (client);
  g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_DONE);
  fl_sim_usb_unplug (client->device, client->now_us);
  g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_GONE);
}

static void
test_reset (void)
{
  g_autoptr (UsbClient) client = usb_client_new (P2 "faults=usb-reset=2 x1\n");

  g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_DONE);
  g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_GONE);
  usb_client_wait (client, SECONDS (2.1));
  usb_client_attach (client);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (ask_version (client, NULL), ==, FL_SIM_USB_DONE);
}

static void
test_spoilt_transfers (void)
{
  static const struct
  {
    const char *fault;
    FlSimUsbEnd end;
    gsize size_bytes; /* of "6.2.0" */
  } cases[] = { { "usb-stall=2", FL_SIM_USB_STALLED, 0 },
                { "usb-silent=2", FL_SIM_USB_PENDING, 0 },
                { "usb-short=2", FL_SIM_USB_DONE, 2 },
                { "usb-long=2", FL_SIM_USB_DONE, 64 },
                { "usb-garbage=2", FL_SIM_USB_DONE, 5 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (P2 "faults=%s\n", cases[i].fault);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autoptr (GBytes) good = NULL;
      g_autoptr (GBytes) bad = NULL;

      g_assert_cmpint (ask_version (client, &good), ==, FL_SIM_USB_DONE);
      g_assert_cmpmem (g_bytes_get_data (good, NULL), g_bytes_get_size (good), "6.2.0", 5);
      g_assert_cmpint (ask_version (client, &bad), ==, cases[i].end);
      g_assert_cmpuint (bad != NULL ? g_bytes_get_size (bad) : 0, ==, cases[i].size_bytes);
      g_assert_false (bad != NULL && g_bytes_equal (good, bad));
    }
}

static void
test_statuses (void)
{
  g_autoptr (UsbClient) busy = usb_client_new (P2 "faults=usb-busy=2\n");
  g_autoptr (UsbClient) memory = usb_client_new (P2 "faults=usb-no-memory=1\n");
  g_autoptr (UsbClient) lost = usb_client_new (P2 "faults=usb-not-found=1\n");
  g_autoptr (UsbClient) other = usb_client_new (P2 "faults=usb-wrong-id=1\n");
  FlUsbServiceReply reply;

  g_assert_cmpuint (init (busy, 1).status, ==, FL_USB_STATUS_BUSY);
  g_assert_cmpuint (init (busy, 1).status, ==, FL_USB_STATUS_BUSY);
  g_assert_cmpuint (init (busy, 1).status, ==, FL_USB_STATUS_OK);

  g_assert_cmpuint (init (memory, 1).status, ==, FL_USB_STATUS_NO_MEMORY);
  g_assert_cmpint (usb_client_ask (memory, 1, NULL), ==, 0);

  reply = init (lost, 1);
  g_assert_cmpuint (usb_client_service (lost, FL_USB_SERVICE_CHECK, 0, reply.id).status, ==,
                    FL_USB_STATUS_NOT_FOUND);
  g_assert_cmpuint (usb_client_service (lost, FL_USB_SERVICE_RESET, 0, reply.id).status, ==,
                    FL_USB_STATUS_NOT_FOUND);
  g_assert_cmpint (usb_client_ask (lost, 1, NULL), ==, 0);

  reply = init (other, 1);
  g_assert_cmpuint (usb_client_service (other, FL_USB_SERVICE_CHECK, 0, reply.id).status, ==,
                    FL_USB_STATUS_NOT_FOUND);
  g_assert_cmpint (usb_client_ask (other, 1, NULL), ==, 0);
}

/* The faults at a place in a conversation that a cable knows, too. */
static void
test_places (void)
{
  g_autoptr (UsbClient) mute = usb_client_new (P2 "faults=silent-at=request:30\n");
  g_autoptr (UsbClient) reset = usb_client_new (P2 "faults=reset-at=request:30 x1\n");
  g_autoptr (UsbClient) cut = usb_client_new (P2 "faults=truncate-at=request:21\n");
  g_autoptr (UsbClient) answer = usb_client_new (P2 "faults=answer=21:-220\n");
  g_autoptr (GBytes) reply = NULL;
  FlUsbServiceReply pending;

  g_assert_cmpint (usb_client_ask (mute, 1, NULL), ==, 0);
  pending = init (mute, 30);
  usb_client_wait (mute, SECONDS (100));
  g_assert_cmpuint (usb_client_service (mute, FL_USB_SERVICE_CHECK, 0, pending.id).status, ==,
                    FL_USB_STATUS_PENDING);

  init (reset, 30);
  usb_client_wait (reset, SECONDS (1));
  g_assert_cmpuint (fl_sim_usb_get_attachment (reset->device, reset->now_us), ==, 0);
  usb_client_wait (reset, SECONDS (2));
  usb_client_attach (reset);
  g_assert_cmpint (usb_client_ask (reset, 30, NULL), ==, 0);

  usb_client_request (cut, 21, NULL, FL_USB_MAX_TRANSFER, &reply);
  g_assert_cmpuint (g_bytes_get_size (reply), ==, 17 - 8);

  g_assert_cmpint (usb_client_ask (answer, 21, NULL), ==, FL_RESULT_IO);
}

static void
test_opening (void)
{
  g_autoptr (UsbClient) refused = usb_client_new (P2 "faults=usb-refused x1\n");
  g_autoptr (UsbClient) claimed = usb_client_new (P2 "faults=usb-claimed x1\n");
  FlSimUsbIdentity identity;

  fl_sim_usb_get_identity (refused->device, &identity);
  g_assert_true (identity.is_refused);
  g_assert_false (fl_sim_usb_open (refused->device, refused->now_us));
  g_assert_false (fl_sim_usb_open (refused->device, refused->now_us));
  fl_sim_usb_recheck (refused->device);
  g_assert_true (fl_sim_usb_open (refused->device, refused->now_us));

  fl_sim_usb_get_identity (claimed->device, &identity);
  g_assert_true (identity.is_claimed);
  g_assert_false (fl_sim_usb_open (claimed->device, claimed->now_us));
  g_assert_true (fl_sim_usb_open (claimed->device, claimed->now_us));
}

/* A cable that was out without a reset: Gen 4 goes on with what it was asked, older ones do not. */
static void
test_replug (void)
{
  static const struct
  {
    const char *device;
    FlUsbStatus status;
  } cases[] = { { "platform=p2\n", FL_USB_STATUS_OK },
                { "platform=argon\nfirmware=3.3.0\n", FL_USB_STATUS_NOT_FOUND } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[Device Board]\nusb=yes\n%s" NETWORK, cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      FlUsbServiceReply scan = init (client, FL_REQUEST_SCAN_NETWORKS);

      fl_sim_usb_unplug (client->device, client->now_us);
      usb_client_wait (client, SECONDS (5));
      fl_sim_usb_plug (client->device, client->now_us);
      usb_client_attach (client);
      g_assert_cmpuint (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, scan.id).status, ==,
                        cases[i].status);
      g_assert_cmpint (usb_client_ask (client, 21, NULL), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usb-faults/unplug/at-each-transfer", test_unplug);
  g_test_add_func ("/usb-faults/unplug/at-times", test_times);
  g_test_add_func ("/usb-faults/unplug/by-hand", test_by_hand);
  g_test_add_func ("/usb-faults/unplug/what-is-under-way", test_replug);
  g_test_add_func ("/usb-faults/reset/in-a-transfer", test_reset);
  g_test_add_func ("/usb-faults/transfer/spoilt", test_spoilt_transfers);
  g_test_add_func ("/usb-faults/service/each-status", test_statuses);
  g_test_add_func ("/usb-faults/places/as-over-bluetooth", test_places);
  g_test_add_func ("/usb-faults/opening/refused-or-claimed", test_opening);
  return g_test_run ();
}
