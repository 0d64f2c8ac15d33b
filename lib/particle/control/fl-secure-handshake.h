/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-random.h"
#include "fl-secret.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

/* Largest payload of a handshake message; the device disconnects on 0 and on more.
 * particle-iot/device-os system/src/ble_control_request_channel.cpp, MAX_HANDSHAKE_PAYLOAD_SIZE. */
#define FL_SECURE_HANDSHAKE_MAX_PAYLOAD 512

/**
 * FlSecureHandshake:
 *
 * The six messages that agree on a key, either role: whole payloads in, whole messages with their
 * length header out. Which bytes arrive when is the session's business.
 */
typedef struct _FlSecureHandshake FlSecureHandshake;

/* @secret as in fl_secure_session_new(). NULL with FL_ERROR_INVALID_INPUT when it is unusable. */
FlSecureHandshake *fl_secure_handshake_new (FlSecureRole role,
                                            const FlSecret *secret,
                                            FlRandomFunc random,
                                            gpointer random_data,
                                            GError **error);
void fl_secure_handshake_free (FlSecureHandshake *self);

/* What this side sends unasked: the client's first message; nothing for the device. */
gboolean fl_secure_handshake_start (FlSecureHandshake *self, GByteArray *out, GError **error);
/* Takes the peer's next payload and appends the answer to @out, if there is one. Errors:
 * FL_ERROR_WRONG_SECRET (confirmation), FL_ERROR_UNEXPECTED (all else). */
gboolean fl_secure_handshake_receive (FlSecureHandshake *self,
                                      const guint8 *payload,
                                      gsize size_bytes,
                                      GByteArray *out,
                                      GError **error);
/* The client has sent its confirmation and waits for the device's. */
gboolean fl_secure_handshake_awaits_confirmation (FlSecureHandshake *self);
/* Both confirmations are exchanged and right: the agreed secret, else NULL. (transfer none) */
FlSecret *fl_secure_handshake_get_premaster (FlSecureHandshake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecureHandshake, fl_secure_handshake_free)

G_END_DECLS
