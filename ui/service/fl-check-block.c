/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-check-block"
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-check-block.h"

#include "fl-announce.h"
#include "fl-check.h"
#include "fl-finding-row.h"

struct _FlCheckBlock
{
  FlServiceBlock parent_instance;

  GPtrArray *findings;
  gboolean running;
  GtkWidget *run_button;
  GtkLabel *sentence_label;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (FlCheckBlock, fl_check_block, FL_TYPE_SERVICE_BLOCK)

static void
fl_check_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlCheckBlock *self = FL_CHECK_BLOCK (block);

  gtk_widget_set_sensitive (self->run_button, !self->running && !fl_visit_get_busy (visit));
}

static void
on_run (FlServiceBlock *block)
{
  fl_service_block_wish (block, FL_WISH_CHECK, NULL);
}

static void
fl_check_block_finalize (GObject *object)
{
  g_clear_pointer (&FL_CHECK_BLOCK (object)->findings, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_check_block_parent_class)->finalize (object);
}

static void
fl_check_block_class_init (FlCheckBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_check_block_finalize;
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_check_block_update;
}

static void
fl_check_block_init (FlCheckBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->run_button = gtk_button_new_with_mnemonic (_ ("Run the C_heck"));
  self->sentence_label =
      g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "selectable", TRUE, NULL);
  self->list = fl_service_block_new_list (_ ("What was looked at"));
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect_object (self->run_button, "clicked", G_CALLBACK (on_run), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sentence_label));
  gtk_box_append (GTK_BOX (box), self->list);

  fl_service_block_set_title (block, _ ("Check"));
  fl_service_block_add_button (block, self->run_button);
  fl_service_block_set_content (block, box);
  fl_check_block_set_findings (self, NULL, NULL);
  fl_name_buttons (GTK_WIDGET (self));
}

FlServiceBlock *
fl_check_block_new (void)
{
  return g_object_new (FL_TYPE_CHECK_BLOCK, NULL);
}

/* The sentence of the first break comes first: it says who has to act. */
static void
say (FlCheckBlock *self, const char *words, gboolean aloud)
{
  gtk_label_set_label (self->sentence_label, words);
  if (aloud)
    fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
}

void
fl_check_block_set_findings (FlCheckBlock *self, GPtrArray *findings, const GError *error)
{
  FlFinding *found;
  FlErrorText text = { 0 };

  g_return_if_fail (FL_IS_CHECK_BLOCK (self));

  if (findings != NULL)
    g_ptr_array_ref (findings);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = findings;
  fl_service_block_clear_list (self->list);
  gtk_widget_set_visible (self->list, findings != NULL && findings->len > 0);
  if (findings == NULL)
    {
      if (error != NULL)
        fl_error_describe (error, &text);
      say (self,
           error != NULL ? text.title
                         : _ ("Looks along the way from the device to its service, "
                              "and tells where it breaks."),
           error != NULL);
      return;
    }

  for (guint i = 0; i < findings->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), fl_finding_row_new (findings->pdata[i]));
  found = fl_check_get_break (findings);
  say (self,
       found != NULL ? fl_finding_get_sentence (found) : _ ("All is well, up to its service."),
       TRUE);
}

void
fl_check_block_set_running (FlCheckBlock *self, gboolean running)
{
  g_return_if_fail (FL_IS_CHECK_BLOCK (self));

  self->running = running;
  if (running)
    say (self, _ ("Looking. This takes a few seconds."), TRUE);
  gtk_widget_set_sensitive (self->run_button, !running);
  fl_service_block_update (FL_SERVICE_BLOCK (self));
}

GPtrArray *
fl_check_block_get_findings (FlCheckBlock *self)
{
  g_return_val_if_fail (FL_IS_CHECK_BLOCK (self), NULL);

  return self->findings;
}
