/* SPDX-License-Identifier: Apache-2.0 */
/* What is for service, and needs no more than one request. */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include "fl-reply-body.h"
#include "fl-reply-modules.h"
#include "fl-request-body.h"

/* Device OS starts without its application when one of these is not fit to run. */
static gboolean
forces_safe_mode (const FlModule *module)
{
  gboolean is_needed = module->kind == FL_MODULE_SYSTEM_PART ||
                       module->kind == FL_MODULE_USER_PART || module->kind == FL_MODULE_MONOLITHIC;

  return is_needed && module->checked && !(module->is_sound && module->dependencies_met);
}

static void
weigh_modules (FlControlDriver *self, GPtrArray *modules)
{
  self->in_safe_mode = FALSE;
  for (guint i = 0; i < modules->len; i++)
    if (forces_safe_mode (modules->pdata[i]))
      self->in_safe_mode = TRUE;
  if (self->in_safe_mode && self->mode == FL_MODE_RUNNING)
    self->mode = FL_MODE_SAFE;
  else if (!self->in_safe_mode && self->mode == FL_MODE_SAFE)
    self->mode = FL_MODE_RUNNING;
}

static void
on_modules_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  GPtrArray *modules = NULL;

  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  modules = fl_reply_unpack_modules (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                                     &error);
  if (modules == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  weigh_modules (g_task_get_source_object (task), modules);
  g_task_return_pointer (task, modules, (GDestroyNotify) g_ptr_array_unref);
}

void
fl_control_driver_read_modules_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_read_modules_async);
  if (!fl_control_driver_return_unable (task, FL_CAN_READ_MODULES))
    fl_control_driver_send (task, FL_REQUEST_GET_MODULE_INFO, NULL, FL_CONTROL_LIMIT_MS,
                            on_modules_reply);
}

static void
on_setup_done_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  int value = 0;

  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  if (fl_reply_unpack_number (type, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                              &value, &error))
    g_task_return_int (task, value != 0);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fl_control_driver_read_setup_done_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_read_setup_done_async);
  if (!fl_control_driver_return_unable (task, FL_CAN_SETUP_DONE))
    fl_control_driver_send (task, FL_REQUEST_IS_SETUP_DONE, NULL, FL_CONTROL_LIMIT_MS,
                            on_setup_done_reply);
}

void
fl_control_driver_set_setup_done_async (FlDriver *driver, gboolean done, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);
  g_autoptr (FlSecret) payload = fl_request_pack_setup_done (done);

  g_task_set_source_tag (task, fl_control_driver_set_setup_done_async);
  if (!fl_control_driver_return_unable (task, FL_CAN_SETUP_DONE))
    fl_control_driver_send_only (task, FL_REQUEST_SET_SETUP_DONE, payload, FL_CONTROL_LIMIT_MS);
}

/* The device's word, whatever it is, is the answer. */
static void
on_request_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (code), NULL);
  g_task_return_pointer (task, g_bytes_ref (payload), (GDestroyNotify) g_bytes_unref);
}

void
fl_control_driver_request_async (FlDriver *driver, guint16 type, FlSecret *payload, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_request_async);
  if (payload != NULL && fl_secret_get_size (payload) > FL_MESSAGE_MAX_BYTES)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_INVALID_INPUT,
                             "A request carries 65,535 bytes at most");
  else
    fl_control_driver_send (task, type, payload, fl_control_get_limit_ms (type), on_request_reply);
}
