/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secure-session.h"

G_BEGIN_DECLS

#define SECURE_PAIR_SECRET "ABCDEFGHJKLMNPQ"

/* Repeatable "random" bytes (splitmix64) for tests. */
gboolean secure_pair_random (gpointer seed, guint8 *out, gsize size_bytes);

/**
 * SecurePair:
 *
 * A client and a device joined by a wire that a test may cut, in virtual time.
 */
typedef struct
{
  FlSecureSession *client;
  FlSecureSession *device;
  guint64 client_seed;
  guint64 device_seed;
  gint64 now_us;
  gsize packet_size;
} SecurePair;

SecurePair *
secure_pair_new (const char *client_secret, const char *device_secret, gsize packet_size);
/* Both halves open, nothing on the way. */
SecurePair *secure_pair_new_open (gsize packet_size);
void secure_pair_free (SecurePair *pair);

/* All that @session wants to send by now, waiting (in virtual time) whenever it paces. */
GByteArray *secure_pair_drain (SecurePair *pair, FlSecureSession *session);
void secure_pair_feed (SecurePair *pair, FlSecureSession *session, const GByteArray *bytes);
/* Passes bytes to and fro until both are silent. */
void secure_pair_run (SecurePair *pair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SecurePair, secure_pair_free)

G_END_DECLS
