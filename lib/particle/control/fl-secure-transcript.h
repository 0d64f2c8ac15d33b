/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

#define FL_SECURE_HASH_SIZE         32
#define FL_SECURE_CONFIRMATION_SIZE 32

/**
 * FlSecureTranscript:
 *
 * Running SHA-256 over the payloads of the handshake, in the order both sides see them.
 * PROTOCOL.md, "Key confirmation".
 */
typedef struct _FlSecureTranscript FlSecureTranscript;

FlSecureTranscript *fl_secure_transcript_new (void);
void fl_secure_transcript_free (FlSecureTranscript *self);
void fl_secure_transcript_add (FlSecureTranscript *self, const guint8 *payload, gsize size_bytes);

/* What @sender sends (FL_SECURE_CONFIRMATION_SIZE bytes into @out) to prove that it has @premaster
 * and saw the transcript so far. */
void fl_secure_transcript_confirm (FlSecureTranscript *self,
                                   FlSecureRole sender,
                                   const FlSecret *premaster,
                                   guint8 *out);
/* Whether @payload is that; the time does not depend on where it differs. */
gboolean fl_secure_transcript_check (FlSecureTranscript *self,
                                     FlSecureRole sender,
                                     const FlSecret *premaster,
                                     const guint8 *payload,
                                     gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecureTranscript, fl_secure_transcript_free)

G_END_DECLS
