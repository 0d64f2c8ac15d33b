/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FlSimBroadcast:
 *
 * What a simulated device advertises, as an object for BlueZ (org.bluez.LEAdvertisement1).
 */
typedef struct _FlSimBroadcast FlSimBroadcast;

/* Turns the payloads of ADV_IND and SCAN_RSP into the properties of org.bluez.LEAdvertisement1
 * (BlueZ doc/advertising-api.txt), a{sv}. A structure that is cut off counts as far as it goes.
 * BlueZ lays the payloads out by itself: the name goes to the scan response, all else to the
 * advertisement, and where that is too long it does without flags. (transfer full) */
GVariant *fl_sim_broadcast_read (const guint8 *advert,
                                 gsize advert_size,
                                 const guint8 *response,
                                 gsize response_size);
/* Whether @properties fit only on an adapter that is not discoverable itself. */
gboolean fl_sim_broadcast_is_tight (GVariant *properties);

/* @properties: as above, is kept. NULL: @path is taken. */
FlSimBroadcast *
fl_sim_broadcast_new (GDBusConnection *bus, const char *path, GVariant *properties, GError **error);
/* It is no object any more. */
void fl_sim_broadcast_free (FlSimBroadcast *self);
GVariant *fl_sim_broadcast_get_properties (FlSimBroadcast *self); /* borrowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimBroadcast, fl_sim_broadcast_free)

G_END_DECLS
