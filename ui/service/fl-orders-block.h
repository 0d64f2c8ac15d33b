/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlOrdersBlock:
 *
 * What the device can be told to do now; only what it can.
 */
#define FL_TYPE_ORDERS_BLOCK (fl_orders_block_get_type ())
G_DECLARE_FINAL_TYPE (FlOrdersBlock, fl_orders_block, FL, ORDERS_BLOCK, FlServiceBlock)

FlServiceBlock *fl_orders_block_new (void);
/* Whether its light blinks because somebody asked for it. */
void fl_orders_block_set_blinking (FlOrdersBlock *self, gboolean blinking);

G_END_DECLS
