/* SPDX-License-Identifier: Apache-2.0 */
/* Where the focus goes, and what is typed where it is not in a field. */
#define G_LOG_DOMAIN "fl-label-page-focus"
#include "config.h"

#include "fl-label-page-private.h"

#include "fl-sight.h"

void
fl_label_page_focus (FlLabelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *main_button =
      GTK_IS_WINDOW (root) ? gtk_window_get_default_widget (GTK_WINDOW (root)) : NULL;

  if (self->read != NULL && self->patient && main_button != NULL)
    gtk_widget_grab_focus (main_button);
  else if (fl_error_box_get_error (self->told_box) != NULL &&
           fl_error_box_focus_button (self->told_box))
    return;
  else if (gtk_widget_get_visible (self->enter_button))
    gtk_widget_grab_focus (self->enter_button);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->typed)))
    fl_label_typed_focus (self->typed);
}

/* A person who types is not taken away from it. */
void
fl_label_page_rescue_focus (FlLabelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *holder = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      (holder != NULL && gtk_widget_get_mapped (holder) && (self->read == NULL || !self->patient)))
    return;

  fl_label_page_focus (self);
}

gboolean
fl_label_page_take_key (GtkEventControllerKey *controller,
                        guint keyval,
                        guint keycode,
                        GdkModifierType state,
                        FlLabelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *holder = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (holder == NULL || GTK_IS_EDITABLE (holder) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isalnum (gdk_keyval_to_unicode (keyval)))
    return GDK_EVENT_PROPAGATE;

  self->typing = TRUE;
  fl_label_page_update (self);
  return fl_label_typed_forward_key (self->typed, controller);
}

void
fl_label_page_enter_code (FlLabelPage *self)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  self->typing = TRUE;
  fl_label_page_update (self);
  if (fl_page_get_error (FL_PAGE (self)) != NULL)
    fl_label_typed_focus_wrong (self->typed);
  else
    fl_label_typed_focus (self->typed);
  fl_sight_bring (GTK_WIDGET (self->typed));
}

void
fl_label_page_focus_wrong (FlLabelPage *self)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->typed)))
    fl_label_typed_focus_wrong (self->typed);
  else if (!fl_page_focus_error (FL_PAGE (self)))
    fl_label_page_focus (self);
}
