/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-serial-private.h"

#include "fl-old-wifi.h"
#include "fl-sim-known.h"
#include "fl-sim-pem.h"

/* What is typed at the console becomes a stored network: particle-iot/device-os,
 * system/src/system_setup.cpp and hal/src/photon/wlan_hal.cpp. */

#define NO_OPEN_SINCE FL_SIM_VERSION (1, 5, 0) /* open networks from here are not understood */
#define WPA3_SINCE    FL_SIM_VERSION (5, 5, 0)
#define NUMBER_WPA3   6
#define NUMBER_LOGIN  4 /* WPA Enterprise, and WPA2 Enterprise after it */
#define TYPED_PEAP    0

static FlSecurity
get_security (int number)
{
  static const FlSecurity securities[] = { FL_SECURITY_OPEN,       FL_SECURITY_WEP,
                                           FL_SECURITY_WPA,        FL_SECURITY_WPA2,
                                           FL_SECURITY_ENTERPRISE, FL_SECURITY_ENTERPRISE,
                                           FL_SECURITY_WPA3 };

  return number >= 0 && number < (int) G_N_ELEMENTS (securities) ? securities[number]
                                                                 : FL_SECURITY_UNKNOWN;
}

/* A CA that does not parse is dropped, and nobody hears of it. */
static GBytes *
keep_ca (const FlSerialTyped *typed)
{
  g_autoptr (FlSimChain) chain =
      typed->ca_certificate != NULL ? fl_sim_chain_parse (typed->ca_certificate) : NULL;

  return chain != NULL ? typed->ca_certificate : NULL;
}

static gboolean
has_certificate_and_key (const FlSerialTyped *typed)
{
  g_autoptr (FlSimChain) chain =
      typed->client_certificate != NULL ? fl_sim_chain_parse (typed->client_certificate) : NULL;
  g_autoptr (FlSimKey) key =
      typed->private_key != NULL ? fl_sim_key_parse (typed->private_key) : NULL;

  return chain != NULL && key != NULL;
}

/* (transfer full) (nullable): refused. The console has looked at the lengths. */
static FlSimKnown *
create_login (const FlSerialTyped *typed)
{
  gboolean is_peap = typed->eap_type == TYPED_PEAP;
  FlSimKnown *known;

  if (!is_peap && !has_certificate_and_key (typed))
    return NULL;

  known = fl_sim_known_new (typed->ssid, FL_SECURITY_ENTERPRISE, is_peap ? typed->password : NULL,
                            FALSE);
  known->enterprise =
      fl_enterprise_new (is_peap ? FL_EAP_PEAP : FL_EAP_TLS, is_peap ? typed->identity : NULL,
                         typed->outer_identity, keep_ca (typed),
                         is_peap ? NULL : typed->client_certificate,
                         is_peap ? NULL : typed->private_key);
  return known;
}

/* (transfer full) (nullable): refused */
static FlSimKnown *
create_known (FlSimDevice *device, const FlSerialTyped *typed)
{
  gboolean is_gen2 = fl_sim_device_get_generation (device) == 2;
  FlSecurity security = get_security (typed->security);
  FlSimKnown *known;

  if (security == FL_SECURITY_UNKNOWN ||
      (typed->security == NUMBER_WPA3 && (is_gen2 || device->spec->version < WPA3_SINCE)))
    return NULL;
  if (typed->security == NUMBER_LOGIN || typed->security == NUMBER_LOGIN + 1)
    return is_gen2 ? create_login (typed) : NULL;
  known = fl_sim_known_new (typed->ssid, security,
                            security != FL_SECURITY_OPEN ? typed->password : NULL, FALSE);
  known->is_void = is_gen2 && security == FL_SECURITY_OPEN && typed->cipher != 0 &&
                   device->spec->version >= NO_OPEN_SINCE;
  return known;
}

/* There is one place for logins. */
static void
drop_other_logins (FlSimDevice *device, GBytes *ssid)
{
  for (guint i = device->known->len; i > 0; i--)
    {
      const FlSimKnown *known = device->known->pdata[i - 1];

      if (known->enterprise != NULL && !g_bytes_equal (known->ssid, ssid))
        g_ptr_array_remove_index (device->known, i - 1);
    }
}

static void
store (FlSimDevice *device, FlSimKnown *known)
{
  gboolean is_gen2 = fl_sim_device_get_generation (device) == 2;
  gboolean is_new = fl_sim_known_find (device->known, known->ssid) == NULL;

  if (known->enterprise != NULL)
    drop_other_logins (device, known->ssid);
  fl_sim_known_store (device->known, known, is_gen2 ? FL_OLD_WIFI_MAX_KNOWN : FL_SIM_MAX_KNOWN);
  if (is_gen2 && is_new)
    fl_sim_known_move_to_front (device->known, known->ssid);
}

FlSerialSave
fl_sim_serial_save (FlSimDevice *device, const FlSerialTyped *typed)
{
  FlSimKnown *known = NULL;

  if (fl_sim_device_fire (device, FL_SIM_FAULT_SERIAL_DERP) == NULL)
    known = create_known (device, typed);
  if (known == NULL)
    return FL_SERIAL_SAVE_REFUSED;
  store (device, known);
  device->stored_while_listening = fl_sim_device_get_generation (device) == 2;
  return FL_SERIAL_SAVE_DONE;
}
