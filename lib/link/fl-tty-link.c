/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-tty-link"
#include "config.h"

#include "fl-tty-link.h"

#include "fl-error.h"
#include "fl-source.h"
#include "fl-tty-port.h"

#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

/* ModemManager lets go of what is no modem after some 20 s: its src/mm-port-probe.c asks AT
 * commands with 3 s each. */
#define BUSY_LIMIT_MS 25000
#define BUSY_PAUSE_MS 250

#define MAX_SEND   65536
#define READ_BYTES 4096

struct _FlTtyLink
{
  GObject parent_instance;

  char *path;
  FlClock *clock;
  GMainContext *context;

  GTask *task; /* (nullable) the opening or the sending */

  /* While it opens. */
  GTask *attempt; /* (nullable) in a thread, not owned */
  gint64 give_up_us;
  guint retry_id;

  /* While it is open. */
  FlTtyPort *port;
  GSource *reading, *writing;
  GBytes *unsent; /* (nullable) */
};

static void fl_tty_link_iface_init (FlLinkInterface *iface);
static void fl_tty_link_serial_iface_init (FlSerialLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlTtyLink,
                               fl_tty_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_tty_link_iface_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_LINK,
                                                          fl_tty_link_serial_iface_init))

static void start_attempt (FlTtyLink *self);

static GTask *
take_task (FlTtyLink *self)
{
  GTask *task = g_steal_pointer (&self->task);

  if (task != NULL && g_task_get_cancellable (task) != NULL)
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), self);
  return task;
}

/* @reason: (nullable): closed by us */
static void
end (FlTtyLink *self, const GError *reason)
{
  g_autoptr (FlTtyLink) alive = g_object_ref (self);
  g_autoptr (GTask) task = take_task (self);
  gboolean was_open = self->port != NULL;

  fl_clock_clear (self->clock, &self->retry_id);
  self->attempt = NULL;
  fl_source_clear (&self->reading);
  fl_source_clear (&self->writing);
  g_clear_pointer (&self->unsent, g_bytes_unref);
  g_clear_pointer (&self->port, fl_tty_port_close);
  /* Before the task's end, which may open the link again. */
  if (was_open)
    fl_link_emit_closed (FL_LINK (self), reason);
  if (task != NULL && reason != NULL)
    g_task_return_error (task, g_error_copy (reason));
  else if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The link was closed");
}

static void
lose (FlTtyLink *self, int number)
{
  g_autoptr (GError) reason =
      g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "%s is gone: %s", self->path,
                   number != 0 ? g_strerror (number) : "it hung up");

  end (self, reason);
}

static gboolean
is_nothing_yet (int number)
{
  return number == EAGAIN || number == EINTR;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (FlTtyLink) self = g_object_ref (data);
  guint8 buffer[READ_BYTES];
  gssize n_bytes = read (fd, buffer, sizeof buffer);
  int number = errno;

  if (n_bytes > 0)
    {
      g_autoptr (GBytes) chunk = g_bytes_new (buffer, (gsize) n_bytes);

      fl_link_emit_received (FL_LINK (self), chunk);
    }
  else if (n_bytes == 0 || !is_nothing_yet (number))
    lose (self, n_bytes == 0 ? 0 : number);
  /* Whoever heard of it may have closed the link: then the source is no more. */
  return G_SOURCE_CONTINUE;
}

static void
finish_send (FlTtyLink *self)
{
  g_autoptr (GTask) task = take_task (self);

  fl_source_clear (&self->writing);
  g_clear_pointer (&self->unsent, g_bytes_unref);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (FlTtyLink) self = g_object_ref (data);
  gsize size_bytes;
  const guint8 *bytes = g_bytes_get_data (self->unsent, &size_bytes);
  gssize n_bytes = write (fd, bytes, size_bytes);

  if (n_bytes < 0 && !is_nothing_yet (errno))
    {
      lose (self, errno);
      return G_SOURCE_REMOVE;
    }
  if (n_bytes == (gssize) size_bytes)
    {
      finish_send (self);
      return G_SOURCE_REMOVE;
    }
  if (n_bytes > 0)
    {
      g_autoptr (GBytes) all = g_steal_pointer (&self->unsent);

      self->unsent = g_bytes_new_from_bytes (all, (gsize) n_bytes, size_bytes - (gsize) n_bytes);
    }
  return G_SOURCE_CONTINUE;
}

