/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-credentials.h"
#include "fl-device-state.h"
#include "fl-enterprise-limits.h"
#include "fl-module.h"

G_BEGIN_DECLS

typedef enum
{
  FL_CAN_SCAN = 1 << 0,
  FL_CAN_JOIN = 1 << 1,
  FL_CAN_HIDDEN = 1 << 2,
  FL_CAN_5GHZ = 1 << 3,
  FL_CAN_WPA3 = 1 << 4,
  FL_CAN_ENTERPRISE = 1 << 5,
  FL_CAN_LIST_KNOWN = 1 << 6,
  FL_CAN_REMOVE_KNOWN = 1 << 7,
  FL_CAN_SAVE = 1 << 8, /* store without trying */
  FL_CAN_IDENTIFY = 1 << 9,
  FL_CAN_PROVE_ADDRESS = 1 << 10,
  FL_CAN_PROVE_CLOUD = 1 << 11,
  FL_CAN_LISTEN = 1 << 12,
  FL_CAN_RESET = 1 << 13,
  FL_CAN_CLAIM = 1 << 14,
  FL_CAN_INFO = 1 << 15,
  FL_CAN_WEP = 1 << 16,
  FL_CAN_JOIN_KNOWN = 1 << 17,   /* try a stored network */
  FL_CAN_READ_MODULES = 1 << 18, /* firmware modules */
  FL_CAN_SETUP_DONE = 1 << 19,   /* has the set-up done bit */
  FL_CAN_SAFE_MODE = 1 << 20,
  FL_CAN_REQUEST = 1 << 21, /* its application takes requests of its own */
  FL_DOUBTS_OPEN = 1 << 22, /* it takes open networks, and may never join them */
} FlCapabilities;

/* How the reset of "reset" and leaving update modes is meant. */
typedef enum
{
  FL_RESET_NORMAL,
  FL_RESET_SAFE_MODE,
  FL_RESET_FACTORY,
  FL_RESET_BOOTLOADER
} FlResetKind;

/**
 * FlDriver:
 *
 * What a family can do on one road. One operation at a time is enough for callers; a driver may
 * refuse a second one with FL_ERROR_DEVICE_BUSY. An operation that the device cannot do ends with
 * FL_ERROR_UNSUPPORTED. Every operation ends in bounded time and can be cancelled.
 *
 * Signals: "network-found" (FlNetwork *), while a scan runs; "sent", when the bytes of a join or
 * save have left this computer and only the device's answer is missing; "closed" (GError *reason,
 * (nullable)), when the link is gone.
 */
#define FL_TYPE_DRIVER (fl_driver_get_type ())
G_DECLARE_INTERFACE (FlDriver, fl_driver, FL, DRIVER, GObject)

#define FL_DRIVER_ARGS GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data

struct _FlDriverInterface
{
  GTypeInterface g_iface;

  FlCapabilities (*get_capabilities) (FlDriver *self);
  int (*get_max_known) (FlDriver *self);
  const FlEnterpriseLimits *(*get_enterprise_limits) (FlDriver *self);
  void (*connect_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*secure_async) (FlDriver *self, FlSecret *secret, FL_DRIVER_ARGS);
  void (*read_info_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*scan_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*join_async) (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS);
  void (*save_async) (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS);
  void (*list_known_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*remove_known_async) (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS);
  void (*identify_async) (FlDriver *self, gboolean on, FL_DRIVER_ARGS);
  void (*read_state_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*listen_async) (FlDriver *self, gboolean on, FL_DRIVER_ARGS);
  void (*reset_async) (FlDriver *self, FlResetKind kind, FL_DRIVER_ARGS);
  void (*join_known_async) (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS);
  void (*read_modules_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*read_setup_done_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*set_setup_done_async) (FlDriver *self, gboolean done, FL_DRIVER_ARGS);
  void (*request_async) (FlDriver *self, guint16 type, FlSecret *payload, FL_DRIVER_ARGS);
  void (*leave_async) (FlDriver *self, FL_DRIVER_ARGS);
  void (*close) (FlDriver *self);
};

