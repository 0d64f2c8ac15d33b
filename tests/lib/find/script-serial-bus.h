/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-error.h"
#include "fl-serial-bus.h"

G_BEGIN_DECLS

/* A serial port as udev would tell of it. */
typedef struct
{
  const char *path;
  const char *stable_path; /* (nullable) */
  const char *location;    /* (nullable) */
  guint16 vendor_id, product_id;
  const char *serial;    /* (nullable) */
  gboolean is_named;     /* by a person */
  gboolean is_forbidden; /* until somebody looks again */
} ScriptSerialPort;

/**
 * ScriptSerialBus:
 *
 * A bus on which the test plugs and unplugs. Its links lead to the paths, where nothing is.
 */
#define SCRIPT_TYPE_SERIAL_BUS (script_serial_bus_get_type ())
G_DECLARE_FINAL_TYPE (ScriptSerialBus, script_serial_bus, SCRIPT, SERIAL_BUS, GObject)

struct _ScriptSerialBus
{
  GObject parent_instance;

  FlClock *clock;
  GListStore *ports;
  GError *problem;
  guint n_starts, n_stops, n_rechecks;
};

ScriptSerialBus *script_serial_bus_new (FlClock *clock);
void script_serial_bus_plug (ScriptSerialBus *self, const ScriptSerialPort *port);
void script_serial_bus_unplug (ScriptSerialBus *self, const char *path);
void script_serial_bus_take_problem (ScriptSerialBus *self, GError *problem);

G_END_DECLS
