/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-world"
#include "config.h"

#include "fl-sim-world.h"

#include "fl-sim-device-private.h"
#include "fl-sim-world-private.h"

struct _FlSimWorld
{
  GObject parent_instance;

  FlSimScenario *scenario;
  GRand *random;
  GPtrArray *devices;  /* of FlSimDevice */
  gint64 started_us;   /* -1: nobody told the time yet */
  gint64 turned_on_us; /* faults of the adapter before this are over */
  gint64 now_us;
  int links;
  guint usb_rechecks; /* while the computer showed no USB */
};

G_DEFINE_FINAL_TYPE (FlSimWorld, fl_sim_world, G_TYPE_OBJECT)

static guint changed_signal;

static void
fl_sim_world_finalize (GObject *object)
{
  FlSimWorld *self = FL_SIM_WORLD (object);

  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->scenario, fl_sim_scenario_free);
  g_clear_pointer (&self->random, g_rand_free);
  G_OBJECT_CLASS (fl_sim_world_parent_class)->finalize (object);
}

static void
fl_sim_world_class_init (FlSimWorldClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_sim_world_finalize;
  changed_signal = g_signal_new ("changed", FL_TYPE_SIM_WORLD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
fl_sim_world_init (FlSimWorld *self)
{
  self->started_us = -1;
  self->turned_on_us = -1;
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_device_free);
}

FlSimWorld *
fl_sim_world_parse (const char *data,
                    gsize size_bytes,
                    const char *origin,
                    guint64 seed,
                    GError **error)
{
  FlSimScenario *scenario = fl_sim_scenario_parse (data, size_bytes, origin, seed, error);
  FlSimWorld *self;

  if (scenario == NULL)
    return NULL;

  self = g_object_new (FL_TYPE_SIM_WORLD, NULL);
  self->scenario = scenario;
  self->random = g_rand_new_with_seed ((guint32) scenario->seed);
  for (guint i = 0; i < scenario->devices->len; i++)
    g_ptr_array_add (self->devices, fl_sim_device_new (self, scenario->devices->pdata[i], i));
  return self;
}

gboolean
fl_sim_world_read_files (FlSimWorld *self, FlSimReadFile read, gpointer data, GError **error)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), FALSE);

  return fl_sim_scenario_read_files (self->scenario, read, data, error);
}

const FlSimScenario *
fl_sim_world_get_scenario (FlSimWorld *self)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);

  return self->scenario;
}

GRand *
fl_sim_world_get_rand (FlSimWorld *self)
{
  return self->random;
}

gint64
fl_sim_world_get_elapsed (FlSimWorld *self, gint64 now_us)
{
  self->now_us = MAX (self->now_us, now_us);
  if (self->started_us >= 0)
    return now_us - self->started_us;

  self->started_us = now_us;
  for (guint i = 0; i < self->devices->len; i++)
    fl_sim_device_start (self->devices->pdata[i], now_us);
  return 0;
}

gint64
fl_sim_world_get_now (FlSimWorld *self)
{
  return self->now_us;
}

guint
fl_sim_world_get_n_devices (FlSimWorld *self)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), 0);

  return self->devices->len;
}

FlSimDevice *
fl_sim_world_get_device (FlSimWorld *self, guint index)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);
  g_return_val_if_fail (index < self->devices->len, NULL);

  return self->devices->pdata[index];
}

FlSimDevice *
fl_sim_world_find_device (FlSimWorld *self, const char *text)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), NULL);

  for (guint i = 0; i < self->devices->len; i++)
    {
      const FlSimDeviceSpec *spec = fl_sim_device_get_spec (self->devices->pdata[i]);

      if (g_ascii_strcasecmp (text, spec->name) == 0 ||
          g_ascii_strcasecmp (text, spec->code) == 0 ||
          g_ascii_strcasecmp (text, spec->serial) == 0 ||
          g_ascii_strcasecmp (text, spec->address) == 0)
        return self->devices->pdata[i];
    }
  return NULL;
}

void
fl_sim_world_tick (FlSimWorld *self, gint64 now_us)
{
  g_return_if_fail (FL_IS_SIM_WORLD (self));

  for (guint i = 0; i < self->devices->len; i++)
    fl_sim_device_tick (self->devices->pdata[i], now_us);
}

