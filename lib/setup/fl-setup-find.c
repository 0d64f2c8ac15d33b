/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup-find"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* A finder that has a problem is given this long to get over it (the service may just be starting).
 */
#define PROBLEM_GRACE_MS 1500

/* How long a device that went away is looked for before the journey ends. */
#define RECOVER_MS 15000

#define FINDING_MS 20000 /* E19 */
#define CABLE_MS   15000 /* E11: time to plug in a cable */

/* By then a device that was plugged in has said who it is, if it says so at all. */
#define UNNAMED_CABLE_MS G_GINT64_CONSTANT (5000)
/* What was plugged in all along is listed one by one. */
#define SETTLING_MS G_GINT64_CONSTANT (500)

static FlDevice *
lookup_label (FlSetup *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);
  FlDevice *device = NULL;

  if (fl_label_get_serial (self->label) != NULL)
    device = fl_meta_finder_lookup (finder, fl_label_get_serial (self->label));
  if (device == NULL)
    device = fl_meta_finder_lookup (finder, fl_label_get_setup_code (self->label));
  return device;
}

/* Devices of some products show no code: what stands on a label then says nothing about which one
 * it is. */
static gboolean
has_codes (FlSetup *self)
{
  return fl_product_get_code_source (fl_engine_get_product (self->engine)) != FL_CODE_NONE;
}

/* Without any hint the nearest device is meant, which only products without codes allow. */
static FlDevice *
lookup_nearest (FlSetup *self)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (self->engine));
  FlDevice *nearest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);

      if (!fl_device_get_reachable (device))
        continue;
      if (nearest == NULL || fl_device_get_signal_dbm (device) > fl_device_get_signal_dbm (nearest))
        nearest = device;
    }
  return nearest;
}

static FlRoad *
get_cable (FlDevice *device)
{
  FlRoad *road = fl_device_get_road (device, FL_ROAD_USB);

  return road != NULL && fl_road_get_reachable (road) ? road : NULL;
}

/* Told to plug in a cable, a person plugs in the device that is meant. Its serial number may be
 * known only once it is open, so one that could be another's waits a moment for its row. */
static FlDevice *
lookup_cable (FlSetup *self)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (self->engine));
  gboolean is_named = self->device != NULL || self->target != NULL || self->label != NULL;
  FlDevice *found = NULL;

  if (fl_clock_now_us (self->clock) - self->find_started_us <
      (is_named ? UNNAMED_CABLE_MS : SETTLING_MS) * 1000)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (devices, i);

      if (get_cable (device) == NULL)
        continue;
      if (found != NULL)
        return NULL;
      found = device;
    }
  return found != NULL && (!is_named || *fl_device_get_ending (found) == '\0') ? found : NULL;
}

static FlDevice *
lookup_named (FlSetup *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);

  if (self->device != NULL && !fl_device_get_reachable (self->device) &&
      *fl_device_get_ending (self->device) != '\0')
    {
      /* It may have come back as a new row while nobody looked. A cable never does: what has one
       * too is another device with the same serial number. */
      FlDevice *again = fl_meta_finder_lookup (finder, fl_device_get_ending (self->device));

      if (again != NULL && (fl_device_get_road (self->device, FL_ROAD_USB) == NULL ||
                            fl_device_get_road (again, FL_ROAD_USB) == NULL))
        return again;
      return self->device;
    }
  if (self->device != NULL)
    return self->device;
  if (self->target != NULL)
    return fl_meta_finder_lookup (finder, self->target);
  if (!has_codes (self))
    return lookup_nearest (self);
  return self->label != NULL ? lookup_label (self) : NULL; /* the hint may come yet */
}

static FlDevice *
lookup (FlSetup *self)
{
  FlDevice *device, *cable;

  fl_setup_follow_device (self);
  device = lookup_named (self);
  if (!self->road_fixed || self->road_kind != FL_ROAD_USB ||
      (device != NULL && get_cable (device) != NULL))
    return device;
  cable = lookup_cable (self);
  return cable != NULL ? cable : device;
}

gboolean
fl_setup_label_fits (FlSetup *self, FlDevice *device)
{
  const char *serial, *code;

  if (self->label == NULL || !has_codes (self))
    return TRUE;

  serial = fl_label_get_serial (self->label);
  if (serial != NULL && fl_device_get_serial (device) != NULL)
    return g_ascii_strcasecmp (serial, fl_device_get_serial (device)) == 0;

  /* A device that shows no code (constant name) cannot be told from its neighbour: the secret
   * decides. */
  code = fl_device_get_ending (device);
  return *code == '\0' || g_ascii_strcasecmp (code, fl_label_get_setup_code (self->label)) == 0;
}

