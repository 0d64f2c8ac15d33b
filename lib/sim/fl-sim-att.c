/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-att.h"

#include <string.h>

#include "fl-sim-att-table.h"

/* Core Specification 5.3, volume 3, part F, 3.4.8 */
typedef enum
{
  ERROR_RESPONSE = 0x01,
  MTU_REQUEST = 0x02,
  MTU_RESPONSE = 0x03,
  FIND_INFORMATION = 0x04,
  FIND_BY_TYPE_VALUE = 0x06,
  READ_BY_TYPE = 0x08,
  READ = 0x0a,
  READ_BLOB = 0x0c,
  READ_BY_GROUP_TYPE = 0x10,
  WRITE = 0x12,
  NOTIFICATION = 0x1b,
  CONFIRMATION = 0x1e,
  WRITE_COMMAND = 0x52,
} Opcode;

#define OPCODE_COMMAND 0x40 /* the flag of those that nobody answers, 3.3.1 */

/* 3.4.1.1 */
typedef enum
{
  ERROR_NONE = 0,
  ERROR_INVALID_HANDLE = 0x01,
  ERROR_READ_NOT_PERMITTED = 0x02,
  ERROR_WRITE_NOT_PERMITTED = 0x03,
  ERROR_INVALID_PDU = 0x04,
  ERROR_REQUEST_NOT_SUPPORTED = 0x06,
  ERROR_INVALID_OFFSET = 0x07,
  ERROR_NOT_FOUND = 0x0a,
  ERROR_INVALID_LENGTH = 0x0d,
  ERROR_UNLIKELY = 0x0e,
  ERROR_UNSUPPORTED_GROUP = 0x10,
  ERROR_VALUE_NOT_ALLOWED = 0x13,
} Code;

#define PRIMARY_SERVICE   0x2800
#define SECONDARY_SERVICE 0x2801

/* volume 3, part G, 3.3.3.3 */
#define CCCD_NOTIFY   0x01
#define CCCD_INDICATE 0x02

/* An Argon leaves the central so long to ask first: particle-iot/device-os,
 * hal/src/nRF52840/ble_hal.cpp, BLE_ATT_MTU_EXCHANGE_DELAY_MS. The later ones ask at once. */
#define GEN3_MTU_US G_GINT64_CONSTANT (800000)

struct _FlSimAtt
{
  FlSimDevice *device;
  FlSimConnection *connection;
  GArray *table; /* of FlSimAttribute */
  guint16 tx;    /* handle; 0: it has none, and so nobody subscribes */

  gint64 mtu_us; /* when the device asks for a larger MTU; G_MAXINT64: never, or it did */
  gboolean waits_for_mtu;
  gboolean has_mtu; /* the client asked */
};

/* A PDU that is being read. */
typedef struct
{
  guint8 opcode;
  const guint8 *data; /* after the opcode */
  gsize size;
  guint16 first, last; /* of those requests that have a range */
} Request;

static guint16
read_u16 (const guint8 *data)
{
  return (guint16) (data[0] | data[1] << 8);
}

static void
append_u16 (GByteArray *out, guint16 value)
{
  guint8 bytes[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static GByteArray *
begin (guint8 opcode)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, &opcode, 1);
  return out;
}

static GBytes *
refuse (const Request *request, guint16 handle, Code code)
{
  guint8 pdu[5] = { ERROR_RESPONSE, request->opcode, (guint8) handle, (guint8) (handle >> 8),
                    (guint8) code };

  return g_bytes_new (pdu, sizeof pdu);
}

static guint
get_mtu (FlSimAtt *self)
{
  return fl_sim_connection_get_mtu (self->connection);
}

static guint16
get_own_mtu (FlSimAtt *self)
{
  return (guint16) CLAMP (fl_sim_device_get_spec (self->device)->mtu, 23, 517);
}

/* The value that may be read. (transfer full) (nullable): *@code */
static GBytes *
read_value (FlSimAtt *self, const FlSimAttribute *attribute, Code *code)
{
  switch (attribute->kind)
    {
    case FL_SIM_ATTRIBUTE_FIXED:
    case FL_SIM_ATTRIBUTE_CCCD:
      return g_bytes_new (attribute->value, attribute->value_size);
    case FL_SIM_ATTRIBUTE_CHARACTERISTIC:
      if (!(attribute->properties & FL_SIM_GATT_READ))
        break;
      if (attribute->role == FL_SIM_ROLE_VERSION)
        return fl_sim_connection_read_version (self->connection);
      return g_bytes_new (NULL, 0);
    }
  *code = ERROR_READ_NOT_PERMITTED;
  return NULL;
}

