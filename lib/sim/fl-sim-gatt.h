/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"

G_BEGIN_DECLS

#define FL_SIM_MAX_SERVICES        3
#define FL_SIM_MAX_CHARACTERISTICS 3

/* Core Specification 5.3, volume 3, part G, 3.3.1.1 */
typedef enum
{
  FL_SIM_GATT_READ = 0x02,
  FL_SIM_GATT_WRITE_WITHOUT_RESPONSE = 0x04,
  FL_SIM_GATT_WRITE = 0x08,
  FL_SIM_GATT_NOTIFY = 0x10,
} FlSimGattProperty;

typedef struct
{
  const char *uuid; /* 128-bit, lower case, dashed; borrowed from the device */
  guint properties; /* FlSimGattProperty */
  FlSimRole role;
} FlSimCharacteristic;

typedef struct
{
  const char *uuid;
  FlSimCharacteristic characteristics[FL_SIM_MAX_CHARACTERISTICS];
  guint n_characteristics;
} FlSimService;

/* What a central finds on the device now, in the order of the attributes. Returns how many. */
guint fl_sim_gatt_list (FlSimDevice *device, FlSimService services[FL_SIM_MAX_SERVICES]);

G_END_DECLS
