/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-client.h"

#include <string.h>

#include "fl-reply-body.h"
#include "fl-reply-modules.h"
#include "fl-result.h"
#include "particle-config.pb-c.h"

#define P2 "[Device Board]\nserial=P046AD342AB12CD\nusb=yes\n"

static FlSimUsbEnd
dfu (UsbClient *client, guint8 request, guint16 value, guint16 length, const guint8 *data)
{
  return usb_client_control (client, 0x21, request, value, 0, length, data, NULL);
}

static guint8
get_dfu_state (UsbClient *client)
{
  g_autoptr (GBytes) reply = NULL;
  gsize size_bytes;
  const guint8 *data;

  g_assert_cmpint (usb_client_control (client, 0xa1, 3, 0, 0, 6, NULL, &reply), ==,
                   FL_SIM_USB_DONE);
  data = g_bytes_get_data (reply, &size_bytes);
  g_assert_cmpuint (size_bytes, ==, 6);
  return data[4];
}

/* Request 50, then an empty download as particle-usb sends it. Gen 2 tells another state than it is
 * in. */
static void
test_dfu (void)
{
  static const struct
  {
    const char *device;
    guint8 last_state;
    guint16 dfu, normal;
  } cases[] = { { "platform=p2\n", 7, 0xd020, 0xc020 },
                { "platform=argon\nfirmware=3.3.0\n", 7, 0xd00c, 0xc00c },
                { "platform=photon\nfirmware=1.5.2\n", 5, 0xd006, 0xc006 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[Device Board]\nusb=yes\nboot-time=2s\n%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      FlSimUsbIdentity identity;

      g_assert_cmpint (usb_client_ask (client, FL_REQUEST_DFU_MODE, NULL), ==, 0);
      usb_client_wait (client, SECONDS (2));
      usb_client_attach (client);
      fl_sim_usb_get_identity (client->device, &identity);
      g_assert_cmphex (identity.product_id, ==, cases[i].dfu);
      g_assert_cmpint (usb_client_control (client, FL_USB_SERVICE_IN, FL_USB_SERVICE_RESET, 0, 0,
                                           64, NULL, NULL),
                       ==, FL_SIM_USB_STALLED);
      g_assert_cmpuint (get_dfu_state (client), ==, 2);
      g_assert_cmpint (dfu (client, 1, 2, 0, NULL), ==, FL_SIM_USB_DONE);
      g_assert_cmpuint (get_dfu_state (client), ==, cases[i].last_state);
      usb_client_wait (client, SECONDS (1));
      g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 0);
      usb_client_wait (client, SECONDS (1.5));
      usb_client_attach (client);
      fl_sim_usb_get_identity (client->device, &identity);
      g_assert_cmphex (identity.product_id, ==, cases[i].normal);
      g_assert_cmpint (usb_client_ask (client, FL_REQUEST_GET_DEVICE_ID, NULL), ==, 0);
    }
}

/* What a computer tried before may have left it in an error, from which there is a way out. */
static void
test_dfu_error (void)
{
  static const guint8 address[] = { 0x21, 0, 0, 0, 8 }, erase[] = { 0x41, 0, 0, 0, 8 };
  g_autoptr (UsbClient) client = usb_client_new (P2 "mode=dfu\n");

  g_assert_cmpint (dfu (client, 1, 0, sizeof address, address), ==, FL_SIM_USB_DONE);
  g_assert_cmpuint (get_dfu_state (client), ==, 4);
  g_assert_cmpuint (get_dfu_state (client), ==, 5);
  g_assert_cmpint (dfu (client, 6, 0, 0, NULL), ==, FL_SIM_USB_DONE);
  g_assert_cmpuint (get_dfu_state (client), ==, 2);
  g_assert_cmpint (dfu (client, 1, 0, sizeof erase, erase), ==, FL_SIM_USB_STALLED);
  g_assert_cmpuint (get_dfu_state (client), ==, 10);
  g_assert_cmpint (dfu (client, 1, 2, 0, NULL), ==, FL_SIM_USB_STALLED);
  g_assert_cmpint (dfu (client, 4, 0, 0, NULL), ==, FL_SIM_USB_DONE);
  g_assert_cmpuint (get_dfu_state (client), ==, 2);
  g_assert_false (fl_sim_device_is_running (client->device));
}

/* Over the cable a protected device answers less than over Bluetooth. */
static void
test_protected (void)
{
  static const struct
  {
    guint16 type;
    int result;
  } cases[] = { { 10, FL_RESULT_NOT_SUPPORTED },
                { 20, 0 },
                { 76, 0 },
                { 77, 0 },
                { 21, -1801 },
                { 30, -1801 },
                { 500, -1801 },
                { 504, -1801 },
                { 506, -1801 },
                { 4711, -1801 } };
  g_autoptr (UsbClient) client = usb_client_new (P2 "protected=yes\n");
  g_autoptr (UsbClient) open = usb_client_new (P2 "protected=yes\nservice-mode=yes\n");
  g_autoptr (GBytes) reply = NULL;
  gboolean state, overridden;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (usb_client_ask (client, cases[i].type, NULL), ==, cases[i].result);
  g_assert_cmpint (usb_client_ask (open, 30, NULL), ==, 0);
  usb_client_request (open, 76, NULL, FL_USB_MAX_TRANSFER, &reply);
  g_assert_true (fl_reply_unpack_protected (g_bytes_get_data (reply, NULL),
                                            g_bytes_get_size (reply), &state, &overridden, NULL));
  g_assert_true (state && overridden);
}

