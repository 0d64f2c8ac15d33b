/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-serial-private.h"

#include "fl-sim-world-private.h"

/* Answers to the letters of the console: particle-iot/device-os, system/src/system_setup.cpp and
 * system/src/system_info.cpp. */

#define PROPERTIES_SINCE FL_SIM_VERSION (1, 4, 2) /* of Gen 2: more than the device ID */
#define PLAIN_SINCE      FL_SIM_VERSION (0, 8, 0) /* module lists without "_" */
#define NO_RSSI          (-210)                   /* SYSTEM_ERROR_INVALID_STATE */

/* Validity bits: integrity, dependencies, address range, platform. */
#define CHECKED      30
#define INTEGRITY    2
#define DEPENDENCIES 4

static FlSecret *
take_string (GString *text)
{
  FlSecret *secret = fl_secret_new (text->str, text->len);

  fl_wipe (text->str, text->len);
  g_string_free (text, TRUE);
  return secret;
}

static FlSecret *
tell_identity (FlSimDevice *device)
{
  const FlSimDeviceSpec *spec = device->spec;
  GString *text = g_string_sized_new (256); /* so that no copy of the secret stays behind */

  if (fl_sim_device_get_generation (device) == 2 && spec->version < PROPERTIES_SINCE)
    {
      g_string_append_printf (text, "Your device id is %s\r\n", spec->device_id);
      return take_string (text);
    }
  g_string_append_printf (text, "Device ID: %s\r\n", spec->device_id);
  if (fl_sim_device_get_fault (device, FL_SIM_FAULT_NO_SECRET) == NULL)
    {
      g_string_append (text, "Device Secret: ");
      g_string_append (text, fl_secret_get_text (spec->secret));
      g_string_append (text, "\r\n");
    }
  g_string_append_printf (text, "Serial Number: %s\r\n", spec->serial);
  return take_string (text);
}

static FlSecret *
tell_mac (FlSimDevice *device)
{
  const guint8 *mac = device->spec->mac;
  GString *text = g_string_new ("Your device MAC address is\r\n");

  g_string_append_printf (text, "%02x:%02x:%02x:%02x:%02x:%02x\r\n", mac[0], mac[1], mac[2], mac[3],
                          mac[4], mac[5]);
  return take_string (text);
}

static FlSecret *
tell_version (FlSimDevice *device)
{
  GString *text = g_string_new ("system firmware version: ");

  g_string_append_printf (text, "%s\n\r\n", device->spec->firmware);
  return take_string (text);
}

/* Module versions were small numbers of their own before 1.0.0. */
static guint
get_module_version (guint version)
{
  if (version >= FL_SIM_VERSION (1, 0, 0))
    return (version >> 16) * 1000 + (version >> 8 & 0xff) * 100 + (version & 0xff);
  if (version >= FL_SIM_VERSION (0, 8, 0))
    return 302;
  return version >= FL_SIM_VERSION (0, 7, 0) ? 207 : 109;
}

typedef struct
{
  guint size_bytes;
  char function;
  guint index, version;
  guint passed;
  guint needs_part, needs_version; /* a part of the system; 0: none */
} Module;

static void
append_module (GString *text, FlSimDevice *device, const Module *module)
{
  if (text->str[text->len - 1] == '}')
    g_string_append_c (text, ',');
  g_string_append_printf (text, "{\"s\":%u,\"l\":\"m\",\"vc\":%d,\"vv\":%u", module->size_bytes,
                          CHECKED, module->passed);
  if (module->function == 'u')
    {
      g_string_append (text, ",\"u\":\"");
      for (guint i = 0; i < 64; i++)
        g_string_append_c (text, "0123456789ABCDEF"[(i * 7 + device->index) % 16]);
      g_string_append_c (text, '"');
    }
  g_string_append_printf (text, ",\"f\":\"%c\",\"n\":\"%u\",\"v\":%u,\"d\":[", module->function,
                          module->index, module->version);
  if (module->needs_part != 0)
    g_string_append_printf (text, "{\"f\":\"s\",\"n\":\"%u\",\"v\":%u%s}", module->needs_part,
                            module->needs_version,
                            device->spec->version < PLAIN_SINCE ? ",\"_\":\"\"" : "");
  g_string_append (text, "]}");
}

static FlSecret *
tell_modules (FlSimDevice *device)
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform);
  guint version = get_module_version (device->spec->version);
  guint n_parts = info->generation == 2 ? 2 : 1;
  int state = device->spec->modules;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"p\":%d,\"m\":[", info->platform_id);
  append_module (text, device, &(Module){ 16384, 'b', 0, 1005, CHECKED, 0, 0 });
  for (guint i = 1; i <= n_parts; i++)
    append_module (text, device,
                   &(Module){ 262144, 's', i, version, CHECKED, i - 1, i > 1 ? version : 0 });
  if (state != FL_SIM_MODULES_NONE)
    append_module (text, device,
                   &(Module){ 131072, 'u', 1, 6,
                              CHECKED & ~(guint) (state == FL_SIM_MODULES_BROKEN    ? INTEGRITY
                                                  : state == FL_SIM_MODULES_TOO_NEW ? DEPENDENCIES
                                                                                    : 0),
                              n_parts, version + (state == FL_SIM_MODULES_TOO_NEW) });
  g_string_append (text, "]}\r\n");
  return take_string (text);
}

static FlSecret *
tell_claimed (FlSimDevice *device)
{
  return fl_secret_new_from_string (device->claimed ? "Device claimed: yes\r\n"
                                                    : "Device claimed: no\r\n");
}

/* Names: particle-iot/device-os, services/inc/diagnostics.h. */
static FlSecret *
tell_diagnostics (FlSimDevice *device, gint64 now_us)
{
  GString *text = g_string_new ("{");

  g_string_append_printf (text, "\"sys:uptime\":%d,",
                          (int) (fl_sim_world_get_elapsed (device->world, now_us) / 1000000));
  g_string_append_printf (text, "\"net:stat\":%d,\"net:err\":%d,", device->wifi != FL_SIM_WIFI_OFF,
                          device->serial->network_error);
  if (device->network != NULL)
    g_string_append_printf (text, "\"net:rssi\":%d,",
                            fl_sim_wifi_get_rssi (device, device->network));
  else
    g_string_append_printf (text, "\"net:rssi\":{\"err\":%d},", NO_RSSI);
  g_string_append_printf (text, "\"cloud:stat\":%d}\r\n", (int) device->cloud);
  return take_string (text);
}

/* The console knows which letters its version has. */
FlSecret *
fl_sim_serial_answer (FlSimDevice *device, char letter, gint64 now_us)
{
  if (letter == 'i')
    return tell_identity (device);
  if (letter == 'm')
    return tell_mac (device);
  if (letter == 'v')
    return tell_version (device);
  if (letter == 's')
    return tell_modules (device);
  if (letter == 'c')
    return tell_claimed (device);
  if (letter == 'd')
    return tell_diagnostics (device, now_us);
  return NULL;
}
