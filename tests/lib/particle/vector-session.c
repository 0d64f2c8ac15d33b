/* SPDX-License-Identifier: Apache-2.0 */
#include "vector-session.h"

#include <stdio.h>
#include <string.h>

GBytes *
vector_bytes_from_hex (const char *hex)
{
  const gsize size_bytes = strlen (hex) / 2;
  guint8 *data = g_malloc (size_bytes + 1);

  g_assert_cmpuint (strlen (hex) % 2, ==, 0);
  for (gsize i = 0; i < size_bytes; i++)
    {
      g_assert_true (g_ascii_isxdigit (hex[2 * i]) && g_ascii_isxdigit (hex[2 * i + 1]));
      data[i] = g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]);
    }
  return g_bytes_new_take (data, size_bytes);
}

FlSecret *
vector_payload_from_rule (const char *rule, gsize size_bytes)
{
  FlSecret *payload = fl_secret_new_zeroed (size_bytes);
  guint8 *data = fl_secret_get_writable (payload);
  guint factor = 0;
  guint offset = 0;

  g_assert_cmpint (sscanf (rule, "byte i = (%u*i+%u) & 255", &factor, &offset), ==, 2);
  for (gsize i = 0; i < size_bytes; i++)
    data[i] = (factor * i + offset) & 0xff;
  return payload;
}

static const char *
optional_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_get_string (node);
}

static void
read_frame (VectorMessage *message, JsonObject *object)
{
  const char *payload = optional_text (object, "payload");
  const gsize size_bytes = json_object_get_int_member (object, "payload_size");

  message->is_frame = TRUE;
  message->id = json_object_get_int_member (object, "id");
  if (message->up)
    message->type = json_object_get_int_member (object, "type");
  else
    message->result = json_object_get_int_member (object, "result");
  message->reserved = json_object_get_int_member_with_default (object, "reserved", 0);
  if (payload != NULL)
    {
      g_autoptr (GBytes) bytes = vector_bytes_from_hex (payload);

      message->payload = fl_secret_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  else
    message->payload =
        vector_payload_from_rule (json_object_get_string_member (object, "payload_rule"),
                                  size_bytes);
  g_assert_cmpuint (fl_secret_get_size (message->payload), ==, size_bytes);
}

static VectorMessage *
message_new (JsonObject *object)
{
  VectorMessage *message = g_new0 (VectorMessage, 1);
  const char *hex = optional_text (object, "hex");

  message->up = g_str_equal (json_object_get_string_member (object, "dir"), "c2d");
  message->kind = json_object_get_string_member (object, "kind");
  if (hex != NULL)
    message->bytes = vector_bytes_from_hex (hex);
  message->sha256 = optional_text (object, "hex_sha256");
  if (g_str_equal (message->kind, "request") || g_str_equal (message->kind, "reply"))
    read_frame (message, object);
  g_assert_true (message->bytes != NULL || (message->is_frame && message->sha256 != NULL));
  return message;
}

static void
message_free (gpointer data)
{
  VectorMessage *message = data;

  g_clear_pointer (&message->bytes, g_bytes_unref);
  g_clear_pointer (&message->payload, fl_secret_unref);
  g_clear_pointer (&message->delivered, g_ptr_array_unref);
  g_free (message);
}

static void
read_tampering (VectorSession *self, JsonObject *event)
{
  JsonArray *delivered = json_object_get_array_member (event, "delivered");
  const gint64 index = json_object_get_int_member (event, "message");
  VectorMessage *message;

  g_assert_cmpint (index, >=, 0);
  g_assert_cmpint (index, <, self->messages->len);
  message = g_ptr_array_index (self->messages, index);
  g_assert_null (message->delivered);
  message->delivered = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < json_array_get_length (delivered); i++)
    g_ptr_array_add (message->delivered,
                     vector_bytes_from_hex (json_array_get_string_element (delivered, i)));
}

VectorSession *
vector_session_new (const char *path, JsonObject *root)
{
  VectorSession *self = g_new0 (VectorSession, 1);
  JsonArray *messages = json_object_get_array_member (root, "messages");
  JsonArray *timeline;

  self->path = g_strdup (path);
  self->root = json_object_ref (root);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    g_ptr_array_add (self->messages, message_new (json_array_get_object_element (messages, i)));

  timeline = vector_session_get_timeline (self);
  for (guint i = 0; i < json_array_get_length (timeline); i++)
    {
      JsonObject *event = json_array_get_object_element (timeline, i);

      if (g_str_equal (json_object_get_string_member (event, "t"), "tampered"))
        read_tampering (self, event);
    }
  return self;
}

void
vector_session_free (VectorSession *self)
{
  g_free (self->path);
  json_object_unref (self->root);
  g_ptr_array_unref (self->messages);
  g_free (self);
}

JsonArray *
vector_session_get_timeline (VectorSession *self)
{
  return json_object_get_array_member (self->root, "timeline");
}

const char *
vector_session_get_text (VectorSession *self, const char *member)
{
  return json_object_get_string_member (self->root, member);
}

GBytes *
vector_session_get_agreed (VectorSession *self, const char *member)
{
  JsonObject *handshake = json_object_get_object_member (self->root, "handshake");
  const char *hex = optional_text (handshake, member);

  return hex != NULL ? vector_bytes_from_hex (hex) : NULL;
}

gboolean
vector_session_get_outcome (VectorSession *self, const char *member)
{
  return json_object_get_boolean_member (json_object_get_object_member (self->root, "outcome"),
                                         member);
}

const char *
vector_session_get_client_state (VectorSession *self)
{
  return json_object_get_string_member (json_object_get_object_member (self->root, "outcome"),
                                        "client_final_state");
}

static gboolean
outcome_lists (VectorSession *self, const char *member, const char *text)
{
  JsonObject *outcome = json_object_get_object_member (self->root, "outcome");
  JsonArray *lines = json_object_get_array_member (outcome, member);

  for (guint i = 0; i < json_array_get_length (lines); i++)
    if (strstr (json_array_get_string_element (lines, i), text) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
vector_session_device_said (VectorSession *self, const char *text)
{
  return outcome_lists (self, "device_log", text);
}

gboolean
vector_session_client_said (VectorSession *self, const char *text)
{
  return outcome_lists (self, "client_errors", text);
}

gboolean
vector_session_client_deviates (VectorSession *self, const char *message)
{
  JsonArray *names;

  if (!json_object_has_member (self->root, "handshake_mismatch_vs_recomputed"))
    return FALSE;
  names = json_object_get_array_member (self->root, "handshake_mismatch_vs_recomputed");
  for (guint i = 0; i < json_array_get_length (names); i++)
    if (g_str_equal (json_array_get_string_element (names, i), message))
      return TRUE;
  return FALSE;
}

gboolean
vector_session_is_tampered_down (VectorSession *self)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      const VectorMessage *message = g_ptr_array_index (self->messages, i);

      if (!message->up && message->delivered != NULL)
        return TRUE;
    }
  return FALSE;
}
