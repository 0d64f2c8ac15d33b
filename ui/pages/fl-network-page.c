/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-network-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-network-page.h"

#include "fl-announce.h"
#include "fl-item-list.h"
#include "fl-network-row.h"
#include "fl-network-source.h"
#include "fl-reason.h"
#include "fl-steady-list.h"
#include "fl-stack.h"
#include "fl-ui.h"

#define SPINNER_MS 3000  /* a wait shorter than this needs no spinner */
#define SLOW_MS    10000 /* then the page says that the device still searches */

/* Whose networks are shown. */
typedef enum
{
  ORIGIN_DEVICE,
  ORIGIN_COMPUTER, /* the device lists none */
  ORIGIN_BOTH,     /* what the device leaves out is explained */
} Origin;

struct _FlNetworkPage
{
  FlPage parent_instance;

  FlClock *clock;
  FlComputerWifi *wifi; /* (nullable) */
  GListModel *given;    /* of FlNetwork, (nullable): what the device sees */
  GListModel *source;   /* of what is shown, by origin; (nullable) */
  Origin origin;
  FlSteadyList *networks; /* of FlNetworkItem */
  FlCapabilities capabilities;
  FlStage stage;
  gboolean scanning;
  gboolean pointed;
  gboolean frozen;
  gboolean waits_long;
  guint spinner_id;
  guint slow_id;

  GtkRevealer *filter_revealer;
  GtkEditable *filter_entry;
  GtkStack *stack;
  GtkLabel *waiting_label;
  GtkSpinner *waiting_spinner;
  FlItemList *list;
  GtkLabel *status_label;
  GtkWidget *tools;
  GtkWidget *other_button;
  GtkWidget *again_button;
};

G_DEFINE_FINAL_TYPE (FlNetworkPage, fl_network_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OTHER_NETWORK,
  SIGNAL_SEARCH_AGAIN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
name_of (gpointer item)
{
  return fl_network_get_name (fl_network_item_get_network (item));
}

static const char *
waiting_words (FlNetworkPage *self)
{
  switch (self->stage)
    {
    case FL_STAGE_FINDING:
      return _ ("Looking for the device…");
    case FL_STAGE_CONNECTING:
      return _ ("Connecting to the device…");
    case FL_STAGE_SECURING:
      return _ ("Opening a secure connection…");
    case FL_STAGE_READING:
      return _ ("Asking the device what it can do…");
    case FL_STAGE_CHOOSING:
      return _ ("The device is searching for networks…");
    case FL_STAGE_SENDING:
    case FL_STAGE_JOINING:
    case FL_STAGE_ADDRESSING:
    case FL_STAGE_REACHING:
    case FL_STAGE_ONLINE:
    case FL_STAGE_FAILED:
    case FL_STAGE_CANCELLED:
      return "";
    }
  return "";
}

/* A device that lists no networks: their names have to come from elsewhere. */
static gboolean
wants_name (FlNetworkPage *self)
{
  return self->stage == FL_STAGE_CHOOSING && (self->capabilities & FL_CAN_SCAN) == 0 &&
         fl_network_page_get_n_networks (self) == 0;
}

static void
update_button (FlNetworkPage *self)
{
  FlNetworkItem *item = fl_item_list_get_selected (self->list);

  if (wants_name (self))
    {
      fl_page_set_action_label (FL_PAGE (self), _ ("Other _Network…"));
      fl_page_set_complete (FL_PAGE (self), TRUE);
      return;
    }
  fl_page_set_action_label (FL_PAGE (self),
                            fl_network_page_get_n_networks (self) > 0 ? _ ("C_ontinue") : NULL);
  fl_page_set_complete (FL_PAGE (self), item != NULL && self->stage == FL_STAGE_CHOOSING &&
                                            fl_network_item_get_problem (item) == NULL);
}

static void
update_tools (FlNetworkPage *self)
{
  gboolean scans = (self->capabilities & FL_CAN_SCAN) != 0;

  gtk_widget_set_visible (self->tools, self->stage == FL_STAGE_CHOOSING && !wants_name (self));
  gtk_widget_set_sensitive (self->again_button, !self->scanning);
  gtk_widget_set_visible (self->again_button, scans);
  gtk_widget_set_visible (self->other_button, !scans || (self->capabilities & FL_CAN_HIDDEN) != 0);
}

static void
update (FlNetworkPage *self)
{
  guint n = fl_network_page_get_n_networks (self);
  gboolean choosing = self->stage == FL_STAGE_CHOOSING;
  gboolean over = self->stage == FL_STAGE_FAILED || self->stage == FL_STAGE_CANCELLED;
  gboolean waits = n == 0 && !over && (!choosing || self->scanning);
  const char *status = NULL;

  if (n > 0)
    fl_stack_show_name (self->stack, "list");
  else if (wants_name (self))
    fl_stack_show_name (self->stack, "nameless");
  else if (choosing && !self->scanning)
    fl_stack_show_name (self->stack, "empty");
  else
    fl_stack_show_name (self->stack, "waiting");

  gtk_label_set_label (self->waiting_label, waiting_words (self));
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !over || n > 0);
  gtk_spinner_set_spinning (self->waiting_spinner, waits && self->waits_long);
  gtk_widget_set_opacity (GTK_WIDGET (self->waiting_spinner), waits && self->waits_long ? 1 : 0);

  if (choosing && self->scanning && self->slow_id == 0)
    status = _ ("The device is still searching.");
  else if (n > 0 && self->origin == ORIGIN_COMPUTER)
    status = _ ("This computer sees these networks. The device lists none over this cable.");
  if (n > 0 && fl_item_list_get_n_shown (self->list) == 0)
    status = _ ("No network has this in its name.");
  gtk_label_set_label (self->status_label, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), status != NULL);

  update_tools (self);
  update_button (self);
}

