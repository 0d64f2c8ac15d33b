/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-broadcast"
#include "config.h"

#include "fl-sim-broadcast.h"

#include <string.h>

#include "fl-sim-air.h"

#define FLAGS_BYTES 3 /* with their head */
#define HEAD_BYTES  2 /* head of a structure: size and type */
#define BASE_UUID   "%02x%02x-0000-1000-8000-00805f9b34fb"

struct _FlSimBroadcast
{
  GDBusConnection *bus;
  guint id;
  GVariant *properties;
};

static const char xml[] = "<node><interface name='org.bluez.LEAdvertisement1'>"
                          "<method name='Release'/>"
                          "<property name='Type' type='s' access='read'/>"
                          "<property name='ServiceUUIDs' type='as' access='read'/>"
                          "<property name='ManufacturerData' type='a{qv}' access='read'/>"
                          "<property name='LocalName' type='s' access='read'/>"
                          "<property name='Discoverable' type='b' access='read'/>"
                          "</interface></node>";

typedef struct
{
  GVariantBuilder uuids, manufacturers;
  char *name;         /* (nullable) */
  gsize n_bytes;      /* of what BlueZ puts into the advertisement, without flags */
  gboolean has_short; /* 16-bit UUIDs */
  gboolean has_maker;
} Reading;

static void
read_short (Reading *reading, const guint8 *data, gsize size_bytes)
{
  for (gsize i = 0; i + 2 <= size_bytes; i += 2)
    {
      g_autofree char *half = g_strdup_printf (BASE_UUID, data[i + 1], data[i]);
      g_autofree char *uuid = g_strconcat ("0000", half, NULL);

      g_variant_builder_add (&reading->uuids, "s", uuid);
      reading->n_bytes += reading->has_short ? 2 : HEAD_BYTES + 2;
      reading->has_short = TRUE;
    }
}

static void
read_long (Reading *reading, const guint8 *data, gsize size_bytes)
{
  GString *uuid;

  if (size_bytes < 16)
    return;
  uuid = g_string_new (NULL);
  for (gsize i = 16; i-- > 0;)
    g_string_append_printf (uuid, "%02x%s", data[i],
                            i == 12 || i == 10 || i == 8 || i == 6 ? "-" : "");
  g_variant_builder_add (&reading->uuids, "s", uuid->str);
  g_string_free (uuid, TRUE);
  reading->n_bytes += HEAD_BYTES + 16;
}

static void
read_manufacturer (Reading *reading, const guint8 *data, gsize size_bytes)
{
  if (size_bytes < 2 || reading->has_maker)
    return;
  g_variant_builder_add (&reading->manufacturers, "{qv}", (guint16) (data[0] | data[1] << 8),
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data + 2, size_bytes - 2,
                                                    1));
  reading->n_bytes += HEAD_BYTES + size_bytes;
  reading->has_maker = TRUE;
}

static void
read_structure (Reading *reading, guint8 type, const guint8 *data, gsize size_bytes)
{
  /* Bluetooth Assigned Numbers, 2.3 Common Data Types. */
  switch (type)
    {
    case 0x02:
    case 0x03:
      read_short (reading, data, size_bytes);
      break;
    case 0x06:
    case 0x07:
      read_long (reading, data, size_bytes);
      break;
    case 0x08:
    case 0x09:
      g_free (reading->name);
      reading->name = g_utf8_make_valid ((const char *) data, (gssize) size_bytes);
      break;
    case 0xff:
      read_manufacturer (reading, data, size_bytes);
      break;
    default:
      break;
    }
}

static void
read_payload (Reading *reading, const guint8 *data, gsize size_bytes)
{
  for (gsize at = 0; at + 1 < size_bytes && data[at] > 0; at += data[at] + 1u)
    read_structure (reading, data[at + 1], data + at + 2,
                    MIN ((gsize) data[at] - 1, size_bytes - at - 2));
}

GVariant *
fl_sim_broadcast_read (const guint8 *advert,
                       gsize advert_size,
                       const guint8 *response,
                       gsize response_size)
{
  Reading reading = { .n_bytes = 0 };
  GVariantBuilder all;

  g_variant_builder_init (&reading.uuids, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_init (&reading.manufacturers, G_VARIANT_TYPE ("a{qv}"));
  read_payload (&reading, advert, advert_size);
  read_payload (&reading, response, response_size);

  g_variant_builder_init (&all, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&all, "{sv}", "Type", g_variant_new_string ("peripheral"));
  g_variant_builder_add (&all, "{sv}", "ServiceUUIDs", g_variant_builder_end (&reading.uuids));
  g_variant_builder_add (&all, "{sv}", "ManufacturerData",
                         g_variant_builder_end (&reading.manufacturers));
  if (reading.name != NULL)
    g_variant_builder_add (&all, "{sv}", "LocalName", g_variant_new_string (reading.name));
  g_variant_builder_add (&all, "{sv}", "Discoverable",
                         g_variant_new_boolean (reading.n_bytes + FLAGS_BYTES <= FL_SIM_AIR_SIZE));
  g_free (reading.name);
  return g_variant_ref_sink (g_variant_builder_end (&all));
}

gboolean
fl_sim_broadcast_is_tight (GVariant *properties)
{
  gboolean is_discoverable = FALSE;

  return g_variant_lookup (properties, "Discoverable", "b", &is_discoverable) && !is_discoverable;
}

/* BlueZ lets go of it, for instance when the adapter is unplugged: the adapter's own signal says
 * the same. */
static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_get (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *name,
        GError **error,
        gpointer user_data)
{
  FlSimBroadcast *self = user_data;
  GVariant *value = g_variant_lookup_value (self->properties, name, NULL);

  if (value == NULL)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "No %s", name);
  return value;
}

FlSimBroadcast *
fl_sim_broadcast_new (GDBusConnection *bus, const char *path, GVariant *properties, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call, .get_property = on_get };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  FlSimBroadcast *self = g_new0 (FlSimBroadcast, 1);

  self->bus = g_object_ref (bus);
  self->properties = g_variant_ref (properties);
  self->id = g_dbus_connection_register_object (bus, path, info->interfaces[0], &vtable, self, NULL,
                                                error);
  if (self->id == 0)
    g_clear_pointer (&self, fl_sim_broadcast_free);
  return self;
}

void
fl_sim_broadcast_free (FlSimBroadcast *self)
{
  if (self->id != 0)
    g_dbus_connection_unregister_object (self->bus, self->id);
  g_variant_unref (self->properties);
  g_object_unref (self->bus);
  g_free (self);
}

GVariant *
fl_sim_broadcast_get_properties (FlSimBroadcast *self)
{
  return self->properties;
}
