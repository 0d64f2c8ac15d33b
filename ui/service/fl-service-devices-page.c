/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-service-devices-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-devices-page.h"

#include "fl-announce.h"
#include "fl-item-list.h"
#include "fl-service-heading.h"
#include "fl-service-row.h"
#include "fl-service-sort.h"
#include "fl-service-table.h"
#include "fl-stack.h"
#include "fl-ui.h"
#include "fl-wrap-box.h"

#define LOOKING_MS 5000 /* before an empty page says that there is nothing */

struct _FlServiceDevicesPage
{
  FlPage parent_instance;

  FlClock *clock;
  guint timer_id;
  gboolean has_looked;
  GListModel *visits;    /* (nullable) as they come */
  FlServiceTable *table; /* (nullable) of them */
  FlServiceColumn column;
  gboolean descending;
  gboolean is_pointed;
  gboolean is_untouched; /* the list has the focus because we gave it */

  GtkStack *stack;
  GtkEditable *filter_entry;
  FlServiceHeading *heading;
  FlServiceSort *sort;
  FlItemList *list;
  GtkWidget *none_label;
  GtkWidget *check_button;
};

G_DEFINE_FINAL_TYPE (FlServiceDevicesPage, fl_service_devices_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_SEARCH_AGAIN,
  SIGNAL_CHECK_COMPUTER,
  SIGNAL_SCAN_LABELS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
name_of (gpointer item)
{
  return fl_device_get_name (fl_visit_get_device (item));
}

static void
update (FlServiceDevicesPage *self)
{
  guint n = self->visits != NULL ? g_list_model_get_n_items (self->visits) : 0;
  gboolean none = n > 0 && fl_service_devices_page_get_n_shown (self) == 0;
  const char *child = "looking";

  if (n > 0)
    child = "table";
  else if (self->has_looked)
    child = "nothing";
  fl_stack_show_name (self->stack, child);
  gtk_widget_set_visible (self->none_label, none);
  gtk_widget_set_visible (GTK_WIDGET (self->list), !none);
}

static void
on_looked (gpointer data)
{
  FlServiceDevicesPage *self = data;

  self->timer_id = 0;
  self->has_looked = TRUE;
  update (self);
}

/* Rows never move under the pointer, or under a person's keys. */
static void
update_frozen (FlServiceDevicesPage *self)
{
  if (self->table != NULL)
    fl_service_table_set_frozen (self->table, self->is_pointed && !self->is_untouched);
}

/* Until somebody touches it, the list goes on sorting what comes. */
static gboolean
focus_list (FlServiceDevicesPage *self)
{
  self->is_untouched = !self->is_pointed;
  return fl_item_list_focus (self->list);
}

static void
on_touched (FlServiceDevicesPage *self)
{
  self->is_untouched = FALSE;
  update_frozen (self);
}

static gboolean
on_key (FlServiceDevicesPage *self)
{
  on_touched (self);
  return GDK_EVENT_PROPAGATE;
}

static void
watch_touch (FlServiceDevicesPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (on_touched), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_widget_add_controller (GTK_WIDGET (self->list), pointer);
}

static void
on_visits_changed (FlServiceDevicesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean was_empty = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") != 0;

  update (self);
  /* The first device takes the focus that was on the empty page. */
  if (was_empty && root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      fl_service_devices_page_get_n_shown (self) > 0)
    focus_list (self);
}

static void
on_filter (FlServiceDevicesPage *self)
{
  if (self->table != NULL)
    fl_service_table_set_filter (self->table, gtk_editable_get_text (self->filter_entry));
  update (self);
}

static gboolean
clear_filter (FlServiceDevicesPage *self)
{
  if (*gtk_editable_get_text (self->filter_entry) == 0)
    return FALSE;

  gtk_editable_set_text (self->filter_entry, "");
  on_filter (self);
  focus_list (self);
  return TRUE;
}

static void
on_stop_filter (FlServiceDevicesPage *self)
{
  if (!clear_filter (self))
    focus_list (self);
}

static void
on_activated (FlServiceDevicesPage *self, FlVisit *visit)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, visit);
}

static void
on_pointed (FlServiceDevicesPage *self, gboolean pointed)
{
  self->is_pointed = pointed;
  update_frozen (self);
}

static void
on_again (FlServiceDevicesPage *self)
{
  fl_service_devices_page_restart (self);
  g_signal_emit (self, signals[SIGNAL_SEARCH_AGAIN], 0);
}

static void
on_check (FlServiceDevicesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHECK_COMPUTER], 0);
}

static void
on_scan (FlServiceDevicesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SCAN_LABELS], 0);
}

static void
on_wanted (FlServiceDevicesPage *self, int column)
{
  fl_service_devices_page_sort (self, (FlServiceColumn) column);
}

static void
fl_service_devices_page_enter (FlPage *page)
{
  FlServiceDevicesPage *self = FL_SERVICE_DEVICES_PAGE (page);

  if (!focus_list (self))
    gtk_widget_grab_focus (self->check_button);
}

static gboolean
fl_service_devices_page_go_back (FlPage *page)
{
  return clear_filter (FL_SERVICE_DEVICES_PAGE (page));
}

