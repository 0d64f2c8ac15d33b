/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "fl-clock.h"

G_BEGIN_DECLS

#define FL_BLUEZ_ADAPTER        "org.bluez.Adapter1"
#define FL_BLUEZ_DEVICE         "org.bluez.Device1"
#define FL_BLUEZ_SERVICE        "org.bluez.GattService1"
#define FL_BLUEZ_CHARACTERISTIC "org.bluez.GattCharacteristic1"

typedef enum
{
  FL_BLUEZ_STARTING, /* nothing is known yet */
  FL_BLUEZ_READY,
  FL_BLUEZ_GONE, /* see fl_bluez_get_error() */
} FlBluezState;

typedef struct _FlBluezRadio FlBluezRadio;

/**
 * FlBluez:
 *
 * This computer's Bluetooth as BlueZ shows it on the system bus: its objects, its adapters (radios)
 * and calls to it. One per program, handed to the finder and through it to the links. Nothing here
 * blocks.
 *
 * Signals: "state-changed"; "interface-added", "interface-removed" (path, interface);
 * "properties-changed" (path, interface, GVariant a{sv}); "radio-added", "radio-removed"
 * (FlBluezRadio); "left" (device path), when a farewell is over; "shutdown".
 */
#define FL_TYPE_BLUEZ (fl_bluez_get_type ())
G_DECLARE_FINAL_TYPE (FlBluez, fl_bluez, FL, BLUEZ, GObject)

/* @connection: (nullable) a message bus; NULL: the system bus, or the one that
 * DBUS_SYSTEM_BUS_ADDRESS names. */
FlBluez *fl_bluez_new (GDBusConnection *connection, FlClock *clock);
/* Folder in place of "/" for /sys/class/rfkill and /.flatpak-info; before start. */
void fl_bluez_set_root (FlBluez *self, const char *root);
/* Idempotent. */
void fl_bluez_start (FlBluez *self);
/* When gone: asks the bus to start the service, connects to the bus anew if need be. */
void fl_bluez_retry (FlBluez *self);

FlClock *fl_bluez_get_clock (FlBluez *self);
FlBluezState fl_bluez_get_state (FlBluez *self);
const GError *fl_bluez_get_error (FlBluez *self); /* (nullable) FL_ERROR, when gone */
GPtrArray *fl_bluez_get_radios (FlBluez *self);   /* borrowed, of FlBluezRadio */
FlBluezRadio *fl_bluez_get_radio (FlBluez *self, const char *path); /* (nullable), borrowed */
/* Whether rfkill says that @name ("hci0"; NULL: any Bluetooth) is blocked. Source:
 * Documentation/ABI/stable/sysfs-class-rfkill of Linux. */
gboolean fl_bluez_is_blocked (FlBluez *self, const char *name);
/* Discovery listens for all services ever added. UUIDs of 128 bits, lower case. */
void fl_bluez_add_service (FlBluez *self, const char *uuid);
const char *const *fl_bluez_get_services (FlBluez *self);

/* Known objects; see fl-bluez-cache.h. */
gboolean fl_bluez_has (FlBluez *self, const char *path, const char *interface);
GVariant *fl_bluez_get (FlBluez *self,
                        const char *path,
                        const char *interface,
                        const char *property,
                        const GVariantType *type);
gboolean fl_bluez_get_boolean (FlBluez *self,
                               const char *path,
                               const char *interface,
                               const char *property); /* FALSE when unknown */
GStrv fl_bluez_list (FlBluez *self, const char *interface, const char *under);

/* Any method; @parameters: (nullable) floating is taken. @limit_ms: real time, -1: the default.
 * Errors are as they came over the bus, for fl_bluez_error_translate(). */
void fl_bluez_call_async (FlBluez *self,
                          const char *path,
                          const char *interface,
                          const char *method,
                          GVariant *parameters,
                          int limit_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* @descriptors: (out) (optional) (nullable) */
GVariant *fl_bluez_call_finish (FlBluez *self,
                                GAsyncResult *result,
                                GUnixFDList **descriptors,
                                GError **error);
void fl_bluez_set_async (FlBluez *self,
                         const char *path,
                         const char *interface,
                         const char *property,
                         GVariant *value,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data); /* finish with fl_bluez_call_finish() */

/* Asks for all properties of an interface that is known. When it finishes, they are known as they
 * are, and so is every object that bluetoothd had before: it sends what it has to tell before it
 * answers (BlueZ gdbus/object.c, g_dbus_send_message). */
void fl_bluez_refresh_async (FlBluez *self,
                             const char *path,
                             const char *interface,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean fl_bluez_refresh_finish (FlBluez *self, GAsyncResult *result, GError **error);

/* Ends the use of a device: stops @notifying (nullable, a characteristic), disconnects, and removes
 * the object so that no stale services stay. Nobody has to wait for it; while it runs
 * fl_bluez_is_leaving() holds for the path. */
void fl_bluez_farewell (FlBluez *self, const char *device_path, const char *notifying);
/* The same while Connect runs, which has a second to succeed first. */
void fl_bluez_farewell_attempt (FlBluez *self, const char *device_path);
gboolean fl_bluez_is_leaving (FlBluez *self, const char *device_path);

/* Call before the program ends: all links close, and the descriptors they hold go before the bus
 * connection does. Finishes when all farewells are over, after 4 s at most. */
void fl_bluez_shutdown_async (FlBluez *self, GAsyncReadyCallback callback, gpointer user_data);
void fl_bluez_shutdown_finish (FlBluez *self, GAsyncResult *result);

G_END_DECLS
