/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-gatt.h"

#include "fl-sim-device-private.h"

#define DEVICE_INFORMATION    "0000180a-0000-1000-8000-00805f9b34fb"
#define MANUFACTURER_NAME     "00002a29-0000-1000-8000-00805f9b34fb"
#define ENVIRONMENTAL_SENSING "0000181a-0000-1000-8000-00805f9b34fb"
#define TEMPERATURE           "00002a6e-0000-1000-8000-00805f9b34fb"

static void
add (FlSimService *service, const char *uuid, guint properties, FlSimRole role)
{
  service->characteristics[service->n_characteristics++] =
      (FlSimCharacteristic){ uuid, properties, role };
}

static void
add_role (FlSimDevice *device, FlSimService *service, FlSimRole role)
{
  const FlSimDeviceSpec *spec = device->spec;
  const FlSimFault *missing = fl_sim_device_get_fault (device, FL_SIM_FAULT_MISSING);

  if (missing != NULL && missing->value == (gint64) role)
    return;
  switch (role)
    {
    case FL_SIM_ROLE_RX:
      add (service, spec->rx, FL_SIM_GATT_WRITE | FL_SIM_GATT_WRITE_WITHOUT_RESPONSE, role);
      break;
    case FL_SIM_ROLE_TX:
      add (service, spec->tx, FL_SIM_GATT_NOTIFY, role);
      break;
    case FL_SIM_ROLE_VERSION:
      add (service, spec->version_uuid, FL_SIM_GATT_READ, role);
      break;
    case FL_SIM_ROLE_OTHER:
      break;
    }
}

/* Device OS lists version, TX, RX; the examples for provisioning mode have the reverse order. */
static void
fill_control (FlSimDevice *device, FlSimService *service)
{
  static const FlSimRole orders[2][3] = {
    { FL_SIM_ROLE_VERSION, FL_SIM_ROLE_TX, FL_SIM_ROLE_RX },
    { FL_SIM_ROLE_RX, FL_SIM_ROLE_TX, FL_SIM_ROLE_VERSION },
  };

  service->uuid = device->spec->service;
  for (guint i = 0; i < 3; i++)
    add_role (device, service, orders[device->listening_disabled ? 1 : 0][i]);
}

guint
fl_sim_gatt_list (FlSimDevice *device, FlSimService services[FL_SIM_MAX_SERVICES])
{
  guint n = 0;

  g_return_val_if_fail (device != NULL, 0);

  for (guint i = 0; i < FL_SIM_MAX_SERVICES; i++)
    services[i] = (FlSimService){ 0 };
  services[n].uuid = DEVICE_INFORMATION;
  add (&services[n++], MANUFACTURER_NAME, FL_SIM_GATT_READ, FL_SIM_ROLE_OTHER);
  if (device->spec->bluetooth_app)
    {
      services[n].uuid = ENVIRONMENTAL_SENSING;
      add (&services[n++], TEMPERATURE, FL_SIM_GATT_READ | FL_SIM_GATT_NOTIFY, FL_SIM_ROLE_OTHER);
    }
  if (device->listening_disabled || device->listening)
    fill_control (device, &services[n++]);
  return n;
}