static GSource *
watch (FlTtyLink *self, GIOCondition condition, GUnixFDSourceFunc func)
{
  GSource *source = g_unix_fd_source_new (fl_tty_port_get_fd (self->port), condition);

  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
on_retry (gpointer data)
{
  FlTtyLink *self = data;

  self->retry_id = 0;
  start_attempt (self);
}

static void
end_attempt (FlTtyLink *self, FlTtyPort *port, GError *error)
{
  g_autoptr (GTask) task = NULL;

  if (g_error_matches (error, FL_ERROR, FL_ERROR_SERIAL_BUSY) &&
      fl_clock_now_us (self->clock) < self->give_up_us)
    {
      g_debug ("%s; again", error->message);
      self->retry_id = fl_clock_add_ms (self->clock, BUSY_PAUSE_MS, on_retry, self);
      g_error_free (error);
      return;
    }
  task = take_task (self);
  if (port == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->port = port;
  self->reading = watch (self, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable);
  g_task_return_boolean (task, TRUE);
}

static void
on_attempted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlTtyLink) self = FL_TTY_LINK (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlTtyPort) port = g_task_propagate_pointer (G_TASK (result), &error);

  fl_clock_release (self->clock);
  if (self->attempt != G_TASK (result)) /* the link was closed meanwhile */
    return;
  self->attempt = NULL;
  end_attempt (self, g_steal_pointer (&port), g_steal_pointer (&error));
}

static void
open_in_thread (GTask *attempt, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  FlTtyPort *port = fl_tty_port_open (path, &error);

  if (port == NULL)
    g_task_return_error (attempt, error);
  else
    g_task_return_pointer (attempt, port, (GDestroyNotify) fl_tty_port_close);
}

static void
start_attempt (FlTtyLink *self)
{
  /* Not as the task's source, which the thread might be the last to let go of. */
  g_autoptr (GTask) attempt = g_task_new (NULL, NULL, on_attempted, g_object_ref (self));

  g_task_set_source_tag (attempt, start_attempt);
  g_task_set_task_data (attempt, g_strdup (self->path), g_free);
  self->attempt = attempt;
  fl_clock_hold (self->clock);
  g_task_run_in_thread (attempt, open_in_thread);
}

/* FALSE: it has ended already. */
static gboolean
begin (FlTtyLink *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_check_cancellable (task, FALSE);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      fl_link_close (FL_LINK (self));
      return FALSE;
    }
  if (self->task != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "One thing at a time");
      return FALSE;
    }
  return TRUE;
}

static void
keep_task (FlTtyLink *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = g_object_ref (task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (fl_link_close), self,
                             G_CONNECT_SWAPPED);
}

static void
fl_tty_link_open_async (FlLink *link,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FlTtyLink *self = FL_TTY_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_tty_link_open_async);
  if (!begin (self, task))
    return;
  if (self->port != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The link is open");
      return;
    }
  keep_task (self, task);
  self->give_up_us = fl_clock_now_us (self->clock) + BUSY_LIMIT_MS * G_TIME_SPAN_MILLISECOND;
  start_attempt (self);
}

static gboolean
finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_tty_link_send_async (FlLink *link,
                        GBytes *bytes,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  FlTtyLink *self = FL_TTY_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_tty_link_send_async);
  if (!begin (self, task))
    return;
  if (self->port == NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if (g_bytes_get_size (bytes) > MAX_SEND)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "Too much to send at once");
  else if (g_bytes_get_size (bytes) == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      keep_task (self, task);
      self->unsent = g_bytes_ref (bytes);
      self->writing = watch (self, G_IO_OUT, on_writable);
    }
}

static void
fl_tty_link_close (FlLink *link)
{
  FlTtyLink *self = FL_TTY_LINK (link);

  if (self->port != NULL || self->task != NULL)
    end (self, NULL);
}

static gsize
fl_tty_link_get_max_send (FlLink *link)
{
  return MAX_SEND;
}

static gboolean
fl_tty_link_set_rate (FlSerialLink *link, FlSerialRate rate, GError **error)
{
  FlTtyLink *self = FL_TTY_LINK (link);

  if (self->port != NULL)
    return fl_tty_port_set_rate (self->port, rate, error);
  g_set_error (error, FL_ERROR, FL_ERROR_LINK_LOST, "%s is not open", self->path);
  return FALSE;
}

static void
fl_tty_link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = fl_tty_link_open_async;
  iface->open_finish = finish;
  iface->send_async = fl_tty_link_send_async;
  iface->send_finish = finish;
  iface->close = fl_tty_link_close;
  iface->get_max_send = fl_tty_link_get_max_send;
}

static void
fl_tty_link_serial_iface_init (FlSerialLinkInterface *iface)
{
  iface->set_rate = fl_tty_link_set_rate;
}

static void
fl_tty_link_finalize (GObject *object)
{
  FlTtyLink *self = FL_TTY_LINK (object);

  /* A task keeps its link, so none is left here. */
  fl_source_clear (&self->reading);
  g_clear_pointer (&self->port, fl_tty_port_close);
  g_main_context_unref (self->context);
  g_clear_object (&self->clock);
  g_free (self->path);
  G_OBJECT_CLASS (fl_tty_link_parent_class)->finalize (object);
}

static void
fl_tty_link_class_init (FlTtyLinkClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_tty_link_finalize;
}

static void
fl_tty_link_init (FlTtyLink *self)
{
}

FlSerialLink *
fl_tty_link_new (const char *path, FlClock *clock)
{
  FlTtyLink *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_TTY_LINK, NULL);
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->context = g_main_context_ref_thread_default ();
  return FL_SERIAL_LINK (self);
}
