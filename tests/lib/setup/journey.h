/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-setup.h"
#include "fl-sim-serial-bus.h"
#include "fl-sim-usb-bus.h"
#include "fl-sim-world.h"

/**
 * Journey:
 *
 * One whole set-up against the simulated world, in virtual time: real driver, channel, session and
 * finder, only the air and the device are simulated.
 */
typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlUsbBus *bus;
  FlSerialBus *serial_bus; /* (nullable) */
  FlEngine *engine;
  FlSetup *setup;
  GString *story; /* "finding connecting … [note] …": stages and notes as they came */
  FlCredentials *credentials;
} Journey;

#define JOURNEY_SERIAL "P046AB245AB12CD"
#define JOURNEY_SECRET "AAAAAAAAAAAAAAA"
#define JOURNEY_LABEL  JOURNEY_SERIAL " " JOURNEY_SECRET

/* @device: lines added to the group of the device ("firmware=5.3.1\nfaults=busy=3\n"), after
 * platform, serial and secret; @more: lines for the world ("faults=…"), then further groups; both
 * may be NULL. "usb=" in @device plugs it in. */
Journey *journey_new (const char *device, const char *more);
Journey *journey_new_for_product (const char *device, const char *more, FlProduct *product);
/* The computer has serial ports as well; before the start. */
void journey_add_serial (Journey *self);
/* Ends every journey test: nothing of it may be left over. */
void journey_free (Journey *self);

/* Without a label: waits until a device is there, chooses it and starts. */
void journey_start_chosen (Journey *self);
/* Joins "Home" and runs to online. */
gboolean journey_join_home (Journey *self);
/* What a person does with the cable of the device. */
void journey_plug (Journey *self);
void journey_unplug (Journey *self);
FlDevice *journey_get_device (Journey *self, guint index);     /* of the list; borrowed */
FlFinder *journey_get_finder (Journey *self, FlRoadKind kind); /* borrowed */

/* Gives the label and starts. */
void journey_start (Journey *self, const char *label);
/* Runs until the stage is reached, or another final one; FALSE then, or after ten minutes of
 * virtual time. */
gboolean journey_run_to (Journey *self, FlStage stage);
void journey_run_ms (Journey *self, guint ms);
/* Runs until the journey is in choosing and no scan runs. */
void journey_run_to_networks (Journey *self);
void journey_join (Journey *self, const char *ssid, const char *password, FlSecurity security);
/* Start, scan, join "Home", run to online. */
gboolean journey_run_whole (Journey *self);

void journey_assert_error (Journey *self, FlErrorCode code, FlStage failed_stage);
/* Label, device and credentials are still there. */
void journey_assert_nothing_lost (Journey *self);