/* All known after read_info; before that what the platform can do at most. */
FlCapabilities fl_driver_get_capabilities (FlDriver *self);
int fl_driver_get_max_known (FlDriver *self); /* stored networks the device keeps; 0 unknown */
/* (nullable), static: NULL unless FL_CAN_ENTERPRISE. */
const FlEnterpriseLimits *fl_driver_get_enterprise_limits (FlDriver *self);

/* All _finish functions of operations without an answer: fl_driver_finish(). */
gboolean fl_driver_finish (FlDriver *self, GAsyncResult *result, GError **error);

void fl_driver_connect_async (FlDriver *self, FL_DRIVER_ARGS); /* opens the link */
/* Proves both sides; @secret (nullable) on roads that need none. FL_ERROR_WRONG_SECRET,
 * FL_ERROR_DEVICE_SILENT… */
void fl_driver_secure_async (FlDriver *self, FlSecret *secret, FL_DRIVER_ARGS);
void fl_driver_read_info_async (FlDriver *self, FL_DRIVER_ARGS);
FlDeviceInfo *fl_driver_read_info_finish (FlDriver *self, GAsyncResult *result, GError **error);
/* Networks arrive by "network-found"; finishes when the scan is complete. An empty scan is no error
 * here. */
void fl_driver_scan_async (FlDriver *self, FL_DRIVER_ARGS);
/* Success: the device accepted and associated. Nothing is stored on failure. */
void fl_driver_join_async (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_driver_save_async (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_driver_list_known_async (FlDriver *self, FL_DRIVER_ARGS);
/* (transfer full) of FlNetwork, first = preferred */
GPtrArray *fl_driver_list_known_finish (FlDriver *self, GAsyncResult *result, GError **error);
void fl_driver_remove_known_async (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS); /* NULL: all */
void fl_driver_identify_async (FlDriver *self, gboolean on, FL_DRIVER_ARGS);
void fl_driver_read_state_async (FlDriver *self, FL_DRIVER_ARGS);
FlDeviceState *fl_driver_read_state_finish (FlDriver *self, GAsyncResult *result, GError **error);
void fl_driver_listen_async (FlDriver *self, gboolean on, FL_DRIVER_ARGS);
void fl_driver_reset_async (FlDriver *self, FlResetKind kind, FL_DRIVER_ARGS);
/* The operations below are for service; a driver that lacks one ends it with
 * FL_ERROR_UNSUPPORTED. */
/* Leaves the present network and connects to a stored one. */
void fl_driver_join_known_async (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS);
void fl_driver_read_modules_async (FlDriver *self, FL_DRIVER_ARGS);
/* (transfer full) of FlModule, as the device lists them */
GPtrArray *fl_driver_read_modules_finish (FlDriver *self, GAsyncResult *result, GError **error);
/* Whether the device remembers that set-up was done; TRUE result: no error. */
void fl_driver_read_setup_done_async (FlDriver *self, FL_DRIVER_ARGS);
gboolean fl_driver_read_setup_done_finish (FlDriver *self,
                                           GAsyncResult *result,
                                           gboolean *done,
                                           GError **error);
void fl_driver_set_setup_done_async (FlDriver *self, gboolean done, FL_DRIVER_ARGS);
/* A request as it is, for the device's application: @type is the family's number, @payload
 * (nullable) its bytes. */
void fl_driver_request_async (FlDriver *self, guint16 type, FlSecret *payload, FL_DRIVER_ARGS);
/* (transfer full) The reply's bytes, never NULL but on error. @code: (out) the device's result, 0
 * or a negative number of its own, which is no error here. */
GBytes *fl_driver_request_finish (FlDriver *self, GAsyncResult *result, int *code, GError **error);
/* The last request: ends set-up on the device (leaves listening mode when it is in it, stops
 * identifying). A link that goes away instead of an answer counts as success. */
void fl_driver_leave_async (FlDriver *self, FL_DRIVER_ARGS);
void fl_driver_close (FlDriver *self);

/* For implementations. */
void fl_driver_emit_network_found (FlDriver *self, FlNetwork *network);
void fl_driver_emit_sent (FlDriver *self);
void fl_driver_emit_closed (FlDriver *self, const GError *reason);

G_END_DECLS
