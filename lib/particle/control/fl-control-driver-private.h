/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-control-capabilities.h"
#include "fl-control-driver.h"
#include "fl-error.h"
#include "fl-requests.h"
#include "fl-result.h"

G_BEGIN_DECLS

/* PROTOCOL.md, "Behaviour": how long a reply may take */
#define FL_CONTROL_LIMIT_MS      15000
#define FL_CONTROL_SCAN_LIMIT_MS 30000
#define FL_CONTROL_JOIN_LIMIT_MS 90000
/* Longer than the supervision timeout of the link (5 s): a link that dies is noticed first. */
#define FL_CONTROL_LEAVE_LIMIT_MS 8000
/* Gen 2 looks for the network before it stores it, for 30 s at most, and answers nothing while it
 * tries to connect. PROTOCOL.md, "Gen 2". */
#define FL_CONTROL_OLD_LIMIT_MS 40000

struct _FlControlDriver
{
  GObject parent_instance;

  FlControlChannel *channel;
  FlClock *clock;
  gboolean provisioning;

  FlControlDevice device;
  FlDeviceMode mode;     /* as last reported */
  gboolean in_safe_mode; /* a module of it is not fit to run */
  gboolean identifying;
  gboolean scanned;   /* since the channel opened */
  guint32 wifi_index; /* of the Wi-Fi interface; 0: not asked yet */
};

/* One answer to an operation's request. @error: (transfer full) (nullable), then @payload is NULL.
 * @task belongs to the caller. */
typedef void (
    *FlControlReplyFunc) (GTask *task, guint16 type, GBytes *payload, int code, GError *error);
typedef void (*FlControlWaitFunc) (GTask *task);

/* The source object of @task is the driver; its cancellable cancels the request. */
void fl_control_driver_send (GTask *task,
                             guint16 type,
                             FlSecret *payload,
                             guint limit_ms,
                             FlControlReplyFunc func);
/* Calls @func after a while; a cancelled task ends here. */
void fl_control_driver_wait (GTask *task, guint delay_ms, FlControlWaitFunc func);
/* For requests that are a whole operation, without anything in the reply. */
void fl_control_driver_send_only (GTask *task, guint16 type, FlSecret *payload, guint limit_ms);
/* Ends @task with @error (transfer full) (nullable), or what @code means. TRUE: it did. */
gboolean fl_control_driver_return_failure (GTask *task, guint16 type, int code, GError *error);

/* How long the reply to @type may take. */
guint fl_control_get_limit_ms (guint16 type);

/* DeviceMode of particle-config.proto */
FlDeviceMode fl_control_mode_from_particle (int value);
/* ConnectionStatus of particle-cloud.proto */
FlCloudState fl_control_cloud_from_particle (int value);
/* A mode with what else is known: the device itself calls its safe mode normal. */
FlDeviceMode fl_control_driver_weigh_mode (FlControlDriver *self, int value);
/* TRUE: @task ended, because the device as it is cannot do what needs @capability. */
gboolean fl_control_driver_return_unable (GTask *task, FlCapabilities capability);
/* FALSE: no network has that name; @task has ended. */
gboolean fl_control_driver_check_ssid (GTask *task, GBytes *ssid);

/**
 * FlControlGeneration:
 *
 * What differs between generations of devices: requests for Wi-Fi, and what they tell of it.
 */
typedef struct
{
  int max_known;
  void (*scan_async) (FlDriver *driver, FL_DRIVER_ARGS);
  void (*join_async) (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
  void (*save_async) (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
  void (*list_known_async) (FlDriver *driver, FL_DRIVER_ARGS);
  void (*remove_known_async) (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS);
  void (*join_known_async) (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS);
  void (*read_state_async) (FlDriver *driver, FL_DRIVER_ARGS);
} FlControlGeneration;

extern const FlControlGeneration fl_control_present; /* Gen 3 and 4: fl-control-generation.c */
extern const FlControlGeneration fl_control_old;     /* Gen 2: fl-control-old.c */

/* fl-control-generation.c: those operations, for the device that it is. */
void fl_control_generation_iface_init (FlDriverInterface *iface);

/* fl-control-info.c */
void fl_control_driver_read_info_async (FlDriver *driver, FL_DRIVER_ARGS);
/* fl-control-scan.c */
void fl_control_driver_scan_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_list_known_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_remove_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS);
/* fl-control-join.c */
void fl_control_driver_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_control_driver_save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_control_driver_join_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS);
/* fl-control-state.c */
void fl_control_driver_read_state_async (FlDriver *driver, FL_DRIVER_ARGS);
/* fl-control-old-join.c */
void fl_control_old_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_control_old_save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
/* fl-control-service.c */
void fl_control_driver_read_modules_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_read_setup_done_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_set_setup_done_async (FlDriver *driver, gboolean done, FL_DRIVER_ARGS);
void
fl_control_driver_request_async (FlDriver *driver, guint16 type, FlSecret *payload, FL_DRIVER_ARGS);

G_END_DECLS
