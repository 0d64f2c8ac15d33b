/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-control-capabilities.h"

#include "fl-request-body.h"

/* What a protected device answers is little more than set-up over Bluetooth (10, 20, 76, 77, 500,
 * 504 and 506), and over a cable not even that. PROTOCOL.md, "Results". */
#define PROTECTED_BY_CABLE (FL_CAN_INFO | FL_CAN_REQUEST)
#define PROTECTED_BY_RADIO                                                                         \
  (PROTECTED_BY_CABLE | FL_CAN_SCAN | FL_CAN_JOIN | FL_CAN_HIDDEN | FL_CAN_5GHZ | FL_CAN_WPA3 |    \
   FL_CAN_WEP)

/* What every Device OS with control requests does. */
#define COMMON                                                                                     \
  (FL_CAN_IDENTIFY | FL_CAN_PROVE_CLOUD | FL_CAN_LISTEN | FL_CAN_RESET | FL_CAN_CLAIM |            \
   FL_CAN_INFO | FL_CAN_SAFE_MODE | FL_CAN_REQUEST)

gboolean
fl_control_is_gen2 (const FlControlDevice *device)
{
  return device->platform_id == FL_PLATFORM_PHOTON || device->platform_id == FL_PLATFORM_P1;
}

gboolean
fl_control_is_gen4 (const FlControlDevice *device)
{
  return device->platform_id == FL_PLATFORM_P2 || device->platform_id == FL_PLATFORM_MSOM;
}

/* A version that the device did not tell is taken for new: the device then refuses by itself. */
static gboolean
at_least (const FlControlDevice *device, guint major, guint minor, guint patch)
{
  return !device->version.known ||
         fl_firmware_version_at_least (&device->version, major, minor, patch);
}

/* 6.0.0 was branched from 5.7 and has none of what 5.8 brought. */
static gboolean
is_6_0 (const FlControlDevice *device)
{
  return device->version.known && device->version.major == 6 && device->version.minor == 0;
}

/* Since 4.0.0 the bit cannot be cleared any more, and reads as set: there is none. */
static FlCapabilities
get_setup_done (const FlControlDevice *device)
{
  return !fl_control_is_gen4 (device) && !at_least (device, 4, 0, 0) ? FL_CAN_SETUP_DONE : 0;
}

/* 2.0.0 took the old requests away, and put nothing in their place. Their radios speak neither
 * 5 GHz nor WPA3. One network cannot be removed, and WEP keys must come in the radio's own form. */
static FlCapabilities
get_gen2 (const FlControlDevice *device)
{
  FlCapabilities all = COMMON | get_setup_done (device);

  if (device->old_wifi_refused || (device->version.known && at_least (device, 2, 0, 0)))
    return all;
  return all | FL_CAN_SCAN | FL_CAN_JOIN | FL_CAN_SAVE | FL_CAN_HIDDEN | FL_CAN_ENTERPRISE |
         FL_CAN_LIST_KNOWN;
}

static FlCapabilities
get_present (const FlControlDevice *device)
{
  gboolean argon = device->platform_id == FL_PLATFORM_ARGON;
  FlCapabilities all = COMMON | FL_CAN_SCAN | FL_CAN_JOIN | FL_CAN_LIST_KNOWN |
                       FL_CAN_REMOVE_KNOWN | FL_CAN_PROVE_ADDRESS | FL_CAN_WEP | FL_CAN_JOIN_KNOWN |
                       FL_CAN_READ_MODULES | get_setup_done (device);

  if (at_least (device, 5, 7, 0))
    all |= FL_CAN_HIDDEN;
  if (!argon)
    all |= FL_CAN_5GHZ;
  if (!argon && at_least (device, 5, 5, 0))
    all |= FL_CAN_WPA3;
  if (at_least (device, 5, 8, 2) && !is_6_0 (device))
    all |= FL_CAN_SAVE;
  return all;
}

FlCapabilities
fl_control_get_capabilities (const FlControlDevice *device)
{
  FlCapabilities all = fl_control_is_gen2 (device) ? get_gen2 (device) : get_present (device);

  if (!device->is_protected)
    return all;
  return all & (device->road == FL_ROAD_BLUETOOTH ? PROTECTED_BY_RADIO : PROTECTED_BY_CABLE);
}

gboolean
fl_control_needs_scan (const FlControlDevice *device)
{
  if (!fl_control_is_gen4 (device))
    return FALSE;
  return !device->version.known || is_6_0 (device) ||
         !fl_firmware_version_at_least (&device->version, 5, 8, 0);
}

int
fl_control_choose_security (const FlControlDevice *device, FlSecurity security, gboolean *hidden)
{
  gboolean can_wpa3 = (fl_control_get_capabilities (device) & FL_CAN_WPA3) != 0;

  g_return_val_if_fail (hidden != NULL, -1);

  if (security == FL_SECURITY_WPA3 && !can_wpa3)
    return -1;
  /* Its scan drops networks of pure WPA3, and before 5.7 the security of a request counts only for
   * networks said to be hidden. */
  if (security == FL_SECURITY_WPA3 && !at_least (device, 5, 7, 0))
    *hidden = TRUE;
  if (security == FL_SECURITY_WPA2_WPA3 && !at_least (device, 5, 5, 0))
    security = FL_SECURITY_WPA2; /* the only half it knows */
  return fl_security_to_particle (security);
}

const char *
fl_control_get_platform_name (int platform_id)
{
  static const struct
  {
    int platform_id;
    const char *name;
  } platforms[] = {
    { FL_PLATFORM_PHOTON, "Photon" }, { FL_PLATFORM_P1, "P1" },
    { FL_PLATFORM_ARGON, "Argon" },   { FL_PLATFORM_P2, "P2 / Photon 2" },
    { FL_PLATFORM_MSOM, "M-SoM" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    if (platforms[i].platform_id == platform_id)
      return platforms[i].name;
  return NULL;
}
