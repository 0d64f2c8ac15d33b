/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-labels-list"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-labels-list.h"

#include "fl-identity.h"

struct _FlLabelsList
{
  AdwBin parent_instance;

  FlLabelStream *stream;
  GListModel *visits; /* (nullable) */
  FlLabelText *again; /* (nullable) */
  guint update_id;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (FlLabelsList, fl_labels_list, ADW_TYPE_BIN)

FlVisit *
fl_labels_find_visit (GListModel *visits, FlLabel *label)
{
  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);
      FlDevice *device = fl_visit_get_device (visit);
      const char *serial = fl_device_get_serial (device);

      if (serial != NULL && fl_label_get_serial (label) != NULL
              ? g_ascii_strcasecmp (serial, fl_label_get_serial (label)) == 0
              : g_str_equal (fl_device_get_ending (device), fl_label_get_setup_code (label)))
        return visit; /* the list keeps it */
    }
  return NULL;
}

static const char *
get_product (FlLabel *label)
{
  FlIdentity identity = { .serial = label != NULL ? fl_label_get_serial (label) : NULL };

  return identity.serial != NULL ? fl_identity_get_product (&identity) : NULL;
}

static const char *
get_status (FlLabelsList *self, FlLabelText *text, gboolean is_first, gboolean is_near)
{
  if (self->again != NULL && fl_label_text_equal (self->again, text))
    return _ ("Already scanned");
  if (!is_near)
    return _ ("Not seen nearby yet");
  /* Translators: a label that was just added */
  return is_first ? _ ("New") : _ ("Nearby");
}

static GtkWidget *
create_row (FlLabelsList *self, FlLabelText *text, guint position)
{
  FlLabel *label = fl_label_text_get_label (text);
  const guint number = g_list_model_get_n_items (G_LIST_MODEL (self->stream)) - position;
  const gboolean is_near = label != NULL && fl_labels_find_visit (self->visits, label) != NULL;
  const char *product = get_product (label);
  const char *name = fl_label_text_get_number (text);
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  const char *status = get_status (self, text, position == 0, is_near);
  g_autofree char *said = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *count = gtk_label_new (number_text);
  GtkWidget *mark =
      gtk_image_new_from_icon_name (is_near ? "object-select-symbolic" : "fl-ring-symbolic");
  GtkWidget *words = gtk_label_new (status);

  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (count), 2);
  gtk_label_set_xalign (GTK_LABEL (count), 1);
  gtk_widget_add_css_class (mark, is_near ? "success" : "dim-label");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (words, "caption");
  g_object_set (words, "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_RIGHT);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               product != NULL
                                   ? product
                                   : fl_label_kind_get_name (fl_label_text_get_kind (text)));
  /* Translators: what a screen reader says of a label: its number in the order of scanning, its
   * serial number, its product, and whether it is new or nearby */
  said = g_strdup_printf (_ ("Label %u, %s, %s, %s"), number, name != NULL ? name : "",
                          adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), status);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), count);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), words);
  return row;
}

static void
fill (FlLabelsList *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stream));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < MIN (n, FL_LABELS_LIST_MAX); i++)
    {
      g_autoptr (FlLabelItem) item = g_list_model_get_item (G_LIST_MODEL (self->stream), i);

      gtk_list_box_append (self->list, create_row (self, fl_label_item_get_text (item), i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static gboolean
update (gpointer data)
{
  FlLabelsList *self = data;

  self->update_id = 0;
  if (self->stream != NULL)
    fill (self);
  return G_SOURCE_REMOVE;
}

/* Devices come by the dozen. */
static void
queue_update (FlLabelsList *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update, self);
}

static void
fl_labels_list_dispose (GObject *object)
{
  FlLabelsList *self = FL_LABELS_LIST (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  fl_labels_list_set_visits (self, NULL);
  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->again, fl_label_text_unref);

  G_OBJECT_CLASS (fl_labels_list_parent_class)->dispose (object);
}

static void
fl_labels_list_class_init (FlLabelsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_labels_list_dispose;
}

static void
fl_labels_list_init (FlLabelsList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Scanned labels"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
fl_labels_list_set_stream (FlLabelsList *self, FlLabelStream *stream)
{
  g_return_if_fail (FL_IS_LABELS_LIST (self));
  g_return_if_fail (self->stream == NULL);

  self->stream = g_object_ref (stream);
  g_signal_connect_swapped (stream, "items-changed", G_CALLBACK (fill), self);
  fill (self);
}

void
fl_labels_list_set_visits (FlLabelsList *self, GListModel *visits)
{
  g_return_if_fail (FL_IS_LABELS_LIST (self));

  if (self->visits != NULL)
    g_signal_handlers_disconnect_by_data (self->visits, self);
  if (g_set_object (&self->visits, visits) && visits != NULL)
    g_signal_connect_swapped (visits, "items-changed", G_CALLBACK (queue_update), self);
  if (visits != NULL)
    queue_update (self);
}

void
fl_labels_list_set_again (FlLabelsList *self, FlLabelText *text)
{
  g_return_if_fail (FL_IS_LABELS_LIST (self));

  if (self->again == text)
    return;
  g_clear_pointer (&self->again, fl_label_text_unref);
  self->again = text != NULL ? fl_label_text_ref (text) : NULL;
  if (self->stream != NULL)
    fill (self);
}
