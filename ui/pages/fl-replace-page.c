/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-replace-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-replace-page.h"

#include "fl-item-list.h"
#include "fl-network-row.h"
#include "fl-ui.h"

/* Stored already, so nothing about them can be impossible for the device. */
#define ALL_CAPABILITIES ((FlCapabilities) ~0)

struct _FlReplacePage
{
  FlPage parent_instance;

  FlItemList *list;
};

G_DEFINE_FINAL_TYPE (FlReplacePage, fl_replace_page, FL_TYPE_PAGE)

static guint chosen_signal;

static const char *
name_of (gpointer item)
{
  return fl_network_get_name (fl_network_item_get_network (item));
}

static void
on_selected (FlReplacePage *self)
{
  fl_page_set_complete (FL_PAGE (self), fl_item_list_get_selected (self->list) != NULL);
}

static void
on_activated (FlReplacePage *self)
{
  fl_page_activate (FL_PAGE (self));
}

static void
fl_replace_page_activate (FlPage *page)
{
  FlNetworkItem *item = fl_item_list_get_selected (FL_REPLACE_PAGE (page)->list);

  g_signal_emit (page, chosen_signal, 0, fl_network_item_get_network (item));
}

static void
fl_replace_page_enter (FlPage *page)
{
  fl_item_list_focus (FL_REPLACE_PAGE (page)->list);
}

static void
fl_replace_page_class_init (FlReplacePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  page_class->activate = fl_replace_page_activate;
  page_class->enter = fl_replace_page_enter;

  chosen_signal = g_signal_new ("chosen", FL_TYPE_REPLACE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, FL_TYPE_NETWORK);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-replace-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlReplacePage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
fl_replace_page_init (FlReplacePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_item_list_set_label (self->list, _ ("Networks that the device knows"));
}

FlPage *
fl_replace_page_new (void)
{
  return g_object_new (FL_TYPE_REPLACE_PAGE, NULL);
}

void
fl_replace_page_set_known (FlReplacePage *self, GListModel *networks)
{
  guint n = g_list_model_get_n_items (networks);
  g_autoptr (GListStore) items = g_list_store_new (FL_TYPE_NETWORK_ITEM);
  g_autofree char *question = NULL;

  g_return_if_fail (FL_IS_REPLACE_PAGE (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);
      g_autoptr (FlNetworkItem) item = fl_network_item_new (network, ALL_CAPABILITIES);

      g_list_store_append (items, item);
    }
  question = g_strdup_printf (ngettext ("It knows %u network. Which one should go?",
                                        "It knows %u networks. Which one should go?", n),
                              n);
  fl_page_set_subtitle (FL_PAGE (self), question);
  fl_item_list_set_model (self->list, G_LIST_MODEL (items), FL_TYPE_NETWORK_ROW, name_of);
}
