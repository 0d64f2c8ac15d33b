/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-link"
#include "config.h"

#include "fl-bluez-link.h"

#include "fl-bluez-connect.h"
#include "fl-error.h"

/* How long a fresh link has the adapter for itself: scanning beside it makes some adapters drop it
 * (noble issue 136), and the handshake comes first. */
#define SETTLE_MS 10000
/* A link that breaks is often the first that is heard of an adapter or a bluetoothd going away. */
#define VERDICT_MS 300

typedef enum
{
  LINK_CLOSED,
  LINK_OPENING,
  LINK_OPEN,
  LINK_BREAKING /* bytes do not flow any more; the cause may follow */
} LinkState;

struct _FlBluezLink
{
  GObject parent_instance;

  FlBluez *bluez;
  char *adapter, *address;
  FlGattProfile profile;

  LinkState state;
  GCancellable *opening;
  FlBluezRadio *radio; /* (nullable) while not closed */
  gboolean resting;
  FlBluezStream *stream; /* (nullable) */
  guint settle_id, verdict_id;
  gboolean is_off; /* the verdict so far */
  gulong changed_id, removed_id, state_id, radio_id, shutdown_id;
};

static void fl_bluez_link_iface_init (FlLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlBluezLink,
                               fl_bluez_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_bluez_link_iface_init))

static void
release_radio (FlBluezLink *self)
{
  fl_clock_clear (fl_bluez_get_clock (self->bluez), &self->settle_id);
  if (self->resting)
    fl_bluez_radio_rest (self->radio, -1);
  self->resting = FALSE;
}

/* Descriptors first: see fl_bluez_shutdown_async(). */
static void
tear_down (FlBluezLink *self)
{
  self->state = LINK_CLOSED;
  if (self->stream != NULL)
    {
      fl_bluez_stream_close (self->stream);
      g_signal_handlers_disconnect_by_data (self->stream, self);
      fl_bluez_farewell (self->bluez, fl_bluez_stream_get_device (self->stream),
                         fl_bluez_stream_get_notifying (self->stream));
    }
  g_clear_object (&self->stream);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  fl_clock_clear (fl_bluez_get_clock (self->bluez), &self->verdict_id);
  g_clear_signal_handler (&self->changed_id, self->bluez);
  g_clear_signal_handler (&self->removed_id, self->bluez);
  g_clear_signal_handler (&self->state_id, self->bluez);
  if (self->radio != NULL)
    {
      g_clear_signal_handler (&self->radio_id, self->radio);
      release_radio (self);
    }
  g_clear_object (&self->radio);
}

static void
end (FlBluezLink *self, const GError *reason)
{
  g_object_ref (self);
  tear_down (self);
  fl_link_emit_closed (FL_LINK (self), reason);
  g_object_unref (self);
}

static void
on_verdict (gpointer data)
{
  FlBluezLink *self = FL_BLUEZ_LINK (data);
  g_autoptr (GError) reason = fl_bluez_find_obstacle (self->bluez, self->radio);

  self->verdict_id = 0;
  if (g_error_matches (reason, FL_ERROR, FL_ERROR_BLUETOOTH_OFF) && !self->is_off)
    {
      self->is_off = TRUE;
      self->verdict_id =
          fl_clock_add_ms (fl_bluez_get_clock (self->bluez), FL_BLUEZ_OFF_MS, on_verdict, self);
      return;
    }
  if (reason == NULL)
    reason = g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "%s disconnected", self->address);
  end (self, reason);
}

static void break_link (FlBluezLink *self);

static void
check_ground (FlBluezLink *self)
{
  g_autoptr (GError) obstacle = fl_bluez_find_obstacle (self->bluez, self->radio);

  /* A bluetoothd that is stopped turns the adapter off, then removes it, then goes. */
  if (g_error_matches (obstacle, FL_ERROR, FL_ERROR_BLUETOOTH_OFF) ||
      g_error_matches (obstacle, FL_ERROR, FL_ERROR_NO_BLUETOOTH))
    break_link (self);
  else if (obstacle != NULL)
    end (self, obstacle);
}

