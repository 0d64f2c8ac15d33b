/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-client.h"

#include <string.h>

#include "fl-old-wifi.h"
#include "fl-reply-body.h"
#include "fl-result.h"

#define PHOTON "[Device Board]\nplatform=photon\nfirmware=1.5.2\nusb=yes\n"
#define NETWORKS                                                                                   \
  "[Network Home]\npassword=lighthouse7\nrssi=-48\n"                                               \
  "[Network Fast]\npassword=lighthouse7\nchannel=44\n"                                             \
  "[Network Hidden]\npassword=whisper123\nhidden=yes\n"                                            \
  "[Network Office]\nsecurity=enterprise\naccounts=ann@x.org:tide:table;bob:gull\nrssi=-60\n"      \
  "[Network New]\nsecurity=wpa3\npassword=northern\n"                                              \
  "[Network Open]\nsecurity=open\n"

static FlCredentials *
create_plain (const char *ssid, FlSecurity security, const char *password)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;

  return fl_credentials_new (name, security, secret, FALSE, NULL);
}

static FlCredentials *
create_enterprise (FlEapMethod method,
                   const char *identity,
                   const char *password,
                   const char *certificate)
{
  g_autoptr (GBytes) name = g_bytes_new_static ("Office", 6);
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlSecret) key = certificate != NULL ? fl_secret_new_from_string ("a key") : NULL;
  g_autoptr (GBytes) bytes =
      certificate != NULL ? g_bytes_new (certificate, strlen (certificate)) : NULL;
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (method, identity, NULL, NULL, bytes, key);

  return fl_credentials_new_enterprise (name, enterprise, secret);
}

static int
set (UsbClient *client, FlCredentials *credentials, FlOldCipher cipher)
{
  g_autoptr (FlCredentials) owned = credentials;
  g_autoptr (FlSecret) payload = fl_old_wifi_pack_credentials (owned, cipher);

  return usb_client_ask (client, FL_REQUEST_OLD_SET_CREDENTIALS, payload);
}

static GPtrArray *
list (UsbClient *client, guint16 type)
{
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *networks;

  g_assert_cmpint (usb_client_request (client, type, NULL, FL_USB_MAX_TRANSFER, &reply), ==, 0);
  networks = fl_old_wifi_unpack_networks (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply),
                                          &error);
  g_assert_no_error (error);
  return networks;
}

/* Old firmware has old requests, new firmware has neither those nor the new ones. */
static void
test_gates (void)
{
  static const struct
  {
    const char *device;
    guint16 type;
    int result;
  } cases[] = {
    { "platform=photon\nfirmware=0.8.0\n", 112, 0 },
    { "platform=photon\nfirmware=0.8.0\n", 72, -120 },
    { "platform=photon\nfirmware=0.8.0\n", 300, -120 },
    { "platform=photon\nfirmware=0.9.0\n", 72, 0 },
    { "platform=photon\nfirmware=0.9.0\n", 300, 0 },
    { "platform=photon\nfirmware=1.4.4\n", 1, -120 },
    { "platform=photon\nfirmware=1.5.0\n", 1, 0 },
    { "platform=photon\nfirmware=1.5.2\n", 114, 0 },
    { "platform=photon\nfirmware=1.5.2\n", 506, -120 },
    { "platform=photon\nfirmware=1.5.2\n", 400, -120 },
    { "platform=p1\nfirmware=2.0.0\n", 112, -120 },
    { "platform=p1\nfirmware=2.0.0\n", 506, -120 },
    { "platform=p1\nfirmware=2.0.0\n", 21, 0 },
    { "platform=argon\nfirmware=3.3.0\n", 112, -120 },
    { "platform=p2\n", 112, -120 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Device Board]\nusb=yes\n%s", cases[i].device);
      g_autoptr (UsbClient) client = usb_client_new (text);

      g_assert_cmpint (usb_client_ask (client, cases[i].type, NULL), ==, cases[i].result);
    }
}

