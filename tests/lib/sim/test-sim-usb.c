/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-client.h"

#include <string.h>

#include "fl-result.h"
#include "particle-config.pb-c.h"

#define P2 "[Device Board]\nserial=P046AD342AB12CD\nusb=yes\n"

static void
test_identity (void)
{
  static const struct
  {
    const char *device;
    guint16 product_id;
    const char *product;
  } cases[] = {
    { "platform=p2\n", 0xc020, "P2" },
    { "platform=photon2\n", 0xc020, "Photon 2" },
    { "platform=photon2\nfirmware=5.8.2\n", 0xc020, "P2" },
    { "platform=photon2\nfirmware=6.1.0\n", 0xc020, "P2" },
    { "platform=m-som\n", 0xc023, "M-SoM" },
    { "platform=argon\nfirmware=3.3.0\n", 0xc00c, "Argon" },
    { "platform=photon\nfirmware=1.5.2\n", 0xc006, "Photon" },
    { "platform=p1\nfirmware=0.8.0\n", 0xc008, "P1" },
    { "platform=p2\nmode=dfu\n", 0xd020, "P2 DFU Mode" },
    { "platform=photon\nfirmware=1.5.2\nmode=dfu\n", 0xd006, "Photon DFU Mode" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[Device Board]\nusb=yes\nlocation=1-2.3\n%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      FlSimUsbIdentity identity;

      g_assert_cmpuint (client->attachment, ==, 1);
      fl_sim_usb_get_identity (client->device, &identity);
      g_assert_cmphex (identity.vendor_id, ==, 0x2b04);
      g_assert_cmphex (identity.product_id, ==, cases[i].product_id);
      g_assert_cmpstr (identity.product, ==, cases[i].product);
      g_assert_cmpstr (identity.serial, ==, fl_sim_device_get_spec (client->device)->device_id);
      g_assert_cmpstr (identity.location, ==, "1-2.3");
      g_assert_false (identity.is_refused || identity.is_claimed);
    }
}

static char *
read_string (UsbClient *client, guint8 index)
{
  g_autoptr (GBytes) reply = NULL;
  const guint8 *data;

  if (usb_client_control (client, 0x80, 6, 0x0300 | index, 0x0409, 255, NULL, &reply) !=
      FL_SIM_USB_DONE)
    return NULL;
  data = g_bytes_get_data (reply, NULL);
  g_assert_cmpuint (data[0], ==, g_bytes_get_size (reply));
  g_assert_cmpuint (data[1], ==, 3);
  return g_utf16_to_utf8 ((const gunichar2 *) (data + 2), data[0] / 2 - 1, NULL, NULL, NULL);
}

static void
test_descriptors (void)
{
  static const char *const devices[] = { "platform=p2\n", "platform=argon\nfirmware=3.3.0\n",
                                         "platform=p2\nmode=dfu\n" };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\nusb=yes\n%s", devices[i]);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autoptr (GBytes) device = NULL;
      g_autoptr (GBytes) head = NULL;
      g_autoptr (GBytes) all = NULL;
      g_autofree char *serial = read_string (client, 3);
      const guint8 *data;
      gsize size_bytes, at = 0, n_interfaces = 0;

      g_assert_cmpstr (serial, ==, fl_sim_device_get_spec (client->device)->device_id);
      usb_client_control (client, 0x80, 6, 0x0100, 0, 18, NULL, &device);
      data = g_bytes_get_data (device, &size_bytes);
      g_assert_cmpuint (size_bytes, ==, 18);
      g_assert_cmphex (data[8] | data[9] << 8, ==, 0x2b04);
      usb_client_control (client, 0x80, 6, 0x0200, 0, 9, NULL, &head);
      data = g_bytes_get_data (head, &size_bytes);
      g_assert_cmpuint (size_bytes, ==, 9);
      usb_client_control (client, 0x80, 6, 0x0200, 0, 255, NULL, &all);
      g_assert_cmpuint (data[2] | data[3] << 8, ==, g_bytes_get_size (all));
      data = g_bytes_get_data (all, &size_bytes);
      for (; at < size_bytes; at += data[at])
        {
          g_assert_cmpuint (data[at], >=, 2);
          n_interfaces += data[at + 1] == 4;
        }
      g_assert_cmpuint (at, ==, size_bytes);
      g_assert_cmpuint (n_interfaces, ==, data[4]);
      g_assert_cmpint (usb_client_control (client, 0x80, 6, 0x0600, 0, 10, NULL, NULL), ==,
                       FL_SIM_USB_STALLED);
    }
}