static void
test_application (void)
{
  static const struct
  {
    const char *device;
    int result;
    const char *reply;
  } cases[] = {
    { "", FL_RESULT_NOT_SUPPORTED, "" },
    { "app-request=echo\n", 0, "hello" },
    { "app-request=json\n", 0, "{\"ok\":true,\"bytes\":5}" },
    { "app-request=slow\n", 0, "hello" },
    { "app-request=echo\nmode=safe\n", FL_RESULT_NOT_SUPPORTED, "" },
    { "app-request=echo\nmodules=broken\n", FL_RESULT_NOT_SUPPORTED, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (P2 "%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autoptr (FlSecret) payload = fl_secret_new_from_string ("hello");
      g_autoptr (GBytes) reply = NULL;

      g_assert_cmpint (usb_client_request (client, 10, payload, 64, &reply), ==, cases[i].result);
      g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), cases[i].reply,
                       strlen (cases[i].reply));
    }
}

static void
test_modules (void)
{
  static const struct
  {
    const char *device;
    guint n_modules;
    gboolean is_sound, has_dependencies;
  } cases[] = { { "", 3, TRUE, TRUE },
                { "modules=broken\n", 3, FALSE, TRUE },
                { "modules=too-new\n", 3, TRUE, FALSE },
                { "modules=none\n", 2, TRUE, TRUE },
                { "firmware=5.3.1\n", 0, TRUE, TRUE },
                { "firmware=5.3.1\nmodules=broken\n", 1, FALSE, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (P2 "%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autoptr (GBytes) reply = NULL;
      g_autoptr (GPtrArray) modules = NULL;
      gboolean is_sound = TRUE, has_dependencies = TRUE;

      usb_client_request (client, FL_REQUEST_GET_MODULE_INFO, NULL, 64, &reply);
      modules =
          fl_reply_unpack_modules (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), NULL);
      g_assert_cmpuint (modules->len, ==, cases[i].n_modules);
      for (guint j = 0; j < modules->len; j++)
        {
          const FlModule *module = modules->pdata[j];

          is_sound &= module->is_sound;
          has_dependencies &= module->dependencies_met;
          /* Of the new form; the vendor's client reads it without asking. */
          g_assert_cmpint (module->has_hash, ==, strstr (cases[i].device, "5.3.1") == NULL);
        }
      g_assert_cmpint (is_sound, ==, cases[i].is_sound);
      g_assert_cmpint (has_dependencies, ==, cases[i].has_dependencies);
    }
}

/* The bit exists before 4.0.0 only. */
static void
test_setup_done (void)
{
  g_autoptr (UsbClient) old =
      usb_client_new ("[Device Board]\nplatform=argon\nfirmware=3.3.0\nusb=yes\n");
  g_autoptr (UsbClient) new = usb_client_new (P2);
  g_autoptr (FlSecret) yes = fl_secret_new ("\x08\x01", 2);
  UsbClient *clients[] = { old, new };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (ProtobufCMessage) before = usb_client_read (clients[i], 74, NULL);
      g_autoptr (ProtobufCMessage) after = NULL;

      g_assert_cmpint (((Particle__Ctrl__IsDeviceSetupDoneReply *) before)->done, ==, (int) i);
      g_assert_cmpint (usb_client_ask (clients[i], 73, yes), ==, 0);
      after = usb_client_read (clients[i], 74, NULL);
      g_assert_true (((Particle__Ctrl__IsDeviceSetupDoneReply *) after)->done);
      g_assert_cmpint (usb_client_ask (clients[i], 73, NULL), ==, i == 0 ? 0 : -120);
    }
}

static void
test_safe_mode (void)
{
  g_autoptr (UsbClient) client = usb_client_new (P2 "mode=running\nknown=Home\napp-request=echo\n"
                                                    "[Network Home]\npassword=12345678\n");

  g_assert_cmpint (usb_client_ask (client, 10, NULL), ==, 0);
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_SAFE_MODE, NULL), ==, 0);
  usb_client_wait (client, SECONDS (20));
  usb_client_attach (client);
  g_assert_cmpint (usb_client_ask (client, 10, NULL), ==, FL_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
  usb_client_ask (client, FL_REQUEST_RESET, NULL);
  usb_client_wait (client, SECONDS (20));
  usb_client_attach (client);
  g_assert_cmpint (usb_client_ask (client, 10, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usb-firmware/dfu/there-and-back", test_dfu);
  g_test_add_func ("/usb-firmware/dfu/out-of-an-error", test_dfu_error);
  g_test_add_func ("/usb-firmware/protected/answers-four", test_protected);
  g_test_add_func ("/usb-firmware/application/as-in-the-scenario", test_application);
  g_test_add_func ("/usb-firmware/modules/tell-what-is-wrong", test_modules);
  g_test_add_func ("/usb-firmware/setup-done/remembered-by-old-firmware", test_setup_done);
  g_test_add_func ("/usb-firmware/safe-mode/without-application", test_safe_mode);
  return g_test_run ();
}
