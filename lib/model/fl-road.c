/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-road"
#include "config.h"

#include "fl-road.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define DEFAULT_FAMILY "particle"

G_DEFINE_ENUM_TYPE (FlRoadKind,
                    fl_road_kind,
                    G_DEFINE_ENUM_VALUE (FL_ROAD_BLUETOOTH, "bluetooth"),
                    G_DEFINE_ENUM_VALUE (FL_ROAD_USB, "usb"),
                    G_DEFINE_ENUM_VALUE (FL_ROAD_SERIAL, "serial"),
                    G_DEFINE_ENUM_VALUE (FL_ROAD_ACCESS_POINT, "access-point"))

static const char *const kind_labels[] = {
  [FL_ROAD_BLUETOOTH] = N_ ("Bluetooth"),
  [FL_ROAD_USB] = N_ ("USB cable"),
  [FL_ROAD_SERIAL] = N_ ("Serial cable"),
  [FL_ROAD_ACCESS_POINT] = N_ ("Device's own Wi-Fi"),
};

struct _FlRoad
{
  GObject parent_instance;

  FlRoadKind kind;
  char *address;
  char *alias;
  char *family;
  char *name;
  char *setup_code;
  char *serial;
  char *device_id;
  char *location;
  int platform_id;
  int signal_dbm;
  gint64 last_seen_us;
  gboolean reachable;
  GError *problem;
  FlDeviceMode mode;
  char *firmware;
};

G_DEFINE_FINAL_TYPE (FlRoad, fl_road, G_TYPE_OBJECT)

typedef enum
{
  PROP_KIND = 1,
  PROP_ADDRESS,
  PROP_FAMILY,
  PROP_NAME,
  PROP_SETUP_CODE,
  PROP_SERIAL,
  PROP_DEVICE_ID,
  PROP_LOCATION,
  PROP_PLATFORM_ID,
  PROP_SIGNAL_DBM,
  PROP_LAST_SEEN_US,
  PROP_REACHABLE,
  PROP_PROBLEM,
  PROP_MODE,
  PROP_FIRMWARE
} FlRoadProperty;
static GParamSpec *props[PROP_FIRMWARE + 1];

static void
fl_road_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlRoad *self = FL_ROAD (object);

  switch ((FlRoadProperty) id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_FAMILY:
      g_value_set_string (value, self->family);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SETUP_CODE:
      g_value_set_string (value, self->setup_code);
      break;
    case PROP_SERIAL:
      g_value_set_string (value, self->serial);
      break;
    case PROP_DEVICE_ID:
      g_value_set_string (value, self->device_id);
      break;
    case PROP_LOCATION:
      g_value_set_string (value, self->location);
      break;
    case PROP_PLATFORM_ID:
      g_value_set_int (value, self->platform_id);
      break;
    case PROP_SIGNAL_DBM:
      g_value_set_int (value, self->signal_dbm);
      break;
    case PROP_LAST_SEEN_US:
      g_value_set_int64 (value, self->last_seen_us);
      break;
    case PROP_REACHABLE:
      g_value_set_boolean (value, self->reachable);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_MODE:
      g_value_set_enum (value, (int) self->mode);
      break;
    case PROP_FIRMWARE:
      g_value_set_string (value, self->firmware);
      break;
    }
}

static void
fl_road_finalize (GObject *object)
{
  FlRoad *self = FL_ROAD (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->alias, g_free);
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->setup_code, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->device_id, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->firmware, g_free);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_road_parent_class)->finalize (object);
}

static void
fl_road_class_init (FlRoadClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_road_get_property;
  object_class->finalize = fl_road_finalize;

  props[PROP_KIND] =
      g_param_spec_enum ("kind", NULL, NULL, FL_TYPE_ROAD_KIND, FL_ROAD_BLUETOOTH, flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_FAMILY] = g_param_spec_string ("family", NULL, NULL, DEFAULT_FAMILY, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_SETUP_CODE] = g_param_spec_string ("setup-code", NULL, NULL, NULL, flags);
  props[PROP_SERIAL] = g_param_spec_string ("serial", NULL, NULL, NULL, flags);
  props[PROP_DEVICE_ID] = g_param_spec_string ("device-id", NULL, NULL, NULL, flags);
  props[PROP_LOCATION] = g_param_spec_string ("location", NULL, NULL, NULL, flags);
  props[PROP_PLATFORM_ID] = g_param_spec_int ("platform-id", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_SIGNAL_DBM] =
      g_param_spec_int ("signal-dbm", NULL, NULL, G_MININT, G_MAXINT, 0, flags);
  props[PROP_LAST_SEEN_US] =
      g_param_spec_int64 ("last-seen-us", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_REACHABLE] = g_param_spec_boolean ("reachable", NULL, NULL, TRUE, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_MODE] =
      g_param_spec_enum ("mode", NULL, NULL, FL_TYPE_DEVICE_MODE, FL_MODE_UNKNOWN, flags);
  props[PROP_FIRMWARE] = g_param_spec_string ("firmware", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_road_init (FlRoad *self)
{
  self->family = g_strdup (DEFAULT_FAMILY);
  self->reachable = TRUE;
}

static void
set_string (FlRoad *self, char **field, const char *value, FlRoadProperty property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

const char *
fl_road_kind_to_string (FlRoadKind kind)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_ROAD_KIND);
  GEnumValue *value = g_enum_get_value (class, (int) kind);

  return value != NULL ? value->value_nick : "unknown";
}

const char *
fl_road_kind_get_label (FlRoadKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_labels), NULL);

  return _ (kind_labels[kind]);
}

