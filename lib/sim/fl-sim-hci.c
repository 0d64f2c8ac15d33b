/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-hci.h"

#include <string.h>

/* Volume 4, part A, 2 */
#define PACKET_COMMAND 0x01
#define PACKET_DATA    0x02
#define PACKET_EVENT   0x04

/* Volume 4, part E, 7.1, 7.3, 7.4 and 7.8: group << 10 | command */
typedef enum
{
  COMMAND_DISCONNECT = 0x0406,
  COMMAND_SET_EVENT_MASK = 0x0c01,
  COMMAND_RESET = 0x0c03,
  COMMAND_READ_BUFFER_SIZE = 0x1005,
  COMMAND_LE_SET_EVENT_MASK = 0x2001,
  COMMAND_LE_READ_BUFFER_SIZE = 0x2002,
  COMMAND_SET_RANDOM_ADDRESS = 0x2005,
  COMMAND_SET_ADVERT_PARAMETERS = 0x2006,
  COMMAND_SET_ADVERT = 0x2008,
  COMMAND_SET_RESPONSE = 0x2009,
  COMMAND_ENABLE_ADVERTS = 0x200a,
} Command;

/* 7.7 */
#define EVENT_DISCONNECTED     0x05
#define EVENT_COMMAND_COMPLETE 0x0e
#define EVENT_COMMAND_STATUS   0x0f
#define EVENT_HARDWARE_ERROR   0x10
#define EVENT_COMPLETED        0x13
#define EVENT_LE               0x3e
#define LE_CONNECTED           0x01 /* 7.7.65.1 */
#define LE_CONNECTED_ENHANCED  0x0a /* 7.7.65.10 */
#define LE_CONNECTED_SIZE      19
#define LE_ENHANCED_SIZE       31

#define ROLE_PERIPHERAL    0x01
#define COMMAND_DISALLOWED 0x0c /* volume 1, part F, 1.3 */
#define UNKNOWN_COMMAND    0x01

/* 5.4.2: handle and flags. A host's first fragment is not flushable. */
#define HANDLE_MASK     0x0fff
#define BOUNDARY_SHIFT  12
#define BOUNDARY_FIRST  0
#define BOUNDARY_REST   1
#define BOUNDARY_FIRST2 2

#define NO_HANDLE 0xffff

/* particle-iot/device-os, wiring/inc/spark_wiring_ble.h: 20 ms, in units of 0.625 ms */
#define ADVERT_INTERVAL 32

struct _FlSimHci
{
  guint8 address[FL_SIM_HCI_ADDRESS_SIZE]; /* as on the air: last byte first */
  GByteArray *input;
  GQueue commands; /* of GBytes, that wait their turn */
  gboolean may_command;
  GQueue output; /* of GBytes: data packets */
  GQueue events; /* of FlSimHciEvent */
  gboolean failed;

  gboolean is_ready; /* has been set up */
  guint packet_size, n_free;
  guint n_packets; /* that the controller holds */

  FlSimHciAdvert advert, told; /* wanted, and what the controller has */
  gboolean wants_advert, is_enabled;

  guint16 handle; /* of the connection */
};

static guint16
read_u16 (const guint8 *data)
{
  return (guint16) (data[0] | data[1] << 8);
}

static void
push_event (FlSimHci *self, FlSimHciEvent event)
{
  g_queue_push_tail (&self->events, g_memdup2 (&event, sizeof event));
}

static void
event_free (FlSimHciEvent *event)
{
  fl_sim_hci_event_clear (event);
  g_free (event);
}

static void
fail (FlSimHci *self, guint16 command, guint8 code)
{
  if (self->failed)
    return;
  self->failed = TRUE;
  push_event (self, (FlSimHciEvent){ .type = FL_SIM_HCI_FAILED, .command = command, .code = code });
}

static void
command (FlSimHci *self, Command code, const guint8 *parameters, gsize size_bytes)
{
  guint8 packet[1 + 3 + 255] = { PACKET_COMMAND, (guint8) code, (guint8) (code >> 8),
                                 (guint8) size_bytes };

  g_return_if_fail (size_bytes <= 255);

  if (size_bytes > 0)
    memcpy (packet + 4, parameters, size_bytes);
  g_queue_push_tail (&self->commands, g_bytes_new (packet, 4 + size_bytes));
}

