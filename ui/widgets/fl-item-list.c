/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-item-list"
#include "config.h"

#include "fl-item-list.h"

#include "fl-paced-list.h"
#include "fl-ui.h"
#include "fl-row-queue.h"

#define ROWS_IN_SIGHT 3
#define ROW_HEIGHT    54 /* px, of a row without a second line */
#define LINES_HEIGHT  42 /* px, of the two lines of a row, with text of the usual size */
#define TYPE_AHEAD_US (1 * G_USEC_PER_SEC) /* letters within it belong together */

struct _FlItemList
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *view;
  GtkEventControllerMotion *motion;
  GtkEventControllerFocus *focus;

  GtkSingleSelection *selection;
  GtkCustomFilter *filter;
  char *filter_text; /* case-folded */
  FlItemNameFunc name;
  GType row_type;
  GHashTable *rows; /* item -> row shown for it, both borrowed */
  FlRowQueue *queue;
  gboolean pointed;
  GString *typed;
  gint64 typed_us;
};

G_DEFINE_FINAL_TYPE (FlItemList, fl_item_list, ADW_TYPE_BIN)

typedef enum
{
  PROP_SELECTED = 1
} FlItemListProperty;
static GParamSpec *props[PROP_SELECTED + 1];

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_CLICKED,
  SIGNAL_POINTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* GTK 4.8 gives a list item no name of its own, so it takes its row's words. */
static void
on_words (GtkWidget *row)
{
  GtkWidget *cell = gtk_widget_get_parent (row);
  g_autofree char *words = NULL;

  if (cell == NULL)
    return;

  g_object_get (row, "words", &words, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
}

static void
on_clicked (FlItemList *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  g_autoptr (GObject) item = NULL;

  g_object_get (row, "item", &item, NULL);
  if (item != NULL && n_press == 1)
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0, item);
}

static void
on_setup (FlItemList *self, GtkListItem *list_item)
{
  GtkWidget *row = g_object_new (self->row_type, NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));

  g_signal_connect (row, "notify::words", G_CALLBACK (on_words), NULL);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (FlItemList *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  gpointer item = gtk_list_item_get_item (list_item);

  g_object_set (row, "item", item, NULL);
  g_hash_table_insert (self->rows, item, row);
  on_words (row);
}

static void
on_unbind (FlItemList *self, GtkListItem *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  gpointer item = gtk_list_item_get_item (list_item);

  if (self->rows != NULL && g_hash_table_lookup (self->rows, item) == row)
    g_hash_table_remove (self->rows, item);
  if (row != NULL)
    g_object_set (row, "item", NULL, NULL);
}

static void
on_activate (FlItemList *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item);
}

/* Large text makes high rows. */
static int
get_row_height (FlItemList *self)
{
  int dpi_1024 = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi_1024, NULL);
  return MAX (ROW_HEIGHT, (int) ((gint64) LINES_HEIGHT * dpi_1024 / (96 * PANGO_SCALE)));
}

/* A page that is too small for everything scrolls, but some rows stay in sight. */
static void
on_items_changed (FlItemList *self)
{
  guint n = MIN (fl_item_list_get_n_shown (self), ROWS_IN_SIGHT);

  gtk_scrolled_window_set_min_content_height (self->scroller, (int) n * get_row_height (self));
}

static void
on_selected (FlItemList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
on_pointed (FlItemList *self)
{
  gboolean pointed = gtk_event_controller_motion_contains_pointer (self->motion) ||
                     gtk_event_controller_focus_contains_focus (self->focus);

  if (self->pointed == pointed)
    return;

  self->pointed = pointed;
  g_signal_emit (self, signals[SIGNAL_POINTED], 0, pointed);
}

static char *
fold (FlItemList *self, gpointer item)
{
  const char *name = self->name != NULL ? self->name (item) : NULL;

  return g_utf8_casefold (name != NULL ? name : "", -1);
}

static gboolean
focus_position (FlItemList *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GtkWidget *row;

  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  row = g_hash_table_lookup (self->rows, item);
  return gtk_widget_grab_focus (row != NULL ? gtk_widget_get_parent (row)
                                            : GTK_WIDGET (self->view));
}

static void
go_to (FlItemList *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  focus_position (self, position);
}

static gboolean
type_ahead (FlItemList *self, gunichar letter)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  gint64 now_us = g_get_monotonic_time ();
  g_autofree char *wanted = NULL;

  if (now_us - self->typed_us > TYPE_AHEAD_US)
    g_string_truncate (self->typed, 0);
  self->typed_us = now_us;
  g_string_append_unichar (self->typed, letter);
  wanted = g_utf8_casefold (self->typed->str, -1);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *name = fold (self, item);

      if (g_str_has_prefix (name, wanted))
        {
          go_to (self, i);
          return GDK_EVENT_STOP;
        }
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_key (FlItemList *self, guint keyval, guint keycode, GdkModifierType state)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isalnum (letter) || self->selection == NULL)
    return GDK_EVENT_PROPAGATE;

  return type_ahead (self, letter);
}

