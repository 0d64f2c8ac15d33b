/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-error-box"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-error-box.h"

#include "fl-announce.h"
#include "fl-ui.h"
#include "fl-wrap-box.h"

struct _FlErrorBox
{
  GtkWidget parent_instance;

  GError *error;
  char *advice; /* (nullable) instead of the catalogue's */
  guint64 actions;
  gboolean is_told; /* to those who hear the window */

  GtkWidget *box;
  GtkLabel *title_label;
  GtkLabel *advice_label;
  FlWrapBox *buttons;
  GtkExpander *expander;
  GtkLabel *details_label;
};

G_DEFINE_FINAL_TYPE (FlErrorBox, fl_error_box, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ERROR = 1,
  PROP_ACTIONS
} FlErrorBoxProperty;
static GParamSpec *props[PROP_ACTIONS + 1];

static guint action_signal;

static void
on_clicked (FlErrorBox *self, GtkButton *button)
{
  FlErrorAction action =
      (FlErrorAction) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "fl-action"));

  g_signal_emit (self, action_signal, 0, (int) action);
}

static void
copy_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *details = fl_error_box_dup_details (FL_ERROR_BOX (widget));

  if (details != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details);
}

static void
add_button (FlErrorBox *self, const FlErrorButton *text, gboolean first)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text->label);
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE); /* with large text in a narrow window */
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  g_object_set_data (G_OBJECT (button), "fl-action", GINT_TO_POINTER ((int) text->action));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  if (first)
    gtk_widget_add_css_class (button, "first");

  fl_wrap_box_append (self->buttons, button);
}

static void
fill_buttons (FlErrorBox *self, const FlErrorText *text)
{
  guint shown = 0;

  fl_wrap_box_clear (self->buttons);
  for (guint i = 0; i < FL_ERROR_MAX_ACTIONS && text->buttons[i].action != FL_ACTION_NONE; i++)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << text->buttons[i].action;

      /* The details are always there, behind their expander. */
      if (text->buttons[i].action != FL_ACTION_SHOW_DETAILS && (self->actions & bit) != 0)
        add_button (self, &text->buttons[i], shown++ == 0);
    }

  fl_name_buttons (GTK_WIDGET (self->buttons));
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), shown > 0);
}

/* The catalogue's text, with the advice of who knows more. */
static void
describe (FlErrorBox *self, FlErrorText *text)
{
  fl_error_describe (self->error, text);
  if (self->advice != NULL)
    text->advice = self->advice;
}

/* As soon as its page shows; while another one does, nobody is interrupted. */
static void
announce (FlErrorBox *self)
{
  FlErrorText text = { 0 };
  g_autofree char *words = NULL;

  if (self->error == NULL || self->is_told || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->is_told = TRUE;
  describe (self, &text);
  words = g_strdup_printf ("%s. %s", text.title, text.advice);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_HIGH, words);
}

static void
fl_error_box_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fl_error_box_parent_class)->map (widget);

  announce (FL_ERROR_BOX (widget));
}

static void
fill (FlErrorBox *self)
{
  g_autofree char *details = fl_error_box_dup_details (self);
  FlErrorText text = { 0 };

  gtk_widget_set_visible (GTK_WIDGET (self), self->error != NULL);
  if (self->error == NULL)
    return;

  describe (self, &text);
  gtk_label_set_label (self->title_label, text.title);
  gtk_label_set_label (self->advice_label, text.advice);
  gtk_widget_set_visible (GTK_WIDGET (self->advice_label), *text.advice != 0);
  gtk_label_set_label (self->details_label, details);
  fill_buttons (self, &text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text.title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text.advice, -1);
}

static void
fl_error_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlErrorBox *self = FL_ERROR_BOX (object);

  switch ((FlErrorBoxProperty) id)
    {
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_ACTIONS:
      g_value_set_uint64 (value, self->actions);
      break;
    }
}

static void
fl_error_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlErrorBox *self = FL_ERROR_BOX (object);

  switch ((FlErrorBoxProperty) id)
    {
    case PROP_ERROR:
      fl_error_box_set_error (self, g_value_get_boxed (value));
      break;
    case PROP_ACTIONS:
      fl_error_box_set_actions (self, g_value_get_uint64 (value));
      break;
    }
}

static void
fl_error_box_dispose (GObject *object)
{
  g_clear_pointer (&FL_ERROR_BOX (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (fl_error_box_parent_class)->dispose (object);
}

static void
fl_error_box_finalize (GObject *object)
{
  FlErrorBox *self = FL_ERROR_BOX (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->advice, g_free);

  G_OBJECT_CLASS (fl_error_box_parent_class)->finalize (object);
}

static void
fl_error_box_class_init (FlErrorBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = fl_error_box_dispose;
  object_class->finalize = fl_error_box_finalize;
  object_class->get_property = fl_error_box_get_property;
  object_class->set_property = fl_error_box_set_property;

  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_ACTIONS] = g_param_spec_uint64 ("actions", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  action_signal = g_signal_new ("action", FL_TYPE_ERROR_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (FL_TYPE_WRAP_BOX);
  widget_class->map = fl_error_box_map;

  gtk_widget_class_set_css_name (widget_class, "errorbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_install_action (widget_class, "error.copy", NULL, copy_details);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-error-box.ui");
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, box);
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, title_label);
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, advice_label);
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, buttons);
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, expander);
  gtk_widget_class_bind_template_child (widget_class, FlErrorBox, details_label);
}

static void
fl_error_box_init (FlErrorBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fl_error_box_new (void)
{
  return g_object_new (FL_TYPE_ERROR_BOX, NULL);
}

void
fl_error_box_set_error (FlErrorBox *self, const GError *error)
{
  fl_error_box_tell (self, error, NULL);
}

void
fl_error_box_tell (FlErrorBox *self, const GError *error, const char *advice)
{
  g_return_if_fail (FL_IS_ERROR_BOX (self));

  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->is_told = FALSE;
  g_free (self->advice);
  self->advice = g_strdup (advice);
  gtk_expander_set_expanded (self->expander, FALSE);
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);

  announce (self);
}

void
fl_error_box_set_actions (FlErrorBox *self, guint64 actions)
{
  g_return_if_fail (FL_IS_ERROR_BOX (self));

  if (self->actions == actions)
    return;

  self->actions = actions;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIONS]);
}

void
fl_error_box_set_title (FlErrorBox *self, const char *title)
{
  g_return_if_fail (FL_IS_ERROR_BOX (self));

  if (title == NULL || self->error == NULL)
    return;

  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

const GError *
fl_error_box_get_error (FlErrorBox *self)
{
  g_return_val_if_fail (FL_IS_ERROR_BOX (self), NULL);

  return self->error;
}

gboolean
fl_error_box_focus_button (FlErrorBox *self)
{
  GtkWidget *button;

  g_return_val_if_fail (FL_IS_ERROR_BOX (self), FALSE);

  button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));
  return button != NULL && gtk_widget_grab_focus (button);
}

char *
fl_error_box_dup_details (FlErrorBox *self)
{
  g_return_val_if_fail (FL_IS_ERROR_BOX (self), NULL);

  if (self->error == NULL)
    return NULL;

  return g_strdup_printf ("%s (%s %d)\n%s", fl_error_get_id (self->error),
                          g_quark_to_string (self->error->domain), self->error->code,
                          self->error->message);
}
