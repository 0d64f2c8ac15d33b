/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-random.h"
#include "fl-secret.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

/* No message of either round is longer: two points of 66 bytes and a number of up to 33, twice in
 * round one; three more bytes before one such group in the device's round two. */
#define FL_JPAKE_MAX_MESSAGE 330
/* SHA-256 of the agreed point's X coordinate. */
#define FL_JPAKE_PREMASTER_SIZE 32

/**
 * FlJpake:
 *
 * EC J-PAKE on P-256 with SHA-256, the variant of TLS and Thread, either role. PROTOCOL.md, "Key
 * agreement". The only file that talks to that part of Mbed TLS.
 */
typedef struct _FlJpake FlJpake;

/* NULL with FL_ERROR_INVALID_INPUT when @secret is empty. @random is kept, and called while writing
 * and while deriving. */
FlJpake *fl_jpake_new (FlSecureRole role,
                       const FlSecret *secret,
                       FlRandomFunc random,
                       gpointer random_data,
                       GError **error);
void fl_jpake_free (FlJpake *self);

/* Each appends one message to @out; FALSE with FL_ERROR_UNEXPECTED, @out unchanged: no randomness,
 * or (round two) the peer's round one has not been read. */
gboolean fl_jpake_write_round_one (FlJpake *self, GByteArray *out, GError **error);
gboolean fl_jpake_write_round_two (FlJpake *self, GByteArray *out, GError **error);

/* Each checks the encoding, the points and the proofs: FL_ERROR_UNEXPECTED when one does not hold.
 */
gboolean
fl_jpake_read_round_one (FlJpake *self, const guint8 *data, gsize size_bytes, GError **error);
gboolean
fl_jpake_read_round_two (FlJpake *self, const guint8 *data, gsize size_bytes, GError **error);

/* FL_JPAKE_PREMASTER_SIZE bytes, after all four rounds. Only the confirmation tells whether the
 * peer got the same ones. (transfer full) */
FlSecret *fl_jpake_derive (FlJpake *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlJpake, fl_jpake_free)

G_END_DECLS
