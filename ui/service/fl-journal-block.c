/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-journal-block"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-journal-block.h"

#include "fl-announce.h"
#include "fl-item-list.h"
#include "fl-journal-row.h"

#define LINES_HEIGHT 216 /* px: some lines, however many there are */

struct _FlJournalBlock
{
  FlServiceBlock parent_instance;

  FlJournal *journal;
  FlItemList *list;
  GtkWidget *empty_label;
  GtkWidget *report_button;
};

G_DEFINE_FINAL_TYPE (FlJournalBlock, fl_journal_block, FL_TYPE_SERVICE_BLOCK)

static const char *
text_of (gpointer item)
{
  return fl_journal_entry_get_text (item);
}

static void
update_lines (FlJournalBlock *self)
{
  gboolean empty = fl_item_list_get_n_shown (self->list) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), !empty);
  gtk_widget_set_visible (self->empty_label, empty);
}

static void
fl_journal_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlJournalBlock *self = FL_JOURNAL_BLOCK (block);
  FlJournal *journal = fl_visit_get_journal (visit);

  if (journal != self->journal)
    {
      if (self->journal != NULL)
        g_signal_handlers_disconnect_by_data (self->journal, self);
      g_set_object (&self->journal, journal);
      fl_item_list_set_model (self->list, G_LIST_MODEL (journal), FL_TYPE_JOURNAL_ROW, text_of);
      g_signal_connect_swapped (journal, "items-changed", G_CALLBACK (update_lines), self);
    }
  update_lines (self);
}

static void
on_report (FlServiceBlock *block)
{
  fl_service_block_wish (block, FL_WISH_REPORT, NULL);
}

static void
fl_journal_block_dispose (GObject *object)
{
  FlJournalBlock *self = FL_JOURNAL_BLOCK (object);

  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  g_clear_object (&self->journal);

  G_OBJECT_CLASS (fl_journal_block_parent_class)->dispose (object);
}

static void
fl_journal_block_class_init (FlJournalBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_journal_block_dispose;
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_journal_block_update;
}

static void
fl_journal_block_init (FlJournalBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = g_object_new (FL_TYPE_ITEM_LIST, NULL);
  self->empty_label =
      g_object_new (GTK_TYPE_LABEL, "label", _ ("Nothing has happened yet."), "wrap", TRUE,
                    "xalign", 0.0f, "css-classes", (const char *[]){ "dim-label", NULL }, NULL);
  self->report_button = gtk_button_new_with_mnemonic (_ ("Rep_ort…"));
  gtk_widget_set_size_request (GTK_WIDGET (self->list), -1, LINES_HEIGHT);
  fl_item_list_set_label (self->list, _ ("Journal"));
  g_signal_connect_object (self->report_button, "clicked", G_CALLBACK (on_report), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->empty_label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));

  fl_service_block_set_title (block, _ ("Journal"));
  fl_service_block_add_button (block, self->report_button);
  fl_service_block_set_content (block, box);
  fl_name_buttons (GTK_WIDGET (self));
}

FlServiceBlock *
fl_journal_block_new (void)
{
  return g_object_new (FL_TYPE_JOURNAL_BLOCK, NULL);
}
