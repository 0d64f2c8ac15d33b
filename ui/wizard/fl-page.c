/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-page"
#include "config.h"

#include "fl-page.h"

#include "fl-error-box.h"
#include "fl-ui.h"

typedef struct
{
  char *title;
  char *subtitle;
  char *action_label;
  char *cancel_label;
  gboolean complete;
  gboolean busy;
  gboolean can_go_back;
  GError *error;
  guint64 actions;

  AdwClamp *clamp;
  GtkLabel *subtitle_label;
  AdwBin *content_bin;
  FlErrorBox *error_box;
} FlPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FlPage, fl_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_ACTION_LABEL,
  PROP_CANCEL_LABEL,
  PROP_COMPLETE,
  PROP_BUSY,
  PROP_CAN_ACTIVATE,
  PROP_CAN_GO_BACK,
  PROP_ERROR,
  PROP_ACTIONS,
  PROP_WIDTH,
  PROP_CONTENT
} FlPageProperty;
static GParamSpec *props[PROP_CONTENT + 1];

enum
{
  SIGNAL_GO_BACK,
  SIGNAL_CANCELLED,
  SIGNAL_ERROR_ACTION,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
on_error_action (FlPage *self, int action)
{
  g_signal_emit (self, signals[SIGNAL_ERROR_ACTION], 0, action);
}

static void
set_string (FlPage *self, char **field, const char *value, FlPageProperty property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
set_boolean (FlPage *self, gboolean *field, gboolean value, FlPageProperty property)
{
  if (*field == !!value)
    return;

  *field = !!value;
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
  if (property == PROP_COMPLETE || property == PROP_BUSY)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_ACTIVATE]);
}

static void
real_cancel (FlPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static void
fl_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlPage *self = FL_PAGE (object);
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  switch ((FlPageProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_ACTION_LABEL:
      g_value_set_string (value, priv->action_label);
      break;
    case PROP_CANCEL_LABEL:
      g_value_set_string (value, priv->cancel_label);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    case PROP_CAN_ACTIVATE:
      g_value_set_boolean (value, priv->complete && !priv->busy);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, priv->can_go_back);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, priv->error);
      break;
    case PROP_ACTIONS:
      g_value_set_uint64 (value, priv->actions);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, adw_clamp_get_maximum_size (priv->clamp));
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (priv->content_bin));
      break;
    }
}

static void
fl_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlPage *self = FL_PAGE (object);
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  switch ((FlPageProperty) id)
    {
    case PROP_TITLE:
      fl_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      fl_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_ACTION_LABEL:
      fl_page_set_action_label (self, g_value_get_string (value));
      break;
    case PROP_CANCEL_LABEL:
      fl_page_set_cancel_label (self, g_value_get_string (value));
      break;
    case PROP_COMPLETE:
      fl_page_set_complete (self, g_value_get_boolean (value));
      break;
    case PROP_BUSY:
      fl_page_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_CAN_ACTIVATE:
      g_assert_not_reached (); /* read only */
      break;
    case PROP_CAN_GO_BACK:
      fl_page_set_can_go_back (self, g_value_get_boolean (value));
      break;
    case PROP_ERROR:
      fl_page_set_error (self, g_value_get_boxed (value));
      break;
    case PROP_ACTIONS:
      fl_page_set_actions (self, g_value_get_uint64 (value));
      break;
    case PROP_WIDTH:
      adw_clamp_set_maximum_size (priv->clamp, g_value_get_int (value));
      adw_clamp_set_tightening_threshold (priv->clamp, g_value_get_int (value) * 5 / 6);
      break;
    case PROP_CONTENT:
      adw_bin_set_child (priv->content_bin, g_value_get_object (value));
      break;
    }
}

