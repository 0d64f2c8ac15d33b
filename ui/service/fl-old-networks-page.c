/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-old-networks-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-old-networks-page.h"

#include "fl-announce.h"
#include "fl-text.h"

#define SSID_KEY "fl-ssid"

struct _FlOldNetworksPage
{
  FlPage parent_instance;

  GtkListBox *list;
  GPtrArray *checks; /* of GtkCheckButton, borrowed from the list */
};

G_DEFINE_FINAL_TYPE (FlOldNetworksPage, fl_old_networks_page, FL_TYPE_PAGE)

static guint chosen_signal;

static void
on_toggled (FlOldNetworksPage *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->checks->len; i++)
    any |= gtk_check_button_get_active (self->checks->pdata[i]);
  fl_page_set_complete (FL_PAGE (self), any);
}

static void
fl_old_networks_page_activate (FlPage *page)
{
  FlOldNetworksPage *self = FL_OLD_NETWORKS_PAGE (page);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (chosen, g_bytes_ref (g_object_get_data (self->checks->pdata[i], SSID_KEY)));
  g_signal_emit (self, chosen_signal, 0, chosen);
}

static void
fl_old_networks_page_enter (FlPage *page)
{
  fl_announce (GTK_WIDGET (page), FL_ANNOUNCE_MEDIUM, fl_page_get_subtitle (page));
  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
fl_old_networks_page_finalize (GObject *object)
{
  g_clear_pointer (&FL_OLD_NETWORKS_PAGE (object)->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_old_networks_page_parent_class)->finalize (object);
}

static void
fl_old_networks_page_class_init (FlOldNetworksPageClass *klass)
{
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fl_old_networks_page_finalize;
  page_class->activate = fl_old_networks_page_activate;
  page_class->enter = fl_old_networks_page_enter;

  chosen_signal = g_signal_new ("chosen", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
fl_old_networks_page_init (FlOldNetworksPage *self)
{
  GtkWidget *list =
      g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "valign",
                    GTK_ALIGN_START, "css-classes", (const char *[]){ "boxed-list", NULL }, NULL);

  self->checks = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Networks that the device knows"), -1);
  g_object_set (self, "title", _ ("Remove Old Networks?"), "action-label", _ ("_Remove"),
                "cancel-label", _ ("_Keep All"), "content", list, NULL);
}

FlPage *
fl_old_networks_page_new (void)
{
  return g_object_new (FL_TYPE_OLD_NETWORKS_PAGE, NULL);
}

static void
add_row (FlOldNetworksPage *self, FlNetwork *network)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = fl_text_isolate (fl_network_get_name (network));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               fl_security_get_label (fl_network_get_security (network)));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check); /* names it, too */
  g_object_set_data_full (G_OBJECT (check), SSID_KEY, g_bytes_ref (fl_network_get_ssid (network)),
                          (GDestroyNotify) g_bytes_unref);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (self->list, row);
}

guint
fl_old_networks_page_set_known (FlOldNetworksPage *self, GListModel *known, FlCredentials *proven)
{
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  g_return_val_if_fail (FL_IS_OLD_NETWORKS_PAGE (self), 0);

  g_ptr_array_set_size (self->checks, 0);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (known, i);

      if (!g_bytes_equal (fl_network_get_ssid (network), fl_credentials_get_ssid (proven)))
        add_row (self, network);
    }
  /* Translators: %s is the name of a network */
  subtitle = fl_text_name (_ ("The device is online with “%s”. It also knows these:"),
                           fl_credentials_get_name (proven));
  fl_page_set_subtitle (FL_PAGE (self), subtitle);
  fl_page_set_complete (FL_PAGE (self), FALSE);
  return self->checks->len;
}