static GBytes *
exchange_mtu (FlSimAtt *self, const Request *request)
{
  GByteArray *out;

  if (request->size != 2)
    return refuse (request, 0, ERROR_INVALID_PDU);
  self->has_mtu = TRUE;
  fl_sim_connection_exchange_mtu (self->connection, read_u16 (request->data));
  out = begin (MTU_RESPONSE);
  append_u16 (out, get_own_mtu (self));
  return g_byte_array_free_to_bytes (out);
}

/* The client's answer to the device's own question. */
static void
take_mtu (FlSimAtt *self, const Request *request)
{
  if (!self->waits_for_mtu || request->size != 2)
    return;
  self->waits_for_mtu = FALSE;
  fl_sim_connection_exchange_mtu (self->connection, read_u16 (request->data));
}

/* Two handles begin the request. FALSE: *@answer says why not. */
static gboolean
read_range (Request *request, GBytes **answer)
{
  if (request->size < 4)
    {
      *answer = refuse (request, 0, ERROR_INVALID_PDU);
      return FALSE;
    }
  request->first = read_u16 (request->data);
  request->last = read_u16 (request->data + 2);
  if (request->first == 0 || request->first > request->last)
    {
      *answer = refuse (request, request->first, ERROR_INVALID_HANDLE);
      return FALSE;
    }
  return TRUE;
}

static guint
get_end (FlSimAtt *self, const Request *request)
{
  return MIN (request->last, self->table->len);
}

