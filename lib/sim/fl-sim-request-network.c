/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-request.h"

#include <string.h>

#include "fl-sim-wifi.h"

#define LOOPBACK_INDEX 1
#define CELLULAR_INDEX 4 /* of an M-SoM */
#define MAX_INTERFACES 3
#define WIFI_MTU_BYTES 1500 /* particle-iot/device-os, hal/network/lwip/realtek/rtlncpnetif.cpp */

/* InterfaceFlag of particle-network.proto */
#define FLAG_BROADCAST      0x02
#define FLAG_LOOPBACK       0x08
#define FLAG_POINT_TO_POINT 0x10
#define FLAG_MULTICAST      0x8000

/* The firmware tells of the Wi-Fi interface its addresses, but neither gateway nor name servers. */
static void
fill_wifi (FlSimDevice *device, FlInterface *iface)
{
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform);
  guint8 address[] = { 192, 168, 1, (guint8) (20 + device->index % 200) };

  iface->index = info->wifi_index;
  g_strlcpy (iface->name, info->wifi_name, sizeof iface->name);
  iface->type = FL_INTERFACE_WIFI;
  iface->flags = FLAG_BROADCAST | FLAG_MULTICAST;
  iface->mtu = WIFI_MTU_BYTES;
  iface->has_mac = TRUE;
  memcpy (iface->mac, device->spec->mac, sizeof iface->mac);
  if (device->wifi != FL_SIM_WIFI_OFF)
    iface->flags |= FL_INTERFACE_FLAG_UP;
  if (device->wifi >= FL_SIM_WIFI_ADDRESSING)
    iface->flags |= FL_INTERFACE_FLAG_LOWER_UP;
  if (device->wifi != FL_SIM_WIFI_READY)
    return;
  if (device->wifi_radio.station != NULL)
    memcpy (address, &device->wifi_radio.address, sizeof address);
  memcpy (iface->addresses[0], address, sizeof address);
  iface->address_sizes[0] = sizeof address;
  iface->n_addresses = 1;
}

static guint
list_interfaces (FlSimDevice *device, FlInterface out[MAX_INTERFACES])
{
  guint n = 0;

  memset (out, 0, sizeof (FlInterface) * MAX_INTERFACES);
  out[n++] =
      (FlInterface){ .index = LOOPBACK_INDEX,
                     .name = "lo0",
                     .type = FL_INTERFACE_LOOPBACK,
                     .flags = FL_INTERFACE_FLAG_UP | FL_INTERFACE_FLAG_LOWER_UP | FLAG_LOOPBACK };
  if (device->spec->platform == FL_SIM_M_SOM)
    out[n++] = (FlInterface){
      .index = CELLULAR_INDEX, .name = "pp3", .type = FL_INTERFACE_PPP, .flags = FLAG_POINT_TO_POINT
    };
  fill_wifi (device, &out[n++]);
  return n;
}

static void
get_interface_list (FlSimDevice *device,
                    const guint8 *data,
                    gsize size_bytes,
                    gint64 now_us,
                    FlSimReply *reply)
{
  FlInterface interfaces[MAX_INTERFACES];
  guint n = list_interfaces (device, interfaces);

  reply->payload = fl_reply_pack_interfaces (interfaces, n);
}

static void
get_interface (FlSimDevice *device,
               const guint8 *data,
               gsize size_bytes,
               gint64 now_us,
               FlSimReply *reply)
{
  FlInterface interfaces[MAX_INTERFACES];
  guint n = list_interfaces (device, interfaces);
  guint32 index;

  if (!fl_request_unpack_interface (data, size_bytes, &index, NULL))
    {
      reply->result = FL_RESULT_BAD_DATA;
      return;
    }
  for (guint i = 0; i < n; i++)
    if (interfaces[i].index == index)
      {
        reply->payload = fl_reply_pack_interface (&interfaces[i]);
        return;
      }
  reply->result = FL_RESULT_NOT_FOUND;
}

static void
get_cloud_status (FlSimDevice *device,
                  const guint8 *data,
                  gsize size_bytes,
                  gint64 now_us,
                  FlSimReply *reply)
{
  /* FlSimCloudState has the numbers of the reply. */
  reply->payload = fl_reply_pack_number (FL_REQUEST_CLOUD_GET_STATUS, (int) device->cloud);
}

static void
connect_cloud (FlSimDevice *device,
               const guint8 *data,
               gsize size_bytes,
               gint64 now_us,
               FlSimReply *reply)
{
  fl_sim_course_want_cloud (device, TRUE, now_us);
}

static void
disconnect_cloud (FlSimDevice *device,
                  const guint8 *data,
                  gsize size_bytes,
                  gint64 now_us,
                  FlSimReply *reply)
{
  fl_sim_course_want_cloud (device, FALSE, now_us);
}

FlSimHandler
fl_sim_request_find_network (guint16 type)
{
  switch (type)
    {
    case FL_REQUEST_CLOUD_GET_STATUS:
      return get_cloud_status;
    case FL_REQUEST_CLOUD_CONNECT:
      return connect_cloud;
    case FL_REQUEST_CLOUD_DISCONNECT:
      return disconnect_cloud;
    case FL_REQUEST_GET_INTERFACE_LIST:
      return get_interface_list;
    case FL_REQUEST_GET_INTERFACE:
      return get_interface;
    default: /* of another part */
      return NULL;
    }
}
