/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>

#include "fl-secret.h"

G_BEGIN_DECLS

/* One message of a recording as its sender made it. */
typedef struct
{
  gboolean up; /* client to device */
  const char *kind;
  gboolean is_frame; /* request or reply */
  GBytes *bytes;     /* NULL: left out of the file, see sha256 */
  const char *sha256;
  guint16 id;
  guint16 type;
  gint32 result;
  guint16 reserved;
  FlSecret *payload;
  GPtrArray *delivered; /* GBytes; NULL: it arrived as it was sent */
} VectorMessage;

/**
 * VectorSession:
 *
 * One recorded connection (tests/data/vectors/README.md, "BLE files").
 */
typedef struct
{
  char *path; /* of the test: /vectors/ble/<file>/<session> */
  JsonObject *root;
  GPtrArray *messages; /* VectorMessage */
} VectorSession;

/* @root is kept. Any missing or malformed member ends the test. */
VectorSession *vector_session_new (const char *path, JsonObject *root);
void vector_session_free (VectorSession *self);

JsonArray *vector_session_get_timeline (VectorSession *self);
const char *vector_session_get_text (VectorSession *self, const char *member);
/* Of the recorded "handshake"; NULL when it is not there. (transfer full) */
GBytes *vector_session_get_agreed (VectorSession *self, const char *member);
gboolean vector_session_get_outcome (VectorSession *self, const char *member);
const char *vector_session_get_client_state (VectorSession *self);
/* Whether a line of the device's log contains @text. */
gboolean vector_session_device_said (VectorSession *self, const char *text);
/* Whether a line of the client's errors contains @text. */
gboolean vector_session_client_said (VectorSession *self, const char *text);
/* What the recorded client sent is not what a right client sends. */
gboolean vector_session_client_deviates (VectorSession *self, const char *message);
/* Bytes on the way to the client were changed. */
gboolean vector_session_is_tampered_down (VectorSession *self);

GBytes *vector_bytes_from_hex (const char *hex);
/* The file's "byte i = (a*i+b) & 255". */
FlSecret *vector_payload_from_rule (const char *rule, gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VectorSession, vector_session_free)

G_END_DECLS
