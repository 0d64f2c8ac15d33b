/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* fi.w1.wpa_supplicant1: w1.fi/wpa_supplicant/devel/dbus.html */
#define FL_SIM_WPA_SERVICE    "fi.w1.wpa_supplicant1"
#define FL_SIM_WPA_ROOT       "/fi/w1/wpa_supplicant1"
#define FL_SIM_WPA_INTERFACE  FL_SIM_WPA_SERVICE ".Interface"
#define FL_SIM_WPA_BSS        FL_SIM_WPA_SERVICE ".BSS"
#define FL_SIM_WPA_PROPERTIES "org.freedesktop.DBus.Properties"

/* One radio of a running wpa_supplicant. */
typedef struct
{
  GDBusConnection *connection; /* (nullable): not connected yet */
  char *path;                  /* of its Interface object */
} FlSimWpaBus;

void fl_sim_wpa_bus_clear (FlSimWpaBus *self);

/* These end in @callback (nullable: nobody wants to know), with g_dbus_connection_call_finish(). */

/* A method of the Interface. @parameters: (nullable), floating is taken. */
void fl_sim_wpa_bus_call (const FlSimWpaBus *self,
                          const char *method,
                          GVariant *parameters,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* A property of the Interface. */
void fl_sim_wpa_bus_get (const FlSimWpaBus *self,
                         const char *property,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* All properties of an access point. */
void fl_sim_wpa_bus_get_bss (const FlSimWpaBus *self,
                             const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* A signal of the Interface, or of its properties. Returns an id. */
guint fl_sim_wpa_bus_listen (const FlSimWpaBus *self,
                             const char *interface,
                             const char *signal,
                             GDBusSignalCallback callback,
                             gpointer user_data);
void fl_sim_wpa_bus_stop_listening (const FlSimWpaBus *self, guint *id);

/* (transfer full) (nullable) The value in the answer to the first two. */
GVariant *fl_sim_wpa_bus_get_finish (GObject *source, GAsyncResult *result, GError **error);

/**
 * FlSimWpaList:
 *
 * Reads the access points that it knows of. Those that go meanwhile are left out.
 */
typedef struct _FlSimWpaList FlSimWpaList;

/* @list: of GVariant a{sv}, borrowed. Called once; it may free the list. */
typedef void (*FlSimWpaListFunc) (GPtrArray *list, gpointer data);

FlSimWpaList *fl_sim_wpa_list_new (const FlSimWpaBus *bus, FlSimWpaListFunc func, gpointer data);
void fl_sim_wpa_list_free (FlSimWpaList *self);

G_END_DECLS
