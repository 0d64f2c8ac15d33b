/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include "fl-result.h"
#include "fl-sim-usb.h"
#include "fl-usb-service.h"

/* One device that is asked over Bluetooth and over a cable at the same time. */

#define P2 "[Device Board]\nusb=yes\njoin-time=3s\nscan-time=2s\n" TEST_NETWORKS

static FlUsbServiceReply
ask (SimClient *client, guint8 request, guint16 index)
{
  FlUsbSetup setup = { FL_USB_SERVICE_IN, request, 0, index, FL_USB_SERVICE_REPLY_BYTES };
  guint attachment = fl_sim_usb_get_attachment (client->device, client->now_us);
  FlUsbServiceReply service = { 0 };
  g_autoptr (GBytes) reply = NULL;

  g_assert_cmpint (fl_sim_usb_control (client->device, attachment, &setup, NULL, 0, client->now_us,
                                       &reply),
                   ==, FL_SIM_USB_DONE);
  g_assert_true (fl_usb_service_reply_decode (g_bytes_get_data (reply, NULL),
                                              g_bytes_get_size (reply), &service, NULL));
  return service;
}

/* A scan by cable holds up what comes by air, and the other way round. */
static void
test_one_thread (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);
  g_autoptr (FlSecret) nothing = fl_secret_new_zeroed (0);
  FlUsbServiceReply scan, serial;
  gint64 start_us;

  sim_client_open (client);
  scan = ask (client, FL_USB_SERVICE_INIT, FL_REQUEST_SCAN_NETWORKS);
  sim_client_wait (client, SECONDS (0.01));
  start_us = client->now_us;
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_DEVICE_MODE, NULL), ==, 0);
  g_assert_cmpint (client->now_us - start_us, >=, SECONDS (1.9));
  g_assert_true (ask (client, FL_USB_SERVICE_CHECK, scan.id).has_result);

  g_assert_true (
      fl_secure_session_send_request (client->session, 99, FL_REQUEST_SCAN_NETWORKS, nothing));
  sim_client_wait (client, SECONDS (0.2));
  serial = ask (client, FL_USB_SERVICE_INIT, FL_REQUEST_GET_SERIAL_NUMBER);
  sim_client_wait (client, SECONDS (1.5));
  g_assert_cmpuint (ask (client, FL_USB_SERVICE_CHECK, serial.id).status, ==,
                    FL_USB_STATUS_PENDING);
  sim_client_wait (client, SECONDS (1));
  g_assert_true (ask (client, FL_USB_SERVICE_CHECK, serial.id).has_result);
}

/* Whoever asked over the air went away in the middle: the cable waits no longer than the work. */
static void
test_asker_gone (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);
  FlUsbServiceReply serial;

  sim_client_open (client);
  g_assert_false (sim_client_request (client, FL_REQUEST_SCAN_NETWORKS, NULL, SECONDS (0.5), NULL));
  sim_client_disconnect (client);
  serial = ask (client, FL_USB_SERVICE_INIT, FL_REQUEST_GET_SERIAL_NUMBER);
  sim_client_wait (client, SECONDS (1));
  g_assert_cmpuint (ask (client, FL_USB_SERVICE_CHECK, serial.id).status, ==,
                    FL_USB_STATUS_PENDING);
  sim_client_wait (client, SECONDS (1));
  g_assert_true (ask (client, FL_USB_SERVICE_CHECK, serial.id).has_result);
}

/* And an answer that nobody fetched is not the next asker's. */
static void
test_answers_apart (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);

  sim_client_open (client);
  g_assert_false (sim_client_request (client, FL_REQUEST_SCAN_NETWORKS, NULL, SECONDS (0.5), NULL));
  sim_client_disconnect (client);
  sim_client_wait (client, SECONDS (5));
  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, 4711, NULL), ==, FL_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
}

/* Leaving set-up mode over the cable ends the link over the air on Gen 4. */
static void
test_stop_listening (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2);
  FlUsbServiceReply stop;

  sim_client_open (client);
  stop = ask (client, FL_USB_SERVICE_INIT, FL_REQUEST_STOP_LISTENING);
  sim_client_wait (client, SECONDS (1));
  g_assert_true (ask (client, FL_USB_SERVICE_CHECK, stop.id).has_result);
  g_assert_false (sim_client_is_open (client));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/two-roads/requests/one-at-a-time", test_one_thread);
  g_test_add_func ("/two-roads/asker/gone", test_asker_gone);
  g_test_add_func ("/two-roads/asker/answers-apart", test_answers_apart);
  g_test_add_func ("/two-roads/stop-listening/ends-the-other-link", test_stop_listening);
  return g_test_run ();
}
