/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlBluezCache:
 *
 * What bluetoothd exports: objects, their interfaces and properties, kept from ObjectManager and
 * Properties signals so that nobody has to ask again. Pure.
 */
typedef struct _FlBluezCache FlBluezCache;

FlBluezCache *fl_bluez_cache_new (void);
void fl_bluez_cache_free (FlBluezCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlBluezCache, fl_bluez_cache_free)

/* @properties: a{sv}. An interface that is there already gets these properties in place of its
 * own. Returns TRUE when it was not there. */
gboolean fl_bluez_cache_add (FlBluezCache *cache,
                             const char *path,
                             const char *interface,
                             GVariant *properties);
/* @changed: a{sv}; @invalidated: (nullable). Returns FALSE when the interface is unknown. */
gboolean fl_bluez_cache_change (FlBluezCache *cache,
                                const char *path,
                                const char *interface,
                                GVariant *changed,
                                const char *const *invalidated);
gboolean fl_bluez_cache_remove (FlBluezCache *cache, const char *path, const char *interface);
gboolean fl_bluez_cache_has (FlBluezCache *cache, const char *path, const char *interface);
/* (transfer full) (nullable): NULL too when the value is not of @type. */
GVariant *fl_bluez_cache_get (FlBluezCache *cache,
                              const char *path,
                              const char *interface,
                              const char *property,
                              const GVariantType *type);
/* Sorted paths with @interface; @under: (nullable) only objects below this path. (transfer full) */
GStrv fl_bluez_cache_list (FlBluezCache *cache, const char *interface, const char *under);

G_END_DECLS
