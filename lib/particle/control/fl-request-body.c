/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-request-body.h"

#include <string.h>

#include "particle-config.pb-c.h"
#include "particle-network.pb-c.h"
#include "particle-wifi.pb-c.h"

/* 64 hex digits; fl_password_check() is stricter. */
#define PASSWORD_MAX_BYTES 64

int
fl_security_to_particle (FlSecurity security)
{
  switch (security)
    {
    case FL_SECURITY_OPEN:
      return PARTICLE__CTRL__WIFI__SECURITY__NO_SECURITY;
    case FL_SECURITY_WEP:
      return PARTICLE__CTRL__WIFI__SECURITY__WEP;
    case FL_SECURITY_WPA:
      return PARTICLE__CTRL__WIFI__SECURITY__WPA_PSK;
    case FL_SECURITY_WPA2:
    case FL_SECURITY_UNKNOWN:
      return PARTICLE__CTRL__WIFI__SECURITY__WPA2_PSK;
    case FL_SECURITY_WPA_WPA2:
      return PARTICLE__CTRL__WIFI__SECURITY__WPA_WPA2_PSK;
    case FL_SECURITY_WPA3:
      return PARTICLE__CTRL__WIFI__SECURITY__WPA3_PSK;
    case FL_SECURITY_WPA2_WPA3:
      return PARTICLE__CTRL__WIFI__SECURITY__WPA2_WPA3_PSK;
    case FL_SECURITY_ENTERPRISE:
      return -1;
    }
  return -1;
}

FlSecurity
fl_security_from_particle (int value, FlWifiKind kind)
{
  static const FlSecurity known[] = {
    FL_SECURITY_OPEN,     FL_SECURITY_WEP,  FL_SECURITY_WPA,       FL_SECURITY_WPA2,
    FL_SECURITY_WPA_WPA2, FL_SECURITY_WPA3, FL_SECURITY_WPA2_WPA3,
  };
  int last = kind == FL_WIFI_ARGON ? PARTICLE__CTRL__WIFI__SECURITY__WPA_WPA2_PSK
                                   : PARTICLE__CTRL__WIFI__SECURITY__WPA2_WPA3_PSK;

  return value >= 0 && value <= last ? known[value] : FL_SECURITY_UNKNOWN;
}

ProtobufCBinaryData
fl_message_borrow_bytes (GBytes *bytes)
{
  ProtobufCBinaryData borrowed = { 0, NULL };

  if (bytes != NULL)
    borrowed.data = (uint8_t *) g_bytes_get_data (bytes, &borrowed.len);
  return borrowed;
}

/* protobuf-c's structures are not const, but packing only reads. */
FlSecret *
fl_request_pack_join (const FlCredentials *credentials, int security, gboolean hidden)
{
  Particle__Ctrl__Wifi__JoinNewNetworkRequest message =
      PARTICLE__CTRL__WIFI__JOIN_NEW_NETWORK_REQUEST__INIT;
  Particle__Ctrl__Wifi__Credentials secrets = PARTICLE__CTRL__WIFI__CREDENTIALS__INIT;
  FlSecret *password = NULL;

  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (security >= 0, NULL);

  message.ssid = fl_message_borrow_bytes (fl_credentials_get_ssid (credentials));
  message.bssid = fl_message_borrow_bytes (fl_credentials_get_bssid (credentials));
  message.security = (Particle__Ctrl__Wifi__Security) security;
  message.hidden = hidden;

  password = fl_credentials_get_password (credentials);
  if (password != NULL && security != PARTICLE__CTRL__WIFI__SECURITY__NO_SECURITY)
    {
      secrets.type = PARTICLE__CTRL__WIFI__CREDENTIALS_TYPE__PASSWORD;
      secrets.password.data = (uint8_t *) fl_secret_get_data (password);
      secrets.password.len = fl_secret_get_size (password);
      message.credentials = &secrets;
    }
  return fl_message_pack (&message.base);
}

static gboolean
check_join (const Particle__Ctrl__Wifi__JoinNewNetworkRequest *join, GError **error)
{
  const ProtobufCBinaryData *ssid = &join->ssid;

  if (ssid->len == 0 || ssid->len > FL_SSID_MAX_BYTES || memchr (ssid->data, 0, ssid->len) != NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "No network has such a name");
  else if (join->bssid.len != 0 && join->bssid.len != FL_BSSID_BYTES)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "An address has 6 bytes");
  else if (join->credentials != NULL && join->credentials->password.len > PASSWORD_MAX_BYTES)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "The password is too long");
  else
    return TRUE;
  return FALSE;
}

