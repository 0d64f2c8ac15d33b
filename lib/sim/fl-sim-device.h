/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise.h"
#include "fl-sim-scenario.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

typedef enum
{
  FL_SIM_WIFI_OFF,
  FL_SIM_WIFI_CONNECTING,
  FL_SIM_WIFI_ADDRESSING, /* associated */
  FL_SIM_WIFI_READY,      /* with an address */
} FlSimWifiState;

/* As request 300 reports it. */
typedef enum
{
  FL_SIM_CLOUD_DISCONNECTED,
  FL_SIM_CLOUD_CONNECTING,
  FL_SIM_CLOUD_CONNECTED,
} FlSimCloudState;

/**
 * FlSimKnown:
 *
 * A network that a device has stored.
 */
typedef struct
{
  GBytes *ssid;
  FlSecurity security;
  FlSecret *password; /* (nullable) */
  gboolean hidden;
  FlEnterprise *enterprise; /* (nullable) */
  gboolean is_void;         /* stored in a way that the firmware itself does not understand */
} FlSimKnown;

/* What the outside may see of a device. All times are the world's, in microseconds. */
const FlSimDeviceSpec *fl_sim_device_get_spec (FlSimDevice *self);
FlSimWorld *fl_sim_device_get_world (FlSimDevice *self); /* borrowed */
/* The text of its label's data matrix. (transfer full) */
char *fl_sim_device_get_label (FlSimDevice *self);
gboolean fl_sim_device_is_listening (FlSimDevice *self); /* blinks blue */
gboolean fl_sim_device_is_running (FlSimDevice *self);   /* has started, and is no bootloader */
gboolean fl_sim_device_is_nyan (FlSimDevice *self);      /* shows the rainbow */
FlSimWifiState fl_sim_device_get_wifi (FlSimDevice *self);
FlSimCloudState fl_sim_device_get_cloud (FlSimDevice *self);
/* (nullable), borrowed: the access point it is associated with. */
const FlSimNetworkSpec *fl_sim_device_get_network (FlSimDevice *self);
guint fl_sim_device_get_n_known (FlSimDevice *self);
const FlSimKnown *fl_sim_device_get_known (FlSimDevice *self, guint index); /* first = preferred */

/* What it sends while it can be connected to, for the air at this moment. FALSE: nothing is to be
 * heard. @advert and @response have room for 31 bytes. */
gboolean fl_sim_device_advertise (FlSimDevice *self,
                                  guint8 *advert,
                                  gsize *advert_size,
                                  guint8 *response,
                                  gsize *response_size,
                                  gint64 now_us);

/* Time passes for the device; called before anything else is asked of it. */
void fl_sim_device_tick (FlSimDevice *self, gint64 now_us);
gint64 fl_sim_device_get_deadline (FlSimDevice *self);

/* What a person can do to it. */
void fl_sim_device_hold_button (FlSimDevice *self, gint64 now_us); /* 3 s: set-up mode */
void fl_sim_device_press_reset (FlSimDevice *self, gint64 now_us);
void fl_sim_device_power_off (FlSimDevice *self, gint64 now_us); /* no farewell on any road */
void fl_sim_device_power_on (FlSimDevice *self, gint64 now_us);
/* Out of Bluetooth's range and back; links end by their supervision time-out. */
void fl_sim_device_carry_away (FlSimDevice *self, gint64 now_us);
void fl_sim_device_carry_back (FlSimDevice *self, gint64 now_us);
gboolean fl_sim_device_is_away (FlSimDevice *self, gint64 now_us);
gboolean fl_sim_device_has_power (FlSimDevice *self);

G_END_DECLS