static void
test_state_string (void)
{
  static const struct
  {
    const char *device;
    const char *state;
  } cases[] = { { "", "sm=o" },
                { "protected=yes\n", "sm=p" },
                { "protected=yes\nservice-mode=yes\n", "sm=s" },
                { "protected=yes\nmode=dfu\n", "sm=p" },
                { "firmware=5.8.2\n", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (P2 "%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autofree char *state = read_string (client, 0xfa);

      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

static void
test_requests (void)
{
  static const guint sizes[] = { 0, 1, 64, 65, 4096, 5000, 65535 };
  g_autoptr (UsbClient) client = usb_client_new (P2);
  g_autoptr (ProtobufCMessage) message = NULL;

  usb_client_service (client, FL_USB_SERVICE_RESET, 0, 0);
  message = usb_client_read (client, FL_REQUEST_GET_SERIAL_NUMBER, NULL);
  g_assert_cmpstr (((Particle__Ctrl__GetSerialNumberReply *) message)->serial, ==,
                   "P046AD342AB12CD");
  g_assert_cmpint (usb_client_ask (client, 4711, NULL), ==, FL_RESULT_NOT_SUPPORTED);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (FlSecret) payload = fl_secret_new_zeroed (sizes[i]);
      g_autoptr (GBytes) reply = NULL;

      memset (fl_secret_get_writable (payload), 'a' + (int) i, sizes[i]);
      g_assert_cmpint (usb_client_request (client, FL_REQUEST_ECHO, payload, 4096, &reply), ==, 0);
      g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply),
                       fl_secret_get_data (payload), sizes[i]);
    }
}

/* The system thread does one thing at a time; four may wait, and then the device is busy. */
static void
test_queue (void)
{
  g_autoptr (UsbClient) client =
      usb_client_new (P2 "scan-time=3s\n[Network Home]\npassword=12345678\n");
  FlUsbServiceReply scan, serial, mode, version, more;

  scan = usb_client_service (client, FL_USB_SERVICE_INIT, 0, FL_REQUEST_SCAN_NETWORKS);
  serial = usb_client_service (client, FL_USB_SERVICE_INIT, 0, FL_REQUEST_GET_SERIAL_NUMBER);
  mode = usb_client_service (client, FL_USB_SERVICE_INIT, 0, FL_REQUEST_GET_DEVICE_MODE);
  version = usb_client_service (client, FL_USB_SERVICE_INIT, 0, FL_REQUEST_GET_SYSTEM_VERSION);
  more = usb_client_service (client, FL_USB_SERVICE_INIT, 0, FL_REQUEST_ECHO);
  g_assert_cmpuint (more.status, ==, FL_USB_STATUS_BUSY);
  usb_client_wait (client, SECONDS (2.9));
  g_assert_cmpuint (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, serial.id).status, ==,
                    FL_USB_STATUS_PENDING);
  usb_client_wait (client, SECONDS (0.2));
  g_assert_true (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, version.id).has_result);
  g_assert_true (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, mode.id).has_result);
  g_assert_true (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, serial.id).has_result);
  g_assert_cmpuint (usb_client_service (client, FL_USB_SERVICE_CHECK, 0, scan.id).size_bytes, >,
                    10);
}