FlCredentials *
fl_request_unpack_join (const guint8 *data, gsize size_bytes, int *credentials_type, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (FlSecret) password = NULL;
  g_autoptr (GBytes) ssid = NULL;
  g_autoptr (GBytes) bssid = NULL;
  const Particle__Ctrl__Wifi__JoinNewNetworkRequest *join = NULL;

  g_return_val_if_fail (credentials_type != NULL, NULL);

  *credentials_type = 0;
  message = fl_message_unpack (&particle__ctrl__wifi__join_new_network_request__descriptor, data,
                               size_bytes, error);
  join = (const Particle__Ctrl__Wifi__JoinNewNetworkRequest *) message;
  if (join == NULL || !check_join (join, error))
    return NULL;

  ssid = g_bytes_new (join->ssid.data, join->ssid.len);
  if (join->bssid.len > 0)
    bssid = g_bytes_new (join->bssid.data, join->bssid.len);
  if (join->credentials != NULL)
    {
      *credentials_type = (int) join->credentials->type;
      if (*credentials_type == PARTICLE__CTRL__WIFI__CREDENTIALS_TYPE__PASSWORD)
        password =
            fl_secret_new (join->credentials->password.data, join->credentials->password.len);
    }
  return fl_credentials_new (ssid, fl_security_from_particle ((int) join->security, FL_WIFI_GEN4),
                             password, join->hidden, bssid);
}

FlSecret *
fl_request_pack_ssid (GBytes *ssid)
{
  Particle__Ctrl__Wifi__RemoveKnownNetworkRequest message =
      PARTICLE__CTRL__WIFI__REMOVE_KNOWN_NETWORK_REQUEST__INIT;

  g_return_val_if_fail (ssid != NULL && g_bytes_get_size (ssid) > 0, NULL);

  message.ssid = fl_message_borrow_bytes (ssid);
  return fl_message_pack (&message.base);
}

GBytes *
fl_request_unpack_ssid (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__Wifi__RemoveKnownNetworkRequest *request = NULL;

  message = fl_message_unpack (&particle__ctrl__wifi__remove_known_network_request__descriptor,
                               data, size_bytes, error);
  if (message == NULL)
    return NULL;
  request = (const Particle__Ctrl__Wifi__RemoveKnownNetworkRequest *) message;
  return g_bytes_new (request->ssid.data, request->ssid.len);
}

FlSecret *
fl_request_pack_interface (guint32 index)
{
  Particle__Ctrl__GetInterfaceRequest message = PARTICLE__CTRL__GET_INTERFACE_REQUEST__INIT;

  message.index = index;
  return fl_message_pack (&message.base);
}

gboolean
fl_request_unpack_interface (const guint8 *data, gsize size_bytes, guint32 *index, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;

  g_return_val_if_fail (index != NULL, FALSE);

  message = fl_message_unpack (&particle__ctrl__get_interface_request__descriptor, data, size_bytes,
                               error);
  if (message == NULL)
    return FALSE;
  *index = ((const Particle__Ctrl__GetInterfaceRequest *) message)->index;
  return TRUE;
}

FlSecret *
fl_request_pack_setup_done (gboolean done)
{
  Particle__Ctrl__SetDeviceSetupDoneRequest message =
      PARTICLE__CTRL__SET_DEVICE_SETUP_DONE_REQUEST__INIT;

  message.done = done;
  return fl_message_pack (&message.base);
}

FlSecret *
fl_request_pack_claim_code (const char *code)
{
  Particle__Ctrl__SetClaimCodeRequest message = PARTICLE__CTRL__SET_CLAIM_CODE_REQUEST__INIT;

  g_return_val_if_fail (code != NULL, NULL);

  message.code = (char *) code;
  return fl_message_pack (&message.base);
}

char *
fl_request_unpack_claim_code (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;

  message = fl_message_unpack (&particle__ctrl__set_claim_code_request__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return NULL;
  return g_strdup (((const Particle__Ctrl__SetClaimCodeRequest *) message)->code);
}
