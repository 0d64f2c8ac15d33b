/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-label-page"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-label-page.h"

#include "fl-announce.h"
#include "fl-label-drawing.h"
#include "fl-need.h"
#include "fl-ui.h"

#define SERIAL_SIZE 15 /* characters of a serial number on a label */

struct _FlLabelPage
{
  FlPage parent_instance;

  FlNeed need;
  gboolean absorbing; /* both fields are being filled from one text */

  FlLabelDrawing *drawing;
  GtkWidget *code_field;
  GtkEditable *code_entry;
  GtkWidget *secret_field;
  GtkLabel *secret_label;
  GtkEditable *secret_entry;
  GtkLabel *note_label;
  GtkWidget *tip_label;
  GtkWidget *cable_button;
};

G_DEFINE_FINAL_TYPE (FlLabelPage, fl_label_page, FL_TYPE_PAGE)

static guint entered_signal;
static guint use_cable_signal;

static gboolean
is_empty (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) == 0;
}

static void
show_note (FlLabelPage *self, GtkEditable *field, const char *note)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->code_entry), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->secret_entry), "error");
  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  if (field == NULL)
    return;

  gtk_widget_add_css_class (GTK_WIDGET (field), "error");
  gtk_widget_grab_focus (GTK_WIDGET (field));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, note);
}

/* The text of a whole label in one field: a scanner or a paste. What stood before the serial number
 * is dropped, for a scanner types wherever the cursor is. */
static FlLabel *
parse_whole (const char *text, GError **error)
{
  const char *space = strpbrk (text, " \t\r\n");
  gsize before = space != NULL ? (gsize) (space - text) : 0;

  return fl_label_parse (before > SERIAL_SIZE ? space - SERIAL_SIZE : text, -1, error);
}

static gboolean
absorb (FlLabelPage *self, GtkEditable *field)
{
  const char *text = gtk_editable_get_text (field);
  g_autoptr (FlLabel) label = NULL;
  g_autofree char *words = NULL;

  if (self->absorbing || strlen (text) < SERIAL_SIZE + FL_MOBILE_SECRET_SIZE + 1)
    return FALSE;

  label = parse_whole (text, NULL);
  if (label == NULL || fl_label_get_secret (label) == NULL || fl_label_get_serial (label) == NULL)
    return FALSE;

  self->absorbing = TRUE;
  gtk_editable_set_text (self->code_entry, fl_label_get_serial (label));
  gtk_editable_set_text (self->secret_entry, fl_secret_get_text (fl_label_get_secret (label)));
  gtk_editable_set_position (field, -1);
  self->absorbing = FALSE;

  /* Translators: %s is the end of a serial number, such as 4F2A1B */
  words = g_strdup_printf (_ ("Label read. Serial ending %s."), fl_label_get_setup_code (label));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
  return TRUE;
}

static void
update (FlLabelPage *self)
{
  gboolean has_code = (self->need & FL_NEED_CODE) == 0 || !is_empty (self->code_entry);
  gboolean has_secret = (self->need & FL_NEED_SECRET) == 0 || !is_empty (self->secret_entry);
  FlLabelPart part = FL_LABEL_PART_NONE;

  fl_page_set_complete (FL_PAGE (self), has_code && has_secret);
  if (!has_code)
    part = FL_LABEL_PART_CODE;
  else if (!has_secret)
    part = FL_LABEL_PART_SECRET;
  fl_label_drawing_set_part (self->drawing, part);
}

static void
on_changed (FlLabelPage *self, GtkEditable *field)
{
  absorb (self, field);
  show_note (self, NULL, NULL);
  update (self);
}

static void
show_unreadable (FlLabelPage *self, GtkEditable *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = parse_whole (gtk_editable_get_text (field), &error);

  if (label == NULL)
    {
      fl_page_set_error (FL_PAGE (self), error);
      gtk_editable_select_region (field, 0, -1);
    }
}

/* Enter, by hand or by a scanner. */
static void
on_entry_activated (FlLabelPage *self, GtkEditable *field)
{
  gboolean whole = strpbrk (gtk_editable_get_text (field), " \t") != NULL;

  if (!fl_page_get_complete (FL_PAGE (self)))
    {
      if (whole)
        show_unreadable (self, field);
      else if (field == self->code_entry && gtk_widget_get_visible (self->secret_field))
        gtk_widget_grab_focus (GTK_WIDGET (self->secret_entry));
      return;
    }

  fl_page_activate (FL_PAGE (self));
}

