/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reason.h"

#include "fl-announce.h"
#include "fl-error.h"

static GtkWidget *
new_label (const char *text, const char *style)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "max-width-chars", 36, "xalign",
                       0.0f, "css-classes", (const char *[]){ style, NULL }, NULL);
}

static void
on_anchor_destroy (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static gboolean
unparent (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Later: the popover is still in the middle of closing. */
static void
on_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent, g_object_ref (popover), g_object_unref);
}

void
fl_reason_popup (GtkWidget *anchor, const GError *error)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  FlErrorText text = { 0 };
  g_autofree char *words = NULL;

  g_return_if_fail (GTK_IS_WIDGET (anchor));
  g_return_if_fail (error != NULL);

  fl_error_describe (error, &text);
  g_object_set (box, "margin-top", 6, "margin-bottom", 6, "margin-start", 6, "margin-end", 6, NULL);
  gtk_box_append (GTK_BOX (box), new_label (text.title, "heading"));
  gtk_box_append (GTK_BOX (box), new_label (text.advice, "body"));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, anchor);
  g_signal_connect_object (anchor, "destroy", G_CALLBACK (on_anchor_destroy), popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));

  words = g_strdup_printf ("%s. %s", text.title, text.advice);
  fl_announce (anchor, FL_ANNOUNCE_MEDIUM, words);
}
