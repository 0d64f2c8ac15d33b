/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reply-body.h"

#include <string.h>

#include "fl-requests.h"
#include "particle-config.pb-c.h"

#define TEXT_MAX_BYTES 64

/* Field 1 of the reply to @type, when it is of a kind that @accept takes. */
static const ProtobufCFieldDescriptor *
find_first_field (guint16 type, gboolean text)
{
  const FlRequestInfo *info = fl_request_get_info (type);
  const ProtobufCFieldDescriptor *field = NULL;

  if (info == NULL || info->reply == NULL)
    return NULL;
  field = protobuf_c_message_descriptor_get_field (info->reply, 1);
  if (field == NULL || field->label != PROTOBUF_C_LABEL_NONE)
    return NULL;
  if (text)
    return field->type == PROTOBUF_C_TYPE_STRING ? field : NULL;
  return field->type == PROTOBUF_C_TYPE_ENUM || field->type == PROTOBUF_C_TYPE_BOOL ? field : NULL;
}

/* A message of only one field, whatever its type is. */
static ProtobufCMessage *
new_message (const ProtobufCMessageDescriptor *descriptor)
{
  ProtobufCMessage *message = g_malloc0 (descriptor->sizeof_message);

  protobuf_c_message_init (descriptor, message);
  return message;
}

FlSecret *
fl_reply_pack_text (guint16 type, const char *text)
{
  const ProtobufCFieldDescriptor *field = find_first_field (type, TRUE);
  g_autofree ProtobufCMessage *message = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  message = new_message (fl_request_get_info (type)->reply);
  G_STRUCT_MEMBER (const char *, message, field->offset) = text;
  return fl_message_pack (message);
}

static gboolean
is_printable (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > TEXT_MAX_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      return FALSE;
  return TRUE;
}

char *
fl_reply_unpack_text (guint16 type, const guint8 *data, gsize size_bytes, GError **error)
{
  const ProtobufCFieldDescriptor *field = find_first_field (type, TRUE);
  g_autoptr (ProtobufCMessage) message = NULL;
  const char *text = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  message = fl_message_unpack (fl_request_get_info (type)->reply, data, size_bytes, error);
  if (message == NULL)
    return NULL;
  text = G_STRUCT_MEMBER (const char *, message, field->offset);
  return is_printable (text) ? g_strdup (text) : NULL;
}

FlSecret *
fl_reply_pack_number (guint16 type, int value)
{
  const ProtobufCFieldDescriptor *field = find_first_field (type, FALSE);
  g_autofree ProtobufCMessage *message = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  message = new_message (fl_request_get_info (type)->reply);
  G_STRUCT_MEMBER (int, message, field->offset) =
      field->type == PROTOBUF_C_TYPE_BOOL ? value != 0 : value;
  return fl_message_pack (message);
}

gboolean
fl_reply_unpack_number (guint16 type,
                        const guint8 *data,
                        gsize size_bytes,
                        int *value,
                        GError **error)
{
  const ProtobufCFieldDescriptor *field = find_first_field (type, FALSE);
  g_autoptr (ProtobufCMessage) message = NULL;

  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  message = fl_message_unpack (fl_request_get_info (type)->reply, data, size_bytes, error);
  if (message == NULL)
    return FALSE;
  *value = G_STRUCT_MEMBER (int, message, field->offset);
  return TRUE;
}

FlSecret *
fl_reply_pack_protected (gboolean state, gboolean overridden)
{
  Particle__Ctrl__GetProtectedStateReply message = PARTICLE__CTRL__GET_PROTECTED_STATE_REPLY__INIT;

  message.state = state;
  message.overridden = overridden;
  return fl_message_pack (&message.base);
}

gboolean
fl_reply_unpack_protected (const guint8 *data,
                           gsize size_bytes,
                           gboolean *state,
                           gboolean *overridden,
                           GError **error)
{
  g_autoptr (ProtobufCMessage) message = NULL;
  const Particle__Ctrl__GetProtectedStateReply *reply = NULL;

  message = fl_message_unpack (&particle__ctrl__get_protected_state_reply__descriptor, data,
                               size_bytes, error);
  if (message == NULL)
    return FALSE;
  reply = (const Particle__Ctrl__GetProtectedStateReply *) message;
  *state = reply->state;
  *overridden = reply->overridden;
  return TRUE;
}
