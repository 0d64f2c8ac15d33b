/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-connect"
#include "config.h"

#include "fl-bluez-connect.h"

#include "fl-bluez-error.h"
#include "fl-bluez-table.h"
#include "fl-source.h"

#define TRIES 5
/* Vendors and users report connections that take up to 10 s (Home Assistant developer
 * documentation, "Bluetooth"); a lost object comes back with the next advertisement. */
#define CONNECT_LIMIT_MS 10000
#define RESOLVE_LIMIT_MS 10000
#define FIND_LIMIT_MS    10000
#define OPEN_LIMIT_MS    10000
#define QUIET_LIMIT_MS   5000
#define JITTER_MS        64

typedef enum
{
  STEP_TURN,    /* another connection is being made on this adapter */
  STEP_FIND,    /* the device's object is not there; discovery runs */
  STEP_QUIET,   /* discovery is about to stop */
  STEP_CONNECT, /* Connect runs */
  STEP_RESOLVE, /* connected, services are not known yet */
  STEP_ASK,     /* the same, and bluetoothd is asked for what it may not have told */
  STEP_VERSION, /* the version is being read */
  STEP_STREAM,  /* notifications are being started */
  STEP_PAUSE,   /* between two tries */
  STEP_VERDICT, /* the adapter is off; perhaps it goes altogether */
  STEP_DONE
} Step;

typedef struct
{
  FlBluez *bluez;
  FlBluezRadio *radio;
  char *address;
  const FlGattProfile *profile;

  Step step;
  int tries;
  gboolean cleaned;
  gboolean asked_link, asked_services; /* in this try */
  gboolean searching, holding;
  char *device;        /* (nullable) object path */
  FlBluezTable *table; /* (nullable) its characteristics */
  FlGattChoice choice;
  FlBluezStream *stream; /* (nullable) */
  GCancellable *attempt; /* of the running call */
  guint limit_id;
  gulong handlers[5];
  GSource *cancel_source;
} Connect;

static void advance (GTask *task); /* every event ends here */

static void
connect_free (Connect *connect)
{
  g_clear_object (&connect->stream);
  g_clear_pointer (&connect->table, fl_bluez_table_free);
  g_clear_object (&connect->attempt);
  g_clear_object (&connect->radio);
  g_clear_object (&connect->bluez);
  g_free (connect->address);
  g_free (connect->device);
  g_free (connect);
}

static void
set_searching (Connect *connect, gboolean searching)
{
  if (connect->searching == searching)
    return;
  connect->searching = searching;
  fl_bluez_radio_search (connect->radio, searching ? 1 : -1);
}

static void
set_holding (Connect *connect, gboolean holding)
{
  if (connect->holding == holding)
    return;
  connect->holding = holding;
  fl_bluez_radio_hold (connect->radio, holding ? 1 : -1);
}

static void
disconnect_handlers (Connect *connect)
{
  for (gsize i = 0; i + 1 < G_N_ELEMENTS (connect->handlers); i++)
    g_clear_signal_handler (&connect->handlers[i], connect->bluez);
  g_clear_signal_handler (&connect->handlers[G_N_ELEMENTS (connect->handlers) - 1], connect->radio);
}

/* The only exit. @error: (transfer full) (nullable) */
static void
finish (GTask *task, GError *error)
{
  Connect *connect = g_task_get_task_data (task);
  gboolean is_connecting = connect->step == STEP_CONNECT;

  if (connect->step == STEP_DONE)
    {
      g_clear_error (&error);
      return;
    }

  connect->step = STEP_DONE;
  g_cancellable_cancel (connect->attempt);
  fl_clock_clear (fl_bluez_get_clock (connect->bluez), &connect->limit_id);
  disconnect_handlers (connect);
  fl_source_clear (&connect->cancel_source);
  set_searching (connect, FALSE);
  if (error != NULL)
    {
      if (connect->stream != NULL)
        fl_bluez_stream_close (connect->stream);
      if (is_connecting)
        fl_bluez_farewell_attempt (connect->bluez, connect->device);
      else if (connect->tries > 0 && connect->device != NULL)
        fl_bluez_farewell (connect->bluez, connect->device, NULL);
      set_holding (connect, FALSE);
    }
  fl_bluez_radio_leave (connect->radio, task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&connect->stream), g_object_unref);
  g_object_unref (task);
}

static void on_limit (gpointer data);

