/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-device-private.h"
#include "fl-sim-world-private.h"

/* What a person can do to a device. */

void
fl_sim_device_hold_button (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  if (self->power == FL_SIM_POWER_RUNNING && !self->listening_disabled)
    fl_sim_device_enter_listening (self);
}

void
fl_sim_device_press_reset (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  fl_sim_device_reset_at (self, FL_SIM_RESET_NORMAL, now_us);
  fl_sim_device_tick (self, now_us);
}

void
fl_sim_device_power_off (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  if (self->power == FL_SIM_POWER_OFF)
    return;
  self->off_us = now_us;
  fl_sim_device_stop (self, FL_SIM_POWER_OFF, now_us);
}

void
fl_sim_device_power_on (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  if (self->power != FL_SIM_POWER_OFF)
    return;
  fl_sim_device_reset_at (self, FL_SIM_RESET_NORMAL, now_us);
  fl_sim_device_tick (self, now_us);
}

void
fl_sim_device_carry_away (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  if (self->away_us == G_MAXINT64)
    self->away_us = now_us;
}

void
fl_sim_device_carry_back (FlSimDevice *self, gint64 now_us)
{
  fl_sim_device_tick (self, now_us);
  self->away_us = G_MAXINT64;
}

gboolean
fl_sim_device_is_away (FlSimDevice *self, gint64 now_us)
{
  return self->away_us <= now_us;
}

gboolean
fl_sim_device_has_power (FlSimDevice *self)
{
  return self->power != FL_SIM_POWER_OFF;
}
