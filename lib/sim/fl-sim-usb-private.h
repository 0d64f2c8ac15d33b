/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"
#include "fl-sim-dfu.h"
#include "fl-sim-usb.h"
#include "fl-usb-server.h"

G_BEGIN_DECLS

/* For the parts of the USB side only: its insides. */

#define FL_SIM_USB_VENDOR_ID 0x2b04 /* Particle Industries, Inc. */
#define FL_SIM_USB_TYPE_MASK 0x60   /* of bmRequestType: USB 2.0, table 9-2 */
#define FL_SIM_USB_STANDARD  0x00
#define FL_SIM_USB_CLASS     0x20
#define FL_SIM_USB_VENDOR    0x40

/* What the host was told of the sizes of a request, by its id. */
typedef struct
{
  guint16 id;
  guint32 payload_bytes, reply_bytes;
} FlSimUsbSizes;

struct _FlSimUsb
{
  gboolean is_plugged;       /* the cable is in */
  gboolean is_attached;      /* and the device shows itself on it */
  guint attachment;          /* counts up with each time */
  gint64 attached_us;        /* since when */
  gint64 plug_us, unplug_us; /* when somebody does it */
  guint n_transfers;         /* vendor and class requests of this attachment */

  FlUsbServer *server;  /* (nullable): Device OS does not run */
  gint64 loop_us;       /* when the system thread looks at what came */
  gboolean has_request; /* the system thread works on one that came by cable */
  guint request_index;  /* of the server */
  gboolean is_mute;     /* by fault: its requests never end */
  FlSimUsbSizes sizes[FL_USB_SERVICE_MAX_ACTIVE];
  guint n_sizes;

  FlSimDfu dfu;
  char product[32]; /* string descriptor */
};

FlSimUsb *fl_sim_usb_new (void);
void fl_sim_usb_free (FlSimUsb *self);
/* The world begins. */
void fl_sim_usb_start (FlSimDevice *device, gint64 now_us);
/* The device shows itself, or not any more, as its power and the cable are. */
void fl_sim_usb_update (FlSimDevice *device, gint64 now_us);
/* A reset: everything that Device OS or the bootloader knew is gone. */
void fl_sim_usb_power_off (FlSimDevice *device, gint64 now_us);
gint64 fl_sim_usb_get_deadline (FlSimUsb *self);
void fl_sim_usb_run (FlSimDevice *device, gint64 now_us); /* at the deadline */

/* fl-sim-usb-service.c: service requests and the system thread. */
FlSimUsbEnd fl_sim_usb_control_service (FlSimDevice *device,
                                        const FlUsbSetup *setup,
                                        const guint8 *data,
                                        gsize size_bytes,
                                        gint64 now_us,
                                        GBytes **reply);
/* The system thread has done with a request that came by cable. */
void fl_sim_usb_finish_request (FlSimDevice *device, gint64 now_us);
/* The system thread has a moment for requests that came by cable, if there are any. */
void fl_sim_usb_wake (FlSimDevice *device, gint64 now_us);
void fl_sim_usb_run_service (FlSimDevice *device, gint64 now_us);

/* fl-sim-usb-descriptor.c: standard requests. */
FlSimUsbEnd
fl_sim_usb_control_standard (FlSimDevice *device, const FlUsbSetup *setup, GBytes **reply);
/* Number of the serial port's interface for communications; the next one is for its data. */
guint8 fl_sim_usb_get_serial_interface (FlSimDevice *device);

G_END_DECLS
