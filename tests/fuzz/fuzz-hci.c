/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile Bluetooth controller against the simulated device's host. */

#include "fl-sim-hci.h"

#include "fuzz.h"

#define PIECE 7 /* the input comes in pieces of that many bytes */

static void
drain (FlSimHci *hci)
{
  g_auto (FlSimHciEvent) event = { 0 };
  GBytes *packet;

  while (fl_sim_hci_take_event (hci, &event))
    fl_sim_hci_event_clear (&event);
  if (fl_sim_hci_get_room (hci) > 0)
    fl_sim_hci_send (hci, TRUE, (const guint8 *) "x", 1);
  while ((packet = fl_sim_hci_take (hci)) != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (packet), >=, 4);
      g_bytes_unref (packet);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  static const guint8 address[FL_SIM_HCI_ADDRESS_SIZE] = { 0xc0, 1, 2, 3, 4, 5 };
  static const FlSimHciAdvert adverts[2] = { { .advert = { 1 }, .advert_size = 1 },
                                             { .advert = { 2 }, .advert_size = 31 } };
  g_autoptr (FlSimHci) hci = fl_sim_hci_new (address);

  for (gsize at = 0; at < size_bytes; at += PIECE)
    {
      fl_sim_hci_feed (hci, data + at, MIN (PIECE, size_bytes - at));
      fl_sim_hci_advertise (hci, data[at] % 3 == 2 ? NULL : &adverts[data[at] % 3]);
      if (data[at] % 16 == 15)
        fl_sim_hci_disconnect (hci, 0x13);
      drain (hci);
    }
  return 0;
}
