/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-link.h"

G_BEGIN_DECLS

typedef enum
{
  FL_DFU_RUNNING,
  FL_DFU_DONE, /* the device is on its way out of update mode */
  FL_DFU_FAILED,
} FlDfuState;

/* DFU 1.1, table 6.1.2, bState */
typedef enum
{
  FL_DFU_DEVICE_IDLE = 2,
  FL_DFU_DEVICE_DNLOAD_IDLE = 5,
  FL_DFU_DEVICE_MANIFEST_SYNC = 6,
  FL_DFU_DEVICE_MANIFEST = 7,
  FL_DFU_DEVICE_MANIFEST_WAIT_RESET = 8,
  FL_DFU_DEVICE_ERROR = 10,
} FlDfuDeviceState;

#define FL_DFU_STATUS_BYTES 6

/* bRequest; DFU 1.1, table 3.2 */
typedef enum
{
  FL_DFU_DNLOAD = 1,
  FL_DFU_GETSTATUS = 3,
  FL_DFU_CLRSTATUS = 4,
} FlDfuRequest;

/**
 * FlDfuSession:
 *
 * Brings a device out of its bootloader: USB Device Firmware Upgrade 1.1 with ST's extension, as
 * the vendor's client does it. Pure: it says which control transfer to make next and is told how it
 * ended. PROTOCOL.md, "Update mode".
 */
typedef struct _FlDfuSession FlDfuSession;

/* @limit_ms: after that it fails with FL_ERROR_DEVICE_SILENT, whatever the device asks for. */
FlDfuSession *fl_dfu_session_new (guint limit_ms, gint64 now_us);
void fl_dfu_session_free (FlDfuSession *self);

/* FALSE: nothing to do before the deadline, or ever. No transfer carries data to the device. */
gboolean fl_dfu_session_take_transfer (FlDfuSession *self, FlUsbSetup *setup, gint64 now_us);
/* The end of that transfer. @error (nullable): it failed (not: stalled). A device that goes away
 * once it was told to leave has done so. */
void fl_dfu_session_feed (FlDfuSession *self,
                          FlUsbOutcome outcome,
                          const guint8 *data,
                          gsize size_bytes,
                          const GError *error,
                          gint64 now_us);
/* The link went away without a transfer. @reason: (nullable) */
void fl_dfu_session_link_closed (FlDfuSession *self, const GError *reason);
void fl_dfu_session_tick (FlDfuSession *self, gint64 now_us);
gint64 fl_dfu_session_get_deadline (FlDfuSession *self); /* G_MAXINT64: none */
FlDfuState fl_dfu_session_get_state (FlDfuSession *self);
const GError *fl_dfu_session_get_error (FlDfuSession *self); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlDfuSession, fl_dfu_session_free)

G_END_DECLS
