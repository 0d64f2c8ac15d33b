/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-camera-tools.h"

#define MAX_ZOOM   4.0
#define ZOOM_STEP  0.25
#define ZOOM_WIDTH 180 /* pixels */

struct _FlCameraTools
{
  GtkBox parent_instance;

  FlCamera *camera;
  GListModel *cameras;
  GSimpleActionGroup *actions;

  GtkRange *zoom;
  GtkToggleButton *torch;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (FlCameraTools, fl_camera_tools, GTK_TYPE_BOX)

static guint chosen_signal;

static void
on_zoom (FlCameraTools *self)
{
  if (self->camera != NULL)
    fl_camera_set_zoom (self->camera, gtk_range_get_value (self->zoom));
}

static void
on_torch (FlCameraTools *self)
{
  if (self->camera != NULL)
    fl_camera_set_torch (self->camera, gtk_toggle_button_get_active (self->torch));
}

/* It is known once the camera is open. */
static void
update_torch (FlCameraTools *self)
{
  gboolean has_torch = self->camera != NULL && fl_camera_has_torch (self->camera);

  gtk_widget_set_visible (GTK_WIDGET (self->torch), has_torch);
  if (!has_torch || fl_camera_get_state (self->camera) != FL_CAMERA_RUNNING)
    gtk_toggle_button_set_active (self->torch, FALSE);
}

static void
on_choose (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlCameraTools *self = data;
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->cameras != NULL && i < g_list_model_get_n_items (self->cameras); i++)
    {
      g_autoptr (FlCamera) camera = g_list_model_get_item (self->cameras, i);

      if (g_str_equal (fl_camera_get_id (camera), id))
        {
          g_signal_emit (self, chosen_signal, 0, camera);
          return;
        }
    }
}

static void
fill_menu (FlCameraTools *self)
{
  const guint n = self->cameras != NULL ? g_list_model_get_n_items (self->cameras) : 0;
  g_autoptr (GMenu) menu = g_menu_new ();
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "camera");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlCamera) camera = g_list_model_get_item (self->cameras, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (fl_camera_get_name (camera), NULL);

      g_menu_item_set_action_and_target (item, "tools.camera", "s", fl_camera_get_id (camera));
      g_menu_append_item (menu, item);
    }
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (
                                 self->camera != NULL ? fl_camera_get_id (self->camera) : ""));
  gtk_menu_button_set_menu_model (self->menu, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->menu), n > 1);
}

static void
drop_camera (FlCameraTools *self)
{
  if (self->camera != NULL)
    g_signal_handlers_disconnect_by_data (self->camera, self);
  if (self->cameras != NULL)
    g_signal_handlers_disconnect_by_data (self->cameras, self);
  g_clear_object (&self->camera);
  g_clear_object (&self->cameras);
}

static void
fl_camera_tools_dispose (GObject *object)
{
  FlCameraTools *self = FL_CAMERA_TOOLS (object);

  drop_camera (self);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (fl_camera_tools_parent_class)->dispose (object);
}

static void
fl_camera_tools_class_init (FlCameraToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_camera_tools_dispose;

  chosen_signal = g_signal_new ("chosen", FL_TYPE_CAMERA_TOOLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, FL_TYPE_CAMERA);
}

static void
add_icon (FlCameraTools *self, const char *name)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", name, NULL);

  gtk_widget_add_css_class (image, "dim-label");
  gtk_box_append (GTK_BOX (self), image);
}

static void
add_zoom (FlCameraTools *self)
{
  self->zoom =
      GTK_RANGE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 1, MAX_ZOOM, ZOOM_STEP));
  gtk_scale_set_draw_value (GTK_SCALE (self->zoom), FALSE);
  gtk_range_set_increments (self->zoom, ZOOM_STEP, 1);
  gtk_widget_set_size_request (GTK_WIDGET (self->zoom), ZOOM_WIDTH, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->zoom), _ ("Zoom"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Zoom"), -1);
  g_signal_connect_swapped (self->zoom, "value-changed", G_CALLBACK (on_zoom), self);
  add_icon (self, "zoom-out-symbolic");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->zoom));
  add_icon (self, "zoom-in-symbolic");
}

static void
add_buttons (FlCameraTools *self)
{
  self->torch = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->torch), "fl-light-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->torch), _ ("Light of the Camera"));
  gtk_widget_add_css_class (GTK_WIDGET (self->torch), "flat");
  gtk_widget_set_visible (GTK_WIDGET (self->torch), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->torch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Light of the Camera"), -1);
  g_signal_connect_swapped (self->torch, "toggled", G_CALLBACK (on_torch), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->torch));

  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "camera-web-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("Choose a Camera"));
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  gtk_widget_set_visible (GTK_WIDGET (self->menu), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a Camera"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->menu));
}

static void
fl_camera_tools_init (FlCameraTools *self)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful ("camera", G_VARIANT_TYPE_STRING, g_variant_new_string (""));

  g_signal_connect (action, "activate", G_CALLBACK (on_choose), self);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "tools", G_ACTION_GROUP (self->actions));
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  add_zoom (self);
  add_buttons (self);
}

GtkWidget *
fl_camera_tools_new (void)
{
  return g_object_new (FL_TYPE_CAMERA_TOOLS, NULL);
}

void
fl_camera_tools_set_camera (FlCameraTools *self, FlCamera *camera, GListModel *cameras)
{
  g_return_if_fail (FL_IS_CAMERA_TOOLS (self));

  drop_camera (self);
  if (camera != NULL)
    {
      self->camera = g_object_ref (camera);
      g_signal_connect_swapped (camera, "notify::state", G_CALLBACK (update_torch), self);
    }
  if (cameras != NULL)
    {
      self->cameras = g_object_ref (cameras);
      g_signal_connect_swapped (cameras, "items-changed", G_CALLBACK (fill_menu), self);
    }
  fill_menu (self);
  update_torch (self);
  on_zoom (self);
}
