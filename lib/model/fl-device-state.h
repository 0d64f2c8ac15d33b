/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  FL_MODE_UNKNOWN,
  FL_MODE_RUNNING,
  FL_MODE_LISTENING,
  FL_MODE_UPDATE, /* bootloader */
  FL_MODE_SAFE,
} FlDeviceMode;

#define FL_TYPE_DEVICE_MODE (fl_device_mode_get_type ())
GType fl_device_mode_get_type (void);

typedef enum
{
  FL_CLOUD_UNKNOWN,
  FL_CLOUD_DISCONNECTED,
  FL_CLOUD_CONNECTING,
  FL_CLOUD_CONNECTED,
  FL_CLOUD_DISCONNECTING,
} FlCloudState;

#define FL_TYPE_CLOUD_STATE (fl_cloud_state_get_type ())
GType fl_cloud_state_get_type (void);

/**
 * FlDeviceState:
 *
 * What a device reports about itself at one moment. Boxed; plain fields, owned strings.
 */
typedef struct
{
  FlDeviceMode mode;
  gboolean wifi_known; /* FALSE: the next two say nothing */
  gboolean wifi_up;    /* radio on */
  gboolean wifi_link;  /* associated */
  char **addresses;    /* (nullable) IPv4 and IPv6 texts of the Wi-Fi interface, "192.168.1.10" */
  gboolean has_ipv4;
  char *mac;    /* (nullable) "02:11:22:33:44:55" */
  GBytes *ssid; /* (nullable) network it is associated with, exact bytes */
  int channel;  /* 0 unknown */
  int rssi_dbm; /* 0 unknown */
  FlCloudState cloud;
} FlDeviceState;

#define FL_TYPE_DEVICE_STATE (fl_device_state_get_type ())
GType fl_device_state_get_type (void);
FlDeviceState *fl_device_state_new (void);
FlDeviceState *fl_device_state_copy (const FlDeviceState *state);
void fl_device_state_free (FlDeviceState *state);

/**
 * FlDeviceInfo:
 *
 * What changes rarely: identities and versions. Boxed; strings are NULL where the device did not
 * say.
 */
typedef struct
{
  char *device_id; /* 24 hex digits, lower case */
  char *serial;
  char *firmware; /* "6.2.0" */
  char *ncp_firmware;
  char *product;   /* "P2", "Argon" … as far as known */
  int platform_id; /* 0 unknown */
  FlDeviceMode mode;
  gboolean protected_known, is_protected;
  gboolean claimed_known, is_claimed;
} FlDeviceInfo;

#define FL_TYPE_DEVICE_INFO (fl_device_info_get_type ())
GType fl_device_info_get_type (void);
FlDeviceInfo *fl_device_info_new (void);
FlDeviceInfo *fl_device_info_copy (const FlDeviceInfo *info);
void fl_device_info_free (FlDeviceInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlDeviceState, fl_device_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlDeviceInfo, fl_device_info_free)

G_END_DECLS
