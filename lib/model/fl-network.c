/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-network"
#include "config.h"

#include "fl-network.h"

#include <glib/gi18n-lib.h>

#define LAST_2_4_GHZ_CHANNEL 14 /* IEEE 802.11-2020, annex E */

G_DEFINE_ENUM_TYPE (FlSecurity,
                    fl_security,
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WEP, "wep"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WPA, "wpa"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WPA2, "wpa2"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WPA_WPA2, "wpa-wpa2"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WPA3, "wpa3"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_WPA2_WPA3, "wpa2-wpa3"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_ENTERPRISE, "enterprise"),
                    G_DEFINE_ENUM_VALUE (FL_SECURITY_UNKNOWN, "unknown"))

static const char *const security_labels[] = {
  [FL_SECURITY_OPEN] = N_ ("Open"),
  [FL_SECURITY_WEP] = N_ ("WEP"),
  [FL_SECURITY_WPA] = N_ ("WPA"),
  [FL_SECURITY_WPA2] = N_ ("WPA2"),
  [FL_SECURITY_WPA_WPA2] = N_ ("WPA/WPA2"),
  [FL_SECURITY_WPA3] = N_ ("WPA3"),
  [FL_SECURITY_WPA2_WPA3] = N_ ("WPA2/WPA3"),
  [FL_SECURITY_ENTERPRISE] = N_ ("Enterprise"),
  /* Translators: a network that needs a password, in a way that is not known */
  [FL_SECURITY_UNKNOWN] = N_ ("Secured"),
};

struct _FlNetwork
{
  GObject parent_instance;

  GBytes *ssid;
  char *name;
  FlSecurity security;
  int channel;
  int rssi_dbm;
};

G_DEFINE_FINAL_TYPE (FlNetwork, fl_network, G_TYPE_OBJECT)

typedef enum
{
  PROP_NAME = 1,
  PROP_SECURITY,
  PROP_CHANNEL,
  PROP_RSSI
} FlNetworkProperty;
static GParamSpec *props[PROP_RSSI + 1];

static void
fl_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlNetwork *self = FL_NETWORK (object);

  switch ((FlNetworkProperty) id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SECURITY:
      g_value_set_enum (value, (int) self->security);
      break;
    case PROP_CHANNEL:
      g_value_set_int (value, self->channel);
      break;
    case PROP_RSSI:
      g_value_set_int (value, self->rssi_dbm);
      break;
    }
}

static void
fl_network_finalize (GObject *object)
{
  FlNetwork *self = FL_NETWORK (object);

  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (fl_network_parent_class)->finalize (object);
}

static void
fl_network_class_init (FlNetworkClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_network_get_property;
  object_class->finalize = fl_network_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_SECURITY] =
      g_param_spec_enum ("security", NULL, NULL, FL_TYPE_SECURITY, FL_SECURITY_OPEN, flags);
  props[PROP_CHANNEL] = g_param_spec_int ("channel", NULL, NULL, G_MININT, G_MAXINT, 0, flags);
  props[PROP_RSSI] = g_param_spec_int ("rssi", NULL, NULL, G_MININT, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_network_init (FlNetwork *self)
{
}

const char *
fl_security_to_string (FlSecurity security)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_SECURITY);
  GEnumValue *value = g_enum_get_value (class, (int) security);

  return value != NULL ? value->value_nick : "unknown";
}

gboolean
fl_security_from_string (const char *text, FlSecurity *security)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_SECURITY);

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (security != NULL, FALSE);

  for (guint i = 0; i < class->n_values; i++)
    if (g_ascii_strcasecmp (class->values[i].value_nick, text) == 0)
      {
        *security = (FlSecurity) class->values[i].value;
        return TRUE;
      }
  return FALSE;
}

const char *
fl_security_get_label (FlSecurity security)
{
  g_return_val_if_fail ((guint) security < G_N_ELEMENTS (security_labels), NULL);

  return _ (security_labels[security]);
}

FlNetwork *
fl_network_new (GBytes *ssid, FlSecurity security, int channel, int rssi_dbm)
{
  FlNetwork *self;
  const guint8 *data;
  gsize size_bytes;

  g_return_val_if_fail (ssid != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (ssid) <= FL_SSID_MAX_BYTES, NULL);

  data = g_bytes_get_data (ssid, &size_bytes);
  self = g_object_new (FL_TYPE_NETWORK, NULL);
  self->ssid = g_bytes_ref (ssid);
  self->name = fl_ssid_to_name (data, size_bytes);
  self->security = security;
  self->channel = channel;
  self->rssi_dbm = rssi_dbm;
  return self;
}

GBytes *
fl_network_get_ssid (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), NULL);

  return self->ssid;
}

const char *
fl_network_get_name (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), NULL);

  return self->name;
}

FlSecurity
fl_network_get_security (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), FL_SECURITY_UNKNOWN);

  return self->security;
}

int
fl_network_get_channel (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), 0);

  return self->channel;
}

int
fl_network_get_rssi (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), 0);

  return self->rssi_dbm;
}

void
fl_network_set_rssi (FlNetwork *self, int rssi_dbm)
{
  g_return_if_fail (FL_IS_NETWORK (self));

  if (self->rssi_dbm == rssi_dbm)
    return;

  self->rssi_dbm = rssi_dbm;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RSSI]);
}

gboolean
fl_network_is_5ghz (FlNetwork *self)
{
  g_return_val_if_fail (FL_IS_NETWORK (self), FALSE);

  return self->channel > LAST_2_4_GHZ_CHANNEL;
}

guint
fl_network_get_bars (FlNetwork *self)
{
  static const int least_dbm[] = { -83, -75, -67, -55 };
  guint bars = 0;

  g_return_val_if_fail (FL_IS_NETWORK (self), 0);

  if (self->rssi_dbm == 0)
    return 0;
  while (bars < G_N_ELEMENTS (least_dbm) && self->rssi_dbm >= least_dbm[bars])
    bars++;
  return bars;
}

const char *
fl_network_get_signal_word (FlNetwork *self)
{
  /* Translators: how well the device hears a network */
  static const char *const words[] = { N_ ("very weak"), N_ ("very weak"), N_ ("weak"), N_ ("good"),
                                       N_ ("strong") };

  g_return_val_if_fail (FL_IS_NETWORK (self), NULL);

  return self->rssi_dbm == 0 ? "" : _ (words[fl_network_get_bars (self)]);
}
