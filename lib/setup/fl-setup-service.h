/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-setup.h"

G_BEGIN_DECLS

/* What a visit needs of its journey beyond what a person setting up a device does. For FlVisit
 * only. */

/* TRUE: a device that is on line is not told to leave set-up mode (over Bluetooth it would be gone
 * with that); letting it go does. */
void fl_setup_set_stay (FlSetup *self, gboolean stay);
/* Closes the link and is as before its start; what was learned stays, and it can be started again.
 * A device that was given a network leaves set-up mode. */
void fl_setup_let_go (FlSetup *self);
/* The list of stored networks has changed: read it again before it counts. */
void fl_setup_known_changed (FlSetup *self);
/* The next network may be sent to a full device: its owner knows which one goes for it. */
void fl_setup_trust_room (FlSetup *self);
/* Whether the driver can be given orders: in choosing, and not looking for the device again. */
gboolean fl_setup_is_ready (FlSetup *self);
/* Whether there is a device to talk to, whatever the journey does with it. */
gboolean fl_setup_is_live (FlSetup *self);
/* Whether credentials that were submitted are still being worked on. */
gboolean fl_setup_is_sending (FlSetup *self);

G_END_DECLS
