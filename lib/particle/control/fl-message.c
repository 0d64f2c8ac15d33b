/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-message.h"

/* protobuf-c says only where to free, not how much: the size stands before the data. Its width
 * keeps malloc's alignment. */
typedef union
{
  gsize size_bytes;
  max_align_t align;
} Header;

static void *
wiping_alloc (void *data, size_t size_bytes)
{
  Header *header = NULL;

  if (size_bytes > G_MAXSIZE - sizeof (Header))
    return NULL;
  header = g_try_malloc (sizeof (Header) + size_bytes);
  if (header == NULL)
    return NULL;
  header->size_bytes = size_bytes;
  return header + 1;
}

static void
wiping_free (void *data, void *pointer)
{
  Header *header = pointer;

  if (header == NULL)
    return;
  header--;
  fl_wipe (header + 1, header->size_bytes);
  g_free (header);
}

static ProtobufCAllocator allocator = { wiping_alloc, wiping_free, NULL };

FlSecret *
fl_message_pack (const ProtobufCMessage *message)
{
  gsize size_bytes = 0;
  g_autoptr (FlSecret) packed = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  size_bytes = protobuf_c_message_get_packed_size (message);
  packed = fl_secret_new_zeroed (size_bytes);
  if (size_bytes > 0)
    protobuf_c_message_pack (message, fl_secret_get_writable (packed));
  return g_steal_pointer (&packed);
}

static gboolean is_legal (const ProtobufCMessage *message);

static gboolean
is_legal_field (const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
  const void *member = G_STRUCT_MEMBER_P (message, field->offset);

  if (field->type != PROTOBUF_C_TYPE_MESSAGE)
    return TRUE;
  if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
      G_STRUCT_MEMBER (guint32, message, field->quantifier_offset) != field->id)
    return TRUE;
  if (field->label != PROTOBUF_C_LABEL_REPEATED)
    return *(ProtobufCMessage *const *) member == NULL ||
           is_legal (*(ProtobufCMessage *const *) member);
  for (size_t i = 0; i < G_STRUCT_MEMBER (size_t, message, field->quantifier_offset); i++)
    if (!is_legal ((*(ProtobufCMessage * *const *) member)[i]))
      return FALSE;
  return TRUE;
}

/* No field has the number 0. protobuf-c sees that only when it is written in one byte. The depth is
 * that of our .proto files. */
static gboolean
is_legal (const ProtobufCMessage *message)
{
  for (unsigned i = 0; i < message->n_unknown_fields; i++)
    if (message->unknown_fields[i].tag == 0)
      return FALSE;
  for (unsigned i = 0; i < message->descriptor->n_fields; i++)
    if (!is_legal_field (message, &message->descriptor->fields[i]))
      return FALSE;
  return TRUE;
}

ProtobufCMessage *
fl_message_unpack (const ProtobufCMessageDescriptor *descriptor,
                   const guint8 *data,
                   gsize size_bytes,
                   GError **error)
{
  static const guint8 nothing[1] = { 0 };
  ProtobufCMessage *message = NULL;

  g_return_val_if_fail (descriptor != NULL, NULL);
  g_return_val_if_fail (data != NULL || size_bytes == 0, NULL);

  if (size_bytes <= FL_MESSAGE_MAX_BYTES)
    message = protobuf_c_message_unpack (descriptor, &allocator, size_bytes,
                                         data != NULL ? data : nothing);
  if (message != NULL && !is_legal (message))
    g_clear_pointer (&message, fl_message_free);
  if (message == NULL)
    g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED, "%" G_GSIZE_FORMAT " bytes are no %s",
                 size_bytes, descriptor->name);
  return message;
}

void
fl_message_free (ProtobufCMessage *message)
{
  if (message != NULL)
    protobuf_c_message_free_unpacked (message, &allocator);
}
