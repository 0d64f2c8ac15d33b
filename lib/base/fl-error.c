/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-error.h"
#include "fl-error-texts.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fl_error_quark, fl_error)

G_DEFINE_ENUM_TYPE (FlErrorCode,
                    fl_error_code,
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NO_BLUETOOTH, "no-bluetooth"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_OFF, "bluetooth-off"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_BLOCKED, "bluetooth-blocked"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_SERVICE, "bluetooth-service"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_PERMISSION, "bluetooth-permission"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_BUSY, "bluetooth-busy"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BLUETOOTH_DEAF, "bluetooth-deaf"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_USB_ACCESS, "usb-access"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_USB_CLAIMED, "usb-claimed"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_SERIAL_BUSY, "serial-busy"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_USB_NOTHING, "usb-nothing"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_USB_PERMISSION, "usb-permission"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NO_CAMERA, "no-camera"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CAMERA_REFUSED, "camera-refused"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CAMERA_BUSY, "camera-busy"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_LABEL_UNREADABLE, "label-unreadable"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_LABEL_OTHER_CODE, "label-other-code"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_LABEL_OTHER_DEVICE, "label-other-device"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_DEVICE_NOT_FOUND, "device-not-found"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_DEVICE_OUT_OF_REACH, "device-out-of-reach"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CONNECT_FAILED, "connect-failed"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_WRONG_SECRET, "wrong-secret"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_DEVICE_SILENT, "device-silent"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_LINK_LOST, "link-lost"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_UNEXPECTED_SERVICES, "unexpected-services"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NOT_LISTENING, "not-listening"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_UPDATE_MODE, "update-mode"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_PROTECTED, "protected"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_UNSUPPORTED, "unsupported"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_OTHER_ROAD, "other-road"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_DEVICE_BUSY, "device-busy"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_SCAN_EMPTY, "scan-empty"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NETWORK_5_GHZ, "network-5-ghz"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NETWORK_WPA3, "network-wpa3"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NETWORK_TOO_FAR, "network-too-far"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NETWORK_ENTERPRISE, "network-enterprise"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_WRONG_PASSWORD, "wrong-password"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_JOIN_UNCLEAR, "join-unclear"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_JOIN_WEAK, "join-weak"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_JOIN_REFUSED, "join-refused"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_JOIN_SECURITY, "join-security"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_JOIN_TIMEOUT, "join-timeout"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NO_ADDRESS, "no-address"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NO_INTERNET, "no-internet"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CLOUD_UNREACHABLE, "cloud-unreachable"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CLOUD_REJECTED, "cloud-rejected"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NOT_REPORTED, "not-reported"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_NETWORKS_FULL, "networks-full"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_IDENTITY_INCOMPLETE, "identity-incomplete"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CA_MISSING, "ca-missing"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CERTIFICATE_DATE, "certificate-date"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_KEY_MISMATCH, "key-mismatch"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_PKCS12_PASSWORD, "pkcs12-password"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_PROFILE_UNREADABLE, "profile-unreadable"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_LOGIN_REJECTED, "login-rejected"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CLAIMED_BY_OTHER, "claimed-by-other"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_COMPUTER_OFFLINE, "computer-offline"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_BATCH_REPEATED, "batch-repeated"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_UNEXPECTED, "unexpected"),
                    G_DEFINE_ENUM_VALUE (FL_ERROR_INVALID_INPUT, "invalid-input"))

/* GIO is out of bounds here, so its error is known by name: gio/gioenums.h, G_IO_ERROR_CANCELLED.
 */
#define IO_ERROR_QUARK     "g-io-error-quark"
#define IO_ERROR_CANCELLED 19

#define EXIT_UNEXPECTED  1
#define EXIT_USAGE       2
#define EXIT_INTERRUPTED 130
#define EXIT_BASE        10

static const FlErrorRow *
find_row (const GError *error)
{
  if (error->domain == FL_ERROR)
    return fl_error_texts_lookup (error->code);
  if (error->code == IO_ERROR_CANCELLED && error->domain == g_quark_try_string (IO_ERROR_QUARK))
    return fl_error_texts_lookup (FL_ERROR_CANCELLED);
  return fl_error_texts_lookup (FL_ERROR_UNEXPECTED);
}

const char *
fl_error_get_id (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return find_row (error)->id;
}

int
fl_error_get_exit_status (const GError *error)
{
  int code;

  if (error == NULL)
    return 0;

  code = (int) find_row (error)->code;
  if (code == FL_ERROR_UNEXPECTED)
    return EXIT_UNEXPECTED;
  if (code == FL_ERROR_INVALID_INPUT)
    return EXIT_USAGE;
  if (code == FL_ERROR_CANCELLED)
    return EXIT_INTERRUPTED;
  return EXIT_BASE + code / 10;
}

void
fl_error_describe (const GError *error, FlErrorText *text)
{
  const FlErrorRow *row;

  g_return_if_fail (error != NULL);
  g_return_if_fail (text != NULL);

  row = find_row (error);
  *text = (FlErrorText){ .title = _ (row->title), .advice = _ (row->advice), .sure = row->sure };
  for (guint i = 0; i < FL_ERROR_MAX_ACTIONS && row->buttons[i].action != FL_ACTION_NONE; i++)
    {
      const FlErrorButtonRow *button = &row->buttons[i];
      const char *label = button->label;

      if (label == NULL)
        label = fl_error_texts_get_label (button->action);
      text->buttons[i] = (FlErrorButton){ button->action, _ (label) };
    }
}

char *
fl_error_dup_title (const GError *error, const char *network_name)
{
  const FlErrorRow *row;

  g_return_val_if_fail (error != NULL, NULL);

  row = find_row (error);
  if (row->code == FL_ERROR_JOIN_UNCLEAR && network_name != NULL)
    /* Translators: a title; the placeholder is the name of a Wi-Fi network */
    return g_strdup_printf (_ ("The Device Could Not Join “%s”"), network_name);
  return g_strdup (_ (row->title));
}