static void
fl_page_finalize (GObject *object)
{
  FlPagePrivate *priv = fl_page_get_instance_private (FL_PAGE (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  g_clear_pointer (&priv->action_label, g_free);
  g_clear_pointer (&priv->cancel_label, g_free);
  g_clear_error (&priv->error);

  G_OBJECT_CLASS (fl_page_parent_class)->finalize (object);
}

static void
install_signals (GObjectClass *object_class)
{
  GType type = G_OBJECT_CLASS_TYPE (object_class);

  signals[SIGNAL_GO_BACK] =
      g_signal_new ("go-back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CANCELLED] =
      g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ERROR_ACTION] = g_signal_new ("error-action", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
fl_page_class_init (FlPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fl_page_finalize;
  object_class->get_property = fl_page_get_property;
  object_class->set_property = fl_page_set_property;
  klass->cancel = real_cancel;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  props[PROP_ACTION_LABEL] = g_param_spec_string ("action-label", NULL, NULL, NULL, flags);
  props[PROP_CANCEL_LABEL] = g_param_spec_string ("cancel-label", NULL, NULL, NULL, flags);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_CAN_ACTIVATE] = g_param_spec_boolean ("can-activate", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_ACTIONS] = g_param_spec_uint64 ("actions", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 600,
                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  install_signals (object_class);

  g_type_ensure (FL_TYPE_ERROR_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, FlPage, clamp);
  gtk_widget_class_bind_template_child_private (widget_class, FlPage, subtitle_label);
  gtk_widget_class_bind_template_child_private (widget_class, FlPage, content_bin);
  gtk_widget_class_bind_template_child_private (widget_class, FlPage, error_box);
  gtk_widget_class_bind_template_callback (widget_class, on_error_action);
}

static void
fl_page_init (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (priv->subtitle_label), FALSE);
}

void
fl_page_activate (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  if (priv->complete && !priv->busy && FL_PAGE_GET_CLASS (self)->activate != NULL)
    FL_PAGE_GET_CLASS (self)->activate (self);
}

void
fl_page_enter (FlPage *self)
{
  g_return_if_fail (FL_IS_PAGE (self));

  if (FL_PAGE_GET_CLASS (self)->enter != NULL)
    FL_PAGE_GET_CLASS (self)->enter (self);
}

void
fl_page_go_back (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  if (!priv->can_go_back)
    return;
  if (FL_PAGE_GET_CLASS (self)->go_back != NULL && FL_PAGE_GET_CLASS (self)->go_back (self))
    return;

  g_signal_emit (self, signals[SIGNAL_GO_BACK], 0);
}

void
fl_page_cancel (FlPage *self)
{
  g_return_if_fail (FL_IS_PAGE (self));

  FL_PAGE_GET_CLASS (self)->cancel (self);
}

void
fl_page_refresh (FlPage *self)
{
  g_return_if_fail (FL_IS_PAGE (self));

  if (FL_PAGE_GET_CLASS (self)->refresh != NULL)
    FL_PAGE_GET_CLASS (self)->refresh (self);
}

void
fl_page_find (FlPage *self)
{
  g_return_if_fail (FL_IS_PAGE (self));

  if (FL_PAGE_GET_CLASS (self)->find != NULL)
    FL_PAGE_GET_CLASS (self)->find (self);
}

void
fl_page_copy_error (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  GtkWidget *box = GTK_WIDGET (priv->error_box);

  g_return_if_fail (FL_IS_PAGE (self));

  if (priv->error == NULL && FL_PAGE_GET_CLASS (self)->get_error_box != NULL)
    box = FL_PAGE_GET_CLASS (self)->get_error_box (self);
  gtk_widget_activate_action (box, "error.copy", NULL);
}

gboolean
fl_page_focus_error (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_val_if_fail (FL_IS_PAGE (self), FALSE);

  return priv->error != NULL && fl_error_box_focus_button (priv->error_box);
}

void
fl_page_set_subtitle (FlPage *self, const char *subtitle)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_string (self, &priv->subtitle, subtitle, PROP_SUBTITLE);
  gtk_widget_set_visible (GTK_WIDGET (priv->subtitle_label), subtitle != NULL && *subtitle != 0);
}

void
fl_page_set_error (FlPage *self, const GError *error)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  if (priv->error == error)
    return;

  g_clear_error (&priv->error);
  priv->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

void
fl_page_set_error_title (FlPage *self, const char *title)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  fl_error_box_set_title (priv->error_box, title);
}

void
fl_page_set_actions (FlPage *self, guint64 actions)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  if (priv->actions == actions)
    return;

  priv->actions = actions;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIONS]);
}

const char *
fl_page_get_title (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->title;
}

const char *
fl_page_get_subtitle (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->subtitle;
}

const char *
fl_page_get_action_label (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->action_label;
}

const char *
fl_page_get_cancel_label (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->cancel_label;
}

gboolean
fl_page_get_complete (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->complete;
}

gboolean
fl_page_get_busy (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->busy;
}

gboolean
fl_page_get_can_go_back (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->can_go_back;
}

const GError *
fl_page_get_error (FlPage *self)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  return priv->error;
}

void
fl_page_set_title (FlPage *self, const char *value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_string (self, &priv->title, value, PROP_TITLE);
}

void
fl_page_set_action_label (FlPage *self, const char *value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_string (self, &priv->action_label, value, PROP_ACTION_LABEL);
}

void
fl_page_set_cancel_label (FlPage *self, const char *value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_string (self, &priv->cancel_label, value, PROP_CANCEL_LABEL);
}

void
fl_page_set_complete (FlPage *self, gboolean value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_boolean (self, &priv->complete, value, PROP_COMPLETE);
}

void
fl_page_set_busy (FlPage *self, gboolean value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_boolean (self, &priv->busy, value, PROP_BUSY);
}

void
fl_page_set_can_go_back (FlPage *self, gboolean value)
{
  FlPagePrivate *priv = fl_page_get_instance_private (self);

  g_return_if_fail (FL_IS_PAGE (self));

  set_boolean (self, &priv->can_go_back, value, PROP_CAN_GO_BACK);
}
