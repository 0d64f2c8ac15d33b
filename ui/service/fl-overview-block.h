/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlOverviewBlock:
 *
 * Who the device is and how it is: its light as derived from what it reports, mode, versions,
 * identities, network, service, protection.
 */
#define FL_TYPE_OVERVIEW_BLOCK (fl_overview_block_get_type ())
G_DECLARE_FINAL_TYPE (FlOverviewBlock, fl_overview_block, FL, OVERVIEW_BLOCK, FlServiceBlock)

FlServiceBlock *fl_overview_block_new (void);

G_END_DECLS
