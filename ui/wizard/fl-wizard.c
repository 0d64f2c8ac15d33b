/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-wizard"
#include "config.h"

#include "fl-wizard.h"

#include "fl-stack.h"
#include "fl-announce.h"
#include "fl-ui.h"
#include "fl-wrap-box.h"

struct _FlWizard
{
  AdwBin parent_instance;

  FlPage *page; /* borrowed from the stack */
  GSignalGroup *page_signals;
  GPtrArray *order; /* of FlPage, borrowed from the stack */
  char *title;
  GMenuModel *menu_model;

  GtkStack *stack;
  AdwBin *banner_bin;
  GtkImage *logo_image;
  GtkWidget *bottom;
  GtkButton *main_button;
  GtkButton *cancel_button;
  GtkWidget *back_button;
};

G_DEFINE_FINAL_TYPE (FlWizard, fl_wizard, ADW_TYPE_BIN)

typedef enum
{
  PROP_PAGE = 1,
  PROP_TITLE,
  PROP_MENU_MODEL
} FlWizardProperty;
static GParamSpec *props[PROP_MENU_MODEL + 1];

static void
set_button (GtkButton *button, const char *label)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label != NULL && g_strcmp0 (gtk_button_get_label (button), label) != 0)
    {
      gtk_button_set_label (button, label);
      fl_name_buttons (GTK_WIDGET (button));
    }
}

/* Of two wizards in one window Enter belongs to the one that shows; and a button that was hidden
 * has lost it. */
static void
claim_default (FlWizard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_window_set_default_widget (GTK_WINDOW (root), GTK_WIDGET (self->main_button));
}

/* The one place where a page's properties become buttons. */
static void
update (FlWizard *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  FlPage *page = self->page;
  gboolean can_activate = FALSE;

  if (page == NULL)
    return;

  g_object_get (page, "can-activate", &can_activate, NULL);
  set_button (self->main_button, fl_page_get_action_label (page));
  set_button (self->cancel_button, fl_page_get_cancel_label (page));
  gtk_widget_set_visible (self->bottom, fl_page_get_action_label (page) != NULL ||
                                            fl_page_get_cancel_label (page) != NULL);
  gtk_widget_set_visible (self->back_button, fl_page_get_can_go_back (page));
  gtk_widget_action_set_enabled (widget, "wizard.activate",
                                 can_activate && fl_page_get_action_label (page) != NULL);
  if (fl_page_get_action_label (page) != NULL)
    claim_default (self);
}

static void
on_page_notify (FlWizard *self)
{
  update (self);
}

static void
activate_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page != NULL)
    fl_page_activate (self->page);
}

static void
cancel_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page != NULL && fl_page_get_cancel_label (self->page) != NULL)
    fl_page_cancel (self->page);
}

/* Back where there is a way back; while something runs, the same keys ask to cancel it. */
static void
go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page == NULL)
    return;

  if (fl_page_get_can_go_back (self->page))
    fl_page_go_back (self->page);
  else
    cancel_page (widget, name, parameter);
}

static void
refresh_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page != NULL)
    fl_page_refresh (self->page);
}

static void
copy_error (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page != NULL)
    fl_page_copy_error (self->page);
}

static void
find_in_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FlWizard *self = FL_WIZARD (widget);

  if (self->page != NULL)
    fl_page_find (self->page);
}

/* A stack whose child had the focus gives it to anything in the next one, so that a page would seem
 * to have taken it. */
static void
drop_focus (FlWizard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    gtk_root_set_focus (root, NULL);
}

/* A page with nothing to act on leaves the focus to the main button. */
static void
enter_page (FlWizard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus;

  fl_name_buttons (GTK_WIDGET (self->page));
  fl_page_enter (self->page);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->page)))
    return;
  if (!gtk_widget_grab_focus (GTK_WIDGET (self->main_button)))
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

static void
fl_wizard_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fl_wizard_parent_class)->map (widget);

  claim_default (FL_WIZARD (widget));
}

static void
fl_wizard_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlWizard *self = FL_WIZARD (object);

  switch ((FlWizardProperty) id)
    {
    case PROP_PAGE:
      g_value_set_object (value, self->page);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    }
}