static void
test_no_bluetooth (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON);
  g_autofree char *label = fl_sim_device_get_label (client->device);
  guint8 advert[31], response[31];
  gsize advert_size, response_size;

  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_false (fl_sim_device_advertise (client->device, advert, &advert_size, response,
                                           &response_size, client->now_us));
  g_assert_cmpuint (strlen (label), ==, 15);
  g_assert_true (g_str_has_prefix (label, "PHHT"));
}

static void
test_scan (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON NETWORKS);
  g_autoptr (GPtrArray) networks = list (client, FL_REQUEST_OLD_SCAN);
  guint n_enterprise = 0, n_unknown = 0;

  /* without the one on 5 GHz and the one that hides */
  g_assert_cmpuint (networks->len, ==, 4);
  for (guint i = 0; i < networks->len; i++)
    {
      n_enterprise += fl_network_get_security (networks->pdata[i]) == FL_SECURITY_ENTERPRISE;
      n_unknown += fl_network_get_security (networks->pdata[i]) == FL_SECURITY_UNKNOWN;
    }
  g_assert_cmpuint (n_enterprise, ==, 1);
  g_assert_cmpuint (n_unknown, ==, 1);
}

static void
test_joins_by_itself (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON NETWORKS);
  g_autoptr (GPtrArray) known = NULL;

  g_assert_cmpint (set (client, create_plain ("Home", FL_SECURITY_WPA2, "lighthouse7"),
                        FL_OLD_CIPHER_AES),
                   ==, 0);
  usb_client_wait (client, SECONDS (20));
  g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==, FL_SIM_WIFI_OFF);
  known = list (client, FL_REQUEST_OLD_GET_CREDENTIALS);
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_STOP_LISTENING, NULL), ==, 0);
  usb_client_wait (client, SECONDS (20));
  g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==, FL_SIM_WIFI_READY);
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
}

/* The firmware stores what it cannot try; only what it cannot even describe is refused. */
static void
test_refuses (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON NETWORKS);
  g_autoptr (FlSecret) broken = fl_secret_new ("\x0a\xff", 2);

  g_assert_cmpint (set (client, create_plain ("Nowhere", FL_SECURITY_WPA2, "lighthouse7"),
                        FL_OLD_CIPHER_NONE),
                   ==, FL_RESULT_UNKNOWN);
  g_assert_cmpint (set (client, create_plain ("Nowhere", FL_SECURITY_WPA2, "lighthouse7"),
                        FL_OLD_CIPHER_AES),
                   ==, 0);
  g_assert_cmpint (set (client, create_plain ("Home", FL_SECURITY_WPA2, "lighthouse7"),
                        FL_OLD_CIPHER_NONE),
                   ==, 0);
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_OLD_SET_CREDENTIALS, broken), ==,
                   FL_RESULT_BAD_DATA);
}

static void
test_keeps_five (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON NETWORKS);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) none = NULL;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("Net %u", i);

      g_assert_cmpint (set (client, create_plain (name, FL_SECURITY_OPEN, NULL), 0), ==, 0);
    }
  known = list (client, FL_REQUEST_OLD_GET_CREDENTIALS);
  g_assert_cmpuint (known->len, ==, FL_OLD_WIFI_MAX_KNOWN);
  g_assert_cmpstr (fl_network_get_name (known->pdata[0]), ==, "Net 6");
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_OLD_CLEAR_CREDENTIALS, NULL), ==, 0);
  none = list (client, FL_REQUEST_OLD_GET_CREDENTIALS);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_enterprise (void)
{
  static const struct
  {
    FlEapMethod method;
    const char *identity, *password, *certificate;
    gboolean works;
  } cases[] = {
    { FL_EAP_PEAP, "ann@x.org", "tide:table", NULL, TRUE },
    { FL_EAP_PEAP, "bob", "gull", NULL, TRUE },
    { FL_EAP_PEAP, "bob", "tide:table", NULL, FALSE },
    { FL_EAP_PEAP, "ann", "tide:table", NULL, FALSE },
    { FL_EAP_PEAP, NULL, "gull", NULL, FALSE },
    { FL_EAP_TLS, NULL, NULL, "a certificate", TRUE },
    { FL_EAP_TLS, "bob", "gull", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UsbClient) client = usb_client_new (PHOTON NETWORKS);

      g_assert_cmpint (set (client,
                            create_enterprise (cases[i].method, cases[i].identity,
                                               cases[i].password, cases[i].certificate),
                            FL_OLD_CIPHER_AES),
                       ==, 0);
      usb_client_ask (client, FL_REQUEST_STOP_LISTENING, NULL);
      usb_client_wait (client, SECONDS (20));
      /* What was stored there and did not work leads back to listening. */
      g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==,
                       cases[i].works ? FL_SIM_WIFI_READY : FL_SIM_WIFI_OFF);
      g_assert_cmpint (fl_sim_device_is_listening (client->device), ==, !cases[i].works);
    }
}

