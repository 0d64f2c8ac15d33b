/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-serial-private.h"

#include "fl-sim-request.h"
#include "fl-sim-wifi-radio.h"
#include "fl-sim-world-private.h"

/* The device behind its console: particle-iot/device-os, system/src/system_setup.cpp. */

#define LEAVE_US    G_GINT64_CONSTANT (200000) /* until the console's loop has ended */
#define MAX_PRINTED 4096
#define US_PER_MS   1000

FlSimSerial *
fl_sim_serial_new (void)
{
  FlSimSerial *self = g_new0 (FlSimSerial, 1);

  self->leave_us = G_MAXINT64;
  self->printed = g_string_new (NULL);
  return self;
}

void
fl_sim_serial_free (FlSimSerial *self)
{
  g_clear_pointer (&self->server, fl_serial_server_free);
  g_string_free (self->printed, TRUE);
  g_free (self);
}

void
fl_sim_serial_power_off (FlSimDevice *device)
{
  FlSimSerial *self = device->serial;

  g_clear_pointer (&self->server, fl_serial_server_free);
  g_string_truncate (self->printed, 0);
  self->is_open = FALSE;
  self->leave_us = G_MAXINT64;
  self->network_error = 0;
}

gint64
fl_sim_serial_get_deadline (FlSimSerial *self)
{
  return self->leave_us;
}

void
fl_sim_serial_run (FlSimDevice *device, gint64 now_us)
{
  device->serial->leave_us = G_MAXINT64;
  fl_sim_device_leave_listening (device, now_us);
}

static gboolean
prints_now (FlSimDevice *device)
{
  return device->spec->has_log && device->serial->is_open && !device->safe_mode &&
         device->serial->printed->len < MAX_PRINTED;
}

/* As the application's log handler writes the system's messages: particle-iot/device-os,
 * hal/src/photon/wlan_hal.cpp, wlan_join(). */
static void
print_join (FlSimDevice *device, const FlSimKnown *known, int result, gint64 now_us)
{
  guint time_ms = (guint) (fl_sim_world_get_elapsed (device->world, now_us) / US_PER_MS);
  GString *printed = device->serial->printed;
  gsize size_bytes;
  const char *ssid = g_bytes_get_data (known->ssid, &size_bytes);

  g_string_append_printf (printed, "%010u [hal.wlan] INFO: Joining ", time_ms);
  g_string_append_len (printed, ssid, (gssize) size_bytes);
  g_string_append (printed, "\r\n");
  if (result != 0)
    g_string_append_printf (printed,
                            "%010u [hal.wlan] ERROR: wiced_join_ap_specific(), result: %d\r\n",
                            time_ms, result);
}

void
fl_sim_serial_note_join (FlSimDevice *device,
                         const FlSimKnown *known,
                         FlSimJoinOutcome outcome,
                         gint64 now_us)
{
  int result = fl_sim_device_get_generation (device) == 2
                   ? fl_sim_wifi_get_wiced_result (outcome, known->security)
                   : fl_sim_wifi_get_result (device, outcome);

  device->serial->network_error = result;
  if (prints_now (device) && fl_sim_device_get_generation (device) == 2)
    print_join (device, known, result, now_us);
}

/* What the device's own search makes of an access point's beacon. */
static gboolean
describe (FlSimDevice *device, const FlSimNetworkSpec *network, FlSerialFound *found)
{
  gboolean is_gen2 = fl_sim_device_get_generation (device) == 2;

  switch ((FlSecurity) network->security)
    {
    case FL_SECURITY_OPEN:
      *found = (FlSerialFound){ 0, 0 };
      return TRUE;
    case FL_SECURITY_WEP:
      *found = (FlSerialFound){ 1, 0 };
      return TRUE;
    case FL_SECURITY_WPA:
      *found = (FlSerialFound){ 2, is_gen2 ? 2 : 3 };
      return TRUE;
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA2_WPA3:
      *found = (FlSerialFound){ 3, is_gen2 ? 1 : 3 };
      return TRUE;
    case FL_SECURITY_WPA_WPA2:
      *found = (FlSerialFound){ is_gen2 ? 2 : 3, is_gen2 ? 1 : 3 };
      return TRUE;
    case FL_SECURITY_WPA3: /* for Gen 2 it looks like WPA2 */
      *found = is_gen2 ? (FlSerialFound){ 3, 1 } : (FlSerialFound){ 6, 1 };
      return is_gen2 || fl_sim_device_get_generation (device) == 3 ||
             device->spec->version >= FL_SIM_VERSION (5, 5, 0);
    case FL_SECURITY_ENTERPRISE:
      *found = (FlSerialFound){ 5, 1 };
      return is_gen2;
    case FL_SECURITY_UNKNOWN:
      break;
    }
  return FALSE;
}

