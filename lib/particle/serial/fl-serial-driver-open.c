/* SPDX-License-Identifier: Apache-2.0 */
/* Opening the port, and who answers there. */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

#include "fl-serial-answer.h"

/* Its failure is no error: the console is enough to take a network. */
static void
on_companion_secured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (error != NULL)
    {
      g_debug ("No companion: %s", error->message);
      fl_serial_driver_drop_companion (self);
    }
  self->companion_is_open = error == NULL;
  fl_serial_driver_end (self, NULL);
}

static void
on_companion_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (error == NULL)
    {
      fl_driver_secure_async (self->companion, NULL, g_task_get_cancellable (task),
                              on_companion_secured, g_object_ref (task));
      return;
    }
  g_debug ("No companion: %s", error->message);
  fl_serial_driver_drop_companion (self);
  fl_serial_driver_end (self, NULL);
}

static void
on_link_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean ok = fl_link_open_finish (FL_LINK (source), result, &error);

  if (!fl_serial_driver_is_wanted (self, task))
    {
      g_clear_error (&error);
      if (ok)
        fl_link_close (FL_LINK (source));
      return;
    }
  if (!ok)
    {
      fl_serial_driver_end (self, error);
      return;
    }
  self->is_open = TRUE;
  if (self->companion == NULL)
    fl_serial_driver_end (self, NULL);
  else
    fl_driver_connect_async (self->companion, g_task_get_cancellable (task), on_companion_connected,
                             g_object_ref (task));
}

void
fl_serial_driver_connect_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_serial_driver_connect_async);
  if (!fl_serial_driver_begin (self, task))
    return;
  self->is_saved = FALSE;
  self->is_stuck = FALSE;
  self->led_to_listening = FALSE;
  self->mode = FL_MODE_UNKNOWN;
  fl_serial_driver_renew_session (self);
  fl_link_open_async (FL_LINK (self->link), cancellable, on_link_opened, g_object_ref (task));
}

static void
return_info (FlSerialDriver *self)
{
  g_autoptr (FlDeviceInfo) info = g_steal_pointer (&self->info);
  g_autoptr (GTask) task = NULL;

  info->mode = self->mode;
  if (info->platform_id == 0)
    info->platform_id = self->platform_id;
  if (info->product == NULL)
    info->product = g_strdup (fl_control_get_platform_name (info->platform_id));
  self->platform_id = info->platform_id;
  fl_firmware_version_parse (info->firmware, &self->version);
  task = fl_serial_driver_steal_task (self);
  g_task_return_pointer (task, g_steal_pointer (&info), (GDestroyNotify) fl_device_info_free);
}

static void ask_version (FlSerialDriver *self);

/* The console is there; what it does not tell is not needed. */
static void
on_modules (FlSerialDriver *self, FlSerialEvent *event)
{
  if (event->kind == FL_SERIAL_EVENT_ANSWER && event->text != NULL)
    {
      /* Only for what it says of the platform. */
      g_autoptr (GPtrArray) modules G_GNUC_UNUSED =
          fl_serial_read_modules (event->text, &self->platform_id, NULL);
    }
  if (event->kind == FL_SERIAL_EVENT_ANSWER || event->kind == FL_SERIAL_EVENT_FAILED)
    return_info (self);
}

static void
go_on (FlSerialDriver *self)
{
  self->mode = FL_MODE_LISTENING;
  if (self->platform_id == 0 && self->info->platform_id == 0)
    fl_serial_driver_ask (self, FL_SERIAL_ASK_MODULES, on_modules);
  else
    return_info (self);
}

/* It shows what is typed, or its device listens and it says nothing. */
static gboolean
waits_in_question (FlSerialDriver *self)
{
  return fl_serial_driver_can_free (self) &&
         (fl_serial_session_is_stuck (self->session) || self->mode == FL_MODE_LISTENING);
}

/* Whatever kept it from answering. */
static void
end_silent (FlSerialDriver *self, GError *error) /* (transfer full) */
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_UNEXPECTED))
    error->code = FL_ERROR_NOT_LISTENING;
  fl_serial_driver_end (self, error);
}

static void
on_identity (FlSerialDriver *self, FlSerialEvent *event)
{
  g_autoptr (GError) error = NULL;

  if (event->kind == FL_SERIAL_EVENT_FAILED)
    {
      if (self->info->firmware != NULL)
        go_on (self);
      else if (waits_in_question (self)) /* seen as such with the second letter only */
        fl_serial_driver_free_console (self, ask_version);
      else
        end_silent (self, g_steal_pointer (&event->error));
      return;
    }
  if (event->kind != FL_SERIAL_EVENT_ANSWER)
    return;
  /* The mobile secret beside it is of no use here and is not taken. */
  if (event->text != NULL && !fl_serial_read_identity (event->text, self->info, NULL, &error))
    g_debug ("Identity: %s", error->message);
  go_on (self);
}