/* 7.8.5: connectable and scannable, with the random address, on all channels, for everybody */
static void
set_advert_parameters (FlSimHci *self)
{
  guint8 parameters[15] = { ADVERT_INTERVAL, 0, ADVERT_INTERVAL, 0, 0x00, 0x01 };

  parameters[13] = 0x07;
  command (self, COMMAND_SET_ADVERT_PARAMETERS, parameters, sizeof parameters);
}

static void
set_up (FlSimHci *self)
{
  /* 7.3.1: the default, and events of LE; 7.8.1: a connection, plain and enhanced. */
  static const guint8 events[8] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x00, 0x20 };
  static const guint8 le_events[8] = { 0x01, 0x02 };

  command (self, COMMAND_RESET, NULL, 0);
  command (self, COMMAND_SET_EVENT_MASK, events, sizeof events);
  command (self, COMMAND_LE_SET_EVENT_MASK, le_events, sizeof le_events);
  command (self, COMMAND_LE_READ_BUFFER_SIZE, NULL, 0);
  command (self, COMMAND_SET_RANDOM_ADDRESS, self->address, sizeof self->address);
  set_advert_parameters (self);
}

static void
set_data (FlSimHci *self, Command code, const guint8 *data, gsize size_bytes)
{
  guint8 parameters[1 + FL_SIM_HCI_ADVERT_SIZE] = { (guint8) size_bytes };

  memcpy (parameters + 1, data, size_bytes);
  command (self, code, parameters, sizeof parameters);
}

static void
set_enabled (FlSimHci *self, gboolean on)
{
  guint8 parameter = on ? 1 : 0;

  if (self->is_enabled == on)
    return;
  self->is_enabled = on;
  command (self, COMMAND_ENABLE_ADVERTS, &parameter, 1);
}

/* Tells the controller what is new, when it has heard everything else. */
static void
update_advert (FlSimHci *self)
{
  if (!self->is_ready || self->handle != NO_HANDLE || !g_queue_is_empty (&self->commands))
    return;
  if (!self->wants_advert)
    {
      set_enabled (self, FALSE);
      return;
    }
  if (self->told.advert_size != self->advert.advert_size ||
      memcmp (self->told.advert, self->advert.advert, FL_SIM_HCI_ADVERT_SIZE) != 0)
    set_data (self, COMMAND_SET_ADVERT, self->advert.advert, self->advert.advert_size);
  if (self->told.response_size != self->advert.response_size ||
      memcmp (self->told.response, self->advert.response, FL_SIM_HCI_ADVERT_SIZE) != 0)
    set_data (self, COMMAND_SET_RESPONSE, self->advert.response, self->advert.response_size);
  self->told = self->advert;
  set_enabled (self, TRUE);
}

/* @size, @n_packets: 0: the controller shares those of the classic radio (7.8.2). */
static void
handle_buffers (FlSimHci *self, Command code, guint size, guint n_packets)
{
  if (size > 0 && n_packets > 0)
    {
      self->packet_size = size;
      self->n_packets = self->n_free = n_packets;
    }
  else if (code == COMMAND_LE_READ_BUFFER_SIZE)
    command (self, COMMAND_READ_BUFFER_SIZE, NULL, 0);
  else
    fail (self, code, 0);
}

/* @data: status and what follows it. */
static void
handle_result (FlSimHci *self, guint16 code, const guint8 *data, gsize size_bytes)
{
  const guint8 status = size_bytes > 0 ? data[0] : UNKNOWN_COMMAND;

  /* 7.8.9: it may have stopped or begun by itself, or the central was quicker than the command. */
  if (status == COMMAND_DISALLOWED &&
      (code == COMMAND_ENABLE_ADVERTS || code == COMMAND_DISCONNECT))
    return;
  if (code == COMMAND_DISCONNECT)
    return; /* it is gone already */
  if (status != 0)
    {
      fail (self, code, status);
      return;
    }
  if (code == COMMAND_LE_READ_BUFFER_SIZE && size_bytes >= 4)
    handle_buffers (self, code, read_u16 (data + 1), data[3]);
  else if (code == COMMAND_READ_BUFFER_SIZE && size_bytes >= 8)
    handle_buffers (self, code, read_u16 (data + 1), read_u16 (data + 4));
  else if (code == COMMAND_LE_READ_BUFFER_SIZE || code == COMMAND_READ_BUFFER_SIZE)
    fail (self, code, 0);
}

