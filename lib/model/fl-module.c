/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-module.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (FlModuleKind,
                    fl_module_kind,
                    G_DEFINE_ENUM_VALUE (FL_MODULE_OTHER, "other"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_RESOURCE, "resource"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_BOOTLOADER, "bootloader"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_MONOLITHIC, "monolithic"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_SYSTEM_PART, "system-part"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_USER_PART, "user-part"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_SETTINGS, "settings"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_NCP, "ncp"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_RADIO_STACK, "radio-stack"),
                    G_DEFINE_ENUM_VALUE (FL_MODULE_ASSET, "asset"))

G_DEFINE_BOXED_TYPE (FlModule, fl_module, fl_module_copy, fl_module_free)

const char *
fl_module_kind_to_string (FlModuleKind kind)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_MODULE_KIND);
  const GEnumValue *value = g_enum_get_value (class, (int) kind);

  g_return_val_if_fail (value != NULL, "other");

  return value->value_nick;
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
