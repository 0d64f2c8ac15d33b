/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-target.h"

G_BEGIN_DECLS

/**
 * FlCliJourney:
 *
 * Runs cli->setup and tells what happens as events. Of the networks only those that were asked for
 * are told.
 */
typedef struct _FlCliJourney FlCliJourney;

typedef enum
{
  FL_CLI_JOURNEY_SCAN = 1 << 0,  /* let the device look for networks, in the background */
  FL_CLI_JOURNEY_STORY = 1 << 1, /* the way is part of the result, and told in a pipe, too */
} FlCliJourneyFlags;

/* Starts the engine's search for the target and waits until the secure session is open (stage
 * "choosing"). NULL with @error when that was not reached. */
FlCliJourney *fl_cli_journey_open (FlCli *cli,
                                   const FlCliTarget *target,
                                   FlCliJourneyFlags flags,
                                   GError **error);
/* Lets the device go and forgets the journey's handlers; cli->setup stays for the result. */
void fl_cli_journey_free (FlCliJourney *self);

/* Waits until the scan ended, or until @ssid (nullable) was found. FL_ERROR_SCAN_EMPTY counts as an
 * end without error when @may_be_empty. */
gboolean
fl_cli_journey_wait_scan (FlCliJourney *self, GBytes *ssid, gboolean may_be_empty, GError **error);
/* (nullable) (transfer full) */
FlNetwork *fl_cli_journey_find_network (FlCliJourney *self, GBytes *ssid);

/* After fl_setup_join() or fl_setup_save(): waits until the journey has shown @enough, is online,
 * or ended otherwise. */
gboolean fl_cli_journey_follow (FlCliJourney *self, FlProof enough, GError **error);

/* What comes next takes the link away: that is no event. */
void fl_cli_journey_expect_loss (FlCliJourney *self);

/* The name shown in stage words; NULL: none. */
void fl_cli_journey_set_network_name (FlCliJourney *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCliJourney, fl_cli_journey_free)

G_END_DECLS