gint64
fl_sim_world_get_deadline (FlSimWorld *self)
{
  gint64 first_us = G_MAXINT64;

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), G_MAXINT64);

  for (guint i = 0; i < self->devices->len; i++)
    first_us = MIN (first_us, fl_sim_device_get_deadline (self->devices->pdata[i]));
  return first_us;
}

static gboolean
is_of_adapter (const FlSimFault *fault)
{
  return fault->kind == FL_SIM_FAULT_ADAPTER_REMOVED_AT ||
         fault->kind == FL_SIM_FAULT_ADAPTER_OFF_AT ||
         fault->kind == FL_SIM_FAULT_ADAPTER_DEAF_AT || fault->kind == FL_SIM_FAULT_ADAPTER_BACK_AT;
}

FlSimAdapter
fl_sim_world_get_adapter (FlSimWorld *self, gint64 now_us)
{
  gint64 elapsed_us, last_us = -1;
  FlSimAdapter adapter = FL_SIM_ADAPTER_ON;

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), FL_SIM_ADAPTER_ON);

  elapsed_us = fl_sim_world_get_elapsed (self, now_us);
  for (guint i = 0; self->scenario->faults != NULL && i < self->scenario->faults->len; i++)
    {
      const FlSimFault *fault = &g_array_index (self->scenario->faults, FlSimFault, i);

      if (!is_of_adapter (fault) || fault->value > elapsed_us || fault->value < last_us)
        continue;
      last_us = fault->value;
      if (fault->kind == FL_SIM_FAULT_ADAPTER_REMOVED_AT)
        adapter = FL_SIM_ADAPTER_REMOVED;
      else if (fault->kind == FL_SIM_FAULT_ADAPTER_OFF_AT && fault->value > self->turned_on_us)
        adapter = FL_SIM_ADAPTER_OFF;
      else if (fault->kind == FL_SIM_FAULT_ADAPTER_DEAF_AT)
        adapter = FL_SIM_ADAPTER_DEAF;
      else
        adapter = FL_SIM_ADAPTER_ON;
    }
  return adapter;
}

gint64
fl_sim_world_get_adapter_deadline (FlSimWorld *self, gint64 now_us)
{
  gint64 elapsed_us, next_us = G_MAXINT64;

  g_return_val_if_fail (FL_IS_SIM_WORLD (self), G_MAXINT64);

  elapsed_us = fl_sim_world_get_elapsed (self, now_us);
  for (guint i = 0; self->scenario->faults != NULL && i < self->scenario->faults->len; i++)
    {
      const FlSimFault *fault = &g_array_index (self->scenario->faults, FlSimFault, i);

      if (is_of_adapter (fault) && fault->value > elapsed_us)
        next_us = MIN (next_us, fault->value + self->started_us);
    }
  return next_us;
}

void
fl_sim_world_turn_on_adapter (FlSimWorld *self)
{
  g_return_if_fail (FL_IS_SIM_WORLD (self));

  self->turned_on_us = fl_sim_world_get_elapsed (self, self->now_us);
}

int
fl_sim_world_get_free_links (FlSimWorld *self)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), 0);

  return self->scenario->links - self->links;
}

void
fl_sim_world_count_link (FlSimWorld *self, int change)
{
  self->links += change;
}

void
fl_sim_world_tell_changed (FlSimWorld *self)
{
  g_signal_emit (self, changed_signal, 0);
}

gboolean
fl_sim_world_is_usb_hidden (FlSimWorld *self)
{
  g_return_val_if_fail (FL_IS_SIM_WORLD (self), FALSE);

  for (guint i = 0; self->scenario->faults != NULL && i < self->scenario->faults->len; i++)
    {
      const FlSimFault *fault = &g_array_index (self->scenario->faults, FlSimFault, i);

      if (fault->kind == FL_SIM_FAULT_USB_PERMISSION &&
          (fault->times == 0 || self->usb_rechecks < fault->times))
        return TRUE;
    }
  return FALSE;
}

void
fl_sim_world_recheck_usb (FlSimWorld *self)
{
  g_return_if_fail (FL_IS_SIM_WORLD (self));

  if (fl_sim_world_is_usb_hidden (self))
    self->usb_rechecks++;
}
