/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device.h"
#include "fl-product.h"

G_BEGIN_DECLS

/* What a person has to bring from the label before a journey can begin. */
typedef enum
{
  FL_NEED_NOTHING = 0,
  FL_NEED_CODE = 1 << 0,   /* which device it is */
  FL_NEED_SECRET = 1 << 1, /* that it is theirs */
} FlNeed;

/**
 * fl_need_of:
 * @product: (nullable): profile; NULL asks for all
 * @device: (nullable): the device that was chosen
 *
 * A cable is its own proof: a device that can be reached by one needs nothing. Pure.
 */
FlNeed fl_need_of (FlProduct *product, FlDevice *device);

G_END_DECLS
