/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-cdc.h"

#include <string.h>

#include "fl-sim-usb-private.h"

/* USB CDC, Subclass Specification for PSTN Devices 1.2: 6.3 and 6.5 */
#define REQUEST_OUT     0x21 /* class, interface */
#define REQUEST_IN      0xa1
#define SET_LINE_CODING 0x20
#define GET_LINE_CODING 0x21
#define SET_LINES       0x22
#define LINE_DTR        1
#define CODING_BYTES    7
#define SERIAL_STATE    0x20
#define STATE_CARRIERS  3 /* of reception and of transmission: DCD and DSR */
#define STATE_BYTES     10
#define MAX_UNREAD      65536 /* ours: what the computer does not read beyond this is lost */

struct _FlSimCdc
{
  FlSimDevice *device;
  FlSimConsole *console; /* (nullable): nobody has it open */
  guint8 coding[CODING_BYTES];
  GByteArray *data, *notices; /* to be taken */
};

static guint8
get_interface (FlSimCdc *self)
{
  return fl_sim_usb_get_serial_interface (self->device);
}

FlSimCdc *
fl_sim_cdc_new (FlSimDevice *device)
{
  /* Bits per second, one stop bit, no parity, eight bits. */
  static const guint8 coding[CODING_BYTES] = {
    FL_SIM_CDC_DEFAULT_RATE & 0xff, FL_SIM_CDC_DEFAULT_RATE >> 8, 0, 0, 0, 0, 8
  };
  FlSimCdc *self;

  g_return_val_if_fail (device != NULL, NULL);

  self = g_new0 (FlSimCdc, 1);
  self->device = device;
  self->data = g_byte_array_new ();
  self->notices = g_byte_array_new ();
  memcpy (self->coding, coding, sizeof coding);
  return self;
}

static void
forget (GByteArray *array)
{
  if (array->len > 0)
    fl_wipe (array->data, array->len);
  g_byte_array_set_size (array, 0);
}

void
fl_sim_cdc_free (FlSimCdc *self)
{
  g_clear_pointer (&self->console, fl_sim_console_free);
  forget (self->data);
  g_byte_array_unref (self->data);
  g_byte_array_unref (self->notices);
  g_free (self);
}

/* Told only when somebody comes: news of a loss that is read by who opens the port next would hang
 * up on him. */
static void
notify_carriers (FlSimCdc *self)
{
  const guint8 notice[STATE_BYTES] = { REQUEST_IN, SERIAL_STATE,   0, 0, get_interface (self), 0, 2,
                                       0,          STATE_CARRIERS, 0 };

  g_byte_array_set_size (self->notices, 0);
  g_byte_array_append (self->notices, notice, sizeof notice);
}

static void
set_lines (FlSimCdc *self, guint16 lines, gint64 now_us)
{
  gboolean is_open = (lines & LINE_DTR) != 0;

  if (is_open == (self->console != NULL))
    return;
  if (is_open)
    {
      self->console = fl_sim_console_new (self->device, now_us);
      notify_carriers (self);
      return;
    }
  g_clear_pointer (&self->console, fl_sim_console_free);
  forget (self->data);
  g_byte_array_set_size (self->notices, 0);
}

/* The rate means something also to a port that nobody has open. */
static void
set_coding (FlSimCdc *self, const guint8 *coding, gint64 now_us)
{
  g_autoptr (FlSimConsole) passing = NULL;
  guint32 rate;

  memcpy (self->coding, coding, CODING_BYTES);
  memcpy (&rate, coding, sizeof rate);
  if (self->console == NULL)
    passing = fl_sim_console_new (self->device, now_us);
  fl_sim_console_set_rate (self->console != NULL ? self->console : passing, GUINT32_FROM_LE (rate),
                           now_us);
}

gboolean
fl_sim_cdc_takes (FlSimCdc *self, const FlUsbSetup *setup)
{
  g_return_val_if_fail (self != NULL && setup != NULL, FALSE);

  return (setup->request_type == REQUEST_OUT || setup->request_type == REQUEST_IN) &&
         setup->index == get_interface (self) && fl_sim_device_is_running (self->device);
}

FlSimUsbEnd
fl_sim_cdc_control (FlSimCdc *self,
                    const FlUsbSetup *setup,
                    const guint8 *data,
                    gsize size_bytes,
                    gint64 now_us,
                    GBytes **reply)
{
  gboolean is_in;

  g_return_val_if_fail (self != NULL && setup != NULL && reply != NULL, FL_SIM_USB_STALLED);

  *reply = NULL;
  is_in = (setup->request_type & FL_USB_IN) != 0;
  if (is_in && setup->request == GET_LINE_CODING)
    *reply = g_bytes_new (self->coding, MIN (setup->length, CODING_BYTES));
  else if (!is_in && setup->request == SET_LINE_CODING && size_bytes == CODING_BYTES)
    set_coding (self, data, now_us);
  else if (!is_in && setup->request == SET_LINES && size_bytes == 0)
    set_lines (self, setup->value, now_us);
  else
    return FL_SIM_USB_STALLED;
  return FL_SIM_USB_DONE;
}

static void
collect (FlSimCdc *self)
{
  GBytes *bytes;

  while ((bytes = fl_sim_console_take (self->console)) != NULL)
    {
      g_byte_array_append (self->data, g_bytes_get_data (bytes, NULL),
                           (guint) MIN (g_bytes_get_size (bytes), MAX_UNREAD - self->data->len));
      g_bytes_unref (bytes);
    }
}

/* What nobody who holds DTR has typed is for nobody. */
void
fl_sim_cdc_feed (FlSimCdc *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  if (self->console == NULL)
    return;
  fl_sim_console_feed (self->console, data, size_bytes, now_us);
  collect (self);
}

void
fl_sim_cdc_tick (FlSimCdc *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  if (self->console == NULL)
    return;
  fl_sim_console_tick (self->console, now_us);
  collect (self);
}

gint64
fl_sim_cdc_get_deadline (FlSimCdc *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->console != NULL ? fl_sim_console_get_deadline (self->console) : G_MAXINT64;
}

GBytes *
fl_sim_cdc_take (FlSimCdc *self, guint endpoint, gsize max_bytes)
{
  GByteArray *from;
  guint size_bytes;
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  from = endpoint == FL_SIM_CDC_DATA_ENDPOINT ? self->data : self->notices;
  size_bytes = (guint) MIN (max_bytes, from->len);
  if (size_bytes == 0)
    return NULL;
  bytes = g_bytes_new (from->data, size_bytes);
  g_byte_array_remove_range (from, 0, size_bytes);
  return bytes;
}
