/* SPDX-License-Identifier: Apache-2.0 */

/* Hostile fragments. The first byte of each says whether it starts a frame, the second its size. */

#include "fl-sim-l2cap.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSimL2cap) link = fl_sim_l2cap_new ();

  while (size_bytes >= 2)
    {
      const gsize length = MIN (data[1], size_bytes - 2);
      g_autofree guint8 *exact = g_memdup2 (data + 2, length);
      GBytes *pdu, *fragment;
      gboolean starts;

      fl_sim_l2cap_receive (link, data[0] % 2 == 0, exact, length);
      while ((pdu = fl_sim_l2cap_take_pdu (link)) != NULL)
        {
          g_assert_cmpuint (g_bytes_get_size (pdu), <=, 517);
          fl_sim_l2cap_send_pdu (link, pdu);
          g_bytes_unref (pdu);
        }
      if (data[0] % 4 < 2 && (fragment = fl_sim_l2cap_take_fragment (link, 27, &starts)) != NULL)
        g_bytes_unref (fragment);
      data += 2 + length;
      size_bytes -= 2 + length;
    }
  return 0;
}