static void
enter (GTask *task, Step step, guint limit_ms)
{
  Connect *connect = g_task_get_task_data (task);
  FlClock *clock = fl_bluez_get_clock (connect->bluez);

  g_debug ("%s: step %d, try %d", connect->address, step, connect->tries);
  g_cancellable_cancel (connect->attempt);
  g_clear_object (&connect->attempt);
  connect->attempt = g_cancellable_new ();
  connect->step = step;
  fl_clock_clear (clock, &connect->limit_id);
  if (limit_ms > 0)
    connect->limit_id = fl_clock_add_ms (clock, limit_ms, on_limit, task);
}

static void
on_ignored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, NULL);
}

static gboolean
is_connected (Connect *connect)
{
  return fl_bluez_get_boolean (connect->bluez, connect->device, FL_BLUEZ_DEVICE, "Connected");
}

static guint
get_pause_ms (Connect *connect)
{
  static const guint pauses_ms[TRIES - 1] = { 200, 500, 1000, 2000 };

  /* Two computers or programs that collided must not try again at the same moment. */
  return pauses_ms[connect->tries - 1] + (guint) g_random_int_range (0, JITTER_MS);
}

/* @error: (transfer full), as it came */
static void
fail_try (GTask *task, GError *error)
{
  Connect *connect = g_task_get_task_data (task);
  g_autoptr (GError) translated = fl_bluez_error_translate (error, FL_ERROR_CONNECT_FAILED);
  FlErrorCode code = translated->code;

  g_debug ("%s: try %d: %s", connect->address, connect->tries, error->message);
  g_error_free (error);
  if (connect->stream != NULL)
    fl_bluez_stream_close (connect->stream);
  g_clear_object (&connect->stream);
  if (connect->tries >= TRIES || code == FL_ERROR_BLUETOOTH_PERMISSION)
    {
      finish (task, g_steal_pointer (&translated));
      return;
    }
  /* bluetoothd takes 2 s to let a link go and says "connected" to whoever connects meanwhile; a
   * farewell is waited for, and what it remembers of the services goes with the object. */
  if (connect->device != NULL && is_connected (connect))
    fl_bluez_farewell (connect->bluez, connect->device, NULL);
  else if (connect->device != NULL &&
           fl_bluez_has (connect->bluez, connect->device, FL_BLUEZ_DEVICE))
    fl_bluez_call_async (connect->bluez, connect->device, FL_BLUEZ_DEVICE, "Disconnect", NULL,
                         CONNECT_LIMIT_MS, NULL, on_ignored, NULL);
  enter (task, STEP_PAUSE, get_pause_ms (connect));
}

static GError *
new_failure (const char *message)
{
  return g_error_new_literal (FL_ERROR, FL_ERROR_CONNECT_FAILED, message);
}

static void
on_stream_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  fl_bluez_stream_open_finish (FL_BLUEZ_STREAM (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_error_free (error);
  else if (error != NULL)
    fail_try (task, error);
  else
    finish (task, NULL);
}

static void
open_stream (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  enter (task, STEP_STREAM, OPEN_LIMIT_MS);
  connect->stream =
      fl_bluez_stream_new (connect->bluez, connect->device,
                           fl_bluez_table_get_path (connect->table, connect->choice.rx),
                           fl_bluez_table_get_flags (connect->table, connect->choice.rx),
                           fl_bluez_table_get_path (connect->table, connect->choice.tx));
  fl_bluez_stream_open_async (connect->stream, connect->attempt, on_stream_open,
                              g_object_ref (task));
}

static void
on_version (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Connect *connect = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);
  g_autoptr (GVariant) value = NULL;
  gint64 version;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(ay)")))
    {
      fail_try (task, error != NULL ? g_steal_pointer (&error) : new_failure ("No version"));
      return;
    }

  value = g_variant_get_child_value (reply, 0);
  version = fl_gatt_parse_version (g_variant_get_data (value), g_variant_get_size (value));
  if (version == connect->profile->version_value)
    open_stream (task);
  else
    finish (task, g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES,
                               "Protocol version %" G_GINT64_FORMAT " instead of %d", version,
                               connect->profile->version_value));
}

static void
read_version (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  if (connect->choice.version < 0)
    {
      open_stream (task);
      return;
    }
  enter (task, STEP_VERSION, OPEN_LIMIT_MS);
  fl_bluez_call_async (connect->bluez,
                       fl_bluez_table_get_path (connect->table, connect->choice.version),
                       FL_BLUEZ_CHARACTERISTIC, "ReadValue", g_variant_new ("(a{sv})", NULL), -1,
                       connect->attempt, on_version, g_object_ref (task));
}

