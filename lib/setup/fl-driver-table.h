/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-driver.h"
#include "fl-link.h"
#include "fl-product.h"
#include "fl-random.h"
#include "fl-road.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/* What drivers may need besides their link; borrowed. */
typedef struct
{
  FlClock *clock;
  FlProduct *product;
  FlUsbLink *companion; /* (nullable) to the same device, for roads that cannot tell all */
  FlRandomFunc random;
  gpointer random_data;
} FlDriverContext;

/* The driver of the road's family and kind over @link. (transfer full); NULL with
 * FL_ERROR_UNSUPPORTED. */
FlDriver *
fl_driver_table_create (const FlDriverContext *context, FlRoad *road, FlLink *link, GError **error);

G_END_DECLS