static void
fl_service_devices_page_refresh (FlPage *page)
{
  FlServiceDevicesPage *self = FL_SERVICE_DEVICES_PAGE (page);

  if (self->table != NULL)
    fl_service_table_sort (self->table);
  on_again (self);
}

static void
fl_service_devices_page_find (FlPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (FL_SERVICE_DEVICES_PAGE (page)->filter_entry));
}

static void
drop_visits (FlServiceDevicesPage *self)
{
  fl_item_list_set_model (self->list, NULL, FL_TYPE_SERVICE_ROW, name_of);
  g_clear_object (&self->table);
  if (self->visits != NULL)
    g_signal_handlers_disconnect_by_data (self->visits, self);
  g_clear_object (&self->visits);
}

static void
fl_service_devices_page_dispose (GObject *object)
{
  FlServiceDevicesPage *self = FL_SERVICE_DEVICES_PAGE (object);

  if (self->clock != NULL)
    {
      fl_clock_clear (self->clock, &self->timer_id);
      drop_visits (self);
    }
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fl_service_devices_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (FL_TYPE_ITEM_LIST);
  g_type_ensure (FL_TYPE_SERVICE_HEADING);
  g_type_ensure (FL_TYPE_SERVICE_SORT);
  g_type_ensure (FL_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               FL_UI_PATH "fl-service-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, sort);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, list);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, none_label);
  gtk_widget_class_bind_template_child (widget_class, FlServiceDevicesPage, check_button);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_pointed);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_scan);
  gtk_widget_class_bind_template_callback (widget_class, on_wanted);
}

static void
fl_service_devices_page_class_init (FlServiceDevicesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);
  GType type = G_OBJECT_CLASS_TYPE (klass);

  object_class->dispose = fl_service_devices_page_dispose;
  page_class->enter = fl_service_devices_page_enter;
  page_class->go_back = fl_service_devices_page_go_back;
  page_class->refresh = fl_service_devices_page_refresh;
  page_class->find = fl_service_devices_page_find;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, FL_TYPE_VISIT);
  signals[SIGNAL_SEARCH_AGAIN] =
      g_signal_new ("search-again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHECK_COMPUTER] =
      g_signal_new ("check-computer", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCAN_LABELS] =
      g_signal_new ("scan-labels", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
fl_service_devices_page_init (FlServiceDevicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  watch_touch (self);
  fl_stack_hide_others (self->stack);
  fl_item_list_set_label (self->list, _ ("Devices"));
  fl_service_heading_set_substitute (self->heading, GTK_WIDGET (self->sort));
}

FlPage *
fl_service_devices_page_new (FlClock *clock)
{
  FlServiceDevicesPage *self = g_object_new (FL_TYPE_SERVICE_DEVICES_PAGE, NULL);

  self->clock = g_object_ref (clock);
  fl_service_devices_page_restart (self);
  return FL_PAGE (self);
}

void
fl_service_devices_page_set_visits (FlServiceDevicesPage *self, GListModel *visits)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICES_PAGE (self));

  drop_visits (self);
  if (visits == NULL)
    return;

  self->visits = g_object_ref (visits);
  self->table = fl_service_table_new (visits);
  fl_service_table_set_order (self->table, self->column, self->descending);
  fl_service_table_set_filter (self->table, gtk_editable_get_text (self->filter_entry));
  fl_item_list_set_model (self->list, fl_service_table_get_lines (self->table), FL_TYPE_SERVICE_ROW,
                          name_of);
  g_signal_connect_swapped (visits, "items-changed", G_CALLBACK (on_visits_changed), self);
  update (self);
}

void
fl_service_devices_page_sort (FlServiceDevicesPage *self, FlServiceColumn column)
{
  g_autofree char *words = NULL;

  g_return_if_fail (FL_IS_SERVICE_DEVICES_PAGE (self));
  g_return_if_fail (column < FL_SERVICE_N_COLUMNS);

  self->descending = column == self->column && !self->descending;
  self->column = column;
  fl_service_heading_set_order (self->heading, column, self->descending);
  fl_service_sort_set_column (self->sort, column);
  if (self->table != NULL)
    fl_service_table_set_order (self->table, column, self->descending);
  /* Translators: %s is the heading of a column */
  words = g_strdup_printf (self->descending ? _ ("Sorted by %s, last first.") : _ ("Sorted by %s."),
                           fl_service_get_heading (column));
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, words);
}

void
fl_service_devices_page_restart (FlServiceDevicesPage *self)
{
  g_return_if_fail (FL_IS_SERVICE_DEVICES_PAGE (self));

  fl_clock_clear (self->clock, &self->timer_id);
  self->has_looked = FALSE;
  self->timer_id = fl_clock_add_ms (self->clock, LOOKING_MS, on_looked, self);
  update (self);
}

guint
fl_service_devices_page_get_n_shown (FlServiceDevicesPage *self)
{
  g_return_val_if_fail (FL_IS_SERVICE_DEVICES_PAGE (self), 0);

  return fl_item_list_get_n_shown (self->list);
}
