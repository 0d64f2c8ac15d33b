/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-device.h"

#include "fl-old-wifi.h"
#include "fl-sim-air.h"
#include "fl-sim-known.h"
#include "fl-sim-request.h"
#include "fl-sim-serial-private.h"
#include "fl-sim-usb-private.h"
#include "fl-sim-wifi.h"
#include "fl-sim-wifi-radio.h"
#include "fl-sim-world-private.h"

#define ALTERNATE_US G_GINT64_CONSTANT (1000000) /* control and application data in turn */
#define CUT_BYTES    4
#define DFU_BOOT_US  G_GINT64_CONSTANT (400000) /* the bootloader starts faster than Device OS */

static const FlSimNetworkSpec *
find_network (FlSimDevice *self, const char *name)
{
  GPtrArray *networks = fl_sim_world_get_scenario (self->world)->networks;

  for (guint i = 0; i < networks->len; i++)
    if (g_strcmp0 (((FlSimNetworkSpec *) networks->pdata[i])->name, name) == 0)
      return networks->pdata[i];
  return NULL;
}

/* As if somebody had set it up with the network's password, or its first account. */
static FlSimKnown *
create_known (const FlSimNetworkSpec *network)
{
  FlSimKnown *known = fl_sim_known_new (network->ssid, (FlSecurity) network->security,
                                        network->password, network->hidden);
  g_auto (GStrv) account =
      network->accounts != NULL ? g_strsplit (network->accounts[0], ":", 2) : NULL;

  if (account == NULL)
    return known;
  known->enterprise =
      fl_enterprise_new (FL_EAP_PEAP, account[0],
                         network->outer == FL_SIM_OUTER_REQUIRED ? account[0] : NULL, NULL, NULL,
                         NULL);
  g_clear_pointer (&known->password, fl_secret_unref);
  known->password = fl_secret_new_from_string (account[1]);
  return known;
}

static void
store_initial_networks (FlSimDevice *self)
{
  for (guint i = 0; self->spec->known != NULL && self->spec->known[i] != NULL; i++)
    fl_sim_known_store (self->known, create_known (find_network (self, self->spec->known[i])),
                        FL_SIM_MAX_KNOWN);
}

gboolean
fl_sim_device_needs_safe_mode (FlSimDevice *self)
{
  return self->spec->modules == FL_SIM_MODULES_BROKEN ||
         self->spec->modules == FL_SIM_MODULES_TOO_NEW;
}

/* In safe mode Device OS connects by itself, since no application could ask for it. */
static void
begin_running (FlSimDevice *self)
{
  self->safe_mode |= fl_sim_device_needs_safe_mode (self);
  self->cloud_wanted = self->safe_mode || self->spec->application == FL_SIM_APPLICATION_AUTOMATIC;
}

/* Device OS has started: set-up mode when asked for or when there is no network to join. */
static void
finish_boot (FlSimDevice *self, gint64 now_us)
{
  self->power = self->boots_to_dfu ? FL_SIM_POWER_DFU : FL_SIM_POWER_RUNNING;
  self->power_us = G_MAXINT64;
  fl_sim_usb_update (self, now_us);
  if (self->power == FL_SIM_POWER_DFU)
    return;
  begin_running (self);
  if (!self->listening_disabled &&
      (self->start_listening || self->listen_once || self->known->len == 0))
    fl_sim_device_enter_listening (self);
  else
    fl_sim_course_start (self, now_us);
  self->listen_once = FALSE;
}

void
fl_sim_device_stop (FlSimDevice *self, FlSimPower power, gint64 now_us)
{
  fl_sim_course_stop (self);
  fl_sim_request_clear (&self->request);
  self->epoch++;
  self->reset_us = G_MAXINT64;
  self->listening = FALSE;
  self->nyan = FALSE;
  self->radio_on = FALSE;
  self->radio_busy_us = 0;
  fl_sim_wifi_radio_power_off (self);
  self->power = power;
  self->power_us = G_MAXINT64;
  fl_sim_serial_power_off (self);
  fl_sim_usb_power_off (self, now_us);
}

