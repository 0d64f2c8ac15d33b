/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-usb.h"

G_BEGIN_DECLS

/**
 * FlSimUsbipSession:
 *
 * One attachment of a simulated device to a computer that speaks USB/IP: what the computer sends is
 * fed in, what it is answered is taken out. Control transfers, and the serial port on its
 * endpoints. Pure; the device ticks before each call.
 */
typedef struct _FlSimUsbipSession FlSimUsbipSession;

/* @attachment: the present one, fl_sim_usb_get_attachment() */
FlSimUsbipSession *fl_sim_usbip_session_new (FlSimDevice *device, guint attachment);
void fl_sim_usbip_session_free (FlSimUsbipSession *self); /* also in the middle of a transfer */
/* FALSE: that is no USB/IP; the session is over. */
gboolean fl_sim_usbip_session_feed (FlSimUsbipSession *self,
                                    const guint8 *data,
                                    gsize size_bytes,
                                    gint64 now_us);
void fl_sim_usbip_session_tick (FlSimUsbipSession *self, gint64 now_us);
gint64 fl_sim_usbip_session_get_deadline (FlSimUsbipSession *self);
GBytes *fl_sim_usbip_session_take (FlSimUsbipSession *self); /* (transfer full) (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimUsbipSession, fl_sim_usbip_session_free)

G_END_DECLS
