/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile central, and the controller between, against all of a simulated device's Bluetooth. The
 * controller has been set up and a central is connected; the first byte of each step is its kind:
 * frame for the device, bytes of the controller as they are, or time. */

#include "fl-sim-host.h"

#include <string.h>

#include "fuzz.h"

#define SCENARIO "[Device Board]\n"
#define STEP_US  10000

static const guint8 set_up[] = {
  0x04, 0x0e, 4,    1, 0x03, 0x0c, 0, 0x04, 0x0e, 4,    1, 0x01, 0x0c, 0,  0x04, 0x0e, 4,
  1,    0x01, 0x20, 0, 0x04, 0x0e, 7, 1,    0x02, 0x20, 0, 27,   0,    2,  0x04, 0x0e, 4,
  1,    0x05, 0x20, 0, 0x04, 0x0e, 4, 1,    0x06, 0x20, 0, 0x04, 0x3e, 19, 1,    0,    0x40,
  0,    1,    1,    1, 2,    3,    4, 5,    0xc0, 24,   0, 0,    0,    42, 0,    0,
};

static void
feed (FlSimHost *host, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_autofree guint8 *exact = g_memdup2 (data, size_bytes);
  GBytes *packet;

  fl_sim_host_feed (host, exact, size_bytes, now_us);
  while ((packet = fl_sim_host_take (host)) != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (packet), >=, 4);
      g_bytes_unref (packet);
    }
}

/* One attribute PDU in one packet, and room for the answer. */
static void
feed_pdu (FlSimHost *host, const guint8 *data, guint8 size_bytes, gint64 now_us)
{
  static const guint8 done[] = { 0x04, 0x13, 5, 1, 0x40, 0, 2, 0 };
  guint8 packet[9 + 255] = { 0x02, 0x40, 0x20 };

  packet[3] = (guint8) (size_bytes + 4);
  packet[4] = (guint8) ((size_bytes + 4) >> 8);
  packet[5] = size_bytes;
  packet[7] = 4;
  if (size_bytes > 0)
    memcpy (packet + 9, data, size_bytes);
  feed (host, packet, 9 + (gsize) size_bytes, now_us);
  feed (host, done, sizeof done, now_us);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (SCENARIO, strlen (SCENARIO), "fuzz", 1, NULL);
  g_autoptr (FlSimHost) host = NULL;
  gint64 now_us = G_USEC_PER_SEC;

  fl_sim_world_tick (world, now_us);
  host = fl_sim_host_new (fl_sim_world_get_device (world, 0));
  for (gsize i = 0; i < sizeof set_up; i++) /* each command is answered when it is out */
    feed (host, set_up + i, 1, now_us);
  g_assert_true (fl_sim_host_is_connected (host));

  while (size_bytes >= 2)
    {
      guint8 length = (guint8) MIN (data[1], size_bytes - 2);

      if (data[0] % 3 == 0)
        feed_pdu (host, data + 2, length, now_us);
      else if (data[0] % 3 == 1)
        feed (host, data + 2, length, now_us);
      now_us += (gint64) (data[0] / 3) * STEP_US;
      fl_sim_host_tick (host, now_us);
      g_assert_cmpint (fl_sim_host_get_deadline (host, now_us), >=, 0);
      data += 2 + length;
      size_bytes -= 2 + (gsize) length;
    }
  return 0;
}
