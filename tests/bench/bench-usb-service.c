/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: bench-usb-service
 *
 * What the client adds to the protocol of USB requests, in virtual time with one control transfer
 * in a frame of 1 ms. For replies of 1, 4 and 16 KiB of a device that answers within 1 or 2 ms, the
 * control transfers that are made, against the least that the protocol allows (INIT, one CHECK, a
 * RECV for each 4096 bytes); the target is two more. For answers around 300 ms, the time from the
 * answer to its being known, at worst, as a share of those; the target is a quarter. Fails above.
 */
#include <stdlib.h>

#include "../lib/particle/usb-pair.h"

#define MORE_TRANSFERS 2
#define ADDED_SHARE    0.25

static const gsize sizes[] = { 1024, 4096, 16384 };

static FlSecret *
answer_with_size (UsbPair *pair, guint16 type, FlSecret *data, gint32 *result)
{
  return usb_pair_make_payload (sizes[type]);
}

/* How many transfers a request of the type takes, without those of opening. */
static guint
count_transfers (guint16 type, gint64 answer_us)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint n_before = 0;

  pair->handler = answer_with_size;
  pair->answer_us = answer_us;
  usb_pair_settle (pair);
  n_before = pair->n_transfers;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, type, 0), 0, sizes[type]);
  return pair->n_transfers - n_before;
}

static gboolean
bench_transfers (guint16 type)
{
  const guint n_least = 2 + (guint) ((sizes[type] + FL_USB_MAX_TRANSFER - 1) / FL_USB_MAX_TRANSFER);
  guint n_most = 0;

  for (gint64 answer_us = USB_PAIR_FRAME_US; answer_us <= 2 * USB_PAIR_FRAME_US; answer_us += 100)
    n_most = MAX (n_most, count_transfers (type, answer_us));
  g_print ("reply of %" G_GSIZE_FORMAT
           " KiB: %u transfers, least %u, ratio %.2f (target: at most %u more)\n",
           sizes[type] / 1024, n_most, n_least, (double) n_most / n_least, MORE_TRANSFERS);
  return n_most <= n_least + MORE_TRANSFERS;
}

/* From the device's answer to the client's knowing it. */
static double
get_added_share (gint64 answer_us)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  usb_pair_settle (pair);
  pair->answer_us = answer_us;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), 0, 0);
  return (double) (pair->now_us - pair->last_answer_us) / (double) answer_us;
}

static gboolean
bench_polling (void)
{
  double most = 0;

  for (gint64 answer_us = 250000; answer_us <= 350000; answer_us += 250)
    most = MAX (most, get_added_share (answer_us));
  g_print ("answer after 300 ms: known %.0f %% later at worst, ratio %.2f (target %.2f)\n",
           100 * most, 1 + most, 1 + ADDED_SHARE);
  return most <= ADDED_SHARE;
}

int
main (void)
{
  gboolean good = TRUE;

  for (guint16 type = 0; type < G_N_ELEMENTS (sizes); type++)
    good = bench_transfers (type) && good;
  good = bench_polling () && good;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
