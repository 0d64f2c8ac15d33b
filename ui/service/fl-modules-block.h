/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlModulesBlock:
 *
 * The parts of a device's firmware, and in words which of them are broken.
 */
#define FL_TYPE_MODULES_BLOCK (fl_modules_block_get_type ())
G_DECLARE_FINAL_TYPE (FlModulesBlock, fl_modules_block, FL, MODULES_BLOCK, FlServiceBlock)

FlServiceBlock *fl_modules_block_new (void);

G_END_DECLS
