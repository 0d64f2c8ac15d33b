/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-device-row"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-device-row.h"

#include "fl-error.h"
#include "fl-network.h"
#include "fl-signal-bars.h"
#include "fl-ui.h"
#include "fl-item-list.h"

struct _FlDeviceRow
{
  AdwBin parent_instance;

  FlDevice *device;
  GSignalGroup *device_signals;
  char *words;

  GtkLabel *name_label;
  GtkLabel *detail_label;
  FlSignalBars *bars;
};

G_DEFINE_FINAL_TYPE (FlDeviceRow, fl_device_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_ITEM = 1,
  PROP_WORDS
} FlDeviceRowProperty;
static GParamSpec *props[PROP_WORDS + 1];

/* The same steps as for networks: a person compares the two. */
static guint
bars_of (int dbm)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (FlNetwork) scale = fl_network_new (none, FL_SECURITY_OPEN, 0, dbm);

  return fl_network_get_bars (scale);
}

/* What it is ready for, or why it is not; the page that comes then says what to do about it. */
static const char *
describe_readiness (FlDevice *device)
{
  const GError *problem = fl_device_get_problem (device);

  if (problem == NULL)
    return _ ("Ready");
  if (g_error_matches (problem, FL_ERROR, FL_ERROR_UPDATE_MODE))
    return _ ("Update mode");
  if (g_error_matches (problem, FL_ERROR, FL_ERROR_USB_ACCESS))
    return _ ("Not allowed yet");
  if (g_error_matches (problem, FL_ERROR, FL_ERROR_USB_CLAIMED))
    return _ ("Used by another program");
  return _ ("Not usable");
}

static void
update (FlDeviceRow *self)
{
  g_autofree char *words = NULL;
  g_autofree char *roads = NULL;
  g_autofree char *detail = NULL;
  const char *ending;
  gboolean reachable;

  if (self->device == NULL)
    return;

  roads = fl_device_dup_roads (self->device);
  ending = fl_device_get_ending (self->device);
  reachable = fl_device_get_reachable (self->device);

  if (!reachable)
    detail = g_strdup (_ ("Out of reach"));
  else if (*ending != 0 && !g_str_has_suffix (fl_device_get_name (self->device), ending))
    /* Translators: end of a serial number, the roads, and whether it can be used: "Ends in 4F2A ·
     * USB cable · Ready" */
    detail = g_strdup_printf (_ ("Ends in %s · %s · %s"), ending, roads,
                              describe_readiness (self->device));
  else
    /* Translators: the roads to a device, and whether it can be used: "USB cable · Ready" */
    detail = g_strdup_printf (_ ("%s · %s"), roads, describe_readiness (self->device));

  gtk_label_set_label (self->name_label, fl_device_get_name (self->device));
  gtk_label_set_label (self->detail_label, detail);
  fl_signal_bars_set_bars (self->bars, bars_of (fl_device_get_signal_dbm (self->device)));
  gtk_widget_set_visible (GTK_WIDGET (self->bars),
                          reachable && fl_device_get_signal_dbm (self->device) != 0);
  gtk_widget_set_opacity (GTK_WIDGET (self), reachable ? 1.0 : 0.5);

  words = g_strdup_printf ("%s, %s", fl_device_get_name (self->device), detail);
  if (g_strcmp0 (self->words, words) == 0)
    return; /* a screen reader need not hear of it */

  g_free (self->words);
  self->words = g_steal_pointer (&words);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WORDS]);
}

static void
update_row (GtkWidget *row)
{
  update (FL_DEVICE_ROW (row));
}

static void
on_device_notify (FlDeviceRow *self)
{
  fl_item_list_update_row (GTK_WIDGET (self), update_row);
}

static void
fl_device_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlDeviceRow *self = FL_DEVICE_ROW (object);

  switch ((FlDeviceRowProperty) id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->device);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    }
}

static void
fl_device_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlDeviceRow *self = FL_DEVICE_ROW (object);

  switch ((FlDeviceRowProperty) id)
    {
    case PROP_ITEM:
      if (!g_set_object (&self->device, g_value_get_object (value)))
        return;
      g_signal_group_set_target (self->device_signals, self->device);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_WORDS:
      g_assert_not_reached (); /* read only */
      break;
    }
}

static void
fl_device_row_dispose (GObject *object)
{
  FlDeviceRow *self = FL_DEVICE_ROW (object);

  if (self->device_signals != NULL)
    g_signal_group_set_target (self->device_signals, NULL);
  g_clear_object (&self->device_signals);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (fl_device_row_parent_class)->dispose (object);
}

static void
fl_device_row_finalize (GObject *object)
{
  g_clear_pointer (&FL_DEVICE_ROW (object)->words, g_free);

  G_OBJECT_CLASS (fl_device_row_parent_class)->finalize (object);
}

static void
fl_device_row_class_init (FlDeviceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_device_row_dispose;
  object_class->finalize = fl_device_row_finalize;
  object_class->get_property = fl_device_row_get_property;
  object_class->set_property = fl_device_row_set_property;

  props[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_WORDS] =
      g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FlDeviceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, FlDeviceRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, FlDeviceRow, bars);
}

static void
fl_device_row_init (FlDeviceRow *self)
{
  self->device_signals = g_signal_group_new (FL_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->device_signals, "notify", G_CALLBACK (on_device_notify),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
has_road (FlDevice *device, FlRoadKind kind)
{
  FlRoad *road = fl_device_get_road (device, kind);

  /* One that is away is still worth a word while there is no other. */
  return road != NULL && (fl_road_get_reachable (road) || !fl_device_get_reachable (device));
}

/* (transfer full) */
static char *
dup_road (FlDevice *device, FlRoadKind kind)
{
  const char *label = fl_road_kind_get_label (kind);

  if (kind != FL_ROAD_USB || !fl_device_get_has_twin (device))
    return g_strdup (label);
  /* Translators: a road, and where it begins, for two devices that are named alike: "USB cable
   * 1-2" */
  return g_strdup_printf (_ ("%s %s"), label,
                          fl_road_get_address (fl_device_get_road (device, kind)));
}

/* One cable is both USB and serial. */
static gboolean
is_told (FlDevice *device, FlRoadKind kind)
{
  return has_road (device, kind) && !(kind == FL_ROAD_SERIAL && has_road (device, FL_ROAD_USB));
}

/* The surer road is named first, whichever was seen first. */
char *
fl_device_dup_roads (FlDevice *device)
{
  static const FlRoadKind kinds[] = { FL_ROAD_USB, FL_ROAD_BLUETOOTH, FL_ROAD_SERIAL,
                                      FL_ROAD_ACCESS_POINT };
  g_autofree char *first = NULL;
  const char *second = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && second == NULL; i++)
    {
      if (!is_told (device, kinds[i]))
        continue;
      if (first == NULL)
        first = dup_road (device, kinds[i]);
      else
        second = fl_road_kind_get_label (kinds[i]);
    }

  if (second != NULL)
    /* Translators: two roads to one device: "USB cable and Bluetooth" */
    return g_strdup_printf (_ ("%s and %s"), first, second);
  return first != NULL ? g_steal_pointer (&first) : g_strdup ("");
}