static void
break_link (FlBluezLink *self)
{
  if (self->state != LINK_OPEN)
    return;

  self->state = LINK_BREAKING;
  self->is_off = FALSE;
  fl_bluez_stream_close (self->stream);
  self->verdict_id =
      fl_clock_add_ms (fl_bluez_get_clock (self->bluez), VERDICT_MS, on_verdict, self);
  check_ground (self);
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       FlBluezLink *self)
{
  gboolean connected;

  if (g_str_equal (path, fl_bluez_stream_get_device (self->stream)) &&
      g_variant_lookup (changed, "Connected", "b", &connected) && !connected)
    break_link (self);
}

static void
on_interface_removed (FlBluez *bluez, const char *path, const char *interface, FlBluezLink *self)
{
  if (g_str_equal (path, fl_bluez_stream_get_device (self->stream)))
    break_link (self);
}

static void
on_received (FlBluezStream *stream, GBytes *bytes, FlBluezLink *self)
{
  fl_link_emit_received (FL_LINK (self), bytes);
}

static void
on_settled (gpointer data)
{
  FlBluezLink *self = FL_BLUEZ_LINK (data);

  self->settle_id = 0;
  release_radio (self);
}

static void
enter_open (FlBluezLink *self, FlBluezStream *stream)
{
  self->state = LINK_OPEN;
  self->resting = TRUE;
  fl_bluez_radio_rest (self->radio, 1);
  fl_bluez_radio_hold (self->radio, -1);
  self->stream = stream;
  g_clear_object (&self->opening);
  self->settle_id = fl_clock_add_ms (fl_bluez_get_clock (self->bluez), SETTLE_MS, on_settled, self);
  g_signal_connect (stream, "received", G_CALLBACK (on_received), self);
  g_signal_connect_swapped (stream, "lost", G_CALLBACK (break_link), self);
  self->changed_id = g_signal_connect (self->bluez, "properties-changed",
                                       G_CALLBACK (on_properties_changed), self);
  self->removed_id =
      g_signal_connect (self->bluez, "interface-removed", G_CALLBACK (on_interface_removed), self);
  self->state_id =
      g_signal_connect_swapped (self->bluez, "state-changed", G_CALLBACK (check_ground), self);
  self->radio_id =
      g_signal_connect_swapped (self->radio, "changed", G_CALLBACK (check_ground), self);
}

typedef struct
{
  GCancellable *cancellable;
  FlBluezRadio *radio;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->cancellable);
  g_object_unref (opening->radio);
  g_free (opening);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  FlBluezLink *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  FlBluezStream *stream = fl_bluez_connect_finish (FL_BLUEZ (source), result, &error);

  /* Closed, and perhaps opened anew, while the last step was under way. */
  if (self->opening != opening->cancellable)
    {
      if (stream != NULL)
        {
          fl_bluez_stream_close (stream);
          fl_bluez_farewell (self->bluez, fl_bluez_stream_get_device (stream),
                             fl_bluez_stream_get_notifying (stream));
          fl_bluez_radio_hold (opening->radio, -1);
          g_object_unref (stream);
        }
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The link was closed");
    }
  else if (error != NULL)
    {
      tear_down (self);
      g_task_return_error (task, error);
    }
  else
    {
      enter_open (self, stream);
      g_task_return_boolean (task, TRUE);
    }
}

static void
start_opening (FlBluezLink *self, FlBluezRadio *radio, GCancellable *cancellable, GTask *task)
{
  Opening *opening = g_new0 (Opening, 1);

  self->state = LINK_OPENING;
  g_set_object (&self->radio, radio);
  self->opening = g_cancellable_new ();
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel),
                             self->opening, G_CONNECT_SWAPPED);
  opening->cancellable = g_object_ref (self->opening);
  opening->radio = g_object_ref (radio);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  fl_bluez_connect_async (self->bluez, radio, self->address, &self->profile, self->opening,
                          on_connected, task);
}