static void
on_spinner (gpointer data)
{
  FlNetworkPage *self = data;

  self->spinner_id = 0;
  self->waits_long = TRUE;
  update (self);
}

static void
on_slow (gpointer data)
{
  FlNetworkPage *self = data;

  self->slow_id = 0;
  update (self);
  if (self->scanning)
    fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_LOW, _ ("The device is still searching."));
}

static void
restart_timers (FlNetworkPage *self)
{
  fl_clock_clear (self->clock, &self->spinner_id);
  fl_clock_clear (self->clock, &self->slow_id);
  self->waits_long = FALSE;
  self->spinner_id = fl_clock_add_ms (self->clock, SPINNER_MS, on_spinner, self);
  self->slow_id = fl_clock_add_ms (self->clock, SLOW_MS, on_slow, self);
}

static void
announce (FlNetworkPage *self)
{
  GListModel *model = G_LIST_MODEL (self->networks);
  guint n = g_list_model_get_n_items (model), unusable = 0;
  g_autofree char *count = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FlNetworkItem) item = g_list_model_get_item (model, i);

      unusable += fl_network_item_get_problem (item) != NULL;
    }

  if (wants_name (self))
    {
      fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM,
                   _ ("This device does not list networks over this cable."));
      return;
    }
  count = n == 0 ? g_strdup (_ ("The device sees no networks."))
                 : g_strdup_printf (ngettext ("%u network.", "%u networks.", n), n);
  rest = g_strdup_printf (ngettext ("%u cannot be used by this device.",
                                    "%u cannot be used by this device.", unusable),
                          unusable);
  words = unusable > 0 ? g_strconcat (count, " ", rest, NULL) : g_strdup (count);
  fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, words);
}

/* Focus alone does not freeze: it is put into the list when the first rows come. */
static void
update_frozen (FlNetworkPage *self)
{
  self->frozen = self->pointed && fl_item_list_get_selected (self->list) != NULL;
  fl_steady_list_set_frozen (self->networks, self->frozen);
}

static void
on_networks_changed (FlNetworkPage *self, guint position, guint removed, guint added)
{
  gboolean first = added > 0 && g_list_model_get_n_items (G_LIST_MODEL (self->networks)) == added;

  update (self);
  if (!self->frozen)
    fl_item_list_show_first (self->list);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fl_page_enter (FL_PAGE (self));
}

static void
on_selected (FlNetworkPage *self)
{
  update_frozen (self);
  update_button (self);
}

static void
on_pointed (FlNetworkPage *self, gboolean pointed)
{
  self->pointed = pointed;
  update_frozen (self);
}

static void
explain (FlNetworkPage *self, FlNetworkItem *item)
{
  GtkWidget *row = fl_item_list_get_row (self->list, item);

  if (row != NULL)
    fl_reason_popup (row, fl_network_item_get_problem (item));
}

