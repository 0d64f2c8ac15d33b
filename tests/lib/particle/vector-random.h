/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * VectorRandom:
 *
 * Hands recorded numbers to Mbed TLS, so that it makes the recorded messages. It asks for
 * randomness in a fixed order (library/ecjpake.c, library/ecp.c): for each multiplication the
 * scalar first, where it chooses one, and then two 32-byte numbers that blind the coordinates; and
 * 16 bytes that blind the secret. A scalar is read as 32 bytes, most significant first, and taken
 * as it is when it is below the order of the curve. Blinding has no influence on the result, so a
 * constant does.
 */
typedef struct _VectorRandom VectorRandom;

/* From "client_random" or "server_random" of a session. Numbers the recording lacks (it ended
 * before they were drawn) become a constant. */
VectorRandom *vector_random_new_scalars (JsonObject *random);
/* The recorded stream of all draws, blinding included; NULL when the recording has none. */
VectorRandom *vector_random_new_stream (JsonObject *random);
/* For known answers: the named members of @scalars in this order; a NULL or absent one becomes a
 * constant. */
VectorRandom *vector_random_new_named (JsonObject *scalars, const char *const names[5]);
void vector_random_free (VectorRandom *self);

gboolean vector_random_fill (gpointer self, guint8 *out, gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VectorRandom, vector_random_free)

G_END_DECLS
