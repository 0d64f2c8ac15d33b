/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-module.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (FlModule, fl_module, fl_module_copy, fl_module_free)

static const GEnumValue kinds[] = {
  { FL_MODULE_OTHER, "FL_MODULE_OTHER", "other" },
  { FL_MODULE_RESOURCE, "FL_MODULE_RESOURCE", "resource" },
  { FL_MODULE_BOOTLOADER, "FL_MODULE_BOOTLOADER", "bootloader" },
  { FL_MODULE_MONOLITHIC, "FL_MODULE_MONOLITHIC", "monolithic" },
  { FL_MODULE_SYSTEM_PART, "FL_MODULE_SYSTEM_PART", "system-part" },
  { FL_MODULE_USER_PART, "FL_MODULE_USER_PART", "user-part" },
  { FL_MODULE_SETTINGS, "FL_MODULE_SETTINGS", "settings" },
  { FL_MODULE_NCP, "FL_MODULE_NCP", "ncp" },
  { FL_MODULE_RADIO_STACK, "FL_MODULE_RADIO_STACK", "radio-stack" },
  { FL_MODULE_ASSET, "FL_MODULE_ASSET", "asset" },
  { 0, NULL, NULL },
};

GType
fl_module_kind_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("FlModuleKind", kinds));
  return type;
}

const char *
fl_module_kind_to_string (FlModuleKind kind)
{
  g_return_val_if_fail ((int) kind >= 0 && kind <= FL_MODULE_ASSET, "other");

  return kinds[kind].value_nick;
}

const char *
fl_module_kind_get_label (FlModuleKind kind)
{
  switch (kind)
    {
    case FL_MODULE_RESOURCE:
      return _ ("Resource");
    case FL_MODULE_BOOTLOADER:
      return _ ("Bootloader");
    case FL_MODULE_MONOLITHIC:
      return _ ("Whole Firmware");
    case FL_MODULE_SYSTEM_PART:
      return _ ("Device OS");
    case FL_MODULE_USER_PART:
      return _ ("Application");
    case FL_MODULE_SETTINGS:
      return _ ("Settings");
    case FL_MODULE_NCP:
      return _ ("Radio Firmware");
    case FL_MODULE_RADIO_STACK:
      return _ ("Bluetooth Firmware");
    case FL_MODULE_ASSET:
      return _ ("Asset");
    case FL_MODULE_OTHER:
      break;
    }
  return _ ("Other Part");
}

FlModule *
fl_module_new (void)
{
  return g_new0 (FlModule, 1);
}

FlModule *
fl_module_copy (const FlModule *module)
{
  return g_memdup2 (module, sizeof *module);
}

void
fl_module_free (FlModule *module)
{
  g_free (module);
}
