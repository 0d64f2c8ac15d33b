/* SPDX-License-Identifier: Apache-2.0 */
#include "message-json.h"

#include <string.h>

#include "fl-requests.h"

static void
collect (GHashTable *registry, const ProtobufCMessageDescriptor *descriptor)
{
  if (descriptor == NULL ||
      !g_hash_table_insert (registry, (gpointer) descriptor->name, (gpointer) descriptor))
    return;
  for (guint i = 0; i < descriptor->n_fields; i++)
    if (descriptor->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
      collect (registry, descriptor->fields[i].descriptor);
}

GHashTable *
message_registry_new (void)
{
  GHashTable *registry = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_rows = 0;
  const FlRequestInfo *rows = fl_request_get_table (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      collect (registry, rows[i].request);
      collect (registry, rows[i].reply);
    }
  return registry;
}

GByteArray *
bytes_from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  /* Some addresses in the recordings have 13 digits. What recorded them drops the last half byte,
   * as Buffer.from (text, "hex") of Node does. */
  for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

/* Fields that are text for the vendor and bytes for us. */
static gboolean
is_text (const ProtobufCFieldDescriptor *field)
{
  return strcmp (field->name, "ssid") == 0 || strcmp (field->name, "password") == 0;
}

/* "interfaceConfig" is "interface_config". */
static const ProtobufCFieldDescriptor *
find_field (const ProtobufCMessageDescriptor *descriptor, const char *name)
{
  g_autoptr (GString) snake = g_string_new (NULL);

  for (; *name != '\0'; name++)
    {
      if (g_ascii_isupper (*name))
        g_string_append_c (snake, '_');
      g_string_append_c (snake, g_ascii_tolower (*name));
    }
  return protobuf_c_message_descriptor_get_field_by_name (descriptor, snake->str);
}

static GByteArray *
read_bytes (const ProtobufCFieldDescriptor *field, JsonNode *node)
{
  const char *text = json_node_get_string (node);
  GByteArray *bytes = NULL;

  g_assert_nonnull (text);
  if (!is_text (field))
    return bytes_from_hex (text);
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return bytes;
}

static gboolean
set_value (const ProtobufCFieldDescriptor *field, void *member, JsonNode *node, GPtrArray *pool)
{
  g_autoptr (GByteArray) bytes = NULL;
  ProtobufCBinaryData *binary = member;

  switch ((int) field->type)
    {
    case PROTOBUF_C_TYPE_BOOL:
      *(protobuf_c_boolean *) member = json_node_get_boolean (node);
      return TRUE;
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_ENUM:
      *(guint32 *) member = (guint32) json_node_get_int (node);
      return TRUE;
    case PROTOBUF_C_TYPE_STRING:
      *(char **) member = json_node_dup_string (node);
      g_ptr_array_add (pool, *(char **) member);
      return TRUE;
    case PROTOBUF_C_TYPE_BYTES:
      bytes = read_bytes (field, node);
      binary->len = bytes->len;
      binary->data = g_memdup2 (bytes->data, bytes->len);
      g_ptr_array_add (pool, binary->data);
      return TRUE;
    case PROTOBUF_C_TYPE_MESSAGE:
      *(ProtobufCMessage **) member =
          message_from_json (field->descriptor, json_node_get_object (node), pool);
      return *(ProtobufCMessage **) member != NULL;
    default:
      g_assert_not_reached (); /* the catalogue has no other type */
    }
}

static gboolean
set_repeated (const ProtobufCFieldDescriptor *field,
              ProtobufCMessage *message,
              JsonArray *array,
              GPtrArray *pool)
{
  guint n = json_array_get_length (array);
  void **pointers = g_new0 (void *, n);
  gboolean ok = TRUE;

  g_assert_cmpint (field->type, ==, PROTOBUF_C_TYPE_MESSAGE);
  g_ptr_array_add (pool, pointers);
  for (guint i = 0; i < n; i++)
    ok = set_value (field, &pointers[i], json_array_get_element (array, i), pool) && ok;
  G_STRUCT_MEMBER (size_t, message, field->quantifier_offset) = n;
  G_STRUCT_MEMBER (void **, message, field->offset) = pointers;
  return ok;
}

ProtobufCMessage *
message_from_json (const ProtobufCMessageDescriptor *descriptor,
                   JsonObject *object,
                   GPtrArray *pool)
{
  ProtobufCMessage *message = g_malloc0 (descriptor->sizeof_message);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  g_ptr_array_add (pool, message);
  protobuf_c_message_init (descriptor, message);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const ProtobufCFieldDescriptor *field = find_field (descriptor, name);

      if (field == NULL)
        return NULL;
      if (json_node_is_null (node))
        continue;
      if (field->label == PROTOBUF_C_LABEL_REPEATED)
        {
          if (!set_repeated (field, message, json_node_get_array (node), pool))
            return NULL;
          continue;
        }
      if (!set_value (field, G_STRUCT_MEMBER_P (message, field->offset), node, pool))
        return NULL;
      if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        G_STRUCT_MEMBER (guint32, message, field->quantifier_offset) = field->id;
    }
  return message;
}