static void
check (FlSetup *self)
{
  FlDevice *device = lookup (self);
  FlRoad *road;

  if (device == NULL)
    return;

  if (!fl_setup_label_fits (self, device))
    {
      fl_setup_take_failure (self, g_error_new (FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE,
                                                "The label belongs to another device"));
      return;
    }

  if (fl_setup_get_block (self, device) != NULL && self->leaving_update)
    return;
  if (fl_setup_get_block (self, device) != NULL)
    {
      fl_setup_set_found_device (self, device);
      fl_setup_take_failure (self, g_error_copy (fl_setup_get_block (self, device)));
      return;
    }

  road = fl_setup_pick_road (self, device);
  if (road == NULL)
    return;

  fl_setup_stop_finding (self);
  g_set_object (&self->road, road);
  fl_setup_set_found_device (self, device);
  fl_setup_open (self);
}

static void
on_devices_changed (GListModel *devices, guint position, guint removed, guint added, FlSetup *self)
{
  check (self);
}

static gboolean
is_cable (FlFinder *finder)
{
  FlRoadKind kind = fl_finder_get_kind (finder);

  return kind == FL_ROAD_USB || kind == FL_ROAD_SERIAL;
}

/* A port that nobody lists goes with its row; the road that was on it is still ours. */
static gboolean
had_cable (FlSetup *self)
{
  if (self->device != NULL && (fl_device_get_road (self->device, FL_ROAD_USB) != NULL ||
                               fl_device_get_road (self->device, FL_ROAD_SERIAL) != NULL))
    return TRUE;
  return self->road != NULL && (fl_road_get_kind (self->road) == FL_ROAD_USB ||
                                fl_road_get_kind (self->road) == FL_ROAD_SERIAL);
}

/* Without a cable in this computer, or one that the device had before, nothing comes by it. */
static gboolean
may_come_by_cable (FlSetup *self, FlFinder *finder)
{
  GListModel *sightings = fl_finder_get_sightings (finder);

  if (had_cable (self))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (sightings); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (sightings, i);

      if (fl_road_get_reachable (road))
        return TRUE;
    }
  return FALSE;
}

/* Borrowed. That a radio hears nothing is none where the device was heard by it a moment ago: then
 * it is the device that is gone. */
static const GError *
get_problem (FlSetup *self, FlFinder *finder)
{
  const GError *problem = fl_finder_get_problem (finder);

  if (self->recovering && g_error_matches (problem, FL_ERROR, FL_ERROR_BLUETOOTH_DEAF))
    return NULL;
  return problem;
}

/* The problem that stops every finder that could find it, or NULL while one of them works. */
static const GError *
get_common_problem (FlSetup *self)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (self->engine));
  const GError *problem = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (self->road_fixed && fl_finder_get_kind (finder) != self->road_kind)
        continue;
      if (get_problem (self, finder) == NULL &&
          (self->road_fixed || !is_cable (finder) || may_come_by_cable (self, finder)))
        return NULL;
      if (problem == NULL)
        problem = get_problem (self, finder);
    }
  return problem;
}

/* The first problem of any finder. */
static const GError *
get_any_problem (FlSetup *self)
{
  GListModel *finders = fl_meta_finder_get_finders (fl_engine_get_finder (self->engine));

  for (guint i = 0; i < g_list_model_get_n_items (finders); i++)
    {
      g_autoptr (FlFinder) finder = g_list_model_get_item (finders, i);

      if (get_problem (self, finder) != NULL)
        return get_problem (self, finder); /* the finder keeps it */
    }
  return NULL;
}

/* Borrowed: what keeps the device's road, or the one that was asked for, from being used. */
static const GError *
get_road_problem (FlSetup *self, FlDevice *device)
{
  FlRoad *road = self->road_fixed      ? fl_device_get_road (device, self->road_kind)
                 : self->awaits_serial ? fl_device_get_road (device, FL_ROAD_SERIAL)
                                       : fl_device_get_best_road (device);

  return road != NULL && fl_road_get_reachable (road) ? fl_road_get_problem (road) : NULL;
}

static GError *
explain_fixed (FlSetup *self)
{
  if (self->road_kind == FL_ROAD_USB || self->road_kind == FL_ROAD_SERIAL)
    return g_error_new (FL_ERROR, FL_ERROR_USB_NOTHING, "No such device was plugged in");
  return g_error_new (FL_ERROR, FL_ERROR_DEVICE_NOT_FOUND, "No such device was heard");
}