/* All of one answer have types of the same size. */
static GBytes *
find_information (FlSimAtt *self, const Request *request)
{
  g_autoptr (GByteArray) out = begin (FIND_INFORMATION + 1);
  gsize type_size = 0;

  if (request->size != 4)
    return refuse (request, 0, ERROR_INVALID_PDU);
  for (guint handle = request->first; handle <= get_end (self, request); handle++)
    {
      const FlSimAttribute *attribute = fl_sim_att_table_find (self->table, (guint16) handle);
      guint8 format = attribute->type_size == 2 ? 1 : 2;

      if (type_size == 0)
        g_byte_array_append (out, &format, 1);
      else if (attribute->type_size != type_size)
        break;
      type_size = attribute->type_size;
      if (out->len + 2 + type_size > get_mtu (self))
        break;
      append_u16 (out, (guint16) handle);
      g_byte_array_append (out, attribute->type, (guint) type_size);
    }
  if (type_size == 0)
    return refuse (request, request->first, ERROR_NOT_FOUND);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
has_value (FlSimAtt *self, const FlSimAttribute *attribute, const guint8 *data, gsize size)
{
  Code code = ERROR_NONE;
  g_autoptr (GBytes) value = read_value (self, attribute, &code);

  return value != NULL && g_bytes_get_size (value) == size &&
         (size == 0 || memcmp (g_bytes_get_data (value, NULL), data, size) == 0);
}

static GBytes *
find_by_type_value (FlSimAtt *self, const Request *request)
{
  g_autoptr (GByteArray) out = begin (FIND_BY_TYPE_VALUE + 1);

  if (request->size < 6)
    return refuse (request, 0, ERROR_INVALID_PDU);
  for (guint handle = request->first;
       handle <= get_end (self, request) && out->len + 4 <= get_mtu (self); handle++)
    {
      const FlSimAttribute *attribute = fl_sim_att_table_find (self->table, (guint16) handle);

      if (!fl_sim_attribute_is_of (attribute, request->data + 4, 2) ||
          !has_value (self, attribute, request->data + 6, request->size - 6))
        continue;
      append_u16 (out, (guint16) handle);
      append_u16 (out, attribute->end);
    }
  if (out->len == 1)
    return refuse (request, request->first, ERROR_NOT_FOUND);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* One entry of a list of values. FALSE: it belongs to the next answer. */
static gboolean
append_entry (FlSimAtt *self,
              GByteArray *out,
              guint16 handle,
              const FlSimAttribute *attribute,
              gboolean with_end,
              GBytes *value)
{
  const gsize head = with_end ? 4 : 2;
  /* 3.4.4.2 and 3.4.4.10: the length of an entry is one byte. */
  const gsize room = MIN (get_mtu (self) - 2, 255);
  const gsize size = MIN (g_bytes_get_size (value), room - head);
  const guint8 entry_size = (guint8) (head + size);

  if (out->len == 1)
    g_byte_array_append (out, &entry_size, 1);
  else if (out->data[1] != entry_size || out->len + entry_size > get_mtu (self))
    return FALSE;
  append_u16 (out, handle);
  if (with_end)
    append_u16 (out, attribute->end);
  if (size > 0)
    g_byte_array_append (out, g_bytes_get_data (value, NULL), (guint) size);
  return TRUE;
}

/* Values of all attributes of a type, as far as they have the same size. */
static GBytes *
list_values (FlSimAtt *self, const Request *request)
{
  const gboolean is_group = request->opcode == READ_BY_GROUP_TYPE;
  g_autoptr (GByteArray) out = begin (request->opcode + 1);

  for (guint handle = request->first; handle <= get_end (self, request); handle++)
    {
      const FlSimAttribute *attribute = fl_sim_att_table_find (self->table, (guint16) handle);
      g_autoptr (GBytes) value = NULL;
      Code code = ERROR_NONE;

      if (!fl_sim_attribute_is_of (attribute, request->data + 4, request->size - 4))
        continue;
      value = read_value (self, attribute, &code);
      if (value == NULL && out->len == 1)
        return refuse (request, (guint16) handle, code);
      if (value == NULL || !append_entry (self, out, (guint16) handle, attribute, is_group, value))
        break;
    }
  if (out->len == 1)
    return refuse (request, request->first, ERROR_NOT_FOUND);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
read_by_type (FlSimAtt *self, const Request *request)
{
  FlSimAttribute asked = { .type_size = request->size - 4 };

  if (request->size != 4 + 2 && request->size != 4 + 16)
    return refuse (request, 0, ERROR_INVALID_PDU);
  memcpy (asked.type, request->data + 4, asked.type_size);
  if (request->opcode == READ_BY_GROUP_TYPE &&
      !fl_sim_attribute_is_16_bit (&asked, PRIMARY_SERVICE) &&
      !fl_sim_attribute_is_16_bit (&asked, SECONDARY_SERVICE))
    return refuse (request, request->first, ERROR_UNSUPPORTED_GROUP);
  return list_values (self, request);
}

static GBytes *
read_one (FlSimAtt *self, const Request *request)
{
  const gboolean is_blob = request->opcode == READ_BLOB;
  const FlSimAttribute *attribute;
  g_autoptr (GByteArray) out = begin (request->opcode + 1);
  g_autoptr (GBytes) value = NULL;
  Code code = ERROR_NONE;
  guint16 handle;
  gsize offset, size;

  if (request->size != (is_blob ? 4 : 2))
    return refuse (request, 0, ERROR_INVALID_PDU);
  handle = read_u16 (request->data);
  offset = is_blob ? read_u16 (request->data + 2) : 0;
  attribute = fl_sim_att_table_find (self->table, handle);
  if (attribute == NULL)
    return refuse (request, handle, ERROR_INVALID_HANDLE);
  value = read_value (self, attribute, &code);
  if (value == NULL)
    return refuse (request, handle, code);
  size = g_bytes_get_size (value);
  if (offset > size)
    return refuse (request, handle, ERROR_INVALID_OFFSET);
  size = MIN (size - offset, get_mtu (self) - 1);
  if (size > 0)
    g_byte_array_append (out, (const guint8 *) g_bytes_get_data (value, NULL) + offset,
                         (guint) size);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static Code
write_config (FlSimAtt *self, FlSimAttribute *attribute, const guint8 *data, gsize size)
{
  guint8 allowed = 0;

  if (size != 2)
    return ERROR_INVALID_LENGTH;
  if (attribute->properties & FL_SIM_GATT_NOTIFY)
    allowed |= CCCD_NOTIFY;
  if (attribute->properties & FL_SIM_GATT_INDICATE)
    allowed |= CCCD_INDICATE;
  if ((data[0] & ~allowed) != 0 || data[1] != 0)
    return ERROR_VALUE_NOT_ALLOWED;
  memcpy (attribute->value, data, 2);
  if (attribute->role == FL_SIM_ROLE_TX)
    fl_sim_connection_subscribe (self->connection, (data[0] & CCCD_NOTIFY) != 0);
  return ERROR_NONE;
}

static Code
write_value (FlSimAtt *self,
             FlSimAttribute *attribute,
             const guint8 *data,
             gsize size,
             gint64 now_us)
{
  switch (attribute->kind)
    {
    case FL_SIM_ATTRIBUTE_FIXED:
      break;
    case FL_SIM_ATTRIBUTE_CCCD:
      return write_config (self, attribute, data, size);
    case FL_SIM_ATTRIBUTE_CHARACTERISTIC:
      if (attribute->role != FL_SIM_ROLE_RX)
        break;
      return fl_sim_connection_write (self->connection, data, size, now_us) ? ERROR_NONE
                                                                            : ERROR_UNLIKELY;
    }
  return ERROR_WRITE_NOT_PERMITTED;
}

/* (nullable) */
static GBytes *
write_one (FlSimAtt *self, const Request *request, gint64 now_us)
{
  const gboolean is_command = request->opcode == WRITE_COMMAND;
  const guint8 done = WRITE + 1;
  FlSimAttribute *attribute;
  guint16 handle;
  Code code;

  if (request->size < 2)
    return is_command ? NULL : refuse (request, 0, ERROR_INVALID_PDU);
  handle = read_u16 (request->data);
  attribute = fl_sim_att_table_find (self->table, handle);
  code = attribute == NULL
             ? ERROR_INVALID_HANDLE
             : write_value (self, attribute, request->data + 2, request->size - 2, now_us);
  if (is_command)
    return NULL;
  return code == ERROR_NONE ? g_bytes_new (&done, 1) : refuse (request, handle, code);
}

/* Answers to questions that the device does not ask, and what only a server says. */
static gboolean
is_answer (guint8 opcode)
{
  return (opcode & 1) != 0 || opcode == CONFIRMATION;
}

/* (nullable) */
static GBytes *
answer (FlSimAtt *self, Request *request, gint64 now_us)
{
  GBytes *refusal = NULL;

  switch (request->opcode)
    {
    case MTU_REQUEST:
      return exchange_mtu (self, request);
    case FIND_INFORMATION:
      return read_range (request, &refusal) ? find_information (self, request) : refusal;
    case FIND_BY_TYPE_VALUE:
      return read_range (request, &refusal) ? find_by_type_value (self, request) : refusal;
    case READ_BY_TYPE:
    case READ_BY_GROUP_TYPE:
      return read_range (request, &refusal) ? read_by_type (self, request) : refusal;
    case READ:
    case READ_BLOB:
      return read_one (self, request);
    case WRITE:
    case WRITE_COMMAND:
      return write_one (self, request, now_us);
    default: /* a byte from the air */
      return refuse (request, 0, ERROR_REQUEST_NOT_SUPPORTED);
    }
}

static guint16
find_tx (GArray *table)
{
  for (guint handle = 1; handle <= table->len; handle++)
    {
      const FlSimAttribute *attribute = fl_sim_att_table_find (table, (guint16) handle);

      if (attribute->kind == FL_SIM_ATTRIBUTE_CHARACTERISTIC && attribute->role == FL_SIM_ROLE_TX)
        return (guint16) handle;
    }
  return 0;
}

FlSimAtt *
fl_sim_att_new (FlSimDevice *device, FlSimConnection *connection, gint64 now_us)
{
  FlSimAtt *self = g_new0 (FlSimAtt, 1);
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);
  const FlSimPlatformInfo *info = fl_sim_platform_get_info ((FlSimPlatform) spec->platform);

  self->device = device;
  self->connection = connection;
  self->table = fl_sim_att_table_new (device);
  self->tx = find_tx (self->table);
  self->mtu_us = info->generation >= 4 ? now_us : now_us + GEN3_MTU_US;
  return self;
}

void
fl_sim_att_free (FlSimAtt *self)
{
  g_array_unref (self->table);
  g_free (self);
}

GBytes *
fl_sim_att_receive (FlSimAtt *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  Request request;

  g_return_val_if_fail (self != NULL, NULL);

  if (size_bytes == 0)
    return NULL;
  request = (Request){ .opcode = data[0], .data = data + 1, .size = size_bytes - 1 };
  if (request.opcode == MTU_RESPONSE)
    take_mtu (self, &request);
  if (is_answer (request.opcode))
    return NULL;
  if ((request.opcode & OPCODE_COMMAND) != 0 && request.opcode != WRITE_COMMAND)
    return NULL;
  if (size_bytes > get_mtu (self)) /* 3.2.8: longer than both agreed upon */
    return request.opcode == WRITE_COMMAND ? NULL : refuse (&request, 0, ERROR_INVALID_PDU);
  return answer (self, &request, now_us);
}

GBytes *
fl_sim_att_take (FlSimAtt *self, gint64 now_us)
{
  g_autoptr (GBytes) value = NULL;
  GByteArray *out;

  g_return_val_if_fail (self != NULL, NULL);

  if (now_us >= self->mtu_us)
    {
      self->mtu_us = G_MAXINT64;
      if (!self->has_mtu)
        {
          self->waits_for_mtu = TRUE;
          out = begin (MTU_REQUEST);
          append_u16 (out, get_own_mtu (self));
          return g_byte_array_free_to_bytes (out);
        }
    }
  value = fl_sim_connection_take (self->connection);
  if (value == NULL)
    return NULL;
  out = begin (NOTIFICATION);
  append_u16 (out, self->tx);
  g_byte_array_append (out, g_bytes_get_data (value, NULL), (guint) g_bytes_get_size (value));
  return g_byte_array_free_to_bytes (out);
}

gint64
fl_sim_att_get_deadline (FlSimAtt *self)
{
  return self->mtu_us;
}
