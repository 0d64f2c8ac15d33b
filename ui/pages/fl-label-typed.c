/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-label-typed"
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-label-typed.h"

#include "fl-announce.h"
#include "fl-label-drawing.h"
#include "fl-ui.h"

#define SERIAL_SIZE 15 /* characters of a serial number on a label */

struct _FlLabelTyped
{
  GtkBox parent_instance;

  FlNeed need;
  gboolean absorbing; /* both fields are being filled from one text */
  gboolean complete;
  gboolean on_label;

  FlLabelDrawing *drawing;
  GtkWidget *code_field;
  GtkEditable *code_entry;
  GtkWidget *secret_field;
  GtkLabel *secret_label;
  GtkEditable *secret_entry;
  GtkLabel *note_label;
  GtkWidget *tip_label;
};

G_DEFINE_FINAL_TYPE (FlLabelTyped, fl_label_typed, GTK_TYPE_BOX)

typedef enum
{
  PROP_COMPLETE = 1
} FlLabelTypedProperty;
static GParamSpec *props[PROP_COMPLETE + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  SIGNAL_UNREADABLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_empty (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) == 0;
}

static void
show_note (FlLabelTyped *self, GtkEditable *field, const char *note)
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
absorb (FlLabelTyped *self, GtkEditable *field)
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
update (FlLabelTyped *self)
{
  gboolean has_code = (self->need & FL_NEED_CODE) == 0 || !is_empty (self->code_entry);
  gboolean has_secret = (self->need & FL_NEED_SECRET) == 0 || !is_empty (self->secret_entry);
  FlLabelPart part = FL_LABEL_PART_NONE;

  if (!has_code)
    part = FL_LABEL_PART_CODE;
  else if (!has_secret)
    part = FL_LABEL_PART_SECRET;
  fl_label_drawing_set_part (self->drawing, part);
  if (self->complete == (has_code && has_secret))
    return;

  self->complete = has_code && has_secret;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPLETE]);
}

static void
on_changed (FlLabelTyped *self, GtkEditable *field)
{
  absorb (self, field);
  show_note (self, NULL, NULL);
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tell_unreadable (FlLabelTyped *self, GtkEditable *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = parse_whole (gtk_editable_get_text (field), &error);

  if (label != NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_UNREADABLE], 0, error);
  gtk_editable_select_region (field, 0, -1);
}

/* Enter, by hand or by a scanner. */
static void
on_entry_activated (FlLabelTyped *self, GtkEditable *field)
{
  gboolean whole = strpbrk (gtk_editable_get_text (field), " \t") != NULL;

  if (self->complete)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
  else if (whole)
    tell_unreadable (self, field);
  else if (field == self->code_entry && gtk_widget_get_visible (self->secret_field))
    gtk_widget_grab_focus (GTK_WIDGET (self->secret_entry));
}

static void
fl_label_typed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlLabelTypedProperty) id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, FL_LABEL_TYPED (object)->complete);
      break;
    }
}

static void
fl_label_typed_class_init (FlLabelTypedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_OBJECT_CLASS_TYPE (object_class);

  object_class->get_property = fl_label_typed_get_property;

  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_UNREADABLE] = g_signal_new ("unreadable", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (FL_TYPE_LABEL_DRAWING);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-label-typed.ui");
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, drawing);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, code_field);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, code_entry);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, secret_field);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, secret_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, secret_entry);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, note_label);
  gtk_widget_class_bind_template_child (widget_class, FlLabelTyped, tip_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
}

