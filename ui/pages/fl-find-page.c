/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-find-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-find-page.h"

#include "fl-device-news.h"
#include "fl-device-row.h"
#include "fl-find-selection.h"
#include "fl-finders.h"
#include "fl-item-list.h"
#include "fl-light-view.h"
#include "fl-links.h"
#include "fl-need.h"
#include "fl-stack.h"
#include "fl-ui.h"

struct _FlFindPage
{
  FlPage parent_instance;

  FlProduct *product;
  guint n_shown; /* devices in the list so far */
  gboolean scans;

  /* NULL before it has a finder */
  GListModel *devices;
  GListModel *finders;
  FlFindCourse *course;
  FlFindSelection *selection;
  FlDeviceNews *news;

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *looking_label;
  GtkRevealer *hints;
  GtkWidget *light_hint;
  GtkWidget *nothing_label;
  GtkWidget *cable_hint;
  GtkWidget *cable_button;
  FlItemList *list;
  GtkWidget *light_box;
  FlLightView *light_view;
  GtkLabel *light_label;
  GtkWidget *service_button;
  GtkBox *links;
};

G_DEFINE_FINAL_TYPE (FlFindPage, fl_find_page, FL_TYPE_PAGE)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_SEARCH_AGAIN,
  SIGNAL_USE_CABLE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static guint
n_devices (FlFindPage *self)
{
  return self->devices != NULL ? g_list_model_get_n_items (self->devices) : 0;
}

static const char *
name_of (gpointer item)
{
  return fl_device_get_name (item);
}

static gboolean
is_on_label (FlProduct *product)
{
  return product == NULL || fl_product_get_code_source (product) == FL_CODE_SCAN ||
         fl_product_get_secret_source (product) == FL_SECRET_LABEL;
}

/* The main button follows the selection: with a row it goes on, without one the label says which
 * device it is. */
static void
update_button (FlFindPage *self)
{
  FlPage *page = FL_PAGE (self);
  FlDevice *device = fl_item_list_get_selected (self->list);
  FlNeed need = fl_need_of (self->product, NULL);

  if (device != NULL)
    {
      fl_page_set_action_label (page, _ ("C_ontinue"));
      fl_page_set_complete (page, fl_device_get_reachable (device));
    }
  else if ((need & FL_NEED_CODE) != 0)
    {
      fl_page_set_action_label (page, self->scans && is_on_label (self->product)
                                          ? _ ("Scan _Label")
                                          : _ ("_Enter Code"));
      fl_page_set_complete (page, TRUE);
    }
  else
    {
      fl_page_set_action_label (page, _ ("C_ontinue"));
      fl_page_set_complete (page, FALSE);
    }
}

static void
update (FlFindPage *self)
{
  FlFindState state = fl_find_page_get_state (self);
  gboolean has_usb = fl_finders_works (self->finders, FL_ROAD_USB);
  const char *child = "looking";

  if (state == FL_FIND_SOMETHING)
    child = "list";
  else if (state == FL_FIND_NOTHING)
    child = "nothing";

  fl_stack_show_name (self->stack, child);
  /* What is stopped does not look. */
  gtk_widget_set_visible (GTK_WIDGET (self->stack),
                          state == FL_FIND_SOMETHING || fl_finders_look (self->finders));
  gtk_widget_set_visible (self->cable_button, has_usb);
  gtk_widget_set_visible (self->cable_hint, has_usb && self->course != NULL &&
                                                fl_find_course_get_doubts_cable (self->course));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), state == FL_FIND_LOOKING);
  gtk_spinner_set_spinning (self->spinner, state == FL_FIND_LOOKING);
  gtk_revealer_set_reveal_child (self->hints, state == FL_FIND_HINTS);
  gtk_label_set_label (self->looking_label, state == FL_FIND_HINTS
                                                ? _ ("Still looking. Check that:")
                                                : _ ("Looking for devices…"));
  update_button (self);
}

/* Nobody has put the focus anywhere: it is on the main button, on what goes with the empty page, or
 * on what is around it, where GTK puts it when a button goes. */
static gboolean
has_free_focus (FlFindPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!GTK_IS_WINDOW (root) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  return focus == NULL || focus == gtk_window_get_default_widget (GTK_WINDOW (root)) ||
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)) ||
         gtk_widget_is_ancestor (GTK_WIDGET (self->stack), focus);
}

static void
on_devices_changed (FlFindPage *self)
{
  gboolean moves = self->n_shown == 0 && has_free_focus (self);

  update (self);
  self->n_shown = n_devices (self);
  if (moves)
    fl_item_list_focus (self->list);
}

static void
on_problem (FlFindPage *self)
{
  FlFinder *stopped = fl_finders_get_stopped (self->finders);

  fl_page_set_error (FL_PAGE (self), stopped != NULL ? fl_finder_get_problem (stopped) : NULL);
  update (self);
}

static void
on_cable (FlFindPage *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_CABLE], 0);
}

static void
on_activated (FlFindPage *self)
{
  fl_page_activate (FL_PAGE (self));
}

static void
on_again (FlFindPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SEARCH_AGAIN], 0);
  fl_find_page_restart (self);
}

static void
fl_find_page_activate (FlPage *page)
{
  FlFindPage *self = FL_FIND_PAGE (page);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, fl_item_list_get_selected (self->list));
}

static void
fl_find_page_refresh (FlPage *page)
{
  on_again (FL_FIND_PAGE (page));
}

