/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-station.h"

G_BEGIN_DECLS

/* For the parts of the simulated device only: its insides. */

#define FL_SIM_MAX_KNOWN                                                                           \
  10 /* particle-iot/device-os, hal/network/ncp/wifi/wifi_network_manager                          \
      */

typedef enum
{
  FL_SIM_POWER_OFF,
  FL_SIM_POWER_BOOTING,
  FL_SIM_POWER_RUNNING,
  FL_SIM_POWER_DFU,
} FlSimPower;

/* What a reset does besides starting again. */
typedef enum
{
  FL_SIM_RESET_NORMAL,
  FL_SIM_RESET_FACTORY,
  FL_SIM_RESET_DFU,
  FL_SIM_RESET_SAFE,
} FlSimReset;

typedef struct
{
  gint32 result;
  FlSecret *payload;  /* (nullable): empty */
  gboolean link_lost; /* the link goes down before the reply is out */
} FlSimReply;

/* What a radio is asked to do; one after another, the first of these first. */
typedef enum
{
  FL_SIM_WIFI_RADIO_SCANS = 1 << 0,
  FL_SIM_WIFI_RADIO_TRIES = 1 << 1,    /* the network of a request */
  FL_SIM_WIFI_RADIO_CONNECTS = 1 << 2, /* to one stored network after another */
} FlSimWifiRadioWork;

/* A real radio below the device. Without one it is in the scenario's air. */
typedef struct
{
  FlSimStation *station;     /* (nullable) */
  guint work;                /* FlSimWifiRadioWork that it is at; 0: none */
  guint waiting;             /* FlSimWifiRadioWork, several */
  guint next;                /* of the stored networks, to connect to */
  GPtrArray *found;          /* (nullable) of FlSimNetworkSpec, by its latest scan */
  FlSimNetworkSpec *network; /* (nullable) the latest one it was in */
  guint32 address;           /* IPv4 in network order; 0: none */
} FlSimWifiRadio;

/* Which way a request came. */
typedef enum
{
  FL_SIM_BY_BLUETOOTH,
  FL_SIM_BY_USB,
} FlSimWay;

typedef struct _FlSimUsb FlSimUsb;       /* fl-sim-usb-private.h */
typedef struct _FlSimSerial FlSimSerial; /* fl-sim-serial-private.h */

/* The request that the system thread works on; there is never more than one, whichever way it came.
 */
typedef struct
{
  FlSimWay way;
  gboolean forgotten; /* nobody waits for its reply any more */
  gboolean active;
  gboolean done; /* the reply waits to be fetched */
  guint16 type;
  FlSecret *data;
  gint64 done_us;
  guint waits_for;   /* FlSimWifiRadioWork; 0: it is done at its time */
  gboolean scripted; /* a fault gives the result */
  FlSimReply reply;

  /* of a join */
  int join_result;
  const FlSimNetworkSpec *network;
  FlSimKnown *known; /* what it stores, owned */
} FlSimRequest;

struct _FlSimDevice
{
  FlSimWorld *world;     /* owns the device */
  FlSimDeviceSpec *spec; /* owned by the scenario */
  guint index;
  guint fired[32]; /* how often each fault of the spec did its work */

  FlSimPower power;
  gint64 power_us; /* when booting ends */
  gint64 reset_us; /* when it resets */
  FlSimReset reset;
  gboolean boots_to_dfu;
  gint64 off_us;  /* when it last lost its power; G_MAXINT64: never */
  gint64 away_us; /* since when it is out of range; G_MAXINT64: it is not */
  guint epoch;    /* counts up when Bluetooth goes down; connections of an older one are dead */

  gboolean listening;
  gboolean stored_while_listening; /* Gen 2 */
  gboolean listen_if_it_fails;     /* and so the first vain try leads back to listening */
  gboolean listening_disabled;
  gboolean start_listening; /* startup mode of request 75 */
  gboolean listen_once;     /* after the next reset */
  gboolean safe_mode;
  gboolean nyan;
  gboolean setup_done; /* as firmware before 4.0.0 remembers it */
  gboolean claimed;
  gboolean ethernet_detection;
  gboolean connected; /* a central is */

  int antenna; /* of Gen 2, FlOldAntenna */

  GPtrArray *known; /* of FlSimKnown */
  FlSimWifiState wifi;
  gint64 wifi_us; /* when the next step of Wi-Fi is due */
  const FlSimNetworkSpec *network;
  gboolean radio_on;
  gint64 radio_busy_us; /* until then the radio driver answers "busy" */
  gboolean has_scanned;
  FlSimWifiRadio wifi_radio;

  gboolean cloud_wanted;
  FlSimCloudState cloud;
  gint64 cloud_us;

  FlSimRequest request;
  FlSimUsb *usb;
  FlSimSerial *serial;
};

FlSimDevice *fl_sim_device_new (FlSimWorld *world, FlSimDeviceSpec *spec, guint index);
void fl_sim_device_free (FlSimDevice *self);
/* The world begins: everything is as the scenario says, booted long ago. */
void fl_sim_device_start (FlSimDevice *self, gint64 now_us);
/* What a reset leaves nothing of; @power is what it is then. */
void fl_sim_device_stop (FlSimDevice *self, FlSimPower power, gint64 now_us);
void fl_sim_device_reset_at (FlSimDevice *self, FlSimReset reset, gint64 at_us);
void fl_sim_device_enter_listening (FlSimDevice *self);
void fl_sim_device_leave_listening (FlSimDevice *self, gint64 now_us);
/* Out of reach, by fault. */
gboolean fl_sim_device_has_vanished (FlSimDevice *self, gint64 now_us);

/* The fault of that kind, if it has one that still fires; fire counts it. (nullable), borrowed */
const FlSimFault *fl_sim_device_get_fault (FlSimDevice *self, FlSimFaultKind kind);
const FlSimFault *fl_sim_device_fire (FlSimDevice *self, FlSimFaultKind kind);
const FlSimFault *fl_sim_device_fire_at (FlSimDevice *self, FlSimFaultKind kind, FlSimPlace place);
/* Whether a fault of that kind and value fires. */
gboolean fl_sim_device_fire_value (FlSimDevice *self, FlSimFaultKind kind, gint64 value);
/* The fault's time, or @otherwise. */
gint64 fl_sim_device_fire_time (FlSimDevice *self, FlSimFaultKind kind, gint64 otherwise);

/* fl-sim-request.c: the system thread. */
void fl_sim_device_begin_request (FlSimDevice *self,
                                  FlSimWay way,
                                  guint16 type,
                                  const guint8 *data,
                                  gsize size_bytes,
                                  gint64 now_us);
void fl_sim_device_finish_request (FlSimDevice *self, gint64 now_us);
/* TRUE: @reply is the caller's, fl_sim_reply_clear() it. FALSE: nothing is done that came @way. */
gboolean fl_sim_device_take_reply (FlSimDevice *self, FlSimWay way, FlSimReply *reply);
/* Whoever asked @way is gone; what is under way goes on, and nobody hears of it. */
void fl_sim_device_forget_request (FlSimDevice *self, FlSimWay way);
/* Whether it runs without its application, and its connections to the cloud are its own affair. */
gboolean fl_sim_device_needs_safe_mode (FlSimDevice *self);
guint fl_sim_device_get_generation (FlSimDevice *self);
void fl_sim_request_clear (FlSimRequest *request);
void fl_sim_reply_clear (FlSimReply *reply);

G_END_DECLS