static void
fl_label_typed_init (FlLabelTyped *self)
{
  self->need = FL_NEED_CODE | FL_NEED_SECRET;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
fl_label_typed_set_product (FlLabelTyped *self, FlProduct *product, FlDevice *device)
{
  gboolean on_label;

  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  self->need = fl_need_of (product, device);
  on_label = fl_product_get_secret_source (product) == FL_SECRET_LABEL;
  self->on_label = on_label || fl_product_get_code_source (product) == FL_CODE_SCAN;
  gtk_widget_set_visible (self->code_field, (self->need & FL_NEED_CODE) != 0);
  gtk_widget_set_visible (self->secret_field, (self->need & FL_NEED_SECRET) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->drawing), self->on_label);
  gtk_widget_set_visible (self->tip_label, on_label);
  gtk_label_set_label (self->secret_label,
                       on_label ? _ ("Code _under the square") : _ ("Dev_ice password"));

  /* The chosen device says its own code; only what proves ownership is left to type. */
  if (device != NULL && strlen (fl_device_get_ending (device)) == FL_SETUP_CODE_SIZE &&
      strcmp (fl_device_get_ending (device), gtk_editable_get_text (self->code_entry)) != 0)
    gtk_editable_set_text (self->code_entry, fl_device_get_ending (device));
  update (self);
}

void
fl_label_typed_set_drawing (FlLabelTyped *self, gboolean visible)
{
  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  gtk_widget_set_visible (GTK_WIDGET (self->drawing), visible && self->on_label);
}

gboolean
fl_label_typed_get_complete (FlLabelTyped *self)
{
  g_return_val_if_fail (FL_IS_LABEL_TYPED (self), FALSE);

  return self->complete;
}

FlLabel *
fl_label_typed_read (FlLabelTyped *self)
{
  const char *code = gtk_editable_get_text (self->code_entry);
  const char *secret = gtk_editable_get_text (self->secret_entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = NULL;

  g_return_val_if_fail (FL_IS_LABEL_TYPED (self), NULL);

  /* A product without codes still needs one in its label; the chosen device has the right one. */
  if ((self->need & FL_NEED_CODE) == 0 && *code == 0)
    code = "000000";

  label = fl_label_new_typed (code, NULL, &error);
  if (label == NULL)
    {
      show_note (self, self->code_entry, error->message);
      return NULL;
    }

  if ((self->need & FL_NEED_SECRET) != 0)
    {
      g_clear_pointer (&label, fl_label_unref);
      label = fl_label_new_typed (code, secret, &error);
    }
  if (label == NULL)
    {
      show_note (self, self->secret_entry, error->message);
      return NULL;
    }

  show_note (self, NULL, NULL);
  return g_steal_pointer (&label);
}

void
fl_label_typed_set_code (FlLabelTyped *self, const char *code)
{
  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  gtk_editable_set_text (self->code_entry, code);
}

void
fl_label_typed_clear (FlLabelTyped *self)
{
  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  gtk_editable_set_text (self->code_entry, "");
  gtk_editable_set_text (self->secret_entry, "");
}

void
fl_label_typed_focus (FlLabelTyped *self)
{
  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  if ((self->need & FL_NEED_CODE) == 0 || !is_empty (self->code_entry))
    gtk_widget_grab_focus (GTK_WIDGET (self->secret_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
}

void
fl_label_typed_focus_wrong (FlLabelTyped *self)
{
  GtkEditable *field;

  g_return_if_fail (FL_IS_LABEL_TYPED (self));

  field = gtk_widget_get_visible (self->secret_field) ? self->secret_entry : self->code_entry;
  gtk_widget_grab_focus (GTK_WIDGET (field));
  gtk_editable_select_region (field, 0, -1);
}

gboolean
fl_label_typed_forward_key (FlLabelTyped *self, GtkEventControllerKey *controller)
{
  GtkEditable *field;

  g_return_val_if_fail (FL_IS_LABEL_TYPED (self), GDK_EVENT_PROPAGATE);

  field = gtk_widget_get_visible (self->code_field) ? self->code_entry : self->secret_entry;
  gtk_editable_set_text (field, "");
  gtk_widget_grab_focus (GTK_WIDGET (field));
  return gtk_event_controller_key_forward (controller,
                                           GTK_WIDGET (gtk_editable_get_delegate (field)));
}
