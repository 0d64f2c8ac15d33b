/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-driver-table"
#include "config.h"

#include "fl-driver-table.h"

#include "fl-ble-channel.h"
#include "fl-control-driver.h"
#include "fl-dfu-driver.h"
#include "fl-error.h"
#include "fl-serial-driver.h"
#include "fl-usb-channel.h"

typedef FlDriver *(*CreateFunc) (const FlDriverContext *context, FlRoad *road, FlLink *link);

static FlDriver *
create_particle_bluetooth (const FlDriverContext *context, FlRoad *road, FlLink *link)
{
  g_autoptr (FlControlChannel) channel =
      fl_ble_channel_new (link, context->clock, context->random, context->random_data);

  return fl_control_driver_new (channel, context->clock, fl_road_get_platform_id (road),
                                fl_product_is_provisioning (context->product));
}

static FlDriver *
create_particle_usb (const FlDriverContext *context, FlRoad *road, FlLink *link)
{
  g_autoptr (FlControlChannel) channel = NULL;

  if (fl_road_get_mode (road) == FL_MODE_UPDATE)
    return fl_dfu_driver_new (FL_USB_LINK (link), context->clock);

  channel = fl_usb_channel_new (FL_USB_LINK (link), context->clock);
  return fl_control_driver_new (channel, context->clock, fl_road_get_platform_id (road), FALSE);
}

static FlDriver *
create_particle_serial (const FlDriverContext *context, FlRoad *road, FlLink *link)
{
  int platform_id = fl_road_get_platform_id (road);
  g_autoptr (FlControlChannel) channel = NULL;
  g_autoptr (FlDriver) companion = NULL;

  if (context->companion != NULL)
    {
      channel = fl_usb_channel_new (context->companion, context->clock);
      companion = fl_control_driver_new (channel, context->clock, platform_id, FALSE);
    }
  return fl_serial_driver_new (FL_SERIAL_LINK (link), companion, context->clock, platform_id);
}

/* A new family, or a family's new road, is one line here. */
static const struct
{
  const char *family;
  FlRoadKind kind;
  CreateFunc create;
} table[] = {
  { "particle", FL_ROAD_BLUETOOTH, create_particle_bluetooth },
  { "particle", FL_ROAD_USB, create_particle_usb },
  { "particle", FL_ROAD_SERIAL, create_particle_serial },
};

FlDriver *
fl_driver_table_create (const FlDriverContext *context, FlRoad *road, FlLink *link, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].kind == fl_road_get_kind (road) &&
        g_str_equal (table[i].family, fl_road_get_family (road)))
      return table[i].create (context, road, link);

  g_set_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED, "No driver for family %s by %s",
               fl_road_get_family (road), fl_road_kind_to_string (fl_road_get_kind (road)));
  return NULL;
}