static gboolean
matches (gpointer item, gpointer data)
{
  FlItemList *self = data;
  g_autofree char *name = NULL;

  if (self->filter_text == NULL || *self->filter_text == 0)
    return TRUE;

  name = fold (self, item);
  return strstr (name, self->filter_text) != NULL;
}

static void
fl_item_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlItemListProperty) id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, fl_item_list_get_selected (FL_ITEM_LIST (object)));
      break;
    }
}

static void
fl_item_list_dispose (GObject *object)
{
  FlItemList *self = FL_ITEM_LIST (object);

  g_clear_pointer (&self->queue, fl_row_queue_free);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  self->filter = NULL;

  G_OBJECT_CLASS (fl_item_list_parent_class)->dispose (object);
}

static void
fl_item_list_finalize (GObject *object)
{
  FlItemList *self = FL_ITEM_LIST (object);

  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->filter_text, g_free);
  g_string_free (self->typed, TRUE);

  G_OBJECT_CLASS (fl_item_list_parent_class)->finalize (object);
}

static void
fl_item_list_class_init (FlItemListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_item_list_dispose;
  object_class->finalize = fl_item_list_finalize;
  object_class->get_property = fl_item_list_get_property;

  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, G_TYPE_OBJECT,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", FL_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", FL_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[SIGNAL_POINTED] = g_signal_new ("pointed", FL_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-item-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FlItemList, scroller);
  gtk_widget_class_bind_template_child (widget_class, FlItemList, view);
  gtk_widget_class_bind_template_child (widget_class, FlItemList, motion);
  gtk_widget_class_bind_template_child (widget_class, FlItemList, focus);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_pointed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
fl_item_list_init (FlItemList *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->typed = g_string_new (NULL);
  self->queue = fl_row_queue_new (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fl_item_list_set_model (FlItemList *self, GListModel *model, GType row_type, FlItemNameFunc name)
{
  GtkListItemFactory *factory;
  GtkFilterListModel *filtered;

  g_return_if_fail (FL_IS_ITEM_LIST (self));

  self->row_type = row_type;
  self->name = name;
  gtk_list_view_set_model (self->view, NULL);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  self->filter = NULL;
  if (model == NULL)
    return;

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (fl_paced_list_new (model)),
                                        GTK_FILTER (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, FALSE); /* Space must not */
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected),
                            self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (on_items_changed), self);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  on_items_changed (self);
}

void
fl_item_list_set_label (FlItemList *self, const char *label)
{
  g_return_if_fail (FL_IS_ITEM_LIST (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

gpointer
fl_item_list_get_selected (FlItemList *self)
{
  g_return_val_if_fail (FL_IS_ITEM_LIST (self), NULL);

  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

void
fl_item_list_select (FlItemList *self, gpointer item)
{
  GListModel *model;
  guint found = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (FL_IS_ITEM_LIST (self));

  if (self->selection == NULL)
    return;

  model = G_LIST_MODEL (self->selection);
  for (guint i = 0; item != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) candidate = g_list_model_get_item (model, i);

      if (candidate == item)
        found = i;
    }
  gtk_single_selection_set_selected (self->selection, found);
}

void
fl_item_list_set_filter (FlItemList *self, const char *text)
{
  g_return_if_fail (FL_IS_ITEM_LIST (self));

  g_free (self->filter_text);
  self->filter_text = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  if (self->filter != NULL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

guint
fl_item_list_get_n_shown (FlItemList *self)
{
  g_return_val_if_fail (FL_IS_ITEM_LIST (self), 0);

  return self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}

void
fl_item_list_show_first (FlItemList *self)
{
  g_return_if_fail (FL_IS_ITEM_LIST (self));

  if (fl_item_list_get_n_shown (self) == 0)
    return;

  if (gtk_event_controller_focus_contains_focus (self->focus))
    focus_position (self, 0);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
}

gboolean
fl_item_list_focus (FlItemList *self)
{
  g_return_val_if_fail (FL_IS_ITEM_LIST (self), FALSE);

  if (fl_item_list_get_n_shown (self) == 0)
    return FALSE;

  /* The list itself would go back to the row it was on last. */
  if (fl_item_list_get_selected (self) == NULL)
    return focus_position (self, 0);
  return gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

GtkWidget *
fl_item_list_get_row (FlItemList *self, gpointer item)
{
  g_return_val_if_fail (FL_IS_ITEM_LIST (self), NULL);

  return g_hash_table_lookup (self->rows, item);
}

void
fl_item_list_update_row (GtkWidget *row, void (*update) (GtkWidget *row))
{
  GtkWidget *list = gtk_widget_get_ancestor (row, FL_TYPE_ITEM_LIST);

  if (list != NULL && FL_ITEM_LIST (list)->queue != NULL)
    fl_row_queue_add (FL_ITEM_LIST (list)->queue, row, update);
  else
    update (row);
}
