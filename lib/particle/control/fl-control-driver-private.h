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

struct _FlControlDriver
{
  GObject parent_instance;

  FlControlChannel *channel;
  FlClock *clock;
  gboolean provisioning;

  FlControlDevice device;
  FlDeviceMode mode; /* as last reported */
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

/* DeviceMode of particle-config.proto */
FlDeviceMode fl_control_mode_from_particle (int value);

void fl_control_driver_read_info_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_scan_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_list_known_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_control_driver_remove_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS);
void fl_control_driver_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_control_driver_save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);
void fl_control_driver_read_state_async (FlDriver *driver, FL_DRIVER_ARGS);

G_END_DECLS
