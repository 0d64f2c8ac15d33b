/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-caps-note.h"

struct _FlCapsNote
{
  AdwBin parent_instance;

  GdkDevice *keyboard;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (FlCapsNote, fl_caps_note, ADW_TYPE_BIN)

static void
on_caps_lock (FlCapsNote *self)
{
  gtk_widget_set_visible (self->label, self->keyboard != NULL &&
                                           gdk_device_get_caps_lock_state (self->keyboard));
}

static void
fl_caps_note_realize (GtkWidget *widget)
{
  FlCapsNote *self = FL_CAPS_NOTE (widget);
  GdkSeat *seat;

  GTK_WIDGET_CLASS (fl_caps_note_parent_class)->realize (widget);

  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  self->keyboard = seat != NULL ? g_object_ref (gdk_seat_get_keyboard (seat)) : NULL;
  if (self->keyboard != NULL)
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps_lock),
                             self, G_CONNECT_SWAPPED);
  on_caps_lock (self);
}

static void
fl_caps_note_unrealize (GtkWidget *widget)
{
  FlCapsNote *self = FL_CAPS_NOTE (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_func (self->keyboard, on_caps_lock, self);
  g_clear_object (&self->keyboard);

  GTK_WIDGET_CLASS (fl_caps_note_parent_class)->unrealize (widget);
}

static void
fl_caps_note_class_init (FlCapsNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->realize = fl_caps_note_realize;
  widget_class->unrealize = fl_caps_note_unrealize;
}

static void
fl_caps_note_init (FlCapsNote *self)
{
  self->label =
      g_object_new (GTK_TYPE_LABEL, "label", _ ("Caps Lock is on."), "wrap", TRUE, "xalign", 0.0f,
                    "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "css-classes",
                    (const char *[]){ "field-note", NULL }, NULL);
  adw_bin_set_child (ADW_BIN (self), self->label);
}