static void
run_reset (FlSimDevice *self, gint64 now_us)
{
  FlSimReset reset = self->reset;

  fl_sim_device_stop (self, FL_SIM_POWER_BOOTING, now_us);
  if (reset == FL_SIM_RESET_FACTORY)
    g_ptr_array_set_size (self->known, 0);
  self->safe_mode = reset == FL_SIM_RESET_SAFE;
  self->boots_to_dfu = reset == FL_SIM_RESET_DFU;
  self->power_us = now_us + (self->boots_to_dfu ? DFU_BOOT_US : self->spec->boot_us);
}

FlSimDevice *
fl_sim_device_new (FlSimWorld *world, FlSimDeviceSpec *spec, guint index)
{
  FlSimDevice *self = g_new0 (FlSimDevice, 1);

  self->world = world;
  self->spec = spec;
  self->index = index;
  self->power = FL_SIM_POWER_RUNNING;
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_sim_known_free);
  self->power_us = self->reset_us = self->wifi_us = self->cloud_us = G_MAXINT64;
  self->off_us = self->away_us = G_MAXINT64;
  self->usb = fl_sim_usb_new ();
  self->serial = fl_sim_serial_new ();
  self->antenna = FL_OLD_ANTENNA_INTERNAL;
  return self;
}

void
fl_sim_device_free (FlSimDevice *self)
{
  fl_sim_request_clear (&self->request);
  fl_sim_wifi_radio_clear (&self->wifi_radio);
  fl_sim_serial_free (self->serial);
  fl_sim_usb_free (self->usb);
  g_ptr_array_unref (self->known);
  g_free (self);
}

void
fl_sim_device_start (FlSimDevice *self, gint64 now_us)
{
  const FlSimDeviceSpec *spec = self->spec;

  self->claimed = spec->is_claimed;
  self->listening_disabled = spec->mode == FL_SIM_MODE_PROVISIONING;
  self->safe_mode = spec->mode == FL_SIM_MODE_SAFE;
  self->setup_done = spec->mode != FL_SIM_MODE_LISTENING;
  begin_running (self);
  store_initial_networks (self);
  if (spec->mode == FL_SIM_MODE_LISTENING)
    fl_sim_device_enter_listening (self);
  else if (spec->mode == FL_SIM_MODE_DFU)
    self->power = FL_SIM_POWER_DFU;
  else
    fl_sim_course_settle (self, now_us);
  fl_sim_usb_start (self, now_us);
}

void
fl_sim_device_reset_at (FlSimDevice *self, FlSimReset reset, gint64 at_us)
{
  self->reset = reset;
  self->reset_us = at_us;
  fl_sim_world_tell_changed (self->world);
}

void
fl_sim_device_enter_listening (FlSimDevice *self)
{
  fl_sim_course_stop (self);
  self->listening = TRUE;
  self->stored_while_listening = FALSE;
}

void
fl_sim_device_leave_listening (FlSimDevice *self, gint64 now_us)
{
  if (!self->listening)
    return;
  self->listening = FALSE;
  if (self->serial->server != NULL) /* it may listen again before anybody looks at the port */
    fl_sim_serial_get_server (self, now_us);
  self->listen_if_it_fails = self->stored_while_listening;
  if (self->wifi == FL_SIM_WIFI_OFF && self->cloud_wanted)
    fl_sim_course_start (self, now_us);
}

gboolean
fl_sim_device_has_vanished (FlSimDevice *self, gint64 now_us)
{
  const FlSimFault *fault = fl_sim_device_get_fault (self, FL_SIM_FAULT_VANISH_AT);

  return fault != NULL && fl_sim_world_get_elapsed (self->world, now_us) >= fault->value;
}

const FlSimDeviceSpec *
fl_sim_device_get_spec (FlSimDevice *self)
{
  return self->spec;
}

FlSimWorld *
fl_sim_device_get_world (FlSimDevice *self)
{
  return self->world;
}

guint
fl_sim_device_get_generation (FlSimDevice *self)
{
  return fl_sim_platform_get_info ((FlSimPlatform) self->spec->platform)->generation;
}

/* Labels of Gen 2 carry the serial number only. */
char *
fl_sim_device_get_label (FlSimDevice *self)
{
  if (fl_sim_device_get_generation (self) == 2)
    return g_strdup (self->spec->serial);
  return g_strdup_printf ("%s %s", self->spec->serial, fl_secret_get_text (self->spec->secret));
}

