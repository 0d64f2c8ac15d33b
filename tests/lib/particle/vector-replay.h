/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "vector-session.h"

G_BEGIN_DECLS

/* How bytes arrive. */
typedef enum
{
  VECTOR_AS_RECORDED, /* the recorded packets */
  VECTOR_BYTES,       /* one by one */
  VECTOR_COALESCED,   /* as much as can be there at once */
} VectorCut;

/* Our client against the recorded device. */
void vector_replay_client (VectorSession *session, VectorCut cut);
/* Our device against the recorded client. */
void vector_replay_device (VectorSession *session, VectorCut cut);
/* FALSE: no client of its own ran in that recording. */
gboolean vector_replay_has_client (VectorSession *session);

G_END_DECLS
