/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-console.h"

#include <string.h>

#include "fl-sim-serial-private.h"
#include "fl-sim-usb-private.h"

/* Line codings that are commands: particle-iot/device-os, system/src/system_update.cpp. */
#define RATE_DFU    14400
#define RATE_LISTEN 28800
#define NO_LISTEN   FL_SIM_VERSION (6, 0, 0) /* 28800 is an ordinary rate from then on */

#define BYTE_US G_GINT64_CONSTANT (200) /* between the bytes of the fault "serial-chunk" */

#define NOISE "\x1b[36m0000031415 [app] INFO: \x1b[0mtide gauge: 2.71 m, Password ok, SSID seen\r\n"

struct _FlSimConsole
{
  FlSimDevice *device;
  guint attachment; /* of its USB side, when the port was opened */
  GByteArray *out;  /* to be taken */
  gint64 now_us;
  gint64 byte_us; /* when the next byte may be taken */
  FlSerialSaying question;
  gboolean is_dying; /* by fault it is unplugged when all has been taken */
};

static gboolean
has_fault (FlSimConsole *self, FlSimFaultKind kind)
{
  return fl_sim_device_get_fault (self->device, kind) != NULL;
}

/* Index behind @text in @said, or before it. G_MAXSIZE: not in it */
static gsize
find (const char *said, gsize size_bytes, FlSerialSaying saying, gboolean behind)
{
  const char *text = fl_serial_saying_get_text (saying);
  const char *found = g_strstr_len (said, (gssize) size_bytes, text);

  if (found == NULL)
    return G_MAXSIZE;
  return (gsize) (found - said) + (behind ? strlen (text) : 0);
}

/* How much of it is said before somebody pulls the plug. */
static gsize
cut (FlSimConsole *self, const char *said, gsize size_bytes)
{
  gsize thanks = find (said, size_bytes, FL_SERIAL_SAYS_SAVING, TRUE);
  gsize awesome = find (said, size_bytes, FL_SERIAL_SAYS_SAVED, FALSE);
  gsize behind = find (said, size_bytes, FL_SERIAL_SAYS_SAVED, TRUE);

  if (thanks != G_MAXSIZE &&
      fl_sim_device_fire (self->device, FL_SIM_FAULT_SERIAL_CLOSE_AFTER_THANKS) != NULL)
    {
      self->is_dying = TRUE;
      return MIN (awesome, size_bytes);
    }
  if (behind != G_MAXSIZE &&
      fl_sim_device_fire (self->device, FL_SIM_FAULT_SERIAL_CLOSE_AFTER_AWESOME) != NULL)
    {
      self->is_dying = TRUE;
      return behind;
    }
  return size_bytes;
}

static void
say (FlSimConsole *self, const char *said, gsize size_bytes)
{
  FlSerialSaying saying;
  gsize start, end, keep;
  gboolean is_noisy =
      has_fault (self, FL_SIM_FAULT_SERIAL_NOISE) &&
      fl_serial_find_saying ((const guint8 *) said, size_bytes, &saying, &start, &end, &keep);

  if (self->is_dying)
    return;
  if (!is_noisy)
    start = 0;
  g_byte_array_append (self->out, (const guint8 *) said, (guint) start);
  if (is_noisy)
    g_byte_array_append (self->out, (const guint8 *) NOISE, strlen (NOISE));
  said += start;
  size_bytes = cut (self, said, size_bytes - start);
  g_byte_array_append (self->out, (const guint8 *) said, (guint) size_bytes);
}

/* By fault somebody pulls the plug as soon as it asks. */
static void
check_question (FlSimConsole *self, FlSerialServer *server)
{
  FlSerialSaying question = fl_serial_server_get_question (server);
  const FlSimFault *fault = fl_sim_device_get_fault (self->device, FL_SIM_FAULT_SERIAL_CLOSE_AT);

  if (question == self->question)
    return;
  self->question = question;
  if (fault == NULL || !fl_sim_serial_is_prompt (fault, question))
    return;
  fl_sim_device_fire (self->device, FL_SIM_FAULT_SERIAL_CLOSE_AT);
  self->is_dying = TRUE;
}

static void
collect (FlSimConsole *self, FlSerialServer *server)
{
  GString *printed = self->device->serial->printed;
  g_autoptr (GBytes) bytes = NULL;

  if (printed->len > 0)
    say (self, printed->str, printed->len);
  g_string_truncate (printed, 0);
  while ((bytes = fl_serial_server_take (server)) != NULL)
    {
      gsize size_bytes;
      const char *said = g_bytes_get_data (bytes, &size_bytes);

      if (!has_fault (self, FL_SIM_FAULT_SERIAL_SILENT))
        say (self, said, size_bytes);
      g_clear_pointer (&bytes, g_bytes_unref);
    }
  check_question (self, server);
}

/* (nullable), borrowed: the port is not there any more */
static FlSerialServer *
get_server (FlSimConsole *self, gint64 now_us)
{
  self->now_us = MAX (self->now_us, now_us);
  if (self->attachment == 0 ||
      fl_sim_console_get_attachment (self->device, self->now_us) != self->attachment)
    return NULL;
  return fl_sim_serial_get_server (self->device, self->now_us);
}

