/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device.h"

G_BEGIN_DECLS

/* What the cables of devices, USB and serial, say of which is which. A device has one of each kind,
 * and both end in the same socket. Only what is plugged in counts. Pure. */

/* Another cable of @device cannot lead to where @road leads: two cables at the same time lead to
 * two devices, whatever serial number they both say. */
gboolean fl_cables_have_other (FlDevice *device, FlRoad *road);
/* @road is plugged in where another cable of @device is, and neither says that it is not the same:
 * one of both may not have heard yet that the device was changed for another. */
gboolean fl_cables_have_same_place (FlDevice *device, FlRoad *road);
/* Two of a kind at the same time. Of a USB cable and a serial one in different places, one may be
 * out of date. */
gboolean fl_cables_are_twins (FlDevice *a, FlDevice *b);
/* The cables of both cannot lead to one device. */
gboolean fl_cables_are_apart (FlDevice *a, FlDevice *b);

G_END_DECLS
