/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "ui-fixture.h"

#include "fl-announce.h"
#include "fl-ui.h"

gboolean
ui_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  if (gdk_display_get_default () == NULL)
    return FALSE;

  adw_init ();
  fl_ui_init ();
  fl_ui_load_style (gdk_display_get_default ());
  return TRUE;
}

FlNetwork *
ui_network_new (const char *name, FlSecurity security, int channel, int dbm)
{
  g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));

  return fl_network_new (ssid, security, channel, dbm);
}

GListModel *
ui_networks_new (void)
{
  static const struct
  {
    const char *name;
    FlSecurity security;
    int channel;
    int dbm;
  } seen[] = {
    { "Workshop", FL_SECURITY_WPA2, 1, -71 },
    { "Home 2", FL_SECURITY_WPA2_WPA3, 6, -48 },
    { "Campus", FL_SECURITY_ENTERPRISE, 11, -52 },
    { "Home 5G", FL_SECURITY_WPA2, 44, -58 },
    { "Café Zur Sonne", FL_SECURITY_OPEN, 11, -63 },
    { "FRITZ!Box 7590 HK", FL_SECURITY_WPA2, 6, -66 },
    { "בית", FL_SECURITY_WPA2, 1, -69 },
    { "Attic", FL_SECURITY_WPA, 13, -86 },
    { "Vault", FL_SECURITY_WPA3, 1, -60 },
    { "printer-4711-direct-connection-x", FL_SECURITY_WPA2, 6, -78 },
    { "Neighbour", FL_SECURITY_WPA2, 3, -82 },
  };
  GListStore *networks = g_list_store_new (FL_TYPE_NETWORK);

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      g_autoptr (FlNetwork) network =
          ui_network_new (seen[i].name, seen[i].security, seen[i].channel, seen[i].dbm);

      g_list_store_append (networks, network);
    }
  return G_LIST_MODEL (networks);
}

GtkWindow *
ui_window_new (FlPage *page, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *wizard = fl_wizard_new ();

  g_object_set (wizard, "title", "First Light", "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (box), wizard);
  gtk_box_append (GTK_BOX (box), g_object_new (FL_TYPE_LIVE_REGION, NULL));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (window, width, height);
  fl_wizard_add (FL_WIZARD (wizard), page);
  fl_wizard_show (FL_WIZARD (wizard), page);
  gtk_window_present (window);
  ui_settle ();
  fl_page_enter (page);
  ui_settle ();
  return window;
}

FlWizard *
ui_window_get_wizard (GtkWindow *window)
{
  return FL_WIZARD (ui_find (GTK_WIDGET (window), FL_TYPE_WIZARD, NULL));
}

void
ui_window_finish (GtkWindow *window, FlPage *page)
{
  gpointer page_alive = page, wizard_alive = ui_window_get_wizard (window);

  g_object_add_weak_pointer (G_OBJECT (page), &page_alive);
  g_object_add_weak_pointer (wizard_alive, &wizard_alive);
  gtk_window_destroy (window);
  ui_settle ();
  g_assert_null (page_alive);
  g_assert_null (wizard_alive);
}

void
ui_settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  *(guint *) frames -= 1;
  return *(guint *) frames > 0;
}

void
ui_wait_frames (GtkWidget *widget, guint frames)
{
  gtk_widget_add_tick_callback (widget, on_tick, &frames, NULL);
  while (frames > 0)
    g_main_context_iteration (NULL, TRUE);
  ui_settle ();
}

static const char *
label_of (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  return NULL;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) &&
      (label == NULL || g_strcmp0 (label_of (root), label) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
ui_shows (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_find (root, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

void
ui_click (GtkWidget *root, const char *label)
{
  GtkWidget *button = ui_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked"); /* activating one waits for an animation */
  ui_settle ();
}
