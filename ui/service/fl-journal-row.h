/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-journal.h"

G_BEGIN_DECLS

/**
 * FlJournalRow:
 *
 * One line of a journal. Properties: "item" (FlJournalEntry, nullable), "words" (what a screen
 * reader says).
 */
#define FL_TYPE_JOURNAL_ROW (fl_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (FlJournalRow, fl_journal_row, FL, JOURNAL_ROW, AdwBin)

G_END_DECLS
