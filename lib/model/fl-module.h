/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Nicks: "bootloader", "system-part", "user-part", "settings", "ncp", "radio-stack", "asset",
 * "monolithic", "resource", "other". */
typedef enum
{
  FL_MODULE_OTHER,
  FL_MODULE_RESOURCE,
  FL_MODULE_BOOTLOADER,
  FL_MODULE_MONOLITHIC,
  FL_MODULE_SYSTEM_PART,
  FL_MODULE_USER_PART,
  FL_MODULE_SETTINGS,
  FL_MODULE_NCP,
  FL_MODULE_RADIO_STACK,
  FL_MODULE_ASSET,
} FlModuleKind;

#define FL_TYPE_MODULE_KIND (fl_module_kind_get_type ())
GType fl_module_kind_get_type (void);
const char *fl_module_kind_to_string (FlModuleKind kind); /* static nick */
const char *fl_module_kind_get_label (FlModuleKind kind); /* translated, header capitals */

#define FL_MODULE_HASH_BYTES 32

/**
 * FlModule:
 *
 * One part of a device's firmware. Boxed; plain fields.
 */
typedef struct
{
  FlModuleKind kind;
  guint index;   /* which of its kind */
  guint version; /* the module's own number */
  guint size_bytes;
  gboolean checked;  /* the device has looked whether it can run */
  gboolean is_sound; /* whole, in its place and for this hardware */
  gboolean dependencies_met;
  gboolean has_hash;
  guint8 hash[FL_MODULE_HASH_BYTES]; /* SHA-256 */
} FlModule;

#define FL_TYPE_MODULE (fl_module_get_type ())
GType fl_module_get_type (void);
FlModule *fl_module_new (void);
FlModule *fl_module_copy (const FlModule *module);
void fl_module_free (FlModule *module);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlModule, fl_module_free)

G_END_DECLS
