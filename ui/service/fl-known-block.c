/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-known-block"
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-known-block.h"

#include "fl-announce.h"
#include "fl-text.h"
#include "fl-wrap-box.h"

#define NETWORK_KEY "fl-network"

struct _FlKnownBlock
{
  FlServiceBlock parent_instance;

  int max_known; /* as told last; 0 not known */
  char *shown;   /* what the list was made of */
  GtkWidget *add_button;
  GtkWidget *list;
  GtkWidget *empty_label;
  GtkWidget *clear_button;
};

G_DEFINE_FINAL_TYPE (FlKnownBlock, fl_known_block, FL_TYPE_SERVICE_BLOCK)

static const struct
{
  const char *name;
  const char *label;
  FlWish wish;
  FlCapabilities needs;
} orders[] = {
  { "try", N_ ("_Try Now"), FL_WISH_TRY, FL_CAN_JOIN_KNOWN },
  { "replace", N_ ("Re_place…"), FL_WISH_REPLACE, FL_CAN_REMOVE_KNOWN | FL_CAN_JOIN },
  { "remove", N_ ("_Remove"), FL_WISH_REMOVE, FL_CAN_REMOVE_KNOWN },
};

static void
on_order (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FlKnownBlock *self = data;
  FlNetwork *network = g_object_get_data (G_OBJECT (action), NETWORK_KEY);
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, name))
      fl_service_block_wish (FL_SERVICE_BLOCK (self), orders[i].wish, network);
}

static gboolean
is_offered (FlVisit *visit, FlCapabilities needs)
{
  return (fl_visit_get_capabilities (visit) & needs) == needs;
}

/* (nullable): nothing can be done. */
static GtkWidget *
create_menu (FlKnownBlock *self, FlVisit *visit, FlNetwork *network)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *label = NULL;
  GtkWidget *button;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (is_offered (visit, orders[i].needs))
      {
        g_autoptr (GSimpleAction) action = g_simple_action_new (orders[i].name, NULL);
        g_autofree char *detailed = g_strconcat ("network.", orders[i].name, NULL);

        g_object_set_data_full (G_OBJECT (action), NETWORK_KEY, g_object_ref (network),
                                g_object_unref);
        g_signal_connect_object (action, "activate", G_CALLBACK (on_order), self, 0);
        g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
        g_menu_append (menu, _ (orders[i].label), detailed);
      }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return NULL;

  /* Translators: %s is the name of a network */
  label = fl_text_name (_ ("What to do with “%s”"), fl_network_get_name (network));
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "menu-model",
                         menu, "valign", GTK_ALIGN_CENTER, "tooltip-text", label, "sensitive",
                         fl_visit_get_open (visit) && !fl_visit_get_busy (visit), "css-classes",
                         (const char *[]){ "flat", NULL }, NULL);
  gtk_widget_insert_action_group (button, "network", G_ACTION_GROUP (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static gboolean
is_in_use (FlVisit *visit, FlNetwork *network)
{
  const FlDeviceState *state = fl_visit_get_state (visit);

  return state != NULL && state->wifi_link && state->ssid != NULL &&
         g_bytes_equal (state->ssid, fl_network_get_ssid (network));
}

static void
add_row (FlKnownBlock *self, FlVisit *visit, FlNetwork *network)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *menu = create_menu (self, visit, network);
  g_autofree char *name = fl_text_isolate (fl_network_get_name (network));
  const char *security = fl_security_get_label (fl_network_get_security (network));
  g_autofree char *in_use = NULL;

  /* Translators: %s is a kind of security such as "WPA2" */
  in_use = g_strdup_printf (_ ("%s · in use"), security);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               is_in_use (visit, network) ? in_use : security);
  if (menu != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), menu);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* What the rows show, in one text: rows that stay as they are keep the focus. */
static char *
dup_shown (FlVisit *visit, GListModel *known)
{
  g_autoptr (GString) shown =
      g_string_new (fl_visit_get_open (visit) && !fl_visit_get_busy (visit) ? "open" : "closed");

  g_string_append_printf (shown, " %x", (guint) fl_visit_get_capabilities (visit));
  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (known, i);

      g_string_append_printf (shown, "\n%s %d %d", fl_network_get_name (network),
                              (int) fl_network_get_security (network), is_in_use (visit, network));
    }
  return g_strdup (shown->str);
}

