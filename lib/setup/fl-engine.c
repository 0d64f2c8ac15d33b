/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-engine"
#include "config.h"

#include "fl-engine.h"

#include "fl-driver-table.h"

struct _FlEngine
{
  GObject parent_instance;

  FlClock *clock;
  FlMetaFinder *finder;
  FlProduct *product;
  FlRandomFunc random;
  gpointer random_data;
};

G_DEFINE_FINAL_TYPE (FlEngine, fl_engine, G_TYPE_OBJECT)

static void
fl_engine_dispose (GObject *object)
{
  FlEngine *self = FL_ENGINE (object);

  g_clear_object (&self->finder);
  g_clear_object (&self->product);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_engine_parent_class)->dispose (object);
}

static void
fl_engine_class_init (FlEngineClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_engine_dispose;
}

static void
fl_engine_init (FlEngine *self)
{
}

FlEngine *
fl_engine_new (FlClock *clock,
               FlMetaFinder *finder,
               FlProduct *product,
               FlRandomFunc random,
               gpointer random_data)
{
  FlEngine *self;

  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (FL_IS_META_FINDER (finder), NULL);
  g_return_val_if_fail (FL_IS_PRODUCT (product), NULL);
  g_return_val_if_fail (random != NULL, NULL);

  self = g_object_new (FL_TYPE_ENGINE, NULL);
  self->clock = g_object_ref (clock);
  self->finder = g_object_ref (finder);
  self->product = g_object_ref (product);
  self->random = random;
  self->random_data = random_data;
  return self;
}

FlClock *
fl_engine_get_clock (FlEngine *self)
{
  g_return_val_if_fail (FL_IS_ENGINE (self), NULL);

  return self->clock;
}

FlMetaFinder *
fl_engine_get_finder (FlEngine *self)
{
  g_return_val_if_fail (FL_IS_ENGINE (self), NULL);

  return self->finder;
}

FlProduct *
fl_engine_get_product (FlEngine *self)
{
  g_return_val_if_fail (FL_IS_ENGINE (self), NULL);

  return self->product;
}

/* (transfer full) (nullable) The console of a serial port says little; the same device's control
 * requests over the same cable say more. */
static FlUsbLink *
create_companion (FlEngine *self, FlRoad *road)
{
  FlDevice *device = fl_meta_finder_get_device (self->finder, road);
  FlRoad *usb = device != NULL ? fl_device_get_road (device, FL_ROAD_USB) : NULL;
  g_autoptr (FlLink) link = NULL;

  if (fl_road_get_kind (road) != FL_ROAD_SERIAL || usb == NULL || !fl_road_get_reachable (usb) ||
      fl_road_get_problem (usb) != NULL)
    return NULL;
  link = fl_meta_finder_create_link (self->finder, usb);
  return FL_IS_USB_LINK (link) ? FL_USB_LINK (g_steal_pointer (&link)) : NULL;
}

FlDriver *
fl_engine_create_driver (FlEngine *self, FlRoad *road, GError **error)
{
  g_autoptr (FlLink) link = NULL;
  g_autoptr (FlUsbLink) companion = NULL;
  FlDriverContext context = { 0 };

  g_return_val_if_fail (FL_IS_ENGINE (self), NULL);
  g_return_val_if_fail (FL_IS_ROAD (road), NULL);

  link = fl_meta_finder_create_link (self->finder, road);
  if (link == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH, "No finder knows the road %s",
                   fl_road_get_address (road));
      return NULL;
    }

  companion = create_companion (self, road);
  context.companion = companion;
  context.clock = self->clock;
  context.product = self->product;
  context.random = self->random;
  context.random_data = self->random_data;
  return fl_driver_table_create (&context, road, link, error);
}
