/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-att-table.h"

#include <string.h>

#include "fl-sim-air.h"

/* 16-bit UUIDs: Bluetooth Assigned Numbers, 3. */
#define PRIMARY_SERVICE   0x2800
#define CHARACTERISTIC    0x2803
#define CLIENT_CONFIG     0x2902
#define GENERIC_ACCESS    "00001800-0000-1000-8000-00805f9b34fb"
#define GENERIC_ATTRIBUTE "00001801-0000-1000-8000-00805f9b34fb"
#define DEVICE_NAME       "00002a00-0000-1000-8000-00805f9b34fb"
#define APPEARANCE        "00002a01-0000-1000-8000-00805f9b34fb"
#define SERVICE_CHANGED   "00002a05-0000-1000-8000-00805f9b34fb"

/* 00000000-0000-1000-8000-00805f9b34fb as on the air, Core Specification 5.3, volume 3, part B,
 * 2.5.1 */
static const guint8 base_uuid[16] = { 0xfb, 0x34, 0x9b, 0x5f, 0x80, 0x00, 0x00, 0x80,
                                      0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };

static void
set_short_type (FlSimAttribute *attribute, guint16 type)
{
  attribute->type[0] = (guint8) type;
  attribute->type[1] = (guint8) (type >> 8);
  attribute->type_size = 2;
}

static void
set_value (FlSimAttribute *attribute, const void *data, gsize size_bytes)
{
  attribute->value_size = MIN (size_bytes, sizeof attribute->value);
  memcpy (attribute->value, data, attribute->value_size);
}

static void
append (GArray *table, FlSimAttribute *attribute)
{
  attribute->end = (guint16) (table->len + 1);
  g_array_append_val (table, *attribute);
}

/* Core Specification 5.3, volume 3, part G, 3.1: its value is its UUID. Returns its index. */
static guint
begin_service (GArray *table, const char *uuid)
{
  FlSimAttribute attribute = { .properties = FL_SIM_GATT_READ };
  guint8 value[16];

  set_short_type (&attribute, PRIMARY_SERVICE);
  set_value (&attribute, value, fl_sim_air_encode_uuid (uuid, value));
  append (table, &attribute);
  return table->len - 1;
}

static void
end_service (GArray *table, guint index)
{
  g_array_index (table, FlSimAttribute, index).end = (guint16) table->len;
}

static void
add_config (GArray *table, guint properties, FlSimRole role)
{
  FlSimAttribute attribute = {
    .kind = FL_SIM_ATTRIBUTE_CCCD, .properties = properties, .role = role, .value_size = 2
  };

  set_short_type (&attribute, CLIENT_CONFIG);
  append (table, &attribute);
}

/* Core Specification 5.3, volume 3, part G, 3.3: declaration, value, and a client's configuration
 * where the device speaks unasked. @value: (nullable): not fixed */
static void
add_characteristic (GArray *table,
                    const FlSimCharacteristic *characteristic,
                    const void *value,
                    gsize value_size)
{
  guint16 handle = (guint16) (table->len + 2);
  FlSimAttribute declaration = { .properties = FL_SIM_GATT_READ };
  FlSimAttribute attribute = { .kind = FL_SIM_ATTRIBUTE_CHARACTERISTIC,
                               .properties = characteristic->properties,
                               .role = characteristic->role };
  guint8 head[3 + 16] = { (guint8) characteristic->properties, (guint8) handle,
                          (guint8) (handle >> 8) };

  attribute.type_size = fl_sim_air_encode_uuid (characteristic->uuid, attribute.type);
  memcpy (head + 3, attribute.type, attribute.type_size);
  set_short_type (&declaration, CHARACTERISTIC);
  set_value (&declaration, head, 3 + attribute.type_size);
  append (table, &declaration);
  if (value != NULL)
    {
      attribute.kind = FL_SIM_ATTRIBUTE_FIXED;
      set_value (&attribute, value, value_size);
    }
  append (table, &attribute);
  if (characteristic->properties & (FL_SIM_GATT_NOTIFY | FL_SIM_GATT_INDICATE))
    add_config (table, characteristic->properties, characteristic->role);
}

/* Core Specification 5.3, volume 3, part C, 12: every device has these. */
static void
add_access (GArray *table, const FlSimDeviceSpec *spec)
{
  static const FlSimCharacteristic name = { DEVICE_NAME, FL_SIM_GATT_READ, FL_SIM_ROLE_OTHER };
  static const FlSimCharacteristic looks = { APPEARANCE, FL_SIM_GATT_READ, FL_SIM_ROLE_OTHER };
  static const guint8 unknown[2] = { 0, 0 };
  g_autofree char *text = fl_sim_air_get_name (spec);
  guint index = begin_service (table, GENERIC_ACCESS);

  add_characteristic (table, &name, text, strlen (text));
  add_characteristic (table, &looks, unknown, sizeof unknown);
  end_service (table, index);
}

/* The list of services stays what it is while a connection lasts, so nothing is ever indicated; a
 * client without a bond lists them anew each time (Core Specification 5.3, volume 3, part G,
 * 2.5.2). */
static void
add_attribute (GArray *table)
{
  static const FlSimCharacteristic changed = { SERVICE_CHANGED, FL_SIM_GATT_INDICATE,
                                               FL_SIM_ROLE_OTHER };
  guint index = begin_service (table, GENERIC_ATTRIBUTE);

  add_characteristic (table, &changed, NULL, 0);
  end_service (table, index);
}

static void
add_service (GArray *table, const FlSimService *service)
{
  guint index = begin_service (table, service->uuid);

  for (guint i = 0; i < service->n_characteristics; i++)
    add_characteristic (table, &service->characteristics[i], NULL, 0);
  end_service (table, index);
}

GArray *
fl_sim_att_table_new (FlSimDevice *device)
{
  GArray *table = g_array_new (FALSE, TRUE, sizeof (FlSimAttribute));
  FlSimService services[FL_SIM_MAX_SERVICES];
  guint n_services;

  g_return_val_if_fail (device != NULL, table);

  add_access (table, fl_sim_device_get_spec (device));
  add_attribute (table);
  n_services = fl_sim_gatt_list (device, services);
  for (guint i = 0; i < n_services; i++)
    add_service (table, &services[i]);
  return table;
}

FlSimAttribute *
fl_sim_att_table_find (GArray *table, guint16 handle)
{
  if (handle == 0 || handle > table->len)
    return NULL;
  return &g_array_index (table, FlSimAttribute, handle - 1);
}

static void
expand (const guint8 *type, gsize type_size, guint8 out[16])
{
  memcpy (out, base_uuid, 16);
  if (type_size == 2)
    memcpy (out + 12, type, 2);
  else
    memcpy (out, type, 16);
}

gboolean
fl_sim_attribute_is_of (const FlSimAttribute *self, const guint8 *type, gsize type_size)
{
  guint8 own[16], wanted[16];

  g_return_val_if_fail (type_size == 2 || type_size == 16, FALSE);

  expand (self->type, self->type_size, own);
  expand (type, type_size, wanted);
  return memcmp (own, wanted, 16) == 0;
}

gboolean
fl_sim_attribute_is_16_bit (const FlSimAttribute *self, guint16 type)
{
  guint8 bytes[2] = { (guint8) type, (guint8) (type >> 8) };

  return fl_sim_attribute_is_of (self, bytes, 2);
}
