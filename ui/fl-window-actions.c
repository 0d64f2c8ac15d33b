/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-window-private.h"

#include "fl-about.h"
#include "fl-open.h"
#include "fl-shortcuts.h"

static FlProduct *
get_product (GtkWidget *widget)
{
  return fl_engine_get_product (fl_window_get_engine (FL_WINDOW (widget)));
}

static void
show_about (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_about_present (GTK_WINDOW (widget));
}

static void
show_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_shortcuts_present (GTK_WINDOW (widget));
}

/* A product without a help page still has its keys explained. */
static void
show_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *uri = fl_product_get_help_uri (get_product (widget));

  if (uri != NULL)
    fl_open_uri (uri);
  else
    fl_shortcuts_present (GTK_WINDOW (widget));
}

static void
show_privacy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_open_uri (fl_product_get_privacy_uri (get_product (widget)));
}

static void
close_window (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
open_service (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_window_set_door (FL_WINDOW (widget), FL_DOOR_SERVICE);
}

static void
check_computer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_guide_show_doctor (fl_window_get_guide (FL_WINDOW (widget)));
}

static void
open_set_up (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fl_window_set_door (FL_WINDOW (widget), FL_DOOR_SET_UP);
}

void
fl_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.about", NULL, show_about);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);
  gtk_widget_class_install_action (widget_class, "win.privacy", NULL, show_privacy);
  gtk_widget_class_install_action (widget_class, "win.service", NULL, open_service);
  gtk_widget_class_install_action (widget_class, "win.set-up", NULL, open_set_up);
  gtk_widget_class_install_action (widget_class, "win.check-computer", NULL, check_computer);
  gtk_widget_class_install_action (widget_class, "win.quit", NULL, close_window);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK,
                                       "win.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_q, GDK_CONTROL_MASK, "win.quit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "win.quit", NULL);
}

GMenuModel *
fl_window_create_menu (FlProduct *product, FlDoor door)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) settings = fl_memory_create_actions ();

  if (fl_product_get_door (product) == NULL) /* else there is no other one */
    g_menu_append (menu, door == FL_DOOR_SERVICE ? _ ("_Set Up a Device") : _ ("_Service a Device"),
                   door == FL_DOOR_SERVICE ? "win.set-up" : "win.service");
  if (fl_product_get_help_uri (product) != NULL)
    g_menu_append (menu, _ ("_Help"), "win.help");
  if (fl_product_get_privacy_uri (product) != NULL)
    g_menu_append (menu, _ ("_Privacy"), "win.privacy");
  if (settings != NULL)
    g_menu_append (menu, _ ("S_ounds"), "settings.sounds");
  g_menu_append (menu, _ ("_Keyboard Shortcuts"), "win.shortcuts");
  g_menu_append (menu, _ ("_About First Light"), "win.about");
  return G_MENU_MODEL (menu);
}
