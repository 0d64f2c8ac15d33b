/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"

G_BEGIN_DECLS

#define FL_SIM_HANDSHAKE_MESSAGES 3 /* in each direction */

/**
 * FlSimReader:
 *
 * Finds where one message ends and the next begins in a stream of the control channel, without
 * keys: three messages of the handshake, then encrypted ones. Plain; starts as zeros.
 */
typedef struct
{
  guint n_messages; /* whole ones so far */
  guint8 header[2];
  gsize have; /* bytes of the present one */
} FlSimReader;

/* How many of @data still belong to the present message; @ends: it is whole with them. */
gsize
fl_sim_reader_advance (FlSimReader *self, const guint8 *data, gsize size_bytes, gboolean *ends);

/**
 * FlSimOutput:
 *
 * What the device has to send: whole messages, as faults leave them, and the time from which they
 * may go.
 */
typedef struct _FlSimOutput FlSimOutput;

FlSimOutput *fl_sim_output_new (FlSimDevice *device);
void fl_sim_output_free (FlSimOutput *self);
/* One message of the device that stands at @place. */
void fl_sim_output_add (FlSimOutput *self,
                        const guint8 *data,
                        gsize size_bytes,
                        FlSimPlace place,
                        gint64 ready_us);
/* When the next bytes may go; G_MAXINT64: there are none. */
gint64 fl_sim_output_get_ready (FlSimOutput *self);
/* One packet of at most @max_bytes that is ready, filled up across messages, but with no more than
 * @max_ends of them ending in it; @n_ended: how many do. NULL: nothing. (transfer full) */
GBytes *fl_sim_output_take (FlSimOutput *self,
                            gsize max_bytes,
                            guint max_ends,
                            gint64 now_us,
                            guint *n_ended);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimOutput, fl_sim_output_free)

G_END_DECLS
