/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-journal-row.h"

#define MINUTE_MS 60000

struct _FlJournalRow
{
  AdwBin parent_instance;

  FlJournalEntry *entry;
  char *words;
  GtkLabel *time_label;
  GtkLabel *text_label;
};

G_DEFINE_FINAL_TYPE (FlJournalRow, fl_journal_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
  PROP_WORDS
} FlJournalRowProperty;
static GParamSpec *props[PROP_WORDS + 1];

static void
set_item (FlJournalRow *self, FlJournalEntry *entry)
{
  g_autofree char *time = NULL;
  gint64 at_ms;

  if (!g_set_object (&self->entry, entry))
    return;
  if (entry == NULL)
    return;

  at_ms = fl_journal_entry_get_at_ms (entry);
  time = g_strdup_printf ("%d:%02d.%d", (int) (at_ms / MINUTE_MS), (int) (at_ms % MINUTE_MS / 1000),
                          (int) (at_ms % 1000 / 100));
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->text_label, fl_journal_entry_get_text (entry));
  g_free (self->words);
  self->words = g_strdup (fl_journal_entry_get_text (entry));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WORDS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ITEM]);
}

static void
fl_journal_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlJournalRow *self = FL_JOURNAL_ROW (object);

  switch ((FlJournalRowProperty) id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->entry);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    }
}

static void
fl_journal_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((FlJournalRowProperty) id)
    {
    case PROP_ITEM:
      set_item (FL_JOURNAL_ROW (object), g_value_get_object (value));
      break;
    case PROP_WORDS:
      g_assert_not_reached (); /* read only */
      break;
    }
}

static void
fl_journal_row_finalize (GObject *object)
{
  FlJournalRow *self = FL_JOURNAL_ROW (object);

  g_clear_object (&self->entry);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (fl_journal_row_parent_class)->finalize (object);
}

static void
fl_journal_row_class_init (FlJournalRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fl_journal_row_finalize;
  object_class->get_property = fl_journal_row_get_property;
  object_class->set_property = fl_journal_row_set_property;

  props[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_WORDS] =
      g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_journal_row_init (FlJournalRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->time_label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 1.0f, "width-chars", 7, "valign", GTK_ALIGN_START,
                    "css-classes", (const char *[]){ "numeric", "dim-label", "caption", NULL },
                    NULL);
  self->text_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "hexpand", TRUE,
                                   "css-classes", (const char *[]){ "caption", NULL }, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->time_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text_label));
  gtk_widget_add_css_class (GTK_WIDGET (self), "journal-row");
  adw_bin_set_child (ADW_BIN (self), box);
}
