/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-old-wifi.h"

#include <string.h>

#include "fl-reply-body.h"
#include "particle-wifi-old.pb-c.h"

typedef Particle__Ctrl__WiFiAccessPoint AccessPoint;
typedef Particle__Ctrl__WiFiAccessPointList List;

int
fl_old_wifi_security_to_particle (FlSecurity security)
{
  switch (security)
    {
    case FL_SECURITY_OPEN:
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_UNSEC;
    case FL_SECURITY_WEP:
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_WEP;
    case FL_SECURITY_WPA:
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_WPA;
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA2_WPA3: /* the half that it knows */
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_WPA2;
    case FL_SECURITY_ENTERPRISE:
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_WPA2_ENTERPRISE;
    case FL_SECURITY_UNKNOWN:
      return PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_UNKNOWN;
    case FL_SECURITY_WPA3:
      return -1;
    }
  return -1;
}

FlSecurity
fl_old_wifi_security_from_particle (int value)
{
  static const FlSecurity known[] = {
    FL_SECURITY_OPEN, FL_SECURITY_WEP,        FL_SECURITY_WPA,
    FL_SECURITY_WPA2, FL_SECURITY_ENTERPRISE, FL_SECURITY_ENTERPRISE,
  };

  return value >= 0 && value < (int) G_N_ELEMENTS (known) ? known[value] : FL_SECURITY_UNKNOWN;
}

static ProtobufCBinaryData
borrow_secret (FlSecret *secret)
{
  ProtobufCBinaryData borrowed = { 0, NULL };

  if (secret != NULL)
    {
      borrowed.data = (uint8_t *) fl_secret_get_data (secret);
      borrowed.len = fl_secret_get_size (secret);
    }
  return borrowed;
}

/* protobuf-c's structures are not const, but packing only reads. */
static void
fill_enterprise (AccessPoint *ap, const FlEnterprise *enterprise)
{
  const char *identity = fl_enterprise_get_identity (enterprise);
  const char *anonymous = fl_enterprise_get_anonymous_identity (enterprise);

  switch (fl_enterprise_get_method (enterprise))
    {
    case FL_EAP_PEAP:
      ap->eap_type = PARTICLE__CTRL__EAP_TYPE__EAP_PEAP;
      break;
    case FL_EAP_TLS:
      ap->eap_type = PARTICLE__CTRL__EAP_TYPE__EAP_TLS;
      break;
    case FL_EAP_TTLS: /* not on these devices */
    case FL_EAP_FAST:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      break;
    }
  if (identity != NULL)
    ap->inner_identity = (char *) identity;
  if (anonymous != NULL)
    ap->outer_identity = (char *) anonymous;
  ap->private_key = borrow_secret (fl_enterprise_get_private_key (enterprise));
  ap->client_certificate =
      fl_message_borrow_bytes (fl_enterprise_get_client_certificate (enterprise));
  ap->ca_certificate = fl_message_borrow_bytes (fl_enterprise_get_ca_certificate (enterprise));
}

FlSecret *
fl_old_wifi_pack_credentials (const FlCredentials *credentials, FlOldCipher cipher)
{
  Particle__Ctrl__WiFiSetCredentialsRequest message =
      PARTICLE__CTRL__WI_FI_SET_CREDENTIALS_REQUEST__INIT;
  AccessPoint ap = PARTICLE__CTRL__WI_FI_ACCESS_POINT__INIT;
  int security = 0;

  g_return_val_if_fail (credentials != NULL, NULL);
  security = fl_old_wifi_security_to_particle (fl_credentials_get_security (credentials));
  g_return_val_if_fail (security >= 0, NULL);

  message.ap = &ap;
  ap.ssid = fl_message_borrow_bytes (fl_credentials_get_ssid (credentials));
  ap.security = (Particle__Ctrl__WiFiSecurityType) security;
  ap.cipher = (Particle__Ctrl__WiFiSecurityCipher) cipher;
  if (security != PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_UNSEC)
    ap.password = borrow_secret (fl_credentials_get_password (credentials));
  if (fl_credentials_get_enterprise (credentials) != NULL)
    fill_enterprise (&ap, fl_credentials_get_enterprise (credentials));
  return fl_message_pack (&message.base);
}

static gboolean
is_name (const ProtobufCBinaryData *ssid)
{
  return ssid->len > 0 && ssid->len <= FL_SSID_MAX_BYTES &&
         memchr (ssid->data, 0, ssid->len) == NULL;
}

static GBytes *
take_bytes (const ProtobufCBinaryData *data)
{
  return data->len > 0 ? g_bytes_new (data->data, data->len) : NULL;
}

static FlSecret *
take_secret (const ProtobufCBinaryData *data)
{
  return data->len > 0 ? fl_secret_new (data->data, data->len) : NULL;
}

/* NULL: no method of ours. */
static FlEnterprise *
read_enterprise (const AccessPoint *ap)
{
  g_autoptr (GBytes) ca = take_bytes (&ap->ca_certificate);
  g_autoptr (GBytes) certificate = take_bytes (&ap->client_certificate);
  g_autoptr (FlSecret) key = take_secret (&ap->private_key);
  gboolean is_tls = ap->eap_type == PARTICLE__CTRL__EAP_TYPE__EAP_TLS;

  if (!is_tls && ap->eap_type != PARTICLE__CTRL__EAP_TYPE__EAP_PEAP)
    return NULL;
  return fl_enterprise_new (is_tls ? FL_EAP_TLS : FL_EAP_PEAP,
                            *ap->inner_identity != '\0' ? ap->inner_identity : NULL,
                            *ap->outer_identity != '\0' ? ap->outer_identity : NULL, ca,
                            certificate, key);
}