gboolean
fl_sim_device_is_listening (FlSimDevice *self)
{
  return self->listening;
}

gboolean
fl_sim_device_is_running (FlSimDevice *self)
{
  return self->power == FL_SIM_POWER_RUNNING;
}

gboolean
fl_sim_device_is_nyan (FlSimDevice *self)
{
  return self->nyan;
}

FlSimWifiState
fl_sim_device_get_wifi (FlSimDevice *self)
{
  return self->wifi;
}

FlSimCloudState
fl_sim_device_get_cloud (FlSimDevice *self)
{
  return self->cloud;
}

const FlSimNetworkSpec *
fl_sim_device_get_network (FlSimDevice *self)
{
  return self->network;
}

guint
fl_sim_device_get_n_known (FlSimDevice *self)
{
  return self->known->len;
}

const FlSimKnown *
fl_sim_device_get_known (FlSimDevice *self, guint index)
{
  g_return_val_if_fail (index < self->known->len, NULL);

  return self->known->pdata[index];
}

/* A protected device in listening mode only blinks. */
static gboolean
offers_control (FlSimDevice *self)
{
  return self->listening_disabled || (self->listening && !fl_sim_request_is_protected (self));
}

gboolean
fl_sim_device_advertise (FlSimDevice *self,
                         guint8 *advert,
                         gsize *advert_size,
                         guint8 *response,
                         gsize *response_size,
                         gint64 now_us)
{
  gboolean alternates = self->spec->bluetooth_app ||
                        fl_sim_device_get_fault (self, FL_SIM_FAULT_ALTERNATE_ADVERTS) != NULL;
  gboolean is_app_turn =
      !offers_control (self) ||
      (alternates && fl_sim_world_get_elapsed (self->world, now_us) / ALTERNATE_US % 2 == 1);

  if (!self->spec->has_bluetooth || self->power != FL_SIM_POWER_RUNNING || self->connected ||
      fl_sim_device_has_vanished (self, now_us) || fl_sim_device_is_away (self, now_us) ||
      (!offers_control (self) && !alternates))
    return FALSE;
  if (is_app_turn)
    {
      *advert_size = fl_sim_air_build_app_advert (self->spec, advert);
      *response_size = 0;
      return TRUE;
    }
  *advert_size = fl_sim_air_build_advert (self->spec, advert);
  *response_size = fl_sim_air_build_response (self->spec, response);
  if (fl_sim_device_get_fault (self, FL_SIM_FAULT_ADVERT_TRUNCATED) != NULL)
    *advert_size -= CUT_BYTES;
  return TRUE;
}

static gint64
get_request_us (FlSimDevice *self)
{
  const FlSimRequest *request = &self->request;

  return request->active && !request->done && request->waits_for == 0 ? request->done_us
                                                                      : G_MAXINT64;
}

gint64
fl_sim_device_get_deadline (FlSimDevice *self)
{
  gint64 first_us = MIN (self->power_us, self->reset_us);

  first_us = MIN (first_us, get_request_us (self));
  first_us = MIN (first_us, fl_sim_usb_get_deadline (self->usb));
  first_us = MIN (first_us, fl_sim_serial_get_deadline (self->serial));
  return MIN (first_us, MIN (self->wifi_us, self->cloud_us));
}

void
fl_sim_device_tick (FlSimDevice *self, gint64 now_us)
{
  gint64 at_us;

  fl_sim_world_get_elapsed (self->world, now_us); /* the first call begins the world */
  while ((at_us = fl_sim_device_get_deadline (self)) <= now_us)
    {
      if (at_us == self->reset_us)
        run_reset (self, at_us);
      else if (at_us == self->power_us)
        finish_boot (self, at_us);
      else if (at_us == get_request_us (self))
        fl_sim_device_finish_request (self, at_us);
      else if (at_us == fl_sim_usb_get_deadline (self->usb))
        fl_sim_usb_run (self, at_us);
      else if (at_us == fl_sim_serial_get_deadline (self->serial))
        fl_sim_serial_run (self, at_us);
      else if (at_us == self->wifi_us)
        fl_sim_course_run_wifi (self, at_us);
      else
        fl_sim_course_run_cloud (self, at_us);
    }
}