static void
fl_wizard_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlWizard *self = FL_WIZARD (object);

  switch ((FlWizardProperty) id)
    {
    case PROP_PAGE:
      g_assert_not_reached (); /* read only */
      break;
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_MENU_MODEL:
      if (g_set_object (&self->menu_model, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
fl_wizard_dispose (GObject *object)
{
  FlWizard *self = FL_WIZARD (object);

  if (self->page_signals != NULL)
    g_signal_group_set_target (self->page_signals, NULL);
  g_clear_object (&self->page_signals);
  g_clear_object (&self->menu_model);
  self->page = NULL;
  g_clear_pointer (&self->order, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_wizard_parent_class)->dispose (object);
}

static void
fl_wizard_finalize (GObject *object)
{
  g_clear_pointer (&FL_WIZARD (object)->title, g_free);

  G_OBJECT_CLASS (fl_wizard_parent_class)->finalize (object);
}

static void
fl_wizard_class_init (FlWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = fl_wizard_dispose;
  object_class->finalize = fl_wizard_finalize;
  object_class->get_property = fl_wizard_get_property;
  object_class->set_property = fl_wizard_set_property;
  widget_class->map = fl_wizard_map;

  props[PROP_PAGE] = g_param_spec_object ("page", NULL, NULL, FL_TYPE_PAGE,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_install_action (widget_class, "wizard.activate", NULL, activate_page);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "wizard.cancel", NULL, cancel_page);
  gtk_widget_class_install_action (widget_class, "wizard.refresh", NULL, refresh_page);
  gtk_widget_class_install_action (widget_class, "wizard.copy", NULL, copy_error);
  gtk_widget_class_install_action (widget_class, "wizard.find", NULL, find_in_page);

  g_type_ensure (FL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, FlWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, banner_bin);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, logo_image);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, bottom);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, main_button);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, FlWizard, back_button);
}

static void
fl_wizard_init (FlWizard *self)
{
  self->order = g_ptr_array_new ();
  self->page_signals = g_signal_group_new (FL_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify", G_CALLBACK (on_page_notify), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_stack_hide_others (self->stack);
}

GtkWidget *
fl_wizard_new (void)
{
  return g_object_new (FL_TYPE_WIZARD, NULL);
}

void
fl_wizard_add (FlWizard *self, FlPage *page)
{
  g_return_if_fail (FL_IS_WIZARD (self));
  g_return_if_fail (FL_IS_PAGE (page));

  gtk_widget_set_visible (GTK_WIDGET (page), FALSE); /* nor to a screen reader, before its turn */
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));
  g_ptr_array_add (self->order, page);
}

void
fl_wizard_show (FlWizard *self, FlPage *page)
{
  guint from = 0, to = 0;

  g_return_if_fail (FL_IS_WIZARD (self));
  g_return_if_fail (FL_IS_PAGE (page));

  if (self->page == page)
    return;

  g_return_if_fail (g_ptr_array_find (self->order, page, &to));
  if (self->page != NULL)
    g_ptr_array_find (self->order, self->page, &from);

  /* The slide of 12 px is an animation of the style sheet: no animations, no slide. */
  gtk_widget_remove_css_class (GTK_WIDGET (page), "from-start");
  gtk_widget_remove_css_class (GTK_WIDGET (page), "from-end");
  if (self->page != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (page), to > from ? "from-end" : "from-start");

  self->page = page;
  g_signal_group_set_target (self->page_signals, page);
  drop_focus (self);
  fl_stack_show (self->stack, GTK_WIDGET (page));
  update (self);
  enter_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

FlPage *
fl_wizard_get_page (FlWizard *self)
{
  g_return_val_if_fail (FL_IS_WIZARD (self), NULL);

  return self->page;
}

GtkWidget *
fl_wizard_get_main_button (FlWizard *self)
{
  g_return_val_if_fail (FL_IS_WIZARD (self), NULL);

  return GTK_WIDGET (self->main_button);
}

void
fl_wizard_set_banner (FlWizard *self, GtkWidget *banner)
{
  g_return_if_fail (FL_IS_WIZARD (self));

  adw_bin_set_child (self->banner_bin, banner);
}

void
fl_wizard_set_logo (FlWizard *self, GdkPaintable *logo)
{
  g_return_if_fail (FL_IS_WIZARD (self));

  gtk_image_set_from_paintable (self->logo_image, logo);
  gtk_widget_set_visible (GTK_WIDGET (self->logo_image), logo != NULL);
}
