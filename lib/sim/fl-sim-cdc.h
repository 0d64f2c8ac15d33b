/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-console.h"
#include "fl-sim-usb.h"

G_BEGIN_DECLS

/**
 * FlSimCdc:
 *
 * The serial port of a simulated device as a USB function, the abstract control model of USB's
 * class for communications: requests on its interface, data and notifications. The console is open
 * while the computer holds DTR. Pure.
 */
typedef struct _FlSimCdc FlSimCdc;

#define FL_SIM_CDC_DATA_ENDPOINT   1 /* bulk, both ways */
#define FL_SIM_CDC_NOTICE_ENDPOINT 2 /* interrupt, to the host */
#define FL_SIM_CDC_DEFAULT_RATE    9600

FlSimCdc *fl_sim_cdc_new (FlSimDevice *device);
void fl_sim_cdc_free (FlSimCdc *self);
/* For this function, and for fl_sim_cdc_control(). */
gboolean fl_sim_cdc_takes (FlSimCdc *self, const FlUsbSetup *setup);
/* As fl_sim_usb_control(). */
FlSimUsbEnd fl_sim_cdc_control (FlSimCdc *self,
                                const FlUsbSetup *setup,
                                const guint8 *data,
                                gsize size_bytes,
                                gint64 now_us,
                                GBytes **reply);
void fl_sim_cdc_feed (FlSimCdc *self, const guint8 *data, gsize size_bytes, gint64 now_us);
void fl_sim_cdc_tick (FlSimCdc *self, gint64 now_us);
gint64 fl_sim_cdc_get_deadline (FlSimCdc *self);
/* What the device has to say on @endpoint, up to @max_bytes. (transfer full) (nullable): nothing */
GBytes *fl_sim_cdc_take (FlSimCdc *self, guint endpoint, gsize max_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimCdc, fl_sim_cdc_free)

G_END_DECLS