static void
fl_find_page_enter (FlPage *page)
{
  FlFindPage *self = FL_FIND_PAGE (page);

  fl_item_list_focus (self->list);
}

static void
drop_finder (FlFindPage *self)
{
  for (guint i = 0; self->finders != NULL && i < g_list_model_get_n_items (self->finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (self->finders, i);

      g_signal_handlers_disconnect_by_data (finder, self);
    }
  if (self->devices != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->devices, self);
      g_signal_handlers_disconnect_by_data (self->course, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_object (&self->news);
  g_clear_object (&self->selection);
  g_clear_object (&self->course);
  g_clear_object (&self->devices);
  g_clear_object (&self->finders);
}

static void
fl_find_page_dispose (GObject *object)
{
  FlFindPage *self = FL_FIND_PAGE (object);

  drop_finder (self);
  g_clear_object (&self->product);

  G_OBJECT_CLASS (fl_find_page_parent_class)->dispose (object);
}

static void
fl_find_page_class_init (FlFindPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  object_class->dispose = fl_find_page_dispose;
  page_class->activate = fl_find_page_activate;
  page_class->refresh = fl_find_page_refresh;
  page_class->enter = fl_find_page_enter;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", FL_TYPE_FIND_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, FL_TYPE_DEVICE);
  signals[SIGNAL_SEARCH_AGAIN] = g_signal_new ("search-again", FL_TYPE_FIND_PAGE, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_USE_CABLE] = g_signal_new ("use-cable", FL_TYPE_FIND_PAGE, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-find-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, looking_label);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, hints);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, light_hint);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, cable_hint);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, cable_button);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, list);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, light_box);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, light_view);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, light_label);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, service_button);
  gtk_widget_class_bind_template_child (widget_class, FlFindPage, links);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_cable);
}

static void
fl_find_page_init (FlFindPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fl_stack_hide_others (self->stack);
  fl_item_list_set_label (self->list, _ ("Devices nearby"));
}

FlPage *
fl_find_page_new (void)
{
  return g_object_new (FL_TYPE_FIND_PAGE, NULL);
}

void
fl_find_page_set_finder (FlFindPage *self, FlMetaFinder *finder, FlClock *clock)
{
  g_return_if_fail (FL_IS_FIND_PAGE (self));

  drop_finder (self);
  self->devices = g_object_ref (fl_meta_finder_get_devices (finder));
  self->finders = g_object_ref (fl_meta_finder_get_finders (finder));
  self->course = fl_find_course_new (clock);
  g_signal_connect_swapped (self->course, "changed", G_CALLBACK (update), self);
  fl_item_list_set_model (self->list, self->devices, FL_TYPE_DEVICE_ROW, name_of);
  g_signal_connect_swapped (self->devices, "items-changed", G_CALLBACK (on_devices_changed), self);
  for (guint i = 0; i < g_list_model_get_n_items (self->finders); i++)
    {
      g_autoptr (FlFinder) road_finder = g_list_model_get_item (self->finders, i);

      g_signal_connect_swapped (road_finder, "notify::problem", G_CALLBACK (on_problem), self);
    }
  on_problem (self);
  /* After the list, so that what is selected is in it, and what is said comes after the focus. */
  self->selection = fl_find_selection_new (self->list, finder);
  g_signal_connect_swapped (self->selection, "changed", G_CALLBACK (update_button), self);
  self->news = fl_device_news_new (GTK_WIDGET (self), self->devices, clock);
  fl_find_page_restart (self);
}

void
fl_find_page_set_product (FlFindPage *self, FlProduct *product)
{
  const FlLight *light;
  gboolean listens;

  g_return_if_fail (FL_IS_FIND_PAGE (self));

  g_set_object (&self->product, product);
  light = fl_light_from_stage (FL_STAGE_FINDING, fl_product_is_provisioning (product));
  listens = light != NULL && light->state == FL_LIGHT_STATE_LISTENING;
  fl_light_view_set_light (self->light_view, light);
  gtk_label_set_label (self->light_label, _ ("The light on the device blinks slowly in blue."));
  /* A product in provisioning mode has no light of its own for this. */
  gtk_widget_set_visible (self->light_box, listens);
  gtk_widget_set_visible (self->light_hint, listens);
  gtk_widget_set_visible (self->nothing_label, listens);
  gtk_widget_set_visible (self->service_button, fl_product_get_door (product) == NULL);
  fl_links_fill (self->links, product);
  update_button (self);
}

void
fl_find_page_set_scans (FlFindPage *self, gboolean scans)
{
  g_return_if_fail (FL_IS_FIND_PAGE (self));

  self->scans = scans;
  update_button (self);
}

FlFinder *
fl_find_page_get_stopped (FlFindPage *self)
{
  g_return_val_if_fail (FL_IS_FIND_PAGE (self), NULL);

  return fl_finders_get_stopped (self->finders);
}

void
fl_find_page_restart (FlFindPage *self)
{
  g_return_if_fail (FL_IS_FIND_PAGE (self));

  fl_find_course_restart (self->course);
}

void
fl_find_page_unselect (FlFindPage *self)
{
  g_return_if_fail (FL_IS_FIND_PAGE (self));

  fl_find_selection_forget (self->selection);
}

FlFindState
fl_find_page_get_state (FlFindPage *self)
{
  g_return_val_if_fail (FL_IS_FIND_PAGE (self), FL_FIND_QUIET);

  if (n_devices (self) > 0)
    return FL_FIND_SOMETHING;
  return self->course != NULL ? fl_find_course_get_state (self->course) : FL_FIND_QUIET;
}
