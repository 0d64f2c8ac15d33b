/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile computer against a device behind USB/IP. The bytes are what it sends; the first one is
 * the size of the pieces. */

#include "fl-sim-usbip-session.h"

#include <string.h>

#include "fuzz.h"

#define SCENARIO                                                                                   \
  "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\nboot-time=1ms\n"                          \
  "[Network Home]\npassword=lighthouse7\n"
#define STEP_US 1000

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (SCENARIO, strlen (SCENARIO), "fuzz", 0, NULL);
  FlSimDevice *device = fl_sim_world_get_device (world, 0);
  gint64 now_us = STEP_US;
  g_autoptr (FlSimUsbipSession) session =
      fl_sim_usbip_session_new (device, fl_sim_usb_get_attachment (device, now_us));
  gsize piece = size_bytes > 0 ? 1 + (gsize) data[0] : 1;
  gboolean is_good = TRUE;

  for (gsize done = 1; done < size_bytes && is_good; done += piece)
    {
      g_autoptr (GBytes) bytes = NULL;

      now_us += STEP_US;
      is_good =
          fl_sim_usbip_session_feed (session, data + done, MIN (piece, size_bytes - done), now_us);
      fl_sim_usbip_session_tick (session, now_us);
      bytes = fl_sim_usbip_session_take (session);
      if (bytes != NULL)
        g_assert_cmpuint (g_bytes_get_size (bytes), >=, 48);
    }
  return 0;
}