/* What was asked for has been done: 7.7.14. @data: after the number of commands and their code. */
static void
handle_command_end (FlSimHci *self, guint8 n_commands, guint16 code, const guint8 *data, gsize size)
{
  if (n_commands > 0)
    self->may_command = TRUE;
  if (code == 0) /* only tells that there is room again */
    return;
  handle_result (self, code, data, size);
  if (self->packet_size > 0 && g_queue_is_empty (&self->commands))
    self->is_ready = TRUE;
  update_advert (self);
}

static void
handle_le (FlSimHci *self, const guint8 *data, gsize size_bytes)
{
  const gboolean is_plain = size_bytes >= LE_CONNECTED_SIZE && data[0] == LE_CONNECTED;
  const gboolean is_enhanced = size_bytes >= LE_ENHANCED_SIZE && data[0] == LE_CONNECTED_ENHANCED;

  if (!is_plain && !is_enhanced)
    return;
  /* Both begin alike: status, handle, role. It advertises no more, whether it came to a link or
   * not. */
  self->is_enabled = FALSE;
  if (data[1] != 0 || data[4] != ROLE_PERIPHERAL || self->handle != NO_HANDLE)
    {
      update_advert (self);
      return;
    }
  self->handle = read_u16 (data + 2) & HANDLE_MASK;
  push_event (self, (FlSimHciEvent){ .type = FL_SIM_HCI_CONNECTED });
}

/* Packets that were on their way count no more (7.7.5). */
static void
handle_disconnected (FlSimHci *self, const guint8 *data, gsize size_bytes)
{
  if (size_bytes < 4 || data[0] != 0 || (read_u16 (data + 1) & HANDLE_MASK) != self->handle)
    return;
  self->handle = NO_HANDLE;
  self->n_free = self->n_packets;
  g_queue_clear_full (&self->output, (GDestroyNotify) g_bytes_unref);
  push_event (self, (FlSimHciEvent){ .type = FL_SIM_HCI_DISCONNECTED, .code = data[3] });
  update_advert (self);
}

/* 7.7.19 */
static void
handle_completed (FlSimHci *self, const guint8 *data, gsize size_bytes)
{
  if (size_bytes < 1 || size_bytes < 1 + (gsize) data[0] * 4)
    return;
  for (guint i = 0; i < data[0]; i++)
    {
      const guint8 *entry = data + 1 + i * 4;

      if ((read_u16 (entry) & HANDLE_MASK) == self->handle)
        self->n_free = MIN (self->n_packets, self->n_free + read_u16 (entry + 2));
    }
}

static void
handle_event (FlSimHci *self, guint8 code, const guint8 *data, gsize size_bytes)
{
  if (code == EVENT_COMMAND_COMPLETE && size_bytes >= 3)
    handle_command_end (self, data[0], read_u16 (data + 1), data + 3, size_bytes - 3);
  else if (code == EVENT_COMMAND_STATUS && size_bytes >= 4)
    handle_command_end (self, data[1], read_u16 (data + 2), data, 1);
  else if (code == EVENT_HARDWARE_ERROR)
    fail (self, 0, size_bytes > 0 ? data[0] : 0);
  else if (code == EVENT_COMPLETED)
    handle_completed (self, data, size_bytes);
  else if (code == EVENT_DISCONNECTED)
    handle_disconnected (self, data, size_bytes);
  else if (code == EVENT_LE && size_bytes > 0)
    handle_le (self, data, size_bytes);
}

static void
handle_data (FlSimHci *self, const guint8 *packet, gsize size_bytes)
{
  const guint16 head = read_u16 (packet);
  const guint boundary = head >> BOUNDARY_SHIFT & 3;

  if ((head & HANDLE_MASK) != self->handle)
    return;
  push_event (self,
              (FlSimHciEvent){ .type = FL_SIM_HCI_DATA,
                               .starts = boundary == BOUNDARY_FIRST || boundary == BOUNDARY_FIRST2,
                               .data = g_bytes_new (packet + 4, size_bytes - 4) });
}

/* How long the first packet is; 0: more is needed to say. */
static gsize
get_packet_size (FlSimHci *self)
{
  const guint8 *data = self->input->data;
  const gsize size = self->input->len;

  if (size == 0)
    return 0;
  if (data[0] == PACKET_EVENT)
    return size < 3 ? 0 : 3 + (gsize) data[2];
  if (data[0] == PACKET_DATA)
    return size < 5 ? 0 : 5 + (gsize) read_u16 (data + 3);
  fail (self, 0, 0); /* nobody knows where the next one begins */
  return 0;
}

