/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-station.h"

G_DEFINE_INTERFACE (FlSimStation, fl_sim_station, G_TYPE_OBJECT)

static void
fl_sim_station_default_init (FlSimStationInterface *iface)
{
}

void
fl_sim_station_scan (FlSimStation *self)
{
  g_return_if_fail (FL_IS_SIM_STATION (self));

  FL_SIM_STATION_GET_IFACE (self)->scan (self);
}

void
fl_sim_station_join (FlSimStation *self, const FlSimKnown *wanted)
{
  g_return_if_fail (FL_IS_SIM_STATION (self));
  g_return_if_fail (wanted != NULL);

  FL_SIM_STATION_GET_IFACE (self)->join (self, wanted);
}

void
fl_sim_station_leave (FlSimStation *self)
{
  g_return_if_fail (FL_IS_SIM_STATION (self));

  FL_SIM_STATION_GET_IFACE (self)->leave (self);
}

void
fl_sim_station_reach (FlSimStation *self, const char *device_id)
{
  g_return_if_fail (FL_IS_SIM_STATION (self));
  g_return_if_fail (device_id != NULL);

  FL_SIM_STATION_GET_IFACE (self)->reach (self, device_id);
}

void
fl_sim_station_part (FlSimStation *self)
{
  g_return_if_fail (FL_IS_SIM_STATION (self));

  FL_SIM_STATION_GET_IFACE (self)->part (self);
}
