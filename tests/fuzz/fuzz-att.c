/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile central against the attribute server. The first byte of each PDU here is its size. */

#include "fl-sim-att.h"

#include <string.h>

#include "fuzz.h"

#define SCENARIO "[Device Board]\nbluetooth-app=yes\n"
#define EVENT_US 30000

static void
feed (FlSimAtt *att,
      FlSimConnection *connection,
      const guint8 *data,
      gsize size_bytes,
      gint64 now_us)
{
  g_autofree guint8 *exact = g_memdup2 (data, size_bytes);
  g_autoptr (GBytes) answer = fl_sim_att_receive (att, exact, size_bytes, now_us);

  if (answer != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (answer), >, 0);
      g_assert_cmpuint (g_bytes_get_size (answer), <=, fl_sim_connection_get_mtu (connection));
      g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (answer, NULL) & 1, ==, 1);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (SCENARIO, strlen (SCENARIO), "fuzz", 1, NULL);
  FlSimDevice *device = fl_sim_world_get_device (world, 0);
  g_autoptr (FlSimConnection) connection = NULL;
  g_autoptr (FlSimAtt) att = NULL;
  gint64 now_us = G_USEC_PER_SEC;

  fl_sim_world_tick (world, now_us);
  connection = fl_sim_device_connect (device, now_us, NULL);
  g_assert_nonnull (connection);
  att = fl_sim_att_new (device, connection, now_us);
  while (size_bytes > 0)
    {
      gsize length = MIN (*data, size_bytes - 1);
      GBytes *said;

      feed (att, connection, data + 1, length, now_us);
      data += 1 + length;
      size_bytes -= 1 + length;
      now_us += EVENT_US;
      fl_sim_connection_tick (connection, now_us);
      while ((said = fl_sim_att_take (att, now_us)) != NULL)
        g_bytes_unref (said);
    }
  return 0;
}
