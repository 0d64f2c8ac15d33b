/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>

#include "fl-usb-service.h"

G_BEGIN_DECLS

/* Recorded USB sessions: tests/data/vectors/README.md, "USB files". */

/* The recorded control transfer of a "setup" step; the bytes stay the step's. */
typedef struct
{
  guint8 packet[8];
  FlUsbSetup setup;
  FlUsbOutcome outcome;
  GBytes *data_out; /* (nullable) */
  GBytes *data_in;  /* (nullable) */
} VectorTransfer;

VectorTransfer *vector_transfer_new (JsonObject *step);
void vector_transfer_free (VectorTransfer *self);
/* NULL when the member is not there or empty. (transfer full) */
GBytes *vector_step_get_bytes (JsonObject *step, const char *member);

/* Plays the host's part of @session to FlUsbServer, and what is said to have happened inside the
 * device; every answer must be the recorded one. */
void vector_usb_replay_device (JsonObject *session);
/* Plays the device's part of @session to FlUsbSession, which is asked for the same requests: it has
 * to make the recorded transfers, but those that lead nowhere. */
void vector_usb_replay_client (JsonObject *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VectorTransfer, vector_transfer_free)

G_END_DECLS
