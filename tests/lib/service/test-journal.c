/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-journal.h"
#include "../setup/journey.h"

#include <string.h>

static FlJournalEntry *
get_entry (FlJournal *journal, guint position) /* borrowed: the journal keeps it */
{
  g_autoptr (FlJournalEntry) entry = g_list_model_get_item (G_LIST_MODEL (journal), position);

  return entry;
}

static char *
tell (FlJournal *journal, const char *kind)
{
  GString *story = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      FlJournalEntry *entry = get_entry (journal, i);

      g_assert_cmpuint (strlen (fl_journal_entry_get_text (entry)), >, 0);
      if (g_str_equal (fl_journal_entry_get_kind (entry), kind))
        g_string_append_printf (story, "%s ", fl_journal_entry_get_id (entry));
    }
  return g_string_free (story, FALSE);
}

static void
test_whole_journey (void)
{
  Journey *journey = journey_new (NULL, NULL);
  FlJournal *journal = fl_journal_new (journey->clock);
  g_autofree char *stages = NULL;
  g_autofree char *links = NULL;
  g_autofree char *lights = NULL;
  gint64 last_ms = 0;

  fl_journal_watch (journal, journey->setup);
  g_assert_true (journey_run_whole (journey));
  stages = tell (journal, "stage");
  g_assert_cmpstr (stages, ==,
                   "connecting securing reading choosing sending joining addressing reaching "
                   "online ");
  links = tell (journal, "link");
  g_assert_cmpstr (links, ==, "open closed ");
  lights = tell (journal, "light");
  g_assert_nonnull (strstr (lights, "listening"));
  g_assert_null (fl_journal_get_last_error_id (journal));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (journal)); i++)
    {
      g_assert_cmpint (fl_journal_entry_get_at_ms (get_entry (journal, i)), >=, last_ms);
      last_ms = fl_journal_entry_get_at_ms (get_entry (journal, i));
    }
  g_assert_cmpint (last_ms, >, 1000);
  g_assert_finalize_object (journal);
  journey_free (journey);
}

static void
test_errors_and_notes (void)
{
  Journey *journey = journey_new ("faults=drop-link-after=20s x1; answer=500:-250 x1\n", NULL);
  FlJournal *journal = fl_journal_new (journey->clock);
  g_autofree char *errors = NULL;
  g_autofree char *notes = NULL;

  fl_journal_watch (journal, journey->setup);
  g_assert_false (journey_run_whole (journey));
  g_assert_cmpstr (fl_journal_get_last_error_id (journal), ==, "E35");
  errors = tell (journal, "error");
  g_assert_cmpstr (errors, ==, "E35 ");
  journey_run_ms (journey, 30000);
  notes = tell (journal, "note");
  g_assert_cmpstr (notes, ==, "searching-again ");
  g_assert_finalize_object (journal);
  journey_free (journey);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, guint *n_items)
{
  *n_items = *n_items - removed + added;
  g_assert_cmpuint (*n_items, ==, g_list_model_get_n_items (model));
}

static void
test_bounded (void)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlJournal) journal = fl_journal_new (clock);
  guint n_items = 0;

  g_signal_connect (journal, "items-changed", G_CALLBACK (on_items_changed), &n_items);
  for (guint i = 0; i < FL_JOURNAL_MAX_ENTRIES + 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      fl_journal_add (journal, "note", id, "Something happened.");
    }
  g_assert_cmpuint (n_items, ==, FL_JOURNAL_MAX_ENTRIES);
  g_assert_cmpstr (fl_journal_entry_get_id (get_entry (journal, 0)), ==, "7");
  g_assert_cmpstr (fl_journal_entry_get_id (get_entry (journal, FL_JOURNAL_MAX_ENTRIES - 1)), ==,
                   "506");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (journal), FL_JOURNAL_MAX_ENTRIES));
}

/* It holds no reference to what it watches, and its end is no trouble for that. */
static void
test_goes_first (void)
{
  Journey *journey = journey_new (NULL, NULL);
  FlJournal *journal = fl_journal_new (journey->clock);

  fl_journal_watch (journal, journey->setup);
  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_finalize_object (journal);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/journey/told-in-order", test_whole_journey);
  g_test_add_func ("/journal/journey/errors-and-notes", test_errors_and_notes);
  g_test_add_func ("/journal/journey/outlives-its-journal", test_goes_first);
  g_test_add_func ("/journal/length/oldest-go", test_bounded);
  return g_test_run ();
}