static void
on_clicked (FlNetworkPage *self, FlNetworkItem *item)
{
  if (fl_network_item_get_problem (item) != NULL)
    explain (self, item);
}

static void
on_activated (FlNetworkPage *self, FlNetworkItem *item)
{
  if (fl_network_item_get_problem (item) != NULL)
    explain (self, item);
  else
    fl_page_activate (FL_PAGE (self));
}

static void
on_again (FlNetworkPage *self)
{
  if (self->stage != FL_STAGE_CHOOSING || self->scanning || (self->capabilities & FL_CAN_SCAN) == 0)
    return;

  fl_steady_list_sort (self->networks);
  g_signal_emit (self, signals[SIGNAL_SEARCH_AGAIN], 0);
}

static void
on_other (FlNetworkPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OTHER_NETWORK], 0);
}

static void
on_filter (FlNetworkPage *self)
{
  fl_item_list_set_filter (self->list, gtk_editable_get_text (self->filter_entry));
  update (self);
}

static void
on_stop_filter (FlNetworkPage *self)
{
  gtk_editable_set_text (self->filter_entry, "");
  gtk_revealer_set_reveal_child (self->filter_revealer, FALSE);
  fl_item_list_focus (self->list);
}

static void
fl_network_page_activate (FlPage *page)
{
  FlNetworkPage *self = FL_NETWORK_PAGE (page);
  FlNetworkItem *item = fl_item_list_get_selected (self->list);

  if (item == NULL)
    {
      on_other (self);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, fl_network_item_get_network (item));
}

static void
fl_network_page_enter (FlPage *page)
{
  FlNetworkPage *self = FL_NETWORK_PAGE (page);

  if (!fl_item_list_focus (self->list))
    gtk_widget_child_focus (self->tools, GTK_DIR_TAB_FORWARD);
}

static void
fl_network_page_refresh (FlPage *page)
{
  on_again (FL_NETWORK_PAGE (page));
}

static void
fl_network_page_find (FlPage *page)
{
  FlNetworkPage *self = FL_NETWORK_PAGE (page);

  gtk_revealer_set_reveal_child (self->filter_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

static gboolean
fl_network_page_go_back (FlPage *page)
{
  FlNetworkPage *self = FL_NETWORK_PAGE (page);

  if (!gtk_revealer_get_reveal_child (self->filter_revealer))
    return FALSE;

  on_stop_filter (self);
  return TRUE;
}

static void
fl_network_page_dispose (GObject *object)
{
  FlNetworkPage *self = FL_NETWORK_PAGE (object);

  if (self->clock != NULL)
    {
      fl_clock_clear (self->clock, &self->spinner_id);
      fl_clock_clear (self->clock, &self->slow_id);
    }
  g_clear_object (&self->clock);
  if (self->networks != NULL)
    g_signal_handlers_disconnect_by_data (self->networks, self);
  g_clear_object (&self->networks);
  g_clear_object (&self->source);
  g_clear_object (&self->given);
  g_clear_object (&self->wifi);

  G_OBJECT_CLASS (fl_network_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, filter_revealer);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, waiting_spinner);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, list);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, tools);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, other_button);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkPage, again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_pointed);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_filter);
}