FlCredentials *
fl_old_wifi_unpack_credentials (const guint8 *data,
                                gsize size_bytes,
                                FlOldCipher *cipher,
                                GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (FlEnterprise) enterprise = NULL;
  g_autoptr (FlSecret) password = NULL;
  g_autoptr (GBytes) ssid = NULL;
  const AccessPoint *ap = NULL;
  FlSecurity security = FL_SECURITY_UNKNOWN;

  g_return_val_if_fail (cipher != NULL, NULL);

  *cipher = FL_OLD_CIPHER_NONE;
  message = fl_message_unpack (&particle__ctrl__wi_fi_set_credentials_request__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return NULL;
  ap = ((const Particle__Ctrl__WiFiSetCredentialsRequest *) message)->ap;
  if (ap == NULL || !is_name (&ap->ssid))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "No network has such a name");
      return NULL;
    }

  *cipher = (FlOldCipher) ((guint) ap->cipher & FL_OLD_CIPHER_AES_TKIP);
  ssid = g_bytes_new (ap->ssid.data, ap->ssid.len);
  password = take_secret (&ap->password);
  security = fl_old_wifi_security_from_particle ((int) ap->security);
  if (security == FL_SECURITY_ENTERPRISE)
    enterprise = read_enterprise (ap);
  if (enterprise != NULL)
    return fl_credentials_new_enterprise (ssid, enterprise, password);
  return fl_credentials_new (ssid, security, password, FALSE, NULL);
}

/* What a cipher of the air would be: only these kinds have one. */
static FlOldCipher
guess_cipher (FlSecurity security)
{
  return security == FL_SECURITY_OPEN || security == FL_SECURITY_WEP ? FL_OLD_CIPHER_NONE
                                                                     : FL_OLD_CIPHER_AES;
}

FlSecret *
fl_old_wifi_pack_networks (GPtrArray *networks)
{
  Particle__Ctrl__WiFiScanReply message = PARTICLE__CTRL__WI_FI_SCAN_REPLY__INIT;
  List list = PARTICLE__CTRL__WI_FI_ACCESS_POINT_LIST__INIT;
  g_autofree AccessPoint *entries = NULL;
  g_autofree AccessPoint **pointers = NULL;

  g_return_val_if_fail (networks != NULL, NULL);

  entries = g_new0 (AccessPoint, networks->len);
  pointers = g_new0 (AccessPoint *, networks->len);
  for (guint i = 0; i < networks->len; i++)
    {
      FlNetwork *network = networks->pdata[i];
      FlSecurity security = fl_network_get_security (network);
      int number = fl_old_wifi_security_to_particle (security);

      particle__ctrl__wi_fi_access_point__init (&entries[i]);
      entries[i].ssid = fl_message_borrow_bytes (fl_network_get_ssid (network));
      entries[i].security =
          (Particle__Ctrl__WiFiSecurityType) (number >= 0
                                                  ? number
                                                  : (int)
                                                        PARTICLE__CTRL__WI_FI_SECURITY_TYPE__OLD_UNKNOWN);
      entries[i].cipher = (Particle__Ctrl__WiFiSecurityCipher) guess_cipher (security);
      entries[i].channel = (guint32) fl_network_get_channel (network);
      entries[i].rssi = fl_network_get_rssi (network);
      pointers[i] = &entries[i];
    }
  message.list = &list;
  list.n_aps = networks->len;
  list.aps = pointers;
  return fl_message_pack (&message.base);
}

GPtrArray *
fl_old_wifi_unpack_networks (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (GPtrArray) networks = NULL;
  const List *list = NULL;

  message =
      fl_message_unpack (&particle__ctrl__wi_fi_scan_reply__descriptor, data, size_bytes, error);
  if (message == NULL)
    return NULL;
  list = ((const Particle__Ctrl__WiFiScanReply *) message)->list;
  networks = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; list != NULL && i < list->n_aps; i++)
    {
      const AccessPoint *ap = list->aps[i];
      FlNetwork *network =
          fl_reply_make_network (&ap->ssid, fl_old_wifi_security_from_particle ((int) ap->security),
                                 ap->channel <= G_MAXINT ? (int) ap->channel : 0, ap->rssi);

      fl_reply_add_network (networks, network);
    }
  return g_steal_pointer (&networks);
}

FlSecret *
fl_old_wifi_pack_antenna (FlOldAntenna antenna)
{
  Particle__Ctrl__WiFiSetAntennaRequest message = PARTICLE__CTRL__WI_FI_SET_ANTENNA_REQUEST__INIT;

  message.antenna = (Particle__Ctrl__WiFiAntenna) antenna;
  return fl_message_pack (&message.base);
}

gboolean
fl_old_wifi_unpack_antenna (const guint8 *data,
                            gsize size_bytes,
                            FlOldAntenna *antenna,
                            GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  int value = 0;

  g_return_val_if_fail (antenna != NULL, FALSE);

  message = fl_message_unpack (&particle__ctrl__wi_fi_set_antenna_request__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return FALSE;
  value = (int) ((const Particle__Ctrl__WiFiSetAntennaRequest *) message)->antenna;
  *antenna = value >= FL_OLD_ANTENNA_INTERNAL && value <= FL_OLD_ANTENNA_AUTO ? (FlOldAntenna) value
                                                                              : FL_OLD_ANTENNA_NONE;
  return TRUE;
}
