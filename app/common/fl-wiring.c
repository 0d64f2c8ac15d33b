/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-wiring"
#include "config.h"

#include "fl-wiring.h"

#include <glib/gi18n-lib.h>

#include "fl-ble-finder.h"
#include "fl-libusb-bus.h"
#include "fl-nm-wifi.h"
#include "fl-product-loader.h"
#include "fl-serial-finder.h"
#include "fl-sim-camera.h"
#include "fl-sim-computer.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-sim-serial-bus.h"
#include "fl-sim-usb-bus.h"
#include "fl-system-random.h"
#include "fl-udev-serial-bus.h"
#include "fl-usb-catalogue.h"
#include "fl-usb-finder.h"

static FlProduct *
load_product (const FlWiringOptions *options, GError **error)
{
  if (options->product != NULL)
    return fl_product_load (options->product, error);
  return fl_product_new_factory ();
}

static void
add_finder (FlMetaFinder *meta, FlFinder *finder)
{
  fl_meta_finder_add (meta, finder);
  g_object_unref (finder);
}

static void
add_serial (FlMetaFinder *meta, FlSerialBus *bus, FlClock *clock, FlProduct *product)
{
  add_finder (meta, FL_FINDER (fl_serial_finder_new (bus, clock, product)));
}

static gboolean
add_simulated (FlWiring *self,
               const FlWiringOptions *options,
               FlMetaFinder *meta,
               FlClock *clock,
               FlProduct *product,
               GError **error)
{
  g_autoptr (FlUsbBus) bus = NULL;
  g_autoptr (FlSerialBus) serial = NULL;

  self->world = fl_sim_world_load (options->scenario, options->seed, error);
  if (self->world == NULL)
    return FALSE;
  bus = fl_sim_usb_bus_new (self->world, clock);
  serial = fl_sim_serial_bus_new (self->world, clock);
  add_finder (meta, FL_FINDER (fl_sim_finder_new (self->world, clock, product)));
  add_finder (meta, FL_FINDER (fl_usb_finder_new (bus, clock, product)));
  add_serial (meta, serial, clock, product);
  if (options->serial != NULL)
    {
      g_autoptr (FlSerialBus) port = fl_udev_serial_bus_new_for_port (clock, options->serial);

      add_serial (meta, port, clock, product);
    }
  return TRUE;
}

static gboolean
is_particle (guint16 vendor_id, guint16 product_id)
{
  return fl_usb_catalogue_lookup (vendor_id, product_id) != NULL;
}

static void
add_real (FlWiring *self,
          const FlWiringOptions *options,
          FlMetaFinder *meta,
          FlClock *clock,
          FlProduct *product)
{
  g_autoptr (FlUsbBus) bus = fl_libusb_bus_new (is_particle);
  g_autoptr (FlSerialBus) serial = fl_udev_serial_bus_new (clock, options->serial);

  self->bluez = fl_bluez_new (NULL, clock);
  add_finder (meta, FL_FINDER (fl_ble_finder_new (self->bluez, clock, product)));
  add_finder (meta, FL_FINDER (fl_usb_finder_new (bus, clock, product)));
  add_serial (meta, serial, clock, product);
}

static void
draw_simulated (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer camera)
{
  fl_sim_camera_draw (camera, pixels, width, height, at_us);
}

static int
get_simulated_problem (gint64 at_us, gpointer camera)
{
  return fl_sim_camera_get_problem (camera, at_us);
}

static FlCameraList *
create_cameras (FlWiring *self, const FlWiringOptions *options, GError **error)
{
  FlCameraPicture picture = {
    .name = _ ("Simulated Camera"),
    .width = FL_SIM_CAMERA_WIDTH,
    .height = FL_SIM_CAMERA_HEIGHT,
    .draw = draw_simulated,
    .get_problem = get_simulated_problem,
    .free_data = (GDestroyNotify) fl_sim_camera_free,
  };

  if (options->camera != NULL)
    return fl_camera_list_new_for_source (options->camera, error);
  if (self->world == NULL)
    return fl_camera_list_new ();
  picture.data = fl_sim_camera_new (self->world);
  return fl_camera_list_new_for_picture (&picture);
}

static void
on_shut_down (GObject *source, GAsyncResult *result, gpointer user_data)
{
  fl_bluez_shutdown_finish (FL_BLUEZ (source), result);
  *(gboolean *) user_data = TRUE;
}

FlWiring *
fl_wiring_new (const FlWiringOptions *options, GError **error)
{
  g_autoptr (FlWiring) self = g_new0 (FlWiring, 1);
  g_autoptr (FlProduct) product = load_product (options, error);
  g_autoptr (FlClock) clock = NULL;
  g_autoptr (FlMetaFinder) meta = NULL;

  if (product == NULL)
    return NULL;

  clock = options->simulate && options->virtual_time ? fl_virtual_clock_new () : fl_clock_new ();
  meta = fl_meta_finder_new (clock);
  if (!options->simulate)
    add_real (self, options, meta, clock, product);
  else if (!add_simulated (self, options, meta, clock, product, error))
    return NULL;
  self->cameras = create_cameras (self, options, error);
  if (self->cameras == NULL)
    return NULL;
  self->wifi = self->world != NULL ? fl_sim_computer_new (self->world) : fl_nm_wifi_new (NULL);
  self->engine = fl_engine_new (clock, meta, product, fl_system_random, NULL);
  return g_steal_pointer (&self);
}

void
fl_wiring_free (FlWiring *self)
{
  gboolean done = self->bluez == NULL;

  if (self->cameras != NULL)
    fl_camera_list_stop (self->cameras);
  g_clear_object (&self->cameras);
  if (self->wifi != NULL)
    fl_computer_wifi_stop (self->wifi);
  g_clear_object (&self->wifi);
  g_clear_object (&self->engine);
  g_clear_object (&self->world);
  if (self->bluez != NULL)
    fl_bluez_shutdown_async (self->bluez, on_shut_down, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->bluez);
  g_free (self);
}
