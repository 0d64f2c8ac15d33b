/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-setup.h"

G_BEGIN_DECLS

/**
 * FlJournalEntry:
 *
 * One line of a journal. Immutable; holds no secret: it is made from stages, error identifiers and
 * texts of the program only.
 */
#define FL_TYPE_JOURNAL_ENTRY (fl_journal_entry_get_type ())
G_DECLARE_FINAL_TYPE (FlJournalEntry, fl_journal_entry, FL, JOURNAL_ENTRY, GObject)

gint64 fl_journal_entry_get_at_ms (FlJournalEntry *self); /* since the journal began */
/* "stage", "note", "error", "light", "link" */
const char *fl_journal_entry_get_kind (FlJournalEntry *self);
const char *fl_journal_entry_get_id (FlJournalEntry *self);   /* "joining", "fall-back", "E34" */
const char *fl_journal_entry_get_text (FlJournalEntry *self); /* translated, for people */

/**
 * FlJournal:
 *
 * What happened to one device, in order: a GListModel of FlJournalEntry. The oldest lines go when
 * there are more than FL_JOURNAL_MAX_ENTRIES.
 */
#define FL_TYPE_JOURNAL (fl_journal_get_type ())
G_DECLARE_FINAL_TYPE (FlJournal, fl_journal, FL, JOURNAL, GObject)

#define FL_JOURNAL_MAX_ENTRIES 500

FlJournal *fl_journal_new (FlClock *clock);
/* Writes down what @setup does from now on; holds no reference to it. */
void fl_journal_watch (FlJournal *self, FlSetup *setup);
void fl_journal_add (FlJournal *self, const char *kind, const char *id, const char *text);
/* The last error's identifier, or NULL. */
const char *fl_journal_get_last_error_id (FlJournal *self);

G_END_DECLS