static void
on_version (FlSerialDriver *self, FlSerialEvent *event)
{
  if (event->kind == FL_SERIAL_EVENT_ANSWER)
    {
      g_autofree char *version =
          event->text != NULL ? fl_serial_read_version (event->text, NULL) : NULL;

      if (self->info->firmware == NULL)
        self->info->firmware = g_steal_pointer (&version);
      if (self->info->device_id == NULL)
        fl_serial_driver_ask (self, FL_SERIAL_ASK_IDENTITY, on_identity);
      else
        go_on (self);
    }
  else if (event->kind != FL_SERIAL_EVENT_FAILED)
    return;
  else if (waits_in_question (self))
    fl_serial_driver_free_console (self, ask_version);
  else if (self->info->firmware == NULL)
    fl_serial_driver_ask (self, FL_SERIAL_ASK_IDENTITY, on_identity); /* before 0.4.5: no 'v' */
  else
    end_silent (self, g_steal_pointer (&event->error));
}

static void
ask_version (FlSerialDriver *self)
{
  fl_serial_driver_ask (self, FL_SERIAL_ASK_VERSION, on_version);
}

static void
take_companion_info (FlSerialDriver *self, FlDeviceInfo *info) /* (transfer full) */
{
  g_clear_pointer (&self->info, fl_device_info_free);
  self->info = info;
  self->mode = info->mode;
  /* Nothing is written to the port of an application that runs, and a device that does not tell may
   * be running one. */
  if (info->mode == FL_MODE_LISTENING && !info->is_protected)
    ask_version (self);
  else
    return_info (self);
}

static void
on_companion_info (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  FlDeviceInfo *info = fl_driver_read_info_finish (FL_DRIVER (source), result, &error);

  if (!fl_serial_driver_is_wanted (self, task))
    {
      g_clear_pointer (&info, fl_device_info_free);
      return;
    }
  if (info != NULL)
    {
      take_companion_info (self, info);
      return;
    }
  /* A console that waits in a question keeps its device from answering anything else; firmware from
   * before all requests never will. */
  g_debug ("The companion tells nothing: %s", error->message);
  if (g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED))
    fl_serial_driver_drop_companion (self);
  ask_version (self);
}

void
fl_serial_driver_read_info_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_serial_driver_read_info_async);
  if (!fl_serial_driver_begin (self, task))
    return;
  self->info = fl_device_info_new ();
  self->mode = FL_MODE_UNKNOWN;
  if (fl_serial_driver_has_companion (self))
    fl_driver_read_info_async (self->companion, cancellable, on_companion_info,
                               g_object_ref (task));
  else
    ask_version (self);
}

static void
on_module_list (FlSerialDriver *self, FlSerialEvent *event)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *modules = NULL;
  g_autoptr (GTask) task = NULL;

  if (event->kind == FL_SERIAL_EVENT_FAILED)
    {
      fl_serial_driver_end (self, g_steal_pointer (&event->error));
      return;
    }
  if (event->kind != FL_SERIAL_EVENT_ANSWER || event->text == NULL)
    return;
  modules = fl_serial_read_modules (event->text, NULL, &error);
  if (modules == NULL)
    {
      fl_serial_driver_end (self, g_steal_pointer (&error));
      return;
    }
  task = fl_serial_driver_steal_task (self);
  g_task_return_pointer (task, modules, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_companion_modules (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *modules = fl_driver_read_modules_finish (FL_DRIVER (source), result, &error);

  if (modules != NULL)
    g_task_return_pointer (task, modules, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
fl_serial_driver_read_modules_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_serial_driver_read_modules_async);
  if (fl_serial_driver_has_companion (self) &&
      (fl_driver_get_capabilities (self->companion) & FL_CAN_READ_MODULES) != 0)
    fl_driver_read_modules_async (self->companion, cancellable, on_companion_modules, task);
  else if (!fl_serial_driver_begin (self, task))
    return;
  else if (self->mode != FL_MODE_LISTENING)
    fl_serial_driver_end (self, g_error_new_literal (FL_ERROR, FL_ERROR_NOT_LISTENING,
                                                     "Only in set-up mode it lists them"));
  else
    fl_serial_driver_ask (self, FL_SERIAL_ASK_MODULES, on_module_list);
}
