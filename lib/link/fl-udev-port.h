/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gudev/gudev.h>

#include "fl-serial-bus.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) What udev tells of the terminal @device; NULL: it is not on USB. */
FlSerialPort *fl_udev_port_new (GUdevDevice *device);

G_END_DECLS
