/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-device-private.h"

/* Which of its faults a device shows now, and how often it did. */

static const FlSimFault *
find_fault (FlSimDevice *self,
            FlSimFaultKind kind,
            const FlSimPlace *place,
            const gint64 *value,
            gboolean fire)
{
  GArray *faults = self->spec->faults;

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      const FlSimFault *fault = &g_array_index (faults, FlSimFault, i);

      if (fault->kind != kind || (fault->times != 0 && self->fired[i] >= fault->times) ||
          (place != NULL && !fl_sim_place_equal (fault->place, *place)) ||
          (value != NULL && fault->value != *value))
        continue;
      if (fire)
        self->fired[i]++;
      return fault;
    }
  return NULL;
}

const FlSimFault *
fl_sim_device_get_fault (FlSimDevice *self, FlSimFaultKind kind)
{
  return find_fault (self, kind, NULL, NULL, FALSE);
}

const FlSimFault *
fl_sim_device_fire (FlSimDevice *self, FlSimFaultKind kind)
{
  return find_fault (self, kind, NULL, NULL, TRUE);
}

const FlSimFault *
fl_sim_device_fire_at (FlSimDevice *self, FlSimFaultKind kind, FlSimPlace place)
{
  return find_fault (self, kind, &place, NULL, TRUE);
}

gboolean
fl_sim_device_fire_value (FlSimDevice *self, FlSimFaultKind kind, gint64 value)
{
  return find_fault (self, kind, NULL, &value, TRUE) != NULL;
}

gint64
fl_sim_device_fire_time (FlSimDevice *self, FlSimFaultKind kind, gint64 otherwise)
{
  const FlSimFault *fault = fl_sim_device_fire (self, kind);

  return fault != NULL ? fault->value : otherwise;
}
