/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"

G_BEGIN_DECLS

/* The camera portal of the desktop (org.freedesktop.portal.Camera, version 1 and later; source:
 * xdg-desktop-portal, data/org.freedesktop.portal.Camera.xml and .Request.xml). All of it blocks
 * and is for threads that may. */

/* Whether this program has to ask it: it runs in a Flatpak. */
gboolean fl_camera_portal_is_needed (void);
/* A connection to the session bus that is nobody else's: its signals come to the calling thread,
 * and it ends with the thread's work. */
GDBusConnection *fl_camera_portal_connect (GCancellable *cancellable, GError **error);
/* Whether there is a portal and it knows of a camera. */
gboolean fl_camera_portal_has_camera (GCancellable *cancellable);
/* Calls @func (in the thread-default main context, while somebody runs it) when that may have
 * changed. Returns what to give to g_dbus_connection_signal_unsubscribe(); 0 without a bus. */
guint fl_camera_portal_watch (GDBusConnection *bus, GDBusSignalCallback func, gpointer data);
/* The camera that the portal gives. Each opening asks for permission, which the desktop remembers;
 * refused and cancelled are FL_ERROR_CAMERA_REFUSED. */
FlCameraSource *fl_camera_portal_new (void);

G_END_DECLS
