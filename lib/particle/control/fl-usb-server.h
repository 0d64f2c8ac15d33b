/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"
#include "fl-usb-service.h"

G_BEGIN_DECLS

/**
 * FlUsbServer:
 *
 * The device's half of USB service requests, as the firmware has it: device-os,
 * system/src/usb_control_request_channel.cpp. Pure; what the firmware's system thread does happens
 * in fl_usb_server_run().
 */
typedef struct _FlUsbServer FlUsbServer;

typedef struct
{
  guint index; /* for fl_usb_server_reply() */
  guint16 type;
  FlSecret *data; /* (nullable), owned by the request */
} FlUsbServerRequest;

FlUsbServer *fl_usb_server_new (void);
void fl_usb_server_free (FlUsbServer *self);

/* One control transfer with the requests of the service protocol (1 to 15). @data: what came with a
 * host-to-device one. @reply: (out) (transfer full), set with FL_USB_DONE and device-to-host. */
FlUsbOutcome fl_usb_server_control (FlUsbServer *self,
                                    const FlUsbSetup *setup,
                                    const guint8 *data,
                                    gsize size_bytes,
                                    GBytes **reply);
/* Allocations, and requests that are complete, move on. */
void fl_usb_server_run (FlUsbServer *self);
/* The next request for the firmware's handler. FALSE: none. fl_usb_server_request_clear() it. One
 * that was cancelled while it waited comes all the same: the firmware runs it on. */
gboolean fl_usb_server_take_request (FlUsbServer *self, FlUsbServerRequest *request);
void fl_usb_server_request_clear (FlUsbServerRequest *request);
/* @payload (nullable). A request that was cancelled meanwhile takes no reply: nothing happens. */
void fl_usb_server_reply (FlUsbServer *self, guint index, gint32 result, FlSecret *payload);
/* A bus reset. @aborts: Gen 3; Gen 4 keeps what is under way. */
void fl_usb_server_bus_reset (FlUsbServer *self, gboolean aborts);
guint fl_usb_server_get_n_active (FlUsbServer *self);

/* What the firmware does already when INIT comes, before its handler runs. */
typedef enum
{
  FL_USB_SERVER_CANCELS_CONNECTING = 1 << 0, /* breaks an attempt to connect that is under way */
  FL_USB_SERVER_STOPS_CLOUD = 1 << 1,        /* and does not try again */
} FlUsbServerEffects;

/* All since the last call; 0: none. */
FlUsbServerEffects fl_usb_server_take_effects (FlUsbServer *self);

/* Faults: the next @count allocations fail, after @after good ones. */
void fl_usb_server_fail_pool (FlUsbServer *self, guint after, guint count);
void fl_usb_server_fail_heap (FlUsbServer *self, guint after, guint count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlUsbServer, fl_usb_server_free)

G_END_DECLS