static void
fl_bluez_link_open_async (FlLink *link,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  FlBluezLink *self = FL_BLUEZ_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  FlBluezRadio *radio = fl_bluez_get_radio (self->bluez, self->adapter);
  const GError *gone = fl_bluez_get_error (self->bluez);

  g_task_set_source_tag (task, fl_bluez_link_open_async);
  if (g_cancellable_is_cancelled (cancellable))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else if (self->state != LINK_CLOSED)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The link is open");
  else if (gone != NULL)
    g_task_return_error (task, g_error_copy (gone));
  else if (radio == NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_NO_BLUETOOTH, "The adapter is not there");
  else
    start_opening (self, radio, cancellable, g_steal_pointer (&task));
}

static gboolean
fl_bluez_link_open_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (cancellable != NULL)
    g_signal_handlers_disconnect_by_data (cancellable, g_task_get_source_object (task));
  if (fl_bluez_stream_send_finish (FL_BLUEZ_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fl_bluez_link_send_async (FlLink *link,
                          GBytes *bytes,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  FlBluezLink *self = FL_BLUEZ_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_bluez_link_send_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->state != LINK_OPEN)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if (g_bytes_get_size (bytes) > fl_bluez_stream_get_max_send (self->stream))
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "%zu bytes are too many",
                             g_bytes_get_size (bytes));
  else if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      fl_link_close (link);
    }
  else
    {
      if (cancellable != NULL)
        g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (fl_link_close), self,
                                 G_CONNECT_SWAPPED);
      fl_bluez_stream_send_async (self->stream, bytes, NULL, on_sent, g_steal_pointer (&task));
    }
}

static gboolean
fl_bluez_link_send_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_bluez_link_close (FlLink *link)
{
  FlBluezLink *self = FL_BLUEZ_LINK (link);

  if (self->state == LINK_OPEN || self->state == LINK_BREAKING)
    end (self, NULL);
  else if (self->state == LINK_OPENING)
    tear_down (self);
}

static gsize
fl_bluez_link_get_max_send (FlLink *link)
{
  FlBluezLink *self = FL_BLUEZ_LINK (link);

  return self->stream == NULL ? 0 : fl_bluez_stream_get_max_send (self->stream);
}

static void
fl_bluez_link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = fl_bluez_link_open_async;
  iface->open_finish = fl_bluez_link_open_finish;
  iface->send_async = fl_bluez_link_send_async;
  iface->send_finish = fl_bluez_link_send_finish;
  iface->close = fl_bluez_link_close;
  iface->get_max_send = fl_bluez_link_get_max_send;
}

static void
fl_bluez_link_dispose (GObject *object)
{
  FlBluezLink *self = FL_BLUEZ_LINK (object);

  if (self->bluez != NULL)
    {
      tear_down (self);
      g_clear_signal_handler (&self->shutdown_id, self->bluez);
    }
  g_clear_object (&self->bluez);
  G_OBJECT_CLASS (fl_bluez_link_parent_class)->dispose (object);
}

static void
fl_bluez_link_finalize (GObject *object)
{
  FlBluezLink *self = FL_BLUEZ_LINK (object);

  g_free (self->adapter);
  g_free (self->address);
  g_free (self->profile.service);
  g_free (self->profile.rx);
  g_free (self->profile.tx);
  g_free (self->profile.version);
  G_OBJECT_CLASS (fl_bluez_link_parent_class)->finalize (object);
}

static void
fl_bluez_link_class_init (FlBluezLinkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_bluez_link_dispose;
  G_OBJECT_CLASS (class)->finalize = fl_bluez_link_finalize;
}

static void
fl_bluez_link_init (FlBluezLink *self)
{
}

FlBluezLink *
fl_bluez_link_new (FlBluez *bluez,
                   const char *adapter,
                   const char *address,
                   const FlGattProfile *profile)
{
  FlBluezLink *self = g_object_new (FL_TYPE_BLUEZ_LINK, NULL);

  self->bluez = g_object_ref (bluez);
  self->adapter = g_strdup (adapter);
  self->address = g_strdup (address);
  self->profile.service = g_strdup (profile->service);
  self->profile.rx = g_strdup (profile->rx);
  self->profile.tx = g_strdup (profile->tx);
  self->profile.version = g_strdup (profile->version);
  self->profile.version_value = profile->version_value;
  self->shutdown_id =
      g_signal_connect_swapped (bluez, "shutdown", G_CALLBACK (fl_link_close), self);
  fl_bluez_add_service (bluez, profile->service);
  return self;
}
