/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-usb-service.h"

/* Which fields a service reply has: device-os, system/src/usb_control_request_channel.cpp,
 * ServiceReply::FieldFlag. They come in this order. */
enum
{
  HAS_STATUS = 1 << 0,
  HAS_ID = 1 << 1,
  HAS_SIZE = 1 << 2,
  HAS_RESULT = 1 << 3,
  HAS_ALL = HAS_STATUS | HAS_ID | HAS_SIZE | HAS_RESULT,
};

/* A walk over received bytes that never leaves them. */
typedef struct
{
  const guint8 *data;
  gsize left_bytes;
  gboolean short_of_bytes;
} Reader;

static guint32
read_le (Reader *reader, guint n_bytes)
{
  guint32 value = 0;

  if (reader->left_bytes < n_bytes)
    {
      reader->short_of_bytes = TRUE;
      return 0;
    }
  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) reader->data[i] << (8 * i);
  reader->data += n_bytes;
  reader->left_bytes -= n_bytes;
  return value;
}

static void
append_le (GByteArray *out, guint32 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      const guint8 byte = (value >> (8 * i)) & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

GBytes *
fl_usb_service_reply_encode (const FlUsbServiceReply *reply)
{
  GByteArray *out = g_byte_array_new ();
  guint32 flags = HAS_STATUS;

  if (reply->has_id)
    flags |= HAS_ID;
  if (reply->has_size)
    flags |= HAS_SIZE;
  if (reply->has_result)
    flags |= HAS_RESULT;

  append_le (out, flags, 4);
  append_le (out, reply->status, 2);
  if (reply->has_id)
    append_le (out, reply->id, 2);
  if (reply->has_size)
    append_le (out, reply->size_bytes, 4);
  if (reply->has_result)
    append_le (out, (guint32) reply->result, 4);
  return g_byte_array_free_to_bytes (out);
}

gboolean
fl_usb_service_reply_decode (const guint8 *data,
                             gsize size_bytes,
                             FlUsbServiceReply *reply,
                             GError **error)
{
  Reader reader = { .data = data, .left_bytes = size_bytes };
  const guint32 flags = read_le (&reader, 4);

  *reply = (FlUsbServiceReply){ 0 };
  if (reader.short_of_bytes || !(flags & HAS_STATUS) || (flags & ~(guint32) HAS_ALL) != 0)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED,
                   "Service reply of %" G_GSIZE_FORMAT " bytes with the fields 0x%x", size_bytes,
                   flags);
      return FALSE;
    }

  reply->status = (guint16) read_le (&reader, 2);
  reply->has_id = (flags & HAS_ID) != 0;
  if (reply->has_id)
    reply->id = (guint16) read_le (&reader, 2);
  reply->has_size = (flags & HAS_SIZE) != 0;
  if (reply->has_size)
    reply->size_bytes = read_le (&reader, 4);
  reply->has_result = (flags & HAS_RESULT) != 0;
  if (reply->has_result)
    reply->result = (gint32) read_le (&reader, 4);

  if (reader.short_of_bytes || reader.left_bytes > 0)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED,
                   "Service reply of %" G_GSIZE_FORMAT " bytes does not hold the fields 0x%x",
                   size_bytes, flags);
      return FALSE;
    }
  return TRUE;
}

void
fl_usb_setup_encode (const FlUsbSetup *setup, guint8 out[8])
{
  out[0] = setup->request_type;
  out[1] = setup->request;
  out[2] = setup->value & 0xff;
  out[3] = setup->value >> 8;
  out[4] = setup->index & 0xff;
  out[5] = setup->index >> 8;
  out[6] = setup->length & 0xff;
  out[7] = setup->length >> 8;
}

void
fl_usb_setup_decode (const guint8 data[8], FlUsbSetup *setup)
{
  setup->request_type = data[0];
  setup->request = data[1];
  setup->value = (guint16) (data[2] | data[3] << 8);
  setup->index = (guint16) (data[4] | data[5] << 8);
  setup->length = (guint16) (data[6] | data[7] << 8);
}