static GError *
explain_nothing_found (FlSetup *self)
{
  FlDevice *device = lookup (self);
  const GError *problem = get_common_problem (self);

  if (problem == NULL && device != NULL)
    problem = get_road_problem (self, device);
  if (problem != NULL)
    return g_error_copy (problem);
  if (self->road_fixed)
    return explain_fixed (self);
  if (self->awaits_serial && device != NULL && fl_device_get_reachable (device))
    return g_error_new (FL_ERROR, FL_ERROR_OTHER_ROAD,
                        "This firmware takes networks by its serial port, which is not there");
  if (self->info != NULL && self->info->is_protected && self->road != NULL &&
      fl_road_get_kind (self->road) == FL_ROAD_USB && fl_road_get_reachable (self->road))
    return g_error_new (FL_ERROR, FL_ERROR_PROTECTED, "A protected device refuses USB");
  if (device == NULL && get_any_problem (self) != NULL)
    return g_error_copy (get_any_problem (self));
  if (device == NULL && !self->recovering)
    return g_error_new (FL_ERROR, FL_ERROR_DEVICE_NOT_FOUND, "No such device was seen");
  if (!self->recovering && fl_device_get_reachable (device) && fl_setup_get_secret (self) == NULL)
    return g_error_new (FL_ERROR, FL_ERROR_WRONG_SECRET,
                        "The mobile secret is missing, and the cable is gone");
  if (self->road != NULL && (fl_road_get_kind (self->road) == FL_ROAD_USB ||
                             fl_road_get_kind (self->road) == FL_ROAD_SERIAL))
    return g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "The cable was unplugged");
  return g_error_new (FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH, "The device was seen and is gone");
}

/* An adapter that is busy is tried again by its finder: after a crash of bluetoothd the kernel
 * still listens for it, for ten seconds. @problem: (nullable) */
static gboolean
is_lasting (const GError *problem)
{
  return problem != NULL && !g_error_matches (problem, FL_ERROR, FL_ERROR_BLUETOOTH_BUSY);
}

/* The problem that no waiting mends: of every finder, of one while the others see nothing at all,
 * or of the one road to the device. */
static gboolean
has_lasting_problem (FlSetup *self)
{
  FlDevice *device = lookup (self);

  if (is_lasting (get_common_problem (self)))
    return TRUE;
  if (!self->road_fixed && !self->recovering && is_lasting (get_any_problem (self)) &&
      g_list_model_get_n_items (fl_meta_finder_get_devices (fl_engine_get_finder (self->engine))) ==
          0)
    return TRUE;
  return !self->leaving_update && device != NULL && get_road_problem (self, device) != NULL;
}

/* Once a second: reachability changes inside a device tell no list, and a problem must last to
 * count. */
static void
on_look (gpointer data)
{
  FlSetup *self = data;
  gint64 now_us = fl_clock_now_us (self->clock);
  guint limit_ms = self->road_fixed ? CABLE_MS : self->recovering ? RECOVER_MS : FINDING_MS;

  self->poll_id = 0;
  if (self->awaits_serial)
    limit_ms = fl_setup_get_serial_limit_ms (self);
  if (!has_lasting_problem (self))
    self->finder_problem_since_us = 0;
  else if (self->finder_problem_since_us == 0)
    self->finder_problem_since_us = now_us;

  if (now_us - self->find_started_us >= (gint64) limit_ms * 1000 ||
      (self->finder_problem_since_us != 0 &&
       now_us - self->finder_problem_since_us >= PROBLEM_GRACE_MS * 1000))
    {
      fl_setup_take_failure (self, explain_nothing_found (self));
      return;
    }

  self->poll_id = fl_clock_add_ms (self->clock, 250, on_look, self);
  check (self);
}

void
fl_setup_stop_finding (FlSetup *self)
{
  g_clear_signal_handler (&self->devices_handler,
                          fl_meta_finder_get_devices (fl_engine_get_finder (self->engine)));
  fl_clock_clear (self->clock, &self->poll_id);
}

void
fl_setup_find (FlSetup *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);

  fl_setup_stop_finding (self);
  if (!fl_setup_enter (self, FL_STAGE_FINDING))
    return;
  self->find_started_us = fl_clock_now_us (self->clock);
  self->finder_problem_since_us = 0;
  fl_meta_finder_start (finder);
  self->devices_handler = g_signal_connect (fl_meta_finder_get_devices (finder), "items-changed",
                                            G_CALLBACK (on_devices_changed), self);
  self->poll_id = fl_clock_add_ms (self->clock, 250, on_look, self);
  check (self);
}
