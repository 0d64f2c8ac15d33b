/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>
#include <protobuf-c/protobuf-c.h>

/* Messages and JSON by descriptor: fields by the names of the .proto files, bytes as hex, names of
 * networks and passwords as text, enumerations as numbers. */

/* Every message of the catalogue, and those inside them, by full name. (transfer full) */
GHashTable *message_registry_new (void);
/* Memory belongs to @pool (of g_free). NULL: @object has a field the message has not. */
ProtobufCMessage *message_from_json (const ProtobufCMessageDescriptor *descriptor,
                                     JsonObject *object,
                                     GPtrArray *pool);
/* Asserts that each member of @object is in @message. */
void message_assert_json (const ProtobufCMessage *message, JsonObject *object);
guint message_count_unknown (const ProtobufCMessage *message);
/* (transfer full) */
GByteArray *bytes_from_hex (const char *hex);
