/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-network-row"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-network-row.h"

#include "fl-signal-bars.h"
#include "fl-ui.h"
#include "fl-item-list.h"

struct _FlNetworkRow
{
  AdwBin parent_instance;

  FlNetworkItem *item;
  GSignalGroup *network_signals;
  char *words;

  GtkLabel *name_label;
  GtkLabel *reason_label;
  GtkWidget *lock_image;
  FlSignalBars *bars;
};

G_DEFINE_FINAL_TYPE (FlNetworkRow, fl_network_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
  PROP_WORDS
} FlNetworkRowProperty;
static GParamSpec *props[PROP_WORDS + 1];

static void
update (FlNetworkRow *self)
{
  g_autofree char *words = NULL;
  FlNetwork *network;
  const char *reason;

  if (self->item == NULL)
    return;

  network = fl_network_item_get_network (self->item);
  reason = fl_network_item_get_reason (self->item);
  gtk_label_set_label (self->name_label, fl_network_get_name (network));
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  gtk_widget_set_opacity (self->lock_image,
                          fl_network_get_security (network) != FL_SECURITY_OPEN ? 1.0 : 0.0);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), fl_network_get_rssi (network) != 0);
  fl_signal_bars_set_bars (self->bars, fl_network_get_bars (network));
  gtk_widget_set_opacity (GTK_WIDGET (self), reason == NULL ? 1.0 : 0.55);

  words = fl_network_item_dup_words (self->item);
  if (g_strcmp0 (self->words, words) == 0)
    return; /* a screen reader need not hear of it */

  g_free (self->words);
  self->words = g_steal_pointer (&words);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WORDS]);
}

static void
update_row (GtkWidget *row)
{
  update (FL_NETWORK_ROW (row));
}

static void
on_network_notify (FlNetworkRow *self)
{
  fl_item_list_update_row (GTK_WIDGET (self), update_row);
}

static void
fl_network_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlNetworkRow *self = FL_NETWORK_ROW (object);

  switch ((FlNetworkRowProperty) id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    }
}

static void
fl_network_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlNetworkRow *self = FL_NETWORK_ROW (object);

  switch ((FlNetworkRowProperty) id)
    {
    case PROP_ITEM:
      if (!g_set_object (&self->item, g_value_get_object (value)))
        return;
      g_signal_group_set_target (self->network_signals,
                                 self->item != NULL ? fl_network_item_get_network (self->item)
                                                    : NULL);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_WORDS:
      g_assert_not_reached (); /* read only */
      break;
    }
}

static void
fl_network_row_dispose (GObject *object)
{
  FlNetworkRow *self = FL_NETWORK_ROW (object);

  if (self->network_signals != NULL)
    g_signal_group_set_target (self->network_signals, NULL);
  g_clear_object (&self->network_signals);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (fl_network_row_parent_class)->dispose (object);
}

static void
fl_network_row_finalize (GObject *object)
{
  g_clear_pointer (&FL_NETWORK_ROW (object)->words, g_free);

  G_OBJECT_CLASS (fl_network_row_parent_class)->finalize (object);
}

static void
fl_network_row_class_init (FlNetworkRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_network_row_dispose;
  object_class->finalize = fl_network_row_finalize;
  object_class->get_property = fl_network_row_get_property;
  object_class->set_property = fl_network_row_set_property;

  props[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_WORDS] =
      g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-network-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FlNetworkRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkRow, reason_label);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkRow, lock_image);
  gtk_widget_class_bind_template_child (widget_class, FlNetworkRow, bars);
}

static void
fl_network_row_init (FlNetworkRow *self)
{
  self->network_signals = g_signal_group_new (FL_TYPE_NETWORK);
  g_signal_group_connect_swapped (self->network_signals, "notify", G_CALLBACK (on_network_notify),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
