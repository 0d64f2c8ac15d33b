/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-links.h"

static void
add_link (GtkBox *box, const char *uri, const char *label)
{
  GtkWidget *link;

  if (uri == NULL)
    return;

  link = gtk_link_button_new_with_label (uri, label);
  gtk_button_set_use_underline (GTK_BUTTON (link), TRUE);
  gtk_box_append (box, link);
}

void
fl_links_fill (GtkBox *box, FlProduct *product)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);

  add_link (box, fl_product_get_help_uri (product), _ ("_Help"));
  add_link (box, fl_product_get_privacy_uri (product), _ ("_Privacy"));
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}
