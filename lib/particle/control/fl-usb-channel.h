/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-control-channel.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlUsbChannel:
 *
 * Control requests as USB service requests over an FlUsbLink. Securing is done at once: a cable is
 * its own proof.
 */
#define FL_TYPE_USB_CHANNEL (fl_usb_channel_get_type ())
G_DECLARE_FINAL_TYPE (FlUsbChannel, fl_usb_channel, FL, USB_CHANNEL, GObject)

FlControlChannel *fl_usb_channel_new (FlUsbLink *link, FlClock *clock);

G_END_DECLS