guint
fl_sim_console_get_attachment (FlSimDevice *device, gint64 now_us)
{
  guint attachment;

  g_return_val_if_fail (device != NULL, 0);

  attachment = fl_sim_usb_get_attachment (device, now_us);
  return fl_sim_device_is_running (device) ? attachment : 0;
}

FlSimConsoleAccess
fl_sim_console_get_access (FlSimDevice *device, gint64 now_us)
{
  const FlSimFault *busy;

  g_return_val_if_fail (device != NULL, FL_SIM_CONSOLE_REFUSED);

  busy = fl_sim_device_get_fault (device, FL_SIM_FAULT_SERIAL_BUSY);
  if (fl_sim_device_get_fault (device, FL_SIM_FAULT_SERIAL_PERMISSION) != NULL)
    return FL_SIM_CONSOLE_REFUSED;
  if (device->serial->is_open || (busy != NULL && now_us < device->usb->attached_us + busy->value))
    return FL_SIM_CONSOLE_BUSY;
  return FL_SIM_CONSOLE_FREE;
}

void
fl_sim_console_recheck (FlSimDevice *device)
{
  g_return_if_fail (device != NULL);

  fl_sim_device_fire (device, FL_SIM_FAULT_SERIAL_PERMISSION);
}

FlSimConsole *
fl_sim_console_new (FlSimDevice *device, gint64 now_us)
{
  FlSimConsole *self;

  g_return_val_if_fail (device != NULL, NULL);

  self = g_new0 (FlSimConsole, 1);
  self->device = device;
  self->attachment = fl_sim_console_get_attachment (device, now_us);
  self->out = g_byte_array_new ();
  self->now_us = self->byte_us = now_us;
  self->question = FL_SERIAL_N_SAYINGS;
  device->serial->is_open = TRUE;
  fl_sim_console_tick (self, now_us);
  return self;
}

void
fl_sim_console_free (FlSimConsole *self)
{
  g_return_if_fail (self != NULL);

  if (self->attachment == self->device->usb->attachment)
    self->device->serial->is_open = FALSE;
  if (self->out->len > 0)
    fl_wipe (self->out->data, self->out->len);
  g_byte_array_unref (self->out);
  g_free (self);
}

void
fl_sim_console_set_rate (FlSimConsole *self, guint bits_per_second, gint64 now_us)
{
  FlSimDevice *device;

  g_return_if_fail (self != NULL);

  device = self->device;
  if (get_server (self, now_us) == NULL)
    return;
  if (bits_per_second == RATE_DFU)
    fl_sim_device_reset_at (device, FL_SIM_RESET_DFU, self->now_us);
  else if (bits_per_second == RATE_LISTEN && device->spec->version < NO_LISTEN &&
           !device->listening && !device->listening_disabled)
    fl_sim_device_enter_listening (device);
  fl_sim_console_tick (self, now_us);
}

void
fl_sim_console_feed (FlSimConsole *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  FlSerialServer *server;

  g_return_if_fail (self != NULL);

  server = get_server (self, now_us);
  if (server == NULL || self->is_dying)
    return;
  fl_serial_server_feed (server, data, size_bytes, self->now_us);
  collect (self, server);
}

GBytes *
fl_sim_console_take (FlSimConsole *self)
{
  gsize size_bytes;
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  size_bytes = self->out->len;
  if (has_fault (self, FL_SIM_FAULT_SERIAL_CHUNK))
    size_bytes = self->byte_us <= self->now_us ? MIN (size_bytes, 1) : 0;
  if (size_bytes == 0)
    return NULL;
  self->byte_us = self->now_us + BYTE_US;
  bytes = g_bytes_new (self->out->data, size_bytes);
  g_byte_array_remove_range (self->out, 0, (guint) size_bytes);
  return bytes;
}

void
fl_sim_console_tick (FlSimConsole *self, gint64 now_us)
{
  FlSerialServer *server;

  g_return_if_fail (self != NULL);

  server = get_server (self, now_us);
  if (server == NULL)
    return;
  if (self->is_dying && self->out->len == 0)
    {
      fl_sim_usb_unplug (self->device, self->now_us);
      return;
    }
  fl_serial_server_tick (server, self->now_us);
  collect (self, server);
}

gint64
fl_sim_console_get_deadline (FlSimConsole *self)
{
  gint64 first_us;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  if (get_server (self, self->now_us) == NULL)
    return G_MAXINT64;
  if (self->is_dying && self->out->len == 0)
    return self->now_us;
  first_us = MIN (fl_sim_device_get_deadline (self->device),
                  fl_serial_server_get_deadline (self->device->serial->server));
  if (self->out->len > 0)
    first_us = MIN (first_us, MAX (self->byte_us, self->now_us));
  return first_us;
}

gboolean
fl_sim_console_is_closed (FlSimConsole *self, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return get_server (self, now_us) == NULL;
}
