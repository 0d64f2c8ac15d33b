/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-air.h"

#include <string.h>

#define NAME_MAX_BYTES 20 /* BLE_MAX_DEV_NAME_LEN, particle-iot/device-os hal/inc/ble_hal.h */

#define BASE_UUID_END "-0000-1000-8000-00805f9b34fb"

typedef struct
{
  guint8 *out;
  gsize size;
} Payload;

static void
add (Payload *payload, const void *data, gsize size_bytes)
{
  gsize fits = MIN (size_bytes, FL_SIM_AIR_SIZE - payload->size);

  memcpy (payload->out + payload->size, data, fits);
  payload->size += fits;
}

static void
add_structure (Payload *payload, guint8 type, const void *data, gsize size_bytes)
{
  guint8 head[] = { (guint8) (size_bytes + 1), type };

  add (payload, head, sizeof head);
  add (payload, data, size_bytes);
}

static void
add_flags (Payload *payload)
{
  guint8 flags = 0x06; /* LE general discoverable, no BR/EDR */

  add_structure (payload, 0x01, &flags, 1);
}

char *
fl_sim_air_get_name (const FlSimDeviceSpec *spec)
{
  if (spec->fixed_name != NULL)
    return g_strndup (spec->fixed_name, NAME_MAX_BYTES);
  if (spec->prefix != NULL)
    return g_strdup (spec->prefix);
  return g_strdup_printf ("%s-%s",
                          fl_sim_platform_get_series ((FlSimPlatform) spec->platform,
                                                      spec->version),
                          spec->code);
}

gsize
fl_sim_air_build_advert (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE])
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) spec->platform);
  g_autofree char *name = fl_sim_air_get_name (spec);
  Payload payload = { out, 0 };
  guint8 manufacturer[10] = { (guint8) spec->company_id, (guint8) (spec->company_id >> 8),
                              (guint8) info->platform_id, (guint8) (info->platform_id >> 8) };

  memcpy (manufacturer + 4, spec->code, 6);
  add_flags (&payload);
  add_structure (&payload, 0x09, name, strlen (name));
  add_structure (&payload, 0xff, manufacturer, sizeof manufacturer);
  return payload.size;
}

gsize
fl_sim_air_build_response (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE])
{
  Payload payload = { out, 0 };
  guint8 uuid[16];
  gsize size = fl_sim_air_encode_uuid (spec->service, uuid);

  add_structure (&payload, size == 2 ? 0x03 : 0x07, uuid, size);
  return payload.size;
}

gsize
fl_sim_air_build_app_advert (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE])
{
  Payload payload = { out, 0 };
  guint8 environment[] = { 0x1a, 0x18 }; /* the 16-bit Environmental Sensing service */

  add_flags (&payload);
  add_structure (&payload, 0x03, environment, sizeof environment);
  return payload.size;
}

gsize
fl_sim_air_encode_uuid (const char *uuid, guint8 out[16])
{
  gsize n = 0;

  for (gsize at = strlen (uuid); at > 1 && n < 16;)
    {
      if (uuid[at - 1] == '-')
        at--;
      out[n++] =
          (guint8) (g_ascii_xdigit_value (uuid[at - 2]) << 4 | g_ascii_xdigit_value (uuid[at - 1]));
      at -= 2;
    }
  if (!g_str_has_prefix (uuid, "0000") || !g_str_has_suffix (uuid, BASE_UUID_END))
    return n;
  memmove (out, out + 12, 2);
  return 2;
}