/* What a scanner types while the focus is on a button goes to the first field. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        FlLabelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkEditable *field =
      gtk_widget_get_visible (self->code_field) ? self->code_entry : self->secret_entry;

  if (focus == NULL || GTK_IS_EDITABLE (focus) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isalnum (gdk_keyval_to_unicode (keyval)))
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (field, "");
  gtk_widget_grab_focus (GTK_WIDGET (field));
  return gtk_event_controller_key_forward (controller,
                                           GTK_WIDGET (gtk_editable_get_delegate (field)));
}

static void
fl_label_page_activate (FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);
  const char *code = gtk_editable_get_text (self->code_entry);
  const char *secret = gtk_editable_get_text (self->secret_entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = NULL;

  /* A product without codes still needs one in its label; the chosen device has the right one. */
  if ((self->need & FL_NEED_CODE) == 0 && *code == 0)
    code = "000000";

  label = fl_label_new_typed (code, NULL, &error);
  if (label == NULL)
    {
      show_note (self, self->code_entry, error->message);
      return;
    }

  if ((self->need & FL_NEED_SECRET) != 0)
    {
      g_clear_pointer (&label, fl_label_unref);
      label = fl_label_new_typed (code, secret, &error);
    }
  if (label == NULL)
    {
      show_note (self, self->secret_entry, error->message);
      return;
    }

  show_note (self, NULL, NULL);
  g_signal_emit (self, entered_signal, 0, label);
}

static void
on_cable (FlLabelPage *self)
{
  g_signal_emit (self, use_cable_signal, 0);
}

static void
fl_label_page_enter (FlPage *page)
{
  FlLabelPage *self = FL_LABEL_PAGE (page);

  if ((self->need & FL_NEED_CODE) == 0 || !is_empty (self->code_entry))
    gtk_widget_grab_focus (GTK_WIDGET (self->secret_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
}

static void
fl_label_page_class_init (FlLabelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  page_class->activate = fl_label_page_activate;
  page_class->enter = fl_label_page_enter;

  entered_signal = g_signal_new ("entered", FL_TYPE_LABEL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, FL_TYPE_LABEL);
  use_cable_signal = g_signal_new ("use-cable", FL_TYPE_LABEL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FL_TYPE_LABEL_DRAWING);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-label-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, drawing);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, code_field);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, code_entry);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, secret_field);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, secret_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, secret_entry);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, tip_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelPage, cable_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_cable);
}

static void
fl_label_page_init (FlLabelPage *self)
{
  self->need = FL_NEED_CODE | FL_NEED_SECRET;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

FlPage *
fl_label_page_new (void)
{
  return g_object_new (FL_TYPE_LABEL_PAGE, NULL);
}

void
fl_label_page_set_product (FlLabelPage *self, FlProduct *product, FlDevice *device)
{
  gboolean on_label;

  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  self->need = fl_need_of (product, device);
  on_label = fl_product_get_secret_source (product) == FL_SECRET_LABEL;
  gtk_widget_set_visible (self->code_field, (self->need & FL_NEED_CODE) != 0);
  gtk_widget_set_visible (self->secret_field, (self->need & FL_NEED_SECRET) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->drawing),
                          on_label || fl_product_get_code_source (product) == FL_CODE_SCAN);
  gtk_widget_set_visible (self->tip_label, on_label);
  gtk_label_set_label (self->secret_label,
                       on_label ? _ ("Code _under the square") : _ ("Device _password"));

  /* The chosen device says its own code; only what proves ownership is left to type. */
  if (device != NULL && strlen (fl_device_get_ending (device)) == FL_SETUP_CODE_SIZE &&
      strcmp (fl_device_get_ending (device), gtk_editable_get_text (self->code_entry)) != 0)
    gtk_editable_set_text (self->code_entry, fl_device_get_ending (device));

  if (device != NULL)
    {
      /* Translators: %s is the name of a device */
      g_autofree char *subtitle =
          g_strdup_printf (_ ("It is on the label of “%s”."), fl_device_get_name (device));

      fl_page_set_subtitle (FL_PAGE (self), subtitle);
    }
  else
    {
      fl_page_set_subtitle (FL_PAGE (self),
                            _ ("It is on the label of the device, beside the small square."));
    }
  update (self);
}

void
fl_label_page_set_cable (FlLabelPage *self, gboolean can_use_cable)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  gtk_widget_set_visible (self->cable_button, can_use_cable);
}

void
fl_label_page_clear (FlLabelPage *self)
{
  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  gtk_editable_set_text (self->code_entry, "");
  gtk_editable_set_text (self->secret_entry, "");
  fl_page_set_error (FL_PAGE (self), NULL);
}

void
fl_label_page_focus_wrong (FlLabelPage *self)
{
  GtkEditable *field;

  g_return_if_fail (FL_IS_LABEL_PAGE (self));

  field = gtk_widget_get_visible (self->secret_field) ? self->secret_entry : self->code_entry;
  gtk_widget_grab_focus (GTK_WIDGET (field));
  gtk_editable_select_region (field, 0, -1);
}
