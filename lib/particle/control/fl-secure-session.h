/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-random.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/* The device collects received packets in a pool of this size, each with at most this much besides
 * its bytes (20 bytes of bookkeeping, rounded up to 4 with the data); on overflow it disconnects.
 * particle-iot/device-os system/src/ble_control_request_channel.cpp (BUFFER_POOL_SIZE, Buffer). */
#define FL_SECURE_POOL_SIZE            1024
#define FL_SECURE_POOL_PACKET_OVERHEAD 24

/* The client gives the whole handshake this long, counted from its first packet; the device has no
 * limit (the firmware's check is commented out). particle-iot/particle-tinker-app-ios waits as
 * long. */
#define FL_SECURE_HANDSHAKE_LIMIT_US (15 * G_USEC_PER_SEC)

/* Which side of the channel: the PC is the client, the device the server. */
typedef enum
{
  FL_SECURE_CLIENT,
  FL_SECURE_DEVICE
} FlSecureRole;

typedef enum
{
  FL_SECURE_HANDSHAKE,
  FL_SECURE_OPEN,
  FL_SECURE_FAILED, /* final; see fl_secure_session_get_error() */
} FlSecureState;

/**
 * FlSecureSession:
 *
 * Particle's control request channel over a Bluetooth byte stream: EC J-PAKE handshake, key
 * confirmation, AES-CCM frames. Pure: bytes, time and randomness are arguments. Not thread safe,
 * but may be used by one thread after another. PROTOCOL.md, "Secure channel".
 */
typedef struct _FlSecureSession FlSecureSession;

/* One whole message of the peer after the handshake. */
typedef struct
{
  guint16 id;
  guint16 type;      /* requests (device side) */
  gint32 result;     /* replies (client side) */
  FlSecret *payload; /* never NULL, may have size 0 */
} FlSecureMessage;

/* @secret: the device's mobile secret, 15 bytes on every real device. @random: called during new
 * and feed. The client's first message is computed here, so it may be made while the link is still
 * being opened. A session that cannot work (empty secret, no randomness) comes back as
 * FL_SECURE_FAILED. */
FlSecureSession *fl_secure_session_new (FlSecureRole role,
                                        FlSecret *secret,
                                        FlRandomFunc random,
                                        gpointer random_data,
                                        gint64 now_us);
void fl_secure_session_free (FlSecureSession *self);

void
fl_secure_session_feed (FlSecureSession *self, const guint8 *data, gsize size_bytes, gint64 now_us);
/* The next bytes to write, at most @max_bytes (ATT_MTU - 3), or NULL: nothing to send, or pacing
 * (see deadline; an answer may end the wait earlier, so take again after each feed). */
GBytes *fl_secure_session_take (FlSecureSession *self, gsize max_bytes, gint64 now_us);
void fl_secure_session_tick (FlSecureSession *self, gint64 now_us);
/* When tick or take is worth calling again: handshake limit, pacing; G_MAXINT64: never. */
gint64 fl_secure_session_get_deadline (FlSecureSession *self);
FlSecureState fl_secure_session_get_state (FlSecureSession *self);
/* FL_ERROR_WRONG_SECRET (confirmation), FL_ERROR_DEVICE_SILENT (handshake limit, 15 s),
 * FL_ERROR_UNEXPECTED (garbage, bad tag) */
const GError *fl_secure_session_get_error (FlSecureSession *self);
/* The link went away: turns that into what it means now. FL_ERROR_WRONG_SECRET right after the
 * client's confirmation, the session's own error if it had failed, else FL_ERROR_LINK_LOST.
 * (transfer full) */
GError *fl_secure_session_explain_disconnect (FlSecureSession *self);

/* Client, when open: queues a request. FALSE: not open, or the payload is over 65535 bytes. */
gboolean
fl_secure_session_send_request (FlSecureSession *self, guint16 id, guint16 type, FlSecret *payload);
/* Device, when open. @payload (nullable) */
gboolean
fl_secure_session_send_reply (FlSecureSession *self, guint16 id, gint32 result, FlSecret *payload);
/* Next whole message of the peer, or NULL. (transfer full): free with fl_secure_message_free(). */
FlSecureMessage *fl_secure_session_pop (FlSecureSession *self);
void fl_secure_message_free (FlSecureMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecureSession, fl_secure_session_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecureMessage, fl_secure_message_free)

G_END_DECLS
