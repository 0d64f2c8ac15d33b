/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FL_SIM_HCI_ADVERT_SIZE  31
#define FL_SIM_HCI_ADDRESS_SIZE 6

/* What a controller sends out for others to hear. */
typedef struct
{
  guint8 advert[FL_SIM_HCI_ADVERT_SIZE];
  gsize advert_size;
  guint8 response[FL_SIM_HCI_ADVERT_SIZE];
  gsize response_size;
} FlSimHciAdvert;

typedef enum
{
  FL_SIM_HCI_CONNECTED,
  FL_SIM_HCI_DISCONNECTED,
  FL_SIM_HCI_DATA,
  FL_SIM_HCI_FAILED, /* the controller makes no sense, or refuses what is needed: for good */
} FlSimHciEventType;

typedef struct
{
  FlSimHciEventType type;
  guint8 code;     /* why it was disconnected or what the controller said: volume 1, part F */
  guint16 command; /* that failed; 0: none */
  gboolean starts; /* data: the first fragment of a frame */
  GBytes *data;    /* (nullable), owned */
} FlSimHciEvent;

/**
 * FlSimHci:
 *
 * The host's side of a Bluetooth controller for a device that is found and connected to, one
 * central at a time: packets of the UART transport (Core Specification 5.3, volume 4, parts A and
 * E). Pure: bytes of the controller in, bytes for the controller out.
 */
typedef struct _FlSimHci FlSimHci;

/* @address: random static, as one writes it (first byte first, the two highest bits set). */
FlSimHci *fl_sim_hci_new (const guint8 address[FL_SIM_HCI_ADDRESS_SIZE]);
void fl_sim_hci_free (FlSimHci *self);

void fl_sim_hci_feed (FlSimHci *self, const guint8 *data, gsize size_bytes);
/* One packet for the controller. (transfer full) (nullable) */
GBytes *fl_sim_hci_take (FlSimHci *self);
/* FALSE: nothing happened. Otherwise clear it with fl_sim_hci_event_clear(). */
gboolean fl_sim_hci_take_event (FlSimHci *self, FlSimHciEvent *event);
void fl_sim_hci_event_clear (FlSimHciEvent *event);

/* What is to be heard from now on, connectable and scannable, whenever no central is connected.
 * (nullable): nothing */
void fl_sim_hci_advertise (FlSimHci *self, const FlSimHciAdvert *advert);
/* @reason: as volume 4, part E, 7.1.6 allows it. Nothing without a connection. */
void fl_sim_hci_disconnect (FlSimHci *self, guint8 reason);

/* The largest packet that the controller takes now; 0: it has no room, or there is no connection.
 */
gsize fl_sim_hci_get_room (FlSimHci *self);
/* At most that much. */
void fl_sim_hci_send (FlSimHci *self, gboolean starts, const guint8 *data, gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimHci, fl_sim_hci_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlSimHciEvent, fl_sim_hci_event_clear)

G_END_DECLS