static void
find (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  enter (task, STEP_FIND, FIND_LIMIT_MS);
  g_clear_pointer (&connect->device, g_free);
  advance (task);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  fl_bluez_refresh_finish (FL_BLUEZ (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  enter (task, STEP_RESOLVE, RESOLVE_LIMIT_MS);
  advance (task);
}

/* Two things bluetoothd 5.66 does not tell in time: that a device is connected, when the channel
 * was there before the kernel's event (BlueZ src/device.c, device_add_connection: "is already
 * connected"), and characteristics, which may follow the property that they are resolved. */
static void
ask (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  enter (task, STEP_ASK, RESOLVE_LIMIT_MS);
  fl_bluez_refresh_async (connect->bluez, connect->device, FL_BLUEZ_DEVICE, connect->attempt,
                          on_refreshed, g_object_ref (task));
}

static void
choose (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  g_clear_pointer (&connect->table, fl_bluez_table_free);
  connect->table = fl_bluez_table_new (connect->bluez, connect->device);
  if (fl_bluez_table_choose (connect->table, connect->profile, &connect->choice))
    read_version (task);
  else if (!connect->asked_services)
    {
      connect->asked_services = TRUE;
      ask (task);
    }
  else if (connect->cleaned)
    finish (task, g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES,
                                       "The expected service is not there"));
  else
    {
      /* BlueZ may remember the services of other firmware: remove the object, find it anew. */
      connect->cleaned = TRUE;
      fl_bluez_farewell (connect->bluez, connect->device, NULL);
      find (task);
    }
}

static void
check_services (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  if (!is_connected (connect) && !connect->asked_link)
    {
      connect->asked_link = TRUE;
      ask (task);
    }
  else if (!is_connected (connect))
    fail_try (task, new_failure ("Disconnected before the services were known"));
  else if (fl_bluez_get_boolean (connect->bluez, connect->device, FL_BLUEZ_DEVICE,
                                 "ServicesResolved"))
    choose (task);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  if (error != NULL && !fl_bluez_error_is (error, "AlreadyConnected"))
    {
      fail_try (task, error);
      return;
    }
  g_clear_error (&error);
  enter (task, STEP_RESOLVE, RESOLVE_LIMIT_MS);
  advance (task);
}

static void
start_try (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  connect->tries++;
  connect->asked_link = connect->asked_services = FALSE;
  enter (task, STEP_CONNECT, CONNECT_LIMIT_MS);
  /* Our own limit counts, so none of GDBus. */
  fl_bluez_call_async (connect->bluez, connect->device, FL_BLUEZ_DEVICE, "Connect", NULL, G_MAXINT,
                       connect->attempt, on_connected, g_object_ref (task));
}

/* @obstacle: (transfer full) */
static void
meet (GTask *task, GError *obstacle)
{
  Connect *connect = g_task_get_task_data (task);

  if (!g_error_matches (obstacle, FL_ERROR, FL_ERROR_BLUETOOTH_OFF))
    {
      finish (task, obstacle);
      return;
    }
  g_error_free (obstacle);
  if (connect->step != STEP_VERDICT)
    enter (task, STEP_VERDICT, FL_BLUEZ_OFF_MS);
}

static void
advance (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);
  GError *obstacle;

  if (connect->step == STEP_DONE)
    return;
  obstacle = fl_bluez_find_obstacle (connect->bluez, connect->radio);
  if (obstacle != NULL)
    {
      meet (task, obstacle);
      return;
    }

  switch (connect->step)
    {
    case STEP_TURN:
      if (fl_bluez_radio_has_turn (connect->radio, task))
        find (task);
      break;
    case STEP_FIND:
      if (connect->device == NULL)
        connect->device =
            fl_bluez_find_device (connect->bluez, fl_bluez_radio_get_path (connect->radio),
                                  connect->address);
      if (connect->device == NULL)
        {
          set_holding (connect, FALSE);
          set_searching (connect, TRUE);
          break;
        }
      enter (task, STEP_QUIET, QUIET_LIMIT_MS);
      set_holding (connect, TRUE);
      set_searching (connect, FALSE);
      advance (task);
      break;
    case STEP_QUIET:
      if (fl_bluez_radio_is_quiet (connect->radio))
        start_try (task);
      break;
    case STEP_RESOLVE:
      check_services (task);
      break;
    case STEP_VERSION:
    case STEP_STREAM:
      if (!is_connected (connect))
        fail_try (task, new_failure ("Disconnected before the link was open"));
      break;
    case STEP_CONNECT:
    case STEP_ASK:
    case STEP_PAUSE:
    case STEP_VERDICT:
    case STEP_DONE:
      break;
    }
}

