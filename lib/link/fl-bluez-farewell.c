/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-farewell"
#include "config.h"

#include "fl-bluez-error.h"
#include "fl-bluez-private.h"
#include "fl-bluez-radio.h"

/* bluetoothd lets a link go 2 s after it was asked to, and answers only then (BlueZ src/device.c,
 * DISCONNECT_TIMER and device_request_disconnect). */
#define CALL_LIMIT_MS     5000
#define SHUTDOWN_LIMIT_MS 4000
/* An attempt to connect is given that long to succeed before it is ended: where both happen at once
 * Linux forgets the link, and the controller keeps it (6.1, hci_abort_conn_sync in
 * net/bluetooth/hci_sync.c), until it is turned off. */
#define ATTEMPT_MS 1000

typedef struct
{
  FlBluez *bluez;
  char *path;
  gulong connected_id; /* while an attempt may succeed */
  guint attempt_id;
} Farewell;

static void
farewell_free (Farewell *farewell)
{
  g_object_unref (farewell->bluez);
  g_free (farewell->path);
  g_free (farewell);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Farewell *farewell = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (reply != NULL || fl_bluez_error_is_vanished (error))
    fl_bluez_forget_device (farewell->bluez, farewell->path);
  fl_bluez_set_leaving (farewell->bluez, farewell->path, FALSE);
  farewell_free (farewell);
}

static void
remove_device (Farewell *farewell)
{
  g_autofree char *adapter = g_path_get_dirname (farewell->path);

  fl_bluez_call_async (farewell->bluez, adapter, FL_BLUEZ_ADAPTER, "RemoveDevice",
                       g_variant_new ("(o)", farewell->path), CALL_LIMIT_MS, NULL, on_removed,
                       farewell);
}

static void
on_ignored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, NULL);
}

/* RemoveDevice disconnects by itself, and bluetoothd does it even when this program has ended
 * before those 2 s are over. Where no link is, Disconnect ends an attempt to connect; the answer
 * may take those 2 s, too, when the attempt succeeds at the same moment, so nobody waits for it. */
static void
leave (Farewell *farewell)
{
  if (!fl_bluez_get_boolean (farewell->bluez, farewell->path, FL_BLUEZ_DEVICE, "Connected"))
    fl_bluez_call_async (farewell->bluez, farewell->path, FL_BLUEZ_DEVICE, "Disconnect", NULL,
                         CALL_LIMIT_MS, NULL, on_ignored, NULL);
  remove_device (farewell);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, NULL);

  leave (user_data);
}

/* NULL: there is nothing to leave. */
static Farewell *
farewell_new (FlBluez *self, const char *device_path)
{
  Farewell *farewell;

  if (fl_bluez_is_leaving (self, device_path) || !fl_bluez_has (self, device_path, FL_BLUEZ_DEVICE))
    return NULL;

  farewell = g_new0 (Farewell, 1);
  farewell->bluez = g_object_ref (self);
  farewell->path = g_strdup (device_path);
  fl_bluez_set_leaving (self, device_path, TRUE);
  return farewell;
}

void
fl_bluez_farewell (FlBluez *self, const char *device_path, const char *notifying)
{
  Farewell *farewell;

  g_return_if_fail (FL_IS_BLUEZ (self));

  farewell = farewell_new (self, device_path);
  if (farewell == NULL)
    return;
  if (notifying != NULL)
    fl_bluez_call_async (self, notifying, FL_BLUEZ_CHARACTERISTIC, "StopNotify", NULL,
                         CALL_LIMIT_MS, NULL, on_stopped, farewell);
  else
    leave (farewell);
}

static void
end_attempt (Farewell *farewell)
{
  g_clear_signal_handler (&farewell->connected_id, farewell->bluez);
  fl_clock_clear (fl_bluez_get_clock (farewell->bluez), &farewell->attempt_id);
  leave (farewell);
}

static void
on_attempt_over (gpointer data)
{
  Farewell *farewell = data;

  farewell->attempt_id = 0;
  end_attempt (farewell);
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       Farewell *farewell)
{
  if (g_str_equal (path, farewell->path) &&
      fl_bluez_get_boolean (bluez, path, FL_BLUEZ_DEVICE, "Connected"))
    end_attempt (farewell);
}

void
fl_bluez_farewell_attempt (FlBluez *self, const char *device_path)
{
  Farewell *farewell;

  g_return_if_fail (FL_IS_BLUEZ (self));

  farewell = farewell_new (self, device_path);
  if (farewell == NULL)
    return;
  if (fl_bluez_get_boolean (self, device_path, FL_BLUEZ_DEVICE, "Connected"))
    {
      leave (farewell);
      return;
    }
  farewell->connected_id =
      g_signal_connect (self, "properties-changed", G_CALLBACK (on_properties_changed), farewell);
  farewell->attempt_id =
      fl_clock_add_ms (fl_bluez_get_clock (self), ATTEMPT_MS, on_attempt_over, farewell);
}

typedef struct
{
  gulong left_id;
  guint limit_id;
} Shutdown;

/* A connection that is being made and was cancelled has its farewell still before it. */
static gboolean
is_busy (FlBluez *self)
{
  GPtrArray *radios = fl_bluez_get_radios (self);

  for (guint i = 0; i < radios->len; i++)
    if (fl_bluez_radio_is_connecting (g_ptr_array_index (radios, i)))
      return TRUE;
  return fl_bluez_get_n_leaving (self) > 0;
}

static void
finish_shutdown (GTask *task)
{
  FlBluez *self = g_task_get_source_object (task);
  Shutdown *shutdown = g_task_get_task_data (task);
  GPtrArray *radios = fl_bluez_get_radios (self);

  g_clear_signal_handler (&shutdown->left_id, self);
  for (guint i = 0; i < radios->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (radios, i), task);
  fl_clock_clear (fl_bluez_get_clock (self), &shutdown->limit_id);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
check_shutdown (GTask *task)
{
  if (!is_busy (g_task_get_source_object (task)))
    finish_shutdown (task);
}

static void
on_shutdown_limit (gpointer data)
{
  GTask *task = G_TASK (data);
  Shutdown *shutdown = g_task_get_task_data (task);

  shutdown->limit_id = 0;
  finish_shutdown (task);
}

void
fl_bluez_shutdown_async (FlBluez *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GPtrArray *radios;
  GTask *task;
  Shutdown *shutdown;

  g_return_if_fail (FL_IS_BLUEZ (self));

  task = g_task_new (self, NULL, callback, user_data);
  shutdown = g_new0 (Shutdown, 1);
  g_task_set_source_tag (task, fl_bluez_shutdown_async);
  g_task_set_task_data (task, shutdown, g_free);
  g_signal_emit_by_name (self, "shutdown");
  if (!is_busy (self))
    {
      finish_shutdown (task);
      return;
    }
  radios = fl_bluez_get_radios (self);
  for (guint i = 0; i < radios->len; i++)
    g_signal_connect_swapped (g_ptr_array_index (radios, i), "changed", G_CALLBACK (check_shutdown),
                              task);
  shutdown->left_id = g_signal_connect_swapped (self, "left", G_CALLBACK (check_shutdown), task);
  shutdown->limit_id =
      fl_clock_add_ms (fl_bluez_get_clock (self), SHUTDOWN_LIMIT_MS, on_shutdown_limit, task);
}

void
fl_bluez_shutdown_finish (FlBluez *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
