/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reply-modules.h"

#include <string.h>

#include "particle-storage.pb-c.h"

typedef Particle__Cloud__FirmwareModule Module;
typedef Particle__Ctrl__GetModuleInfoReply__Module OldModule;

/* FirmwareModuleValidityFlag of particle-describe.proto: what makes a module whole. */
#define SOUND_FLAGS                                                                                \
  (PARTICLE__CLOUD__FIRMWARE_MODULE_VALIDITY_FLAG__VALID_INTEGRITY |                               \
   PARTICLE__CLOUD__FIRMWARE_MODULE_VALIDITY_FLAG__VALID_RANGE |                                   \
   PARTICLE__CLOUD__FIRMWARE_MODULE_VALIDITY_FLAG__VALID_PLATFORM)
#define DEPENDENCY_FLAG PARTICLE__CLOUD__FIRMWARE_MODULE_VALIDITY_FLAG__VALID_DEPENDENCIES

/* "validity" of the old form: what failed. */
#define OLD_BAD_INTEGRITY    1
#define OLD_BAD_DEPENDENCIES 2

/* By FirmwareModuleType of each form. */
static const FlModuleKind kinds[] = {
  FL_MODULE_OTHER,       FL_MODULE_RESOURCE,  FL_MODULE_BOOTLOADER, FL_MODULE_MONOLITHIC,
  FL_MODULE_SYSTEM_PART, FL_MODULE_USER_PART, FL_MODULE_SETTINGS,   FL_MODULE_NCP,
  FL_MODULE_RADIO_STACK, FL_MODULE_ASSET,
};
static const FlModuleKind old_kinds[] = {
  FL_MODULE_OTHER,      FL_MODULE_BOOTLOADER, FL_MODULE_SYSTEM_PART, FL_MODULE_USER_PART,
  FL_MODULE_MONOLITHIC, FL_MODULE_NCP,        FL_MODULE_RADIO_STACK,
};

static int
kind_to_particle (FlModuleKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return (int) i;
  return 0;
}

static void
fill_module (Module *packed, const FlModule *module)
{
  particle__cloud__firmware_module__init (packed);
  packed->type = (Particle__Cloud__FirmwareModuleType) kind_to_particle (module->kind);
  packed->index = module->index;
  packed->version = module->version;
  packed->size = module->size_bytes;
  if (module->has_hash)
    packed->hash = (ProtobufCBinaryData){ sizeof module->hash, (uint8_t *) module->hash };
  if (!module->checked)
    return;
  packed->checked_flags = SOUND_FLAGS | DEPENDENCY_FLAG;
  packed->passed_flags =
      (module->is_sound ? SOUND_FLAGS : 0) | (module->dependencies_met ? DEPENDENCY_FLAG : 0);
}

FlSecret *
fl_reply_pack_modules (GPtrArray *modules)
{
  Particle__Ctrl__GetModuleInfoReply message = PARTICLE__CTRL__GET_MODULE_INFO_REPLY__INIT;
  g_autofree Module *entries = NULL;
  g_autofree Module **pointers = NULL;

  g_return_val_if_fail (modules != NULL, NULL);

  entries = g_new0 (Module, modules->len);
  pointers = g_new0 (Module *, modules->len);
  for (guint i = 0; i < modules->len; i++)
    {
      fill_module (&entries[i], modules->pdata[i]);
      pointers[i] = &entries[i];
    }
  message.n_modules = modules->len;
  message.modules = pointers;
  return fl_message_pack (&message.base);
}

static FlModuleKind
kind_from_particle (int type, const FlModuleKind *table, gsize n_kinds)
{
  return type >= 0 && (gsize) type < n_kinds ? table[type] : FL_MODULE_OTHER;
}

static FlModule *
read_module (const Module *entry)
{
  FlModule *module = fl_module_new ();
  guint32 failed = entry->checked_flags & ~entry->passed_flags;

  module->kind = kind_from_particle ((int) entry->type, kinds, G_N_ELEMENTS (kinds));
  module->index = entry->index;
  module->version = entry->version;
  module->size_bytes = entry->size;
  module->has_hash = entry->hash.len == sizeof module->hash;
  if (module->has_hash)
    memcpy (module->hash, entry->hash.data, sizeof module->hash);
  module->checked = entry->checked_flags != 0;
  module->is_sound = (failed & SOUND_FLAGS) == 0;
  module->dependencies_met = (failed & DEPENDENCY_FLAG) == 0;
  return module;
}

static FlModule *
read_old_module (const OldModule *entry)
{
  FlModule *module = fl_module_new ();

  module->kind = kind_from_particle ((int) entry->type, old_kinds, G_N_ELEMENTS (old_kinds));
  module->index = entry->index;
  module->version = entry->version;
  module->size_bytes = entry->size;
  module->checked = TRUE;
  module->is_sound = (entry->validity & OLD_BAD_INTEGRITY) == 0;
  module->dependencies_met = (entry->validity & OLD_BAD_DEPENDENCIES) == 0;
  return module;
}

GPtrArray *
fl_reply_unpack_modules (const guint8 *data, gsize size_bytes, GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  g_autoptr (GPtrArray) modules = NULL;
  const Particle__Ctrl__GetModuleInfoReply *reply = NULL;

  message = fl_message_unpack (&particle__ctrl__get_module_info_reply__descriptor, data, size_bytes,
                               error);
  if (message == NULL)
    return NULL;
  reply = (const Particle__Ctrl__GetModuleInfoReply *) message;
  modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  for (gsize i = 0; i < reply->n_modules && modules->len < FL_REPLY_MAX_MODULES; i++)
    if (reply->modules[i]->store == PARTICLE__CLOUD__FIRMWARE_MODULE_STORE__MAIN_STORE)
      g_ptr_array_add (modules, read_module (reply->modules[i]));
  if (reply->n_modules > 0)
    return g_steal_pointer (&modules);
  for (gsize i = 0; i < reply->n_modules_deprecated && modules->len < FL_REPLY_MAX_MODULES; i++)
    g_ptr_array_add (modules, read_old_module (reply->modules_deprecated[i]));
  return g_steal_pointer (&modules);
}