static void
test_antenna (void)
{
  g_autoptr (UsbClient) client = usb_client_new (PHOTON);
  g_autoptr (FlSecret) external = fl_old_wifi_pack_antenna (FL_OLD_ANTENNA_EXTERNAL);
  g_autoptr (FlSecret) none = fl_old_wifi_pack_antenna (FL_OLD_ANTENNA_NONE);
  g_autoptr (GBytes) reply = NULL;
  FlOldAntenna antenna;

  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_OLD_SET_ANTENNA, none), ==,
                   FL_RESULT_INVALID_ARGUMENT);
  g_assert_cmpint (usb_client_ask (client, FL_REQUEST_OLD_SET_ANTENNA, external), ==, 0);
  usb_client_request (client, FL_REQUEST_OLD_GET_ANTENNA, NULL, FL_USB_MAX_TRANSFER, &reply);
  g_assert_true (fl_old_wifi_unpack_antenna (g_bytes_get_data (reply, NULL),
                                             g_bytes_get_size (reply), &antenna, NULL));
  g_assert_cmpint (antenna, ==, FL_OLD_ANTENNA_EXTERNAL);
}

/* Before 1.5.0 a payload goes in one transfer or not at all. */
static void
test_one_transfer (void)
{
  static const struct
  {
    const char *firmware;
    FlSimUsbEnd end;
  } cases[] = { { "1.4.4", FL_SIM_USB_STALLED }, { "1.5.0", FL_SIM_USB_DONE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[Device Board]\nplatform=photon\nusb=yes\nfirmware=%s\n" NETWORKS,
                           cases[i].firmware);
      g_autoptr (UsbClient) client = usb_client_new (text);
      g_autoptr (FlCredentials) credentials =
          create_plain ("Home", FL_SECURITY_WPA2, "lighthouse7");
      g_autoptr (FlSecret) payload = fl_old_wifi_pack_credentials (credentials, 1);
      g_autoptr (GPtrArray) networks = NULL;
      gsize size_bytes = fl_secret_get_size (payload);
      FlUsbServiceReply init =
          usb_client_service (client, FL_USB_SERVICE_INIT, (guint16) size_bytes, 113);

      g_assert_cmpint (usb_client_control (client, FL_USB_SERVICE_OUT, FL_USB_SERVICE_SEND, 0,
                                           init.id, 5, fl_secret_get_data (payload), NULL),
                       ==, cases[i].end);
      usb_client_service (client, FL_USB_SERVICE_RESET, 0, init.id);
      g_assert_cmpint (usb_client_ask (client, 113, payload), ==, 0);
      networks = list (client, FL_REQUEST_OLD_SCAN);
      g_assert_cmpuint (networks->len, ==, 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gen2/gates/follow-the-firmware", test_gates);
  g_test_add_func ("/gen2/bluetooth/has-none", test_no_bluetooth);
  g_test_add_func ("/gen2/scan/what-it-can-name", test_scan);
  g_test_add_func ("/gen2/credentials/joins-when-it-stops-listening", test_joins_by_itself);
  g_test_add_func ("/gen2/credentials/refuses-what-it-cannot-describe", test_refuses);
  g_test_add_func ("/gen2/credentials/keeps-five", test_keeps_five);
  g_test_add_func ("/gen2/enterprise/by-account-or-certificate", test_enterprise);
  g_test_add_func ("/gen2/antenna/is-kept", test_antenna);
  g_test_add_func ("/gen2/old-firmware/payload-in-one-transfer", test_one_transfer);
  return g_test_run ();
}