static void
test_reset (void)
{
  g_autoptr (UsbClient) client = usb_client_new (P2 "boot-time=2s\n");
  FlSimUsbIdentity identity;

  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_RESET, NULL), ==, 0);
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 1);
  usb_client_wait (client, SECONDS (1.1));
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 0);
  g_assert_cmpint (usb_client_control (client, FL_USB_SERVICE_IN, FL_USB_SERVICE_RESET, 0, 0, 64,
                                       NULL, NULL),
                   ==, FL_SIM_USB_GONE);
  usb_client_wait (client, SECONDS (2));
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 2);
  fl_sim_usb_get_identity (client->device, &identity);
  g_assert_cmpstr (identity.location, ==, "1-1");
  /* a transfer of before has no place any more */
  g_assert_cmpint (usb_client_control (client, FL_USB_SERVICE_IN, FL_USB_SERVICE_RESET, 0, 0, 64,
                                       NULL, NULL),
                   ==, FL_SIM_USB_GONE);
  usb_client_attach (client);
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_ECHO, NULL), ==, 0);
}

/* Gen 4 does not complete a raw request without data, and yet does what it asks. */
static void
test_raw (void)
{
  g_autoptr (UsbClient) new = usb_client_new (P2);
  g_autoptr (UsbClient) old =
      usb_client_new ("[Device Board]\nplatform=argon\nfirmware=3.3.0\nusb=yes\n");
  UsbClient *clients[] = { new, old };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_assert_cmpint (usb_client_control (clients[i], FL_USB_SERVICE_OUT, FL_USB_SERVICE_RAW, 0,
                                           302, 0, NULL, NULL),
                       ==, i == 0 ? FL_SIM_USB_PENDING : FL_SIM_USB_DONE);
      g_assert_cmpint (usb_client_control (clients[i], FL_USB_SERVICE_OUT, FL_USB_SERVICE_RAW, 0,
                                           40, 1, (const guint8 *) "", NULL),
                       ==, FL_SIM_USB_DONE);
      usb_client_wait (clients[i], 1000);
      g_assert_cmpuint (fl_sim_usb_get_attachment (clients[i]->device, clients[i]->now_us), ==, 0);
    }
}

/* Whatever a computer sends, whenever: it is answered, refused or too late. */
static void
test_anything (void)
{
  static const char *const devices[] = { "platform=p2\n", "platform=argon\nfirmware=3.3.0\n",
                                         "platform=photon\nfirmware=1.4.4\n", "mode=dfu\n",
                                         "protected=yes\n" };
  static const guint8 types[] = { 0x00, 0x80, 0x21, 0xa1, 0x40, 0xc0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree guint8 *data = g_malloc0 (FL_USB_MAX_TRANSFER);

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\nusb=yes\n%s", devices[i]);
      g_autoptr (UsbClient) client = usb_client_new (text);

      for (guint n = 0; n < 4000; n++)
        {
          guint8 request = g_rand_boolean (random) ? (guint8) g_rand_int_range (random, 0, 12)
                                                   : FL_USB_SERVICE_RAW;
          guint16 index = (guint16) g_rand_int_range (random, 0, 80);

          data[0] = (guint8) g_rand_int_range (random, 0, 256);
          usb_client_control (client, types[g_rand_int_range (random, 0, 6)], request,
                              (guint16) g_rand_int_range (random, 0, 300), index,
                              (guint16) g_rand_int_range (random, 0, 80), data, NULL);
          if (n % 100 == 99)
            usb_client_wait (client, SECONDS (4));
          client->attachment = fl_sim_usb_get_attachment (client->device, client->now_us);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usb/identity/by-platform-and-firmware", test_identity);
  g_test_add_func ("/usb/descriptors/well-formed", test_descriptors);
  g_test_add_func ("/usb/state-string/tells-protection", test_state_string);
  g_test_add_func ("/usb/requests/as-over-bluetooth", test_requests);
  g_test_add_func ("/usb/requests/one-at-a-time", test_queue);
  g_test_add_func ("/usb/reset/comes-back-in-the-same-place", test_reset);
  g_test_add_func ("/usb/raw/zero-length-on-gen-4", test_raw);
  g_test_add_func ("/usb/hostile/anything-is-answered", test_anything);
  return g_test_run ();
}