static char *
dup_count (FlKnownBlock *self, FlVisit *visit, guint n)
{
  FlDriver *driver = fl_setup_get_driver (fl_visit_get_setup (visit));

  if (driver != NULL && fl_driver_get_max_known (driver) > 0)
    self->max_known = fl_driver_get_max_known (driver);
  if (self->max_known == 0)
    return g_strdup_printf ("%u", n);
  /* Translators: stored networks, and how many there can be: "3 of 10" */
  return g_strdup_printf (_ ("%u of %d"), n, self->max_known);
}

static void
fl_known_block_update (FlServiceBlock *block, FlVisit *visit)
{
  FlKnownBlock *self = FL_KNOWN_BLOCK (block);
  GListModel *known = fl_visit_get_known (visit);
  guint n = g_list_model_get_n_items (known);
  gboolean ready = fl_visit_get_status (visit, FL_VISIT_NETWORKS) == FL_BLOCK_READY;
  gboolean free = fl_visit_get_open (visit) && !fl_visit_get_busy (visit);
  g_autofree char *count = dup_count (self, visit, n);
  g_autofree char *shown = dup_shown (visit, known);

  fl_service_block_show_status (block, visit, FL_VISIT_NETWORKS);
  fl_service_block_hide_empty (block, visit, FL_VISIT_NETWORKS);
  fl_service_block_set_note (block, ready || n > 0 ? count : NULL);
  gtk_widget_set_visible (self->empty_label, ready && n == 0);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->add_button,
                          is_offered (visit, FL_CAN_JOIN) || is_offered (visit, FL_CAN_SAVE));
  gtk_widget_set_visible (self->clear_button, n > 0 && is_offered (visit, FL_CAN_REMOVE_KNOWN));
  gtk_widget_set_sensitive (self->add_button, free);
  gtk_widget_set_sensitive (self->clear_button, free);
  if (g_strcmp0 (self->shown, shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  fl_service_block_clear_list (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (known, i);

      add_row (self, visit, network);
    }
}

static void
on_add (FlServiceBlock *block)
{
  fl_service_block_wish (block, FL_WISH_ADD, NULL);
}

static void
on_clear (FlServiceBlock *block)
{
  fl_service_block_wish (block, FL_WISH_CLEAR, NULL);
}

static void
fl_known_block_finalize (GObject *object)
{
  g_clear_pointer (&FL_KNOWN_BLOCK (object)->shown, g_free);

  G_OBJECT_CLASS (fl_known_block_parent_class)->finalize (object);
}

static void
fl_known_block_class_init (FlKnownBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_known_block_finalize;
  FL_SERVICE_BLOCK_CLASS (klass)->update = fl_known_block_update;
}

static void
fl_known_block_init (FlKnownBlock *self)
{
  FlServiceBlock *block = FL_SERVICE_BLOCK (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->add_button = gtk_button_new_with_mnemonic (_ ("_Add…"));
  self->clear_button = gtk_button_new_with_mnemonic (_ ("C_lear All Networks…"));
  self->empty_label =
      g_object_new (GTK_TYPE_LABEL, "label", _ ("The device knows no network."), "wrap", TRUE,
                    "xalign", 0.0f, "css-classes", (const char *[]){ "dim-label", NULL }, NULL);
  self->list = fl_service_block_new_list (_ ("Stored networks"));
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (on_add), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (on_clear), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->clear_button, "flat");
  gtk_widget_set_halign (self->clear_button, GTK_ALIGN_END);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->clear_button))), TRUE);

  fl_service_block_set_title (block, _ ("Stored Networks"));
  fl_service_block_add_button (block, self->add_button);
  gtk_box_append (GTK_BOX (box), self->empty_label);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->clear_button);
  fl_service_block_set_content (block, box);
  fl_name_buttons (GTK_WIDGET (self));
}

FlServiceBlock *
fl_known_block_new (void)
{
  return g_object_new (FL_TYPE_KNOWN_BLOCK, NULL);
}
