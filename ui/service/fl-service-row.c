/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-service-row"
#include "config.h"

#include "fl-service-row.h"

#include "fl-item-list.h"
#include "fl-service-cells.h"

struct _FlServiceRow
{
  AdwBin parent_instance;

  FlVisit *visit;
  GSignalGroup *visit_signals;
  GSignalGroup *device_signals;
  char *words;

  GtkLabel *cells[FL_SERVICE_N_COLUMNS];
  GtkLabel *name_label;
  GtkLabel *first_label;  /* who it is */
  GtkLabel *second_label; /* how it is */
};

G_DEFINE_FINAL_TYPE (FlServiceRow, fl_service_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
  PROP_WORDS
} FlServiceRowProperty;
static GParamSpec *props[PROP_WORDS + 1];

/* What the lines below the name say in a narrow window. */
static const FlServiceColumn first_line[] = { FL_SERVICE_SERIAL, FL_SERVICE_PRODUCT,
                                              FL_SERVICE_ROAD };
static const FlServiceColumn second_line[] = { FL_SERVICE_MODE, FL_SERVICE_FIRMWARE,
                                               FL_SERVICE_NETWORK, FL_SERVICE_CLOUD,
                                               FL_SERVICE_ERROR };

static void
set_line (GtkLabel *label, FlServiceRow *self, const FlServiceColumn *columns, guint n)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char *text = gtk_label_get_label (self->cells[columns[i]]);

      if (*text != 0)
        g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", text);
    }
  gtk_label_set_label (label, line->str);
  gtk_widget_set_visible (GTK_WIDGET (label), line->len > 0);
}

static void
update (FlServiceRow *self)
{
  g_autofree char *words = NULL;

  if (self->visit == NULL)
    return;

  /* It may have been found as another object. */
  g_signal_group_set_target (self->device_signals, fl_visit_get_device (self->visit));

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      g_autofree char *text = fl_service_dup_text (self->visit, (FlServiceColumn) i);

      gtk_label_set_label (self->cells[i], text != NULL ? text : "");
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->cells[i]), text);
    }
  gtk_label_set_label (self->name_label, gtk_label_get_label (self->cells[FL_SERVICE_NAME]));
  set_line (self->first_label, self, first_line, G_N_ELEMENTS (first_line));
  set_line (self->second_label, self, second_line, G_N_ELEMENTS (second_line));
  gtk_widget_set_opacity (GTK_WIDGET (self),
                          fl_device_get_reachable (fl_visit_get_device (self->visit)) ? 1.0 : 0.5);

  words = fl_service_dup_words (self->visit);
  if (g_strcmp0 (self->words, words) == 0)
    return; /* a screen reader need not hear of it */

  g_free (self->words);
  self->words = g_steal_pointer (&words);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WORDS]);
}

static void
update_row (GtkWidget *row)
{
  update (FL_SERVICE_ROW (row));
}

static void
on_notify (FlServiceRow *self)
{
  fl_item_list_update_row (GTK_WIDGET (self), update_row);
}

static void
set_item (FlServiceRow *self, FlVisit *visit)
{
  if (!g_set_object (&self->visit, visit))
    return;

  g_signal_group_set_target (self->visit_signals, visit);
  if (visit == NULL)
    g_signal_group_set_target (self->device_signals, NULL);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ITEM]);
}

static void
fl_service_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlServiceRow *self = FL_SERVICE_ROW (object);

  switch ((FlServiceRowProperty) id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->visit);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    }
}

static void
fl_service_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((FlServiceRowProperty) id)
    {
    case PROP_ITEM:
      set_item (FL_SERVICE_ROW (object), g_value_get_object (value));
      break;
    case PROP_WORDS:
      g_assert_not_reached (); /* read only */
      break;
    }
}

static void
fl_service_row_dispose (GObject *object)
{
  FlServiceRow *self = FL_SERVICE_ROW (object);

  if (self->visit_signals != NULL)
    {
      g_signal_group_set_target (self->visit_signals, NULL);
      g_signal_group_set_target (self->device_signals, NULL);
    }
  g_clear_object (&self->visit_signals);
  g_clear_object (&self->device_signals);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (fl_service_row_parent_class)->dispose (object);
}

static void
fl_service_row_finalize (GObject *object)
{
  g_clear_pointer (&FL_SERVICE_ROW (object)->words, g_free);

  G_OBJECT_CLASS (fl_service_row_parent_class)->finalize (object);
}

static void
fl_service_row_class_init (FlServiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_service_row_dispose;
  object_class->finalize = fl_service_row_finalize;
  object_class->get_property = fl_service_row_get_property;
  object_class->set_property = fl_service_row_set_property;

  props[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_WORDS] =
      g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static GtkLabel *
new_line (const char *style)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                       PANGO_WRAP_WORD_CHAR, "css-classes",
                       (const char *[]){ style, "dim-label", NULL }, NULL);
}

static GtkWidget *
create_narrow (FlServiceRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->name_label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->first_label = new_line ("caption");
  self->second_label = new_line ("caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->first_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->second_label));
  return box;
}

static void
fl_service_row_init (FlServiceRow *self)
{
  GtkWidget *cells = fl_service_cells_new ();

  self->visit_signals = g_signal_group_new (FL_TYPE_VISIT);
  g_signal_group_connect_swapped (self->visit_signals, "notify", G_CALLBACK (on_notify), self);
  self->device_signals = g_signal_group_new (FL_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->device_signals, "notify", G_CALLBACK (on_notify), self);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      self->cells[i] =
          g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
      fl_service_cells_set_cell (FL_SERVICE_CELLS (cells), (FlServiceColumn) i,
                                 GTK_WIDGET (self->cells[i]));
    }
  fl_service_cells_set_narrow (FL_SERVICE_CELLS (cells), create_narrow (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "item-row");
  adw_bin_set_child (ADW_BIN (self), cells);
}