static gboolean
look_up (gpointer data, GBytes *ssid, FlSerialFound *found)
{
  FlSimDevice *device = data;
  const FlSimNetworkSpec *network =
      fl_sim_wifi_find_in_sight (device, ssid, device->serial->now_us);

  if (network == NULL || !describe (device, network, found))
    return FALSE;
  if (fl_sim_device_fire (device, FL_SIM_FAULT_SERIAL_UNEXPECTED) != NULL)
    found->cipher = 0;
  device->has_scanned = TRUE;
  return TRUE;
}

static gint64
get_scan_time (gpointer data)
{
  FlSimDevice *device = data;

  if (fl_sim_wifi_radio_scan (device))
    return -1; /* until it is heard */
  return fl_sim_device_fire_time (device, FL_SIM_FAULT_SCAN_SLOW, device->spec->scan_us);
}

static FlSerialSave
save (gpointer data, const FlSerialTyped *typed)
{
  FlSimDevice *device = data;

  return fl_sim_serial_save (device, typed);
}

static FlSecret *
answer (gpointer data, char letter)
{
  FlSimDevice *device = data;

  return fl_sim_serial_answer (device, letter, device->serial->now_us);
}

static gboolean
has_memory (gpointer data)
{
  return fl_sim_device_fire (data, FL_SIM_FAULT_SERIAL_NO_MEMORY) == NULL;
}

/* Out of listening mode the device connects; Gen 2 without a network to connect to is back there at
 * once. */
static void
command (gpointer data, char letter)
{
  FlSimDevice *device = data;
  FlSimSerial *self = device->serial;
  gboolean may_leave = fl_sim_device_get_generation (device) != 2 || device->known->len > 0;

  if (letter == 'x' && may_leave)
    self->leave_us = self->now_us + LEAVE_US;
  else if (letter == 'L')
    {
      device->listen_once = TRUE;
      fl_sim_device_reset_at (device, FL_SIM_RESET_SAFE, self->now_us + 1);
    }
}

static void
claim (gpointer data, const char *code)
{
  FlSimDevice *device = data;

  device->claimed = TRUE; /* it shows the code to the cloud at the next chance */
}

static const FlSerialDevice vtable = {
  .look_up = look_up,
  .get_scan_time = get_scan_time,
  .has_memory = has_memory,
  .save = save,
  .answer = answer,
  .command = command,
  .claim = claim,
};

gboolean
fl_sim_serial_is_prompt (const FlSimFault *fault, FlSerialSaying saying)
{
  return (FlSerialSaying) fault->value ==
         (saying == FL_SERIAL_SAYS_SECURITY_ENTERPRISE ? FL_SERIAL_SAYS_SECURITY : saying);
}

/* Somebody was here before, and went away in the middle of the dialogue. */
static void
get_stuck (FlSimDevice *device, FlSerialGeneration generation)
{
  const FlSimFault *fault = fl_sim_device_get_fault (device, FL_SIM_FAULT_SERIAL_STUCK);
  FlSerialSaying prompt;

  if (fault == NULL || device->serial->was_stuck)
    return;
  device->serial->was_stuck = TRUE;
  prompt = (FlSerialSaying) fault->value;
  if (prompt == FL_SERIAL_SAYS_SECURITY && generation == FL_SERIAL_G2)
    prompt = FL_SERIAL_SAYS_SECURITY_ENTERPRISE;
  fl_serial_server_get_stuck (device->serial->server, prompt);
}

FlSerialServer *
fl_sim_serial_get_server (FlSimDevice *device, gint64 now_us)
{
  FlSimSerial *self = device->serial;
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) device->spec->platform);
  FlSerialGeneration generation =
      fl_serial_generation_of (info->platform_id, device->spec->version);
  gboolean listens = device->listening && device->power == FL_SIM_POWER_RUNNING &&
                     !fl_sim_request_is_protected (device);

  self->now_us = now_us;
  if (self->server == NULL)
    {
      self->server = fl_serial_server_new (generation, device->spec->version, &vtable, device);
      if (fl_sim_device_get_fault (device, FL_SIM_FAULT_SERIAL_NO_ECHO) != NULL)
        fl_serial_server_set_echo (self->server, FALSE);
      if (listens)
        get_stuck (device, generation);
    }
  fl_serial_server_set_listening (self->server, listens);
  return self->server;
}
