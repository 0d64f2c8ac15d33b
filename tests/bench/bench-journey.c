/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From "connected" to "join sent" in virtual time, person's time excluded, against the least that
 * the protocol and the radio allow: connection interval 30 ms, MTU 247, a device that computes and
 * scans in no time.
 *
 * The bound. A question written before one connection event is answered at the next at the
 * earliest, so an exchange takes two intervals; sends that do not wait for an answer cost none. The
 * exchanges that depend on one another:
 *   1. client's first handshake message → the device's first and second
 *   2. client's second message and confirmation → the device's confirmation
 *   3. identity and networks (asked for together; nothing else has to be known before) → the
 * networks then the join is written. Three exchanges, six intervals: 180 ms. Each message fits the
 * packets of one event (332 bytes up and 504 down at MTU 247, six packets an event in the simulated
 * radio).
 */
#include "config.h"

#include "../lib/setup/journey.h"

#define INTERVAL_MS 30
#define EXCHANGES   3
#define BOUND_MS    (EXCHANGES * 2 * INTERVAL_MS)

static gint64 connected_us;
static gint64 sent_us;

static void
on_stage (FlSetup *setup, GParamSpec *pspec, Journey *journey)
{
  if (fl_setup_get_stage (setup) == FL_STAGE_SECURING)
    connected_us = fl_clock_now_us (journey->clock);
  if (fl_setup_get_stage (setup) == FL_STAGE_JOINING && sent_us == 0)
    sent_us = fl_clock_now_us (journey->clock);
}

int
main (int argc, char *argv[])
{
  Journey *journey = journey_new ("interval-ms=30\nmtu=247\nhandshake-time=0\nscan-time=0\n", NULL);
  double ms;

  g_signal_connect (journey->setup, "notify::stage", G_CALLBACK (on_stage), journey);
  if (!journey_run_whole (journey))
    g_error ("Not online: %s", journey->story->str);
  ms = (double) (sent_us - connected_us) / 1000;
  g_print ("connected to join sent: %.0f ms, least possible %d ms, ratio %.2f (target 1.2)\n", ms,
           BOUND_MS, ms / BOUND_MS);
  journey_free (journey);
  return ms <= 1.2 * BOUND_MS ? 0 : 1;
}
