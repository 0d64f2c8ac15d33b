/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include <string.h>

#include "fl-reply-body.h"

#define DEVICE_ID_DIGITS 24

/* All asked at once; who does not answer one is not asked again. */
typedef struct
{
  FlDeviceInfo *info;
  guint n_pending;
  GError *error; /* (nullable) the first of the channel */
} ReadInfo;

static void
read_info_free (gpointer data)
{
  ReadInfo *op = data;

  g_clear_pointer (&op->info, fl_device_info_free);
  g_clear_error (&op->error);
  g_free (op);
}

/* First characters of serial numbers; only a hint, new ones appear. PROTOCOL.md, "Behaviour". */
static const struct
{
  const char *prefix;
  const char *product;
  int platform_id;
} serials[] = {
  { "ARN", "Argon", FL_PLATFORM_ARGON },  { "P046", "P2", FL_PLATFORM_P2 },
  { "P051", "Photon 2", FL_PLATFORM_P2 }, { "P054", "M-SoM", FL_PLATFORM_MSOM },
  { "P055", "M-SoM", FL_PLATFORM_MSOM },  { "P068", "M-SoM", FL_PLATFORM_MSOM },
  { "PH", "Photon", FL_PLATFORM_PHOTON }, { "P1MD", "P1", FL_PLATFORM_P1 },
};

static void
name_product (FlControlDriver *self, FlDeviceInfo *info)
{
  const char *product = NULL;

  for (guint i = 0; info->serial != NULL && product == NULL && i < G_N_ELEMENTS (serials); i++)
    if (g_str_has_prefix (info->serial, serials[i].prefix) &&
        (self->device.platform_id == 0 || self->device.platform_id == serials[i].platform_id))
      {
        product = serials[i].product;
        self->device.platform_id = serials[i].platform_id;
      }
  info->platform_id = self->device.platform_id;
  info->product =
      g_strdup (product != NULL ? product : fl_control_get_platform_name (info->platform_id));
}

static void
finish (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  ReadInfo *op = g_task_get_task_data (task);

  if (op->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&op->error));
      return;
    }
  name_product (self, op->info);
  fl_firmware_version_parse (op->info->firmware, &self->device.version);
  self->device.is_protected = op->info->is_protected;
  self->mode = op->info->mode;
  g_task_return_pointer (task, g_steal_pointer (&op->info), (GDestroyNotify) fl_device_info_free);
}

static char *
take_device_id (char *text)
{
  g_autofree char *id = text;

  if (id == NULL || strlen (id) != DEVICE_ID_DIGITS ||
      strspn (id, "0123456789abcdefABCDEF") != DEVICE_ID_DIGITS)
    return NULL;
  return g_ascii_strdown (id, -1);
}

static void
read_text (FlDeviceInfo *info, guint16 type, const guint8 *data, gsize size_bytes)
{
  g_autofree char *text = fl_reply_unpack_text (type, data, size_bytes, NULL);

  if (type == FL_REQUEST_GET_DEVICE_ID)
    info->device_id = take_device_id (g_steal_pointer (&text));
  else if (type == FL_REQUEST_GET_SERIAL_NUMBER)
    info->serial = g_steal_pointer (&text);
  else if (type == FL_REQUEST_GET_SYSTEM_VERSION)
    info->firmware = g_steal_pointer (&text);
  else
    info->ncp_firmware = g_steal_pointer (&text);
}

static void
read_flags (FlControlDriver *self,
            FlDeviceInfo *info,
            guint16 type,
            const guint8 *data,
            gsize size_bytes)
{
  gboolean state = FALSE, overridden = FALSE;
  int value = 0;

  if (type == FL_REQUEST_GET_PROTECTED_STATE)
    {
      if (!fl_reply_unpack_protected (data, size_bytes, &state, &overridden, NULL))
        return;
      info->protected_known = TRUE;
      info->is_protected = info->is_protected || (state && !overridden);
    }
  else if (fl_reply_unpack_number (type, data, size_bytes, &value, NULL))
    {
      if (type == FL_REQUEST_IS_CLAIMED)
        {
          info->claimed_known = TRUE;
          info->is_claimed = value != 0;
        }
      else
        info->mode = fl_control_driver_weigh_mode (self, value);
    }
}

/* What a device cannot or may not tell stays unknown. */
static void
read_reply (FlControlDriver *self, FlDeviceInfo *info, guint16 type, GBytes *payload, int code)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (payload, &size_bytes);

  if (code == FL_RESULT_PROTECTED)
    {
      info->protected_known = TRUE;
      info->is_protected = TRUE;
    }
  else if (code == FL_RESULT_NOT_SUPPORTED && type == FL_REQUEST_GET_PROTECTED_STATE)
    info->protected_known = TRUE; /* Device OS before 6.0 knows no protection */
  if (code != FL_RESULT_NONE)
    return;

  if (type == FL_REQUEST_GET_DEVICE_MODE || type == FL_REQUEST_GET_PROTECTED_STATE ||
      type == FL_REQUEST_IS_CLAIMED)
    read_flags (self, info, type, data, size_bytes);
  else
    read_text (info, type, data, size_bytes);
}

static void
on_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  ReadInfo *op = g_task_get_task_data (task);

  if (error != NULL && op->error == NULL)
    op->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (payload != NULL)
    read_reply (g_task_get_source_object (task), op->info, type, payload, code);
  if (--op->n_pending == 0)
    finish (task);
}

void
fl_control_driver_read_info_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  static const guint16 types[] = {
    FL_REQUEST_GET_DEVICE_ID,   FL_REQUEST_GET_SERIAL_NUMBER,   FL_REQUEST_GET_SYSTEM_VERSION,
    FL_REQUEST_GET_DEVICE_MODE, FL_REQUEST_GET_PROTECTED_STATE, FL_REQUEST_IS_CLAIMED,
    FL_REQUEST_GET_NCP_VERSION, /* last: not every platform has one */
  };
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ReadInfo *op = g_new0 (ReadInfo, 1);
  gboolean no_ncp = fl_control_is_gen4 (&self->device) || fl_control_is_gen2 (&self->device);
  guint n_types = G_N_ELEMENTS (types) - (no_ncp ? 1 : 0);

  g_task_set_source_tag (task, fl_control_driver_read_info_async);
  g_task_set_task_data (task, op, read_info_free);
  op->info = fl_device_info_new ();
  op->n_pending = n_types;
  for (guint i = 0; i < n_types; i++)
    fl_control_driver_send (task, types[i], NULL, FL_CONTROL_LIMIT_MS, on_reply);
}