static void
give_verdict (GTask *task)
{
  Connect *connect = g_task_get_task_data (task);
  GError *obstacle = fl_bluez_find_obstacle (connect->bluez, connect->radio);

  /* Otherwise it is on again. */
  if (obstacle != NULL)
    finish (task, obstacle);
  else if (connect->tries > 0)
    fail_try (task, new_failure ("The adapter went off and on"));
  else
    {
      enter (task, STEP_TURN, 0);
      advance (task);
    }
}

static void
on_limit (gpointer data)
{
  GTask *task = G_TASK (data);
  Connect *connect = g_task_get_task_data (task);

  connect->limit_id = 0;
  switch (connect->step)
    {
    case STEP_FIND:
      finish (task, g_error_new (FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH, "%s is not heard any more",
                                 connect->address));
      break;
    case STEP_QUIET:
      start_try (task);
      break;
    case STEP_CONNECT:
    case STEP_RESOLVE:
    case STEP_ASK:
    case STEP_VERSION:
    case STEP_STREAM:
      fail_try (task, new_failure ("No answer in the time allowed"));
      break;
    case STEP_PAUSE:
      find (task);
      break;
    case STEP_VERDICT:
      give_verdict (task);
      break;
    case STEP_TURN:
    case STEP_DONE:
      break;
    }
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  finish (G_TASK (user_data), g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

/* A device is many objects, and most signals are about others: look only when it is ours. */
static void
on_object_changed (FlBluez *bluez, const char *path, const char *interface, GTask *task)
{
  Connect *connect = g_task_get_task_data (task);

  if (connect->step == STEP_FIND || g_strcmp0 (path, connect->device) == 0)
    {
      g_object_ref (task);
      advance (task);
      g_object_unref (task);
    }
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       GTask *task)
{
  on_object_changed (bluez, path, interface, task);
}

static void
on_something_changed (gpointer source, gpointer data)
{
  GTask *task = G_TASK (data);

  g_object_ref (task);
  advance (task);
  g_object_unref (task);
}

static void
on_left (FlBluez *bluez, const char *path, GTask *task)
{
  on_something_changed (bluez, task);
}

void
fl_bluez_connect_async (FlBluez *bluez,
                        FlBluezRadio *radio,
                        const char *address,
                        const FlGattProfile *profile,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (bluez, NULL, callback, user_data); /* on_cancelled() cancels */
  Connect *connect = g_new0 (Connect, 1);

  g_task_set_source_tag (task, fl_bluez_connect_async);
  g_task_set_task_data (task, connect, (GDestroyNotify) connect_free);
  connect->bluez = g_object_ref (bluez);
  connect->radio = g_object_ref (radio);
  connect->address = g_strdup (address);
  connect->profile = profile;
  connect->attempt = g_cancellable_new ();
  connect->handlers[0] =
      g_signal_connect (bluez, "state-changed", G_CALLBACK (on_something_changed), task);
  connect->handlers[1] =
      g_signal_connect (bluez, "interface-added", G_CALLBACK (on_object_changed), task);
  connect->handlers[2] =
      g_signal_connect (bluez, "properties-changed", G_CALLBACK (on_properties_changed), task);
  connect->handlers[3] = g_signal_connect (bluez, "left", G_CALLBACK (on_left), task);
  connect->handlers[4] =
      g_signal_connect (radio, "changed", G_CALLBACK (on_something_changed), task);
  if (cancellable != NULL)
    {
      connect->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (connect->cancel_source, G_SOURCE_FUNC (on_cancelled), task, NULL);
      g_source_attach (connect->cancel_source, g_main_context_get_thread_default ());
    }

  fl_bluez_radio_enqueue (radio, task);
  on_something_changed (radio, task); /* the reference from g_task_new() lasts until finish() */
}

FlBluezStream *
fl_bluez_connect_finish (FlBluez *bluez, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, bluez), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GError *
fl_bluez_find_obstacle (FlBluez *bluez, FlBluezRadio *radio)
{
  const GError *problem = fl_bluez_radio_get_problem (radio);

  if (fl_bluez_get_state (bluez) == FL_BLUEZ_GONE)
    return g_error_copy (fl_bluez_get_error (bluez));
  if (!fl_bluez_radio_is_present (radio))
    return g_error_new_literal (FL_ERROR, FL_ERROR_NO_BLUETOOTH, "The adapter was removed");
  if (fl_bluez_radio_get_powered (radio))
    return NULL;
  if (problem != NULL)
    return g_error_copy (problem);
  return g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "The adapter is off");
}