/* JSON-GLib cuts text at a NUL, so no more than what stands before it can be compared; that such
 * bytes survive is tested in test-requests. */
static void
assert_bytes (const ProtobufCBinaryData *binary, GByteArray *expected)
{
  gsize n = binary->len;

  if (n > expected->len && binary->data[expected->len] == '\0')
    n = expected->len;
  g_assert_cmpmem (binary->data, n, expected->data, expected->len);
}

static void
assert_value (const ProtobufCFieldDescriptor *field, const void *member, JsonNode *node)
{
  const ProtobufCBinaryData *binary = member;
  g_autoptr (GByteArray) bytes = NULL;

  switch ((int) field->type)
    {
    case PROTOBUF_C_TYPE_BOOL:
      g_assert_cmpint (*(const protobuf_c_boolean *) member, ==, json_node_get_boolean (node));
      break;
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_ENUM:
      g_assert_cmpuint (*(const guint32 *) member, ==, (guint32) json_node_get_int (node));
      break;
    case PROTOBUF_C_TYPE_STRING:
      g_assert_cmpstr (*(char *const *) member, ==, json_node_get_string (node));
      break;
    case PROTOBUF_C_TYPE_BYTES:
      bytes = read_bytes (field, node);
      assert_bytes (binary, bytes);
      break;
    case PROTOBUF_C_TYPE_MESSAGE:
      g_assert_nonnull (*(ProtobufCMessage *const *) member);
      message_assert_json (*(ProtobufCMessage *const *) member, json_node_get_object (node));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
message_assert_json (const ProtobufCMessage *message, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const ProtobufCFieldDescriptor *field = find_field (message->descriptor, name);
      const void *member = NULL;

      g_assert_nonnull (field);
      member = G_STRUCT_MEMBER_P (message, field->offset);
      if (json_node_is_null (node))
        g_assert_null (*(ProtobufCMessage *const *) member);
      else if (field->label == PROTOBUF_C_LABEL_REPEATED)
        {
          JsonArray *array = json_node_get_array (node);
          void **elements = *(void **const *) member;

          g_assert_cmpuint (G_STRUCT_MEMBER (size_t, message, field->quantifier_offset), ==,
                            json_array_get_length (array));
          for (guint i = 0; i < json_array_get_length (array); i++)
            assert_value (field, &elements[i], json_array_get_element (array, i));
        }
      else
        assert_value (field, member, node);
    }
}

guint
message_count_unknown (const ProtobufCMessage *message)
{
  guint count = message->n_unknown_fields;

  for (guint i = 0; i < message->descriptor->n_fields; i++)
    {
      const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
      const void *member = G_STRUCT_MEMBER_P (message, field->offset);
      size_t n = field->label == PROTOBUF_C_LABEL_REPEATED
                     ? G_STRUCT_MEMBER (size_t, message, field->quantifier_offset)
                     : 0;

      if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        continue;
      for (size_t j = 0; j < n; j++)
        count += message_count_unknown ((*(ProtobufCMessage ***) member)[j]);
      if (field->label != PROTOBUF_C_LABEL_REPEATED && *(ProtobufCMessage **) member != NULL &&
          (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
           G_STRUCT_MEMBER (guint32, message, field->quantifier_offset) == field->id))
        count += message_count_unknown (*(ProtobufCMessage **) member);
    }
  return count;
}
