/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FL_SIM_ARGON,
  FL_SIM_P2,
  FL_SIM_PHOTON_2,
  FL_SIM_M_SOM,
  FL_SIM_PHOTON,
  FL_SIM_P1,
} FlSimPlatform;

/**
 * FlSimPlatformInfo:
 *
 * What the simulated world knows of one kind of hardware.
 */
typedef struct
{
  const char *product; /* "Photon 2" */
  int platform_id;     /* also the low byte of its USB product IDs */
  guint generation;    /* 2: STM32F2 and BCM43362; 3: nRF52840 and ESP32; 4: RTL872x */
  gboolean has_5ghz;
  guint least_firmware;
  guint end_of_firmware;     /* the first version that it does not get any more; 0: none */
  const char *serial_prefix; /* 4 characters product, 2 manufacturer, 1 year, 2 week */
  const char *id_prefix;     /* of the device ID; the rest is the MAC address or made up */
  const char *wifi_name;     /* of its network interface */
  guint wifi_index;
  const char *ncp_version; /* of the Wi-Fi chip's firmware; NULL: none to tell */
  guint ncp_module_version;
} FlSimPlatformInfo;

const FlSimPlatformInfo *fl_sim_platform_get_info (FlSimPlatform platform);
gboolean fl_sim_platform_has_bluetooth (const FlSimPlatformInfo *info);

/* Device OS versions as one number that compares. */
#define FL_SIM_VERSION(major, minor, patch) ((guint) (major) << 16 | (minor) << 8 | (patch))

/* "6.2.0", "5.3.1-rc.1": what follows a hyphen is not compared. FALSE: no version. */
gboolean fl_sim_version_parse (const char *text, guint *version);
/* 5.8 and later without 6.0, which branched off from 5.7 (Device OS CHANGELOG.md, 6.0.0). */
gboolean fl_sim_version_has_58 (guint version);

/* The product series in a device's name, which changed with the firmware (particle-iot/device-os,
 * hal/src/rtl872x/deviceid_hal.cpp). */
const char *fl_sim_platform_get_series (FlSimPlatform platform, guint version);
/* The product string of its USB device (hal/src/rtl872x/usbd_driver.cpp and its like). */
const char *fl_sim_platform_get_usb_product (FlSimPlatform platform, guint version);

G_END_DECLS