FlSimHci *
fl_sim_hci_new (const guint8 address[FL_SIM_HCI_ADDRESS_SIZE])
{
  FlSimHci *self = g_new0 (FlSimHci, 1);

  for (guint i = 0; i < FL_SIM_HCI_ADDRESS_SIZE; i++)
    self->address[i] = address[FL_SIM_HCI_ADDRESS_SIZE - 1 - i];
  self->input = g_byte_array_new ();
  self->handle = NO_HANDLE;
  self->may_command = TRUE;
  set_up (self);
  return self;
}

void
fl_sim_hci_free (FlSimHci *self)
{
  g_byte_array_unref (self->input);
  g_queue_clear_full (&self->commands, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->output, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->events, (GDestroyNotify) event_free);
  g_free (self);
}

void
fl_sim_hci_feed (FlSimHci *self, const guint8 *data, gsize size_bytes)
{
  gsize packet_size;

  g_return_if_fail (self != NULL);

  if (size_bytes > 0 && !self->failed)
    g_byte_array_append (self->input, data, (guint) size_bytes);
  while (!self->failed && (packet_size = get_packet_size (self)) > 0 &&
         packet_size <= self->input->len)
    {
      if (self->input->data[0] == PACKET_EVENT)
        handle_event (self, self->input->data[1], self->input->data + 3, packet_size - 3);
      else
        handle_data (self, self->input->data + 1, packet_size - 1);
      g_byte_array_remove_range (self->input, 0, (guint) packet_size);
    }
}

GBytes *
fl_sim_hci_take (FlSimHci *self)
{
  if (self->failed)
    return NULL;
  if (self->may_command && !g_queue_is_empty (&self->commands))
    {
      self->may_command = FALSE;
      return g_queue_pop_head (&self->commands);
    }
  return g_queue_pop_head (&self->output);
}

gboolean
fl_sim_hci_take_event (FlSimHci *self, FlSimHciEvent *event)
{
  FlSimHciEvent *first = g_queue_pop_head (&self->events);

  if (first == NULL)
    return FALSE;
  *event = *first;
  g_free (first);
  return TRUE;
}

void
fl_sim_hci_event_clear (FlSimHciEvent *event)
{
  g_clear_pointer (&event->data, g_bytes_unref);
}

void
fl_sim_hci_advertise (FlSimHci *self, const FlSimHciAdvert *advert)
{
  self->wants_advert = advert != NULL;
  if (advert != NULL)
    {
      g_return_if_fail (advert->advert_size <= FL_SIM_HCI_ADVERT_SIZE);
      g_return_if_fail (advert->response_size <= FL_SIM_HCI_ADVERT_SIZE);
      self->advert = *advert;
    }
  update_advert (self);
}

void
fl_sim_hci_disconnect (FlSimHci *self, guint8 reason)
{
  guint8 parameters[3] = { (guint8) self->handle, (guint8) (self->handle >> 8), reason };

  if (self->handle != NO_HANDLE)
    command (self, COMMAND_DISCONNECT, parameters, sizeof parameters);
}

gsize
fl_sim_hci_get_room (FlSimHci *self)
{
  return self->handle != NO_HANDLE && self->n_free > 0 && !self->failed ? self->packet_size : 0;
}

void
fl_sim_hci_send (FlSimHci *self, gboolean starts, const guint8 *data, gsize size_bytes)
{
  const guint16 head =
      (guint16) (self->handle | (starts ? BOUNDARY_FIRST : BOUNDARY_REST) << BOUNDARY_SHIFT);
  g_autofree guint8 *packet = NULL;

  g_return_if_fail (size_bytes <= fl_sim_hci_get_room (self));

  packet = g_malloc (5 + size_bytes);
  packet[0] = PACKET_DATA;
  packet[1] = (guint8) head;
  packet[2] = (guint8) (head >> 8);
  packet[3] = (guint8) size_bytes;
  packet[4] = (guint8) (size_bytes >> 8);
  if (size_bytes > 0)
    memcpy (packet + 5, data, size_bytes);
  self->n_free--;
  g_queue_push_tail (&self->output, g_bytes_new_take (g_steal_pointer (&packet), 5 + size_bytes));
}
