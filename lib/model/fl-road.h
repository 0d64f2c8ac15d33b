/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

#include "fl-device-state.h"

G_BEGIN_DECLS

/* Nicks: "bluetooth", "usb", "serial", "access-point". */
typedef enum
{
  FL_ROAD_BLUETOOTH,
  FL_ROAD_USB,
  FL_ROAD_SERIAL,
  FL_ROAD_ACCESS_POINT,
} FlRoadKind;

#define FL_TYPE_ROAD_KIND (fl_road_kind_get_type ())
GType fl_road_kind_get_type (void);
const char *fl_road_kind_to_string (FlRoadKind kind); /* static nick */
const char *fl_road_kind_get_label (FlRoadKind kind); /* translated: "Bluetooth", "USB cable" … */

/**
 * FlRoad:
 *
 * One way to one device, as a finder sees it: a sighting. The finder that made it updates it;
 * everybody else only reads. Properties: name, setup-code, signal-dbm, reachable, problem,
 * last-seen-us, mode, firmware.
 */
#define FL_TYPE_ROAD (fl_road_get_type ())
G_DECLARE_FINAL_TYPE (FlRoad, fl_road, FL, ROAD, GObject)

/* @address: unique among roads of this kind, as "find" prints it: "AA:BB:CC:DD:EE:FF", "1-2.3",
 * "/dev/ttyACM0". */
FlRoad *fl_road_new (FlRoadKind kind, const char *address);

FlRoadKind fl_road_get_kind (FlRoad *self);
const char *fl_road_get_address (FlRoad *self);
/* (nullable) Another name of the same, that stays when the address changes:
 * "/dev/serial/by-id/…". */
const char *fl_road_get_alias (FlRoad *self);
const char *
fl_road_get_family (FlRoad *self); /* "particle", "blynk" …; never NULL, default "particle" */
const char *fl_road_get_name (FlRoad *self); /* (nullable) as advertised */
const char *
fl_road_get_setup_code (FlRoad *self);            /* (nullable) as received; compare without case */
const char *fl_road_get_serial (FlRoad *self);    /* (nullable) */
const char *fl_road_get_device_id (FlRoad *self); /* (nullable) */
/* (nullable) where on USB the device behind it is plugged in, "1-2.3": roads with the same one are
 * one device. */
const char *fl_road_get_location (FlRoad *self);
int fl_road_get_platform_id (FlRoad *self);       /* 0 unknown */
int fl_road_get_signal_dbm (FlRoad *self);        /* 0 unknown */
gint64 fl_road_get_last_seen_us (FlRoad *self);   /* clock time of the finder */
gboolean fl_road_get_reachable (FlRoad *self);    /* FALSE: was seen, gone now */
const GError *fl_road_get_problem (FlRoad *self); /* (nullable) why it cannot be used */

FlDeviceMode fl_road_get_mode (FlRoad *self);    /* as far as it can be seen from outside */
const char *fl_road_get_firmware (FlRoad *self); /* (nullable) "6.2.0" */

void fl_road_set_address (FlRoad *self, const char *address); /* a cable went into another socket */
void fl_road_set_alias (FlRoad *self, const char *alias);
void fl_road_set_mode (FlRoad *self, FlDeviceMode mode);
void fl_road_set_firmware (FlRoad *self, const char *firmware);
void fl_road_set_family (FlRoad *self, const char *family);
void fl_road_set_name (FlRoad *self, const char *name);
void fl_road_set_setup_code (FlRoad *self, const char *code);
void fl_road_set_serial (FlRoad *self, const char *serial);
void fl_road_set_device_id (FlRoad *self, const char *device_id);
void fl_road_set_location (FlRoad *self, const char *location);
void fl_road_set_platform_id (FlRoad *self, int platform_id);
void fl_road_set_signal_dbm (FlRoad *self, int dbm);
void fl_road_set_last_seen_us (FlRoad *self, gint64 at_us);
void fl_road_set_reachable (FlRoad *self, gboolean reachable);
void fl_road_take_problem (FlRoad *self, GError *problem); /* (transfer full) (nullable) */

/* Pure, source: PROTOCOL.md, "Advertising". Code in the manufacturer data, or name ending in it, or
 * whole name. */
gboolean fl_road_matches_code (FlRoad *self, const char *setup_code);

G_END_DECLS