FlRoad *
fl_road_new (FlRoadKind kind, const char *address)
{
  FlRoad *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (FL_TYPE_ROAD, NULL);
  self->kind = kind;
  self->address = g_strdup (address);
  return self;
}

FlRoadKind
fl_road_get_kind (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), FL_ROAD_BLUETOOTH);

  return self->kind;
}

const char *
fl_road_get_address (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->address;
}

const char *
fl_road_get_alias (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->alias;
}

const char *
fl_road_get_family (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->family;
}

const char *
fl_road_get_name (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->name;
}

const char *
fl_road_get_setup_code (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->setup_code;
}

const char *
fl_road_get_serial (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->serial;
}

const char *
fl_road_get_device_id (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->device_id;
}

int
fl_road_get_platform_id (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), 0);

  return self->platform_id;
}

int
fl_road_get_signal_dbm (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), 0);

  return self->signal_dbm;
}

gint64
fl_road_get_last_seen_us (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), 0);

  return self->last_seen_us;
}

gboolean
fl_road_get_reachable (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), FALSE);

  return self->reachable;
}

const GError *
fl_road_get_problem (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->problem;
}

FlDeviceMode
fl_road_get_mode (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), FL_MODE_UNKNOWN);

  return self->mode;
}

const char *
fl_road_get_firmware (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->firmware;
}

void
fl_road_set_address (FlRoad *self, const char *address)
{
  g_return_if_fail (FL_IS_ROAD (self));
  g_return_if_fail (address != NULL);

  set_string (self, &self->address, address, PROP_ADDRESS);
}

void
fl_road_set_alias (FlRoad *self, const char *alias)
{
  g_return_if_fail (FL_IS_ROAD (self));

  g_free (self->alias);
  self->alias = g_strdup (alias);
}

void
fl_road_set_mode (FlRoad *self, FlDeviceMode mode)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->mode == mode)
    return;

  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
}

void
fl_road_set_firmware (FlRoad *self, const char *firmware)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->firmware, firmware, PROP_FIRMWARE);
}

void
fl_road_set_family (FlRoad *self, const char *family)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->family, family != NULL ? family : DEFAULT_FAMILY, PROP_FAMILY);
}

void
fl_road_set_name (FlRoad *self, const char *name)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (FL_IS_ROAD (self));

  if (name != NULL && !g_utf8_validate (name, -1, NULL)) /* it came through the air */
    valid = g_utf8_make_valid (name, -1);
  set_string (self, &self->name, valid != NULL ? valid : name, PROP_NAME);
}

void
fl_road_set_setup_code (FlRoad *self, const char *code)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->setup_code, code, PROP_SETUP_CODE);
}

void
fl_road_set_serial (FlRoad *self, const char *serial)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->serial, serial, PROP_SERIAL);
}

void
fl_road_set_device_id (FlRoad *self, const char *device_id)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->device_id, device_id, PROP_DEVICE_ID);
}

const char *
fl_road_get_location (FlRoad *self)
{
  g_return_val_if_fail (FL_IS_ROAD (self), NULL);

  return self->location;
}

void
fl_road_set_location (FlRoad *self, const char *location)
{
  g_return_if_fail (FL_IS_ROAD (self));

  set_string (self, &self->location, location, PROP_LOCATION);
}

void
fl_road_set_platform_id (FlRoad *self, int platform_id)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->platform_id == platform_id)
    return;

  self->platform_id = platform_id;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLATFORM_ID]);
}

void
fl_road_set_signal_dbm (FlRoad *self, int dbm)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->signal_dbm == dbm)
    return;

  self->signal_dbm = dbm;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNAL_DBM]);
}

void
fl_road_set_last_seen_us (FlRoad *self, gint64 at_us)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->last_seen_us == at_us)
    return;

  self->last_seen_us = at_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_SEEN_US]);
}

void
fl_road_set_reachable (FlRoad *self, gboolean reachable)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->reachable == !!reachable)
    return;

  self->reachable = !!reachable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REACHABLE]);
}

void
fl_road_take_problem (FlRoad *self, GError *problem)
{
  g_return_if_fail (FL_IS_ROAD (self));

  if (self->problem == NULL && problem == NULL)
    return;

  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

gboolean
fl_road_matches_code (FlRoad *self, const char *setup_code)
{
  gsize code_size, name_size;

  g_return_val_if_fail (FL_IS_ROAD (self), FALSE);

  if (setup_code == NULL || *setup_code == '\0')
    return FALSE;
  if (self->setup_code != NULL && g_ascii_strcasecmp (self->setup_code, setup_code) == 0)
    return TRUE;
  if (self->name == NULL)
    return FALSE;

  code_size = strlen (setup_code);
  name_size = strlen (self->name);
  return name_size >= code_size &&
         g_ascii_strcasecmp (self->name + name_size - code_size, setup_code) == 0;
}
