/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-journal"
#include "config.h"

#include "fl-journal.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

struct _FlJournalEntry
{
  GObject parent_instance;

  gint64 at_ms;
  char *kind;
  char *id;
  char *text;
};

G_DEFINE_FINAL_TYPE (FlJournalEntry, fl_journal_entry, G_TYPE_OBJECT)

struct _FlJournal
{
  GObject parent_instance;

  FlClock *clock;
  gint64 began_us;
  GPtrArray *entries; /* of FlJournalEntry, oldest first */
  char *last_error_id;
};

static void fl_journal_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlJournal,
                               fl_journal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      fl_journal_list_model_init))

static void
fl_journal_entry_finalize (GObject *object)
{
  FlJournalEntry *self = FL_JOURNAL_ENTRY (object);

  g_free (self->kind);
  g_free (self->id);
  g_free (self->text);
  G_OBJECT_CLASS (fl_journal_entry_parent_class)->finalize (object);
}

static void
fl_journal_entry_class_init (FlJournalEntryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_journal_entry_finalize;
}

static void
fl_journal_entry_init (FlJournalEntry *self)
{
}

gint64
fl_journal_entry_get_at_ms (FlJournalEntry *self)
{
  g_return_val_if_fail (FL_IS_JOURNAL_ENTRY (self), 0);

  return self->at_ms;
}

const char *
fl_journal_entry_get_kind (FlJournalEntry *self)
{
  g_return_val_if_fail (FL_IS_JOURNAL_ENTRY (self), NULL);

  return self->kind;
}

const char *
fl_journal_entry_get_id (FlJournalEntry *self)
{
  g_return_val_if_fail (FL_IS_JOURNAL_ENTRY (self), NULL);

  return self->id;
}

const char *
fl_journal_entry_get_text (FlJournalEntry *self)
{
  g_return_val_if_fail (FL_IS_JOURNAL_ENTRY (self), NULL);

  return self->text;
}

static const char *
describe_stage (FlStage stage)
{
  switch (stage)
    {
    case FL_STAGE_FINDING:
      return _ ("There is no connection with the device yet.");
    case FL_STAGE_CONNECTING:
      return _ ("Connecting to the device.");
    case FL_STAGE_SECURING:
      return _ ("Securing the connection.");
    case FL_STAGE_READING:
      return _ ("Reading what the device is.");
    case FL_STAGE_CHOOSING:
      return _ ("The device can be given orders.");
    case FL_STAGE_SENDING:
      return _ ("Sending the network to the device.");
    case FL_STAGE_JOINING:
      return _ ("The device joins the network.");
    case FL_STAGE_ADDRESSING:
      return _ ("The device waits for an address.");
    case FL_STAGE_REACHING:
      return _ ("The device looks for its service.");
    case FL_STAGE_ONLINE:
      return _ ("The device is on line.");
    case FL_STAGE_FAILED:
      return _ ("It went no further.");
    case FL_STAGE_CANCELLED:
      return _ ("Cancelled.");
    }
  return "";
}

static void
on_stage (FlSetup *setup, GParamSpec *pspec, FlJournal *self)
{
  FlStage stage = fl_setup_get_stage (setup);

  fl_journal_add (self, "stage", fl_stage_to_string (stage), describe_stage (stage));
}

static void
on_error (FlSetup *setup, GParamSpec *pspec, FlJournal *self)
{
  const GError *error = fl_setup_get_error (setup);
  FlErrorText text;

  if (error == NULL)
    return;

  /* The message of an error is for programmers; only the catalogue's words are safe to pass on. */
  fl_error_describe (error, &text);
  fl_journal_add (self, "error", fl_error_get_id (error), text.title);
}

static void
on_light (FlSetup *setup, GParamSpec *pspec, FlJournal *self)
{
  const FlLight *light = fl_setup_get_light (setup);
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_LIGHT_STATE);

  /* What the light should look like is no news of the device. */
  if (light != NULL && fl_setup_get_light_is_reported (setup))
    fl_journal_add (self, "light", g_enum_get_value (class, (int) light->state)->value_nick,
                    fl_light_get_words (light));
}

static void
on_link_open (FlSetup *setup, GParamSpec *pspec, FlJournal *self)
{
  gboolean open = FALSE;

  g_object_get (setup, "link-open", &open, NULL);
  if (open)
    fl_journal_add (self, "link", "open", _ ("The connection is open."));
  else
    fl_journal_add (self, "link", "closed", _ ("The connection is closed."));
}

static void
on_note (FlSetup *setup, const char *id, const char *text, FlJournal *self)
{
  fl_journal_add (self, "note", id, text);
}

static GType
fl_journal_get_item_type (GListModel *model)
{
  return FL_TYPE_JOURNAL_ENTRY;
}

static guint
fl_journal_get_n_items (GListModel *model)
{
  return FL_JOURNAL (model)->entries->len;
}

static gpointer
fl_journal_get_item (GListModel *model, guint position)
{
  GPtrArray *entries = FL_JOURNAL (model)->entries;

  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
fl_journal_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fl_journal_get_item_type;
  iface->get_n_items = fl_journal_get_n_items;
  iface->get_item = fl_journal_get_item;
}

static void
fl_journal_finalize (GObject *object)
{
  FlJournal *self = FL_JOURNAL (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->last_error_id);
  G_OBJECT_CLASS (fl_journal_parent_class)->finalize (object);
}

static void
fl_journal_class_init (FlJournalClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_journal_finalize;
}

static void
fl_journal_init (FlJournal *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

FlJournal *
fl_journal_new (FlClock *clock)
{
  FlJournal *self;

  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_JOURNAL, NULL);
  self->clock = g_object_ref (clock);
  self->began_us = fl_clock_now_us (clock);
  return self;
}

void
fl_journal_watch (FlJournal *self, FlSetup *setup)
{
  g_return_if_fail (FL_IS_JOURNAL (self));
  g_return_if_fail (FL_IS_SETUP (setup));

  g_signal_connect_object (setup, "notify::stage", G_CALLBACK (on_stage), self, 0);
  g_signal_connect_object (setup, "notify::error", G_CALLBACK (on_error), self, 0);
  g_signal_connect_object (setup, "notify::light", G_CALLBACK (on_light), self, 0);
  g_signal_connect_object (setup, "notify::link-open", G_CALLBACK (on_link_open), self, 0);
  g_signal_connect_object (setup, "note", G_CALLBACK (on_note), self, 0);
}

void
fl_journal_add (FlJournal *self, const char *kind, const char *id, const char *text)
{
  FlJournalEntry *entry;

  g_return_if_fail (FL_IS_JOURNAL (self));
  g_return_if_fail (kind != NULL && id != NULL && text != NULL);

  if (self->entries->len == FL_JOURNAL_MAX_ENTRIES)
    {
      g_ptr_array_remove_index (self->entries, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 1, 0);
    }

  entry = g_object_new (FL_TYPE_JOURNAL_ENTRY, NULL);
  entry->at_ms = (fl_clock_now_us (self->clock) - self->began_us) / 1000;
  entry->kind = g_strdup (kind);
  entry->id = g_strdup (id);
  entry->text = g_strdup (text);
  if (g_str_equal (kind, "error"))
    {
      g_free (self->last_error_id);
      self->last_error_id = g_strdup (id);
    }
  g_ptr_array_add (self->entries, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
}

const char *
fl_journal_get_last_error_id (FlJournal *self)
{
  g_return_val_if_fail (FL_IS_JOURNAL (self), NULL);

  return self->last_error_id;
}