static void
fl_network_page_class_init (FlNetworkPageClass *klass)
{
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_network_page_dispose;
  page_class->activate = fl_network_page_activate;
  page_class->enter = fl_network_page_enter;
  page_class->refresh = fl_network_page_refresh;
  page_class->find = fl_network_page_find;
  page_class->go_back = fl_network_page_go_back;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", FL_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_NETWORK);
  signals[SIGNAL_OTHER_NETWORK] =
      g_signal_new ("other-network", FL_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  signals[SIGNAL_SEARCH_AGAIN] =
      g_signal_new ("search-again", FL_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
fl_network_page_init (FlNetworkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_stack_hide_others (self->stack);
  self->networks = fl_steady_list_new (fl_network_item_compare, NULL);
  fl_item_list_set_label (self->list, _ ("Wi-Fi networks"));
  fl_item_list_set_model (self->list, G_LIST_MODEL (self->networks), FL_TYPE_NETWORK_ROW, name_of);
  g_signal_connect_swapped (self->networks, "items-changed", G_CALLBACK (on_networks_changed),
                            self);
}

FlPage *
fl_network_page_new (FlClock *clock)
{
  FlNetworkPage *self = g_object_new (FL_TYPE_NETWORK_PAGE, NULL);

  self->clock = g_object_ref (clock);
  return FL_PAGE (self);
}

static gpointer
new_item (gpointer network, gpointer data)
{
  FlNetworkItem *item = fl_network_item_new (network, (FlCapabilities) GPOINTER_TO_UINT (data));

  g_object_unref (network);
  return item;
}

/* A device without a list of its own is near this computer, which has one. What a journey that
 * ended could do is not known. */
static Origin
choose_origin (FlNetworkPage *self)
{
  if (self->wifi == NULL || self->given == NULL)
    return ORIGIN_DEVICE;
  if ((self->capabilities & FL_CAN_SCAN) != 0)
    return (self->capabilities & FL_CAN_ENTERPRISE) != 0 ? ORIGIN_DEVICE : ORIGIN_BOTH;
  return self->stage < FL_STAGE_CHOOSING || self->stage >= FL_STAGE_FAILED ? ORIGIN_DEVICE
                                                                           : ORIGIN_COMPUTER;
}

/* (transfer full) (nullable) */
static GListModel *
create_source (FlNetworkPage *self, Origin origin)
{
  switch (origin)
    {
    case ORIGIN_DEVICE:
      return self->given != NULL ? g_object_ref (self->given) : NULL;
    case ORIGIN_COMPUTER:
      return g_object_ref (fl_computer_wifi_get_networks (self->wifi));
    case ORIGIN_BOTH:
      return fl_network_source_new (self->given, fl_computer_wifi_get_networks (self->wifi));
    }
  g_return_val_if_reached (NULL);
}

static void
update_source (FlNetworkPage *self)
{
  Origin origin = choose_origin (self);

  if (self->source != NULL && origin == self->origin)
    return;
  self->origin = origin;
  g_clear_object (&self->source);
  self->source = create_source (self, origin);
  if (self->wifi != NULL && origin != ORIGIN_DEVICE)
    fl_computer_wifi_start (self->wifi);
  else if (self->wifi != NULL)
    fl_computer_wifi_stop (self->wifi);
  fl_steady_list_set_source (self->networks, self->source, new_item,
                             GUINT_TO_POINTER ((guint) self->capabilities));
}

void
fl_network_page_set_wifi (FlNetworkPage *self, FlComputerWifi *wifi)
{
  g_return_if_fail (FL_IS_NETWORK_PAGE (self));
  g_return_if_fail (self->wifi == NULL);

  self->wifi = g_object_ref (wifi);
  update_source (self);
  update (self);
}

void
fl_network_page_set_networks (FlNetworkPage *self,
                              GListModel *networks,
                              FlCapabilities capabilities)
{
  g_return_if_fail (FL_IS_NETWORK_PAGE (self));

  /* The same again must not move or unselect anything. */
  if (self->given == networks && self->capabilities == capabilities)
    return;

  g_set_object (&self->given, networks);
  g_clear_object (&self->source);
  self->capabilities = capabilities;
  update_source (self);
  update (self);
}

void
fl_network_page_set_stage (FlNetworkPage *self, FlStage stage, gboolean scanning)
{
  gboolean ended, arrived;

  g_return_if_fail (FL_IS_NETWORK_PAGE (self));

  if (self->stage == stage && self->scanning == scanning)
    {
      update (self);
      return;
    }

  ended = self->scanning && !scanning && stage == FL_STAGE_CHOOSING;
  arrived = self->stage != FL_STAGE_CHOOSING && stage == FL_STAGE_CHOOSING;
  self->stage = stage;
  self->scanning = scanning;
  update_source (self);
  restart_timers (self);
  update (self);

  if (ended || (arrived && wants_name (self)))
    announce (self);
  else if (*waiting_words (self) != 0 && fl_network_page_get_n_networks (self) == 0)
    fl_announce (GTK_WIDGET (self), FL_ANNOUNCE_MEDIUM, waiting_words (self));
}

guint
fl_network_page_get_n_networks (FlNetworkPage *self)
{
  g_return_val_if_fail (FL_IS_NETWORK_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->networks));
}
