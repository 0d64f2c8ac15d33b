/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlKnownBlock:
 *
 * The networks that a device keeps, in its order, which of them is in use, and what can be done
 * with each.
 */
#define FL_TYPE_KNOWN_BLOCK (fl_known_block_get_type ())
G_DECLARE_FINAL_TYPE (FlKnownBlock, fl_known_block, FL, KNOWN_BLOCK, FlServiceBlock)

FlServiceBlock *fl_known_block_new (void);

G_END_DECLS
