/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-link.h"

G_BEGIN_DECLS

/* USB Device Firmware Upgrade 1.1, 6.1.2 */
typedef enum
{
  FL_SIM_DFU_IDLE = 2,
  FL_SIM_DFU_DNLOAD_SYNC = 3,
  FL_SIM_DFU_DNBUSY = 4,
  FL_SIM_DFU_DNLOAD_IDLE = 5,
  FL_SIM_DFU_MANIFEST_SYNC = 6,
  FL_SIM_DFU_MANIFEST = 7,
  FL_SIM_DFU_ERROR = 10,
} FlSimDfuState;

/**
 * FlSimDfu:
 *
 * The bootloader of a simulated device, as far as leaving it needs: USB Device Firmware Upgrade 1.1
 * with ST's extension (AN3156). It takes no firmware. Plain and pure.
 */
typedef struct
{
  FlSimDfuState state;
  guint8 status;    /* bStatus */
  gboolean is_gen2; /* says another state than it is in when it leaves */
  gboolean is_left; /* it starts Device OS now */
} FlSimDfu;

void fl_sim_dfu_start (FlSimDfu *self, gboolean is_gen2);
/* One class request. @data: of host-to-device. @reply: (out) (transfer full), with FL_USB_DONE and
 * device-to-host. */
FlUsbOutcome fl_sim_dfu_control (FlSimDfu *self,
                                 const FlUsbSetup *setup,
                                 const guint8 *data,
                                 gsize size_bytes,
                                 GBytes **reply);

G_END_DECLS
