/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-service-block.h"

G_BEGIN_DECLS

/**
 * FlJournalBlock:
 *
 * What happened to the device, newest last, and the report.
 */
#define FL_TYPE_JOURNAL_BLOCK (fl_journal_block_get_type ())
G_DECLARE_FINAL_TYPE (FlJournalBlock, fl_journal_block, FL, JOURNAL_BLOCK, FlServiceBlock)

FlServiceBlock *fl_journal_block_new (void);

G_END_DECLS
