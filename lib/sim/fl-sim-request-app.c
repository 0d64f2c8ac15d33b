/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

/* What belongs to the device's application: request 10, and what it is made of. */

#include "fl-reply-modules.h"
#include "particle-storage.pb-c.h"

#define SLOW_US          G_GINT64_CONSTANT (30000000)
#define MODULES_SINCE    FL_SIM_VERSION (5, 6, 0) /* before, a reply listed only what is wrong */
#define BAD_INTEGRITY    1
#define BAD_DEPENDENCIES 2
#define USER_PART        6
#define BOOTLOADER       1003
#define BOOTLOADER_BYTES 45000
#define SYSTEM_BYTES     1290000
#define USER_BYTES       21000

/* Device OS counts its modules in the thousands since 1.0.0. */
static guint
get_system_version (FlSimDevice *device)
{
  guint version = device->spec->version;

  return (version >> 16) * 1000 + (version >> 8 & 0xff) * 100 + (version & 0xff);
}

/* Each module comes with one: the vendor's client cannot do without (particle-iot/particle-usb,
 * src/device.js). There is nothing here to make it of but what the module is. */
static void
fill_hash (FlModule *module)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = g_strdup_printf ("%d %u %u %u", module->kind, module->index,
                                           module->version, module->size_bytes);
  gsize size_bytes = sizeof module->hash;

  g_checksum_update (sum, (const guchar *) text, -1);
  g_checksum_get_digest (sum, module->hash, &size_bytes);
  module->has_hash = TRUE;
}

static void
add_module (GPtrArray *modules,
            FlModuleKind kind,
            guint version,
            guint size_bytes,
            FlSimModules state)
{
  FlModule *module = fl_module_new ();

  module->kind = kind;
  module->index = 1;
  module->version = version;
  module->size_bytes = size_bytes;
  module->checked = TRUE;
  module->is_sound = state != FL_SIM_MODULES_BROKEN;
  module->dependencies_met = state != FL_SIM_MODULES_TOO_NEW;
  fill_hash (module);
  g_ptr_array_add (modules, module);
}

static FlSecret *
pack_modules (FlSimDevice *device)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);

  add_module (modules, FL_MODULE_SYSTEM_PART, get_system_version (device), SYSTEM_BYTES,
              FL_SIM_MODULES_GOOD);
  if (device->spec->modules != FL_SIM_MODULES_NONE)
    add_module (modules, FL_MODULE_USER_PART, USER_PART, USER_BYTES,
                (FlSimModules) device->spec->modules);
  add_module (modules, FL_MODULE_BOOTLOADER, BOOTLOADER, BOOTLOADER_BYTES, FL_SIM_MODULES_GOOD);
  return fl_reply_pack_modules (modules);
}

static FlSecret *
pack_faults (FlSimDevice *device)
{
  Particle__Ctrl__GetModuleInfoReply message = PARTICLE__CTRL__GET_MODULE_INFO_REPLY__INIT;
  Particle__Ctrl__GetModuleInfoReply__Module module =
      PARTICLE__CTRL__GET_MODULE_INFO_REPLY__MODULE__INIT;
  Particle__Ctrl__GetModuleInfoReply__Module *pointer = &module;

  module.type = PARTICLE__CTRL__FIRMWARE_MODULE_TYPE__OLD_USER_PART;
  module.index = 1;
  module.version = USER_PART;
  module.size = USER_BYTES;
  module.validity =
      device->spec->modules == FL_SIM_MODULES_BROKEN ? BAD_INTEGRITY : BAD_DEPENDENCIES;
  message.n_modules_deprecated = fl_sim_device_needs_safe_mode (device) ? 1 : 0;
  message.modules_deprecated = &pointer;
  return fl_message_pack (&message.base);
}

static void
get_module_info (FlSimDevice *device,
                 const guint8 *data,
                 gsize size_bytes,
                 gint64 now_us,
                 FlSimReply *reply)
{
  reply->payload =
      device->spec->version >= MODULES_SINCE ? pack_modules (device) : pack_faults (device);
}

/* No application, or none that listens, is not there to answer. */
static FlSimAppRequest
get_behaviour (FlSimDevice *device)
{
  if (device->safe_mode || device->spec->modules != FL_SIM_MODULES_GOOD)
    return FL_SIM_APP_NONE;
  return (FlSimAppRequest) device->spec->app_request;
}

static void
ask_application (FlSimDevice *device,
                 const guint8 *data,
                 gsize size_bytes,
                 gint64 now_us,
                 FlSimReply *reply)
{
  g_autofree char *text = NULL;

  switch (get_behaviour (device))
    {
    case FL_SIM_APP_NONE:
      reply->result = FL_RESULT_NOT_SUPPORTED;
      break;
    case FL_SIM_APP_ECHO:
    case FL_SIM_APP_SLOW:
      reply->payload = fl_secret_new (data, size_bytes);
      break;
    case FL_SIM_APP_JSON:
      text = g_strdup_printf ("{\"ok\":true,\"bytes\":%u}", (guint) size_bytes);
      reply->payload = fl_secret_new_from_string (text);
      break;
    }
}

gint64
fl_sim_request_begin_app (FlSimDevice *device, guint16 type)
{
  return type == FL_REQUEST_APP_CUSTOM && get_behaviour (device) == FL_SIM_APP_SLOW ? SLOW_US : 0;
}

FlSimHandler
fl_sim_request_find_app (guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_APP_CUSTOM:
      return ask_application;
    case FL_REQUEST_GET_MODULE_INFO:
      return get_module_info;
    default: /* of another part */
      return NULL;
    }
}
