/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlCheckBlock:
 *
 * Runs the chain from the device to its service and tells the first break.
 */
#define FL_TYPE_CHECK_BLOCK (fl_check_block_get_type ())
G_DECLARE_FINAL_TYPE (FlCheckBlock, fl_check_block, FL, CHECK_BLOCK, FlServiceBlock)

FlServiceBlock *fl_check_block_new (void);
/* @findings (nullable): of FlFinding. @error (nullable): why there are none. */
void fl_check_block_set_findings (FlCheckBlock *self, GPtrArray *findings, const GError *error);
void fl_check_block_set_running (FlCheckBlock *self, gboolean running);
GPtrArray *fl_check_block_get_findings (FlCheckBlock *self); /* (nullable), borrowed */

G_END_DECLS
