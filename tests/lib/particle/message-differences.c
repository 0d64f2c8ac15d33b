/* SPDX-License-Identifier: Apache-2.0 */
#include "message-differences.h"

#include <string.h>

enum
{
  WIRE_VARINT = 0,
  WIRE_FIXED64 = 1,
  WIRE_BYTES = 2,
  WIRE_GROUP = 3,
  WIRE_GROUP_END = 4,
  WIRE_FIXED32 = 5,
};

static gboolean
read_varint (const guint8 **data, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 70 && *data < end; shift += 7)
    {
      guint8 byte = *(*data)++;

      if (shift < 64)
        *value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return TRUE;
    }
  return FALSE;
}

/* Repeated numbers may also come one by one, but the catalogue has none. */
static guint
expected_wire (const ProtobufCFieldDescriptor *field)
{
  if (field->type == PROTOBUF_C_TYPE_FIXED32)
    return WIRE_FIXED32;
  return field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_BYTES ||
                 field->type == PROTOBUF_C_TYPE_MESSAGE
             ? WIRE_BYTES
             : WIRE_VARINT;
}

const char *
message_excuse_refusal (const ProtobufCMessageDescriptor *descriptor,
                        const guint8 *data,
                        gsize size_bytes)
{
  const guint8 *end = data + size_bytes;
  guint64 key = 0, value = 0;

  while (data < end && read_varint (&data, end, &key))
    {
      const ProtobufCFieldDescriptor *field =
          protobuf_c_message_descriptor_get_field (descriptor, (unsigned) (key >> 3));
      guint wire = key & 7;
      gsize skip = wire == WIRE_FIXED64 ? 8 : wire == WIRE_FIXED32 ? 4 : 0;

      if (wire == WIRE_GROUP || wire == WIRE_GROUP_END)
        return "protobuf-c knows no groups";
      if (field != NULL && wire != expected_wire (field))
        return "protobuf-c refuses known fields of the wrong wire type";
      if ((wire == WIRE_VARINT || wire == WIRE_BYTES) && !read_varint (&data, end, &value))
        return NULL;
      if (wire == WIRE_BYTES)
        skip = (gsize) value;
      if (skip > (gsize) (end - data))
        return NULL;
      if (field != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE)
        {
          const char *excuse = message_excuse_refusal (field->descriptor, data, skip);

          if (excuse != NULL)
            return excuse;
        }
      data += skip;
    }
  return NULL;
}

static gboolean
is_utf8 (const ProtobufCFieldDescriptor *field, const void *member)
{
  const ProtobufCBinaryData *bytes = member;

  if (field->type == PROTOBUF_C_TYPE_STRING)
    return g_utf8_validate (*(char *const *) member, -1, NULL);
  if (field->type == PROTOBUF_C_TYPE_MESSAGE)
    return *(ProtobufCMessage *const *) member == NULL ||
           message_excuse_acceptance (*(ProtobufCMessage *const *) member) == NULL;
  if (field->type != PROTOBUF_C_TYPE_BYTES ||
      (strcmp (field->name, "ssid") != 0 && strcmp (field->name, "password") != 0))
    return TRUE;
  return g_utf8_validate_len ((const char *) bytes->data, bytes->len, NULL) ||
         memchr (bytes->data, 0, bytes->len) != NULL;
}

const char *
message_excuse_acceptance (const ProtobufCMessage *message)
{
  for (guint i = 0; i < message->descriptor->n_fields; i++)
    {
      const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
      const void *member = G_STRUCT_MEMBER_P (message, field->offset);
      gboolean repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
      size_t n = repeated ? G_STRUCT_MEMBER (size_t, message, field->quantifier_offset) : 1;

      if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
          G_STRUCT_MEMBER (guint32, message, field->quantifier_offset) != field->id)
        continue;
      for (size_t j = 0; j < n; j++)
        if (!is_utf8 (field, repeated ? &(*(void **const *) member)[j] : member))
          return "names and passwords are bytes to us";
    }
  return NULL;
}
