/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-service-block"
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-service-block.h"

#include "fl-error-box.h"
#include "fl-page.h"

typedef struct
{
  FlVisit *visit;
  FlVisitBlock reads; /* what Try Again reads anew */

  GtkLabel *title_label;
  GtkLabel *note_label;
  GtkBox *buttons;
  GtkLabel *status_label;
  FlErrorBox *error_box;
  AdwBin *content_bin;
} FlServiceBlockPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FlServiceBlock, fl_service_block, GTK_TYPE_BOX)

static guint wish_signal;

static void
on_error_action (FlServiceBlock *self, int action)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  if (priv->visit != NULL)
    fl_visit_refresh (priv->visit, priv->reads);
}

static void
fl_service_block_dispose (GObject *object)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (FL_SERVICE_BLOCK (object));

  g_clear_object (&priv->visit);

  G_OBJECT_CLASS (fl_service_block_parent_class)->dispose (object);
}

static void
fl_service_block_class_init (FlServiceBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_service_block_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  wish_signal = g_signal_new ("wish", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_INT, FL_TYPE_NETWORK);
}

static GtkLabel *
new_label (const char *style, const char *other, GtkAccessibleRole role)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "accessible-role", role,
                       "css-classes", (const char *[]){ style, other, NULL }, NULL);
}

static void
fl_service_block_init (FlServiceBlock *self)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  priv->title_label = new_label ("heading", NULL, GTK_ACCESSIBLE_ROLE_HEADING);
  priv->note_label = new_label ("dim-label", NULL, GTK_ACCESSIBLE_ROLE_LABEL);
  priv->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  priv->status_label = new_label ("dim-label", NULL, GTK_ACCESSIBLE_ROLE_STATUS);
  priv->error_box = FL_ERROR_BOX (fl_error_box_new ());
  priv->content_bin = ADW_BIN (adw_bin_new ());

  gtk_widget_set_hexpand (GTK_WIDGET (priv->note_label), TRUE);
  gtk_widget_set_size_request (header, -1, 34);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (priv->title_label));
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (priv->note_label));
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (priv->buttons));
  gtk_box_append (GTK_BOX (self), header);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (priv->status_label));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (priv->error_box));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (priv->content_bin));
  gtk_widget_set_visible (GTK_WIDGET (priv->status_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (priv->error_box), FALSE);
  fl_error_box_set_actions (priv->error_box, fl_action_bit (FL_ACTION_TRY_AGAIN));
  g_signal_connect_object (priv->error_box, "action", G_CALLBACK (on_error_action), self,
                           G_CONNECT_SWAPPED);
}

void
fl_service_block_set_visit (FlServiceBlock *self, FlVisit *visit)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  g_return_if_fail (FL_IS_SERVICE_BLOCK (self));

  if (g_set_object (&priv->visit, visit))
    fl_service_block_update (self);
}

void
fl_service_block_update (FlServiceBlock *self)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  g_return_if_fail (FL_IS_SERVICE_BLOCK (self));

  if (priv->visit != NULL)
    FL_SERVICE_BLOCK_GET_CLASS (self)->update (self, priv->visit);
}

void
fl_service_block_set_title (FlServiceBlock *self, const char *title)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  gtk_label_set_label (priv->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
fl_service_block_set_note (FlServiceBlock *self, const char *note)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  gtk_label_set_label (priv->note_label, note != NULL ? note : "");
}

void
fl_service_block_add_button (FlServiceBlock *self, GtkWidget *button)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_box_append (priv->buttons, button);
}

void
fl_service_block_set_content (FlServiceBlock *self, GtkWidget *content)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);

  adw_bin_set_child (priv->content_bin, content);
}

/* What was read before stays while it is read anew, and after that failed. */
void
fl_service_block_show_status (FlServiceBlock *self, FlVisit *visit, FlVisitBlock block)
{
  FlServiceBlockPrivate *priv = fl_service_block_get_instance_private (self);
  FlBlockStatus status = fl_visit_get_status (visit, block);
  const char *words = NULL;

  priv->reads = block;
  if (status == FL_BLOCK_READING)
    words = _ ("Reading…");
  else if (status == FL_BLOCK_UNSUPPORTED)
    words = _ ("This device cannot tell.");
  else if (status == FL_BLOCK_EMPTY && fl_visit_get_error (visit) == NULL)
    words = _ ("Opening the device…"); /* else the page says why it is not */
  gtk_label_set_label (priv->status_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->status_label), words != NULL);
  fl_error_box_set_error (priv->error_box, status == FL_BLOCK_FAILED
                                               ? fl_visit_get_block_error (visit, block)
                                               : NULL);
}

void
fl_service_block_hide_empty (FlServiceBlock *self, FlVisit *visit, FlVisitBlock block)
{
  gtk_widget_set_visible (GTK_WIDGET (self), fl_visit_get_status (visit, block) != FL_BLOCK_EMPTY ||
                                                 fl_visit_get_error (visit) == NULL);
}

void
fl_service_block_wish (FlServiceBlock *self, FlWish wish, FlNetwork *network)
{
  g_signal_emit (self, wish_signal, 0, (int) wish, network);
}

GtkWidget *
fl_service_block_new_list (const char *label)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE,
                                  "css-classes", (const char *[]){ "boxed-list", NULL }, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

void
fl_service_block_clear_list (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}
