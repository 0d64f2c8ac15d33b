/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

/* size field, encrypted header, tag: particle-iot/device-os
 * system/src/ble_control_request_channel.cpp. PROTOCOL.md, "Frames". */
#define FL_SECURE_FRAME_SIZE_FIELD 2
#define FL_SECURE_FRAME_HEADER     6
#define FL_SECURE_FRAME_TAG        8
#define FL_SECURE_FRAME_OVERHEAD                                                                   \
  (FL_SECURE_FRAME_SIZE_FIELD + FL_SECURE_FRAME_HEADER + FL_SECURE_FRAME_TAG)
#define FL_SECURE_FRAME_MAX_PAYLOAD G_MAXUINT16

/**
 * FlSecureFrames:
 *
 * The encrypted messages of one direction: those that @sender makes. The sender's half seals, the
 * receiver's half opens; both count.
 */
typedef struct _FlSecureFrames FlSecureFrames;

/* @premaster: FL_JPAKE_PREMASTER_SIZE bytes, of which the key and the nonce are cut. */
FlSecureFrames *fl_secure_frames_new (FlSecureRole sender, const FlSecret *premaster);
void fl_secure_frames_free (FlSecureFrames *self);

/* The next message as it goes over the link. @message->type counts for requests, ->result for
 * replies; ->payload (nullable) at most FL_SECURE_FRAME_MAX_PAYLOAD bytes. FL_ERROR_UNEXPECTED: so
 * many messages that a nonce would repeat. (transfer full) */
GBytes *
fl_secure_frames_seal (FlSecureFrames *self, const FlSecureMessage *message, GError **error);
/* The whole size of the message that begins with the size field @start. */
gsize fl_secure_frames_measure (const guint8 start[FL_SECURE_FRAME_SIZE_FIELD]);
/* @data: one whole message. FL_ERROR_UNEXPECTED: its tag is wrong. (transfer full) */
FlSecureMessage *
fl_secure_frames_open (FlSecureFrames *self, const guint8 *data, gsize size_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecureFrames, fl_secure_frames_free)

G_END_DECLS
