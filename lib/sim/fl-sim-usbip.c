/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-usbip"
#include "config.h"

#include "fl-sim-usbip.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fl-sim-usbip-session.h"
#include "fl-source.h"

#define READ_BYTES  65536
#define RETRY_US    G_GINT64_CONSTANT (50000)   /* the kernel clears a port up in its own time */
#define PATIENCE_US G_GINT64_CONSTANT (5000000) /* with that */

struct _FlSimUsbip
{
  FlSimShell parent_instance;

  FlSimUsbipHost *host;
  guint attachment; /* of the device that the host has; 0: none */
  gint64 try_us;    /* since when no port is free; G_MAXINT64: one was */
  int port;         /* present, or latest; -1: never had one */
  char *place;      /* (nullable): not plugged in */
  int fd;           /* -1: not plugged in */
  GSource *reading, *writing;
  FlSimUsbipSession *session; /* (nullable): not plugged in */
  GByteArray *unsent;
};

G_DEFINE_FINAL_TYPE (FlSimUsbip, fl_sim_usbip, FL_TYPE_SIM_SHELL)

/* The host learns of it by the socket, if it does not know yet. */
static void
hang_up (FlSimUsbip *self)
{
  self->attachment = 0;
  if (self->fd < 0)
    return;
  fl_source_clear (&self->reading);
  fl_source_clear (&self->writing);
  close (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->session, fl_sim_usbip_session_free);
  g_clear_pointer (&self->place, g_free);
  if (self->unsent->len > 0)
    fl_wipe (self->unsent->data, self->unsent->len);
  g_byte_array_set_size (self->unsent, 0);
}

static void
unplug (FlSimUsbip *self)
{
  if (self->fd >= 0)
    fl_sim_usbip_host_detach (self->host, self->port);
  hang_up (self);
}

static gboolean on_writable (int fd, GIOCondition condition, gpointer data);
static gboolean on_readable (int fd, GIOCondition condition, gpointer data);

static GSource *
watch (FlSimUsbip *self, GIOCondition condition, GUnixFDSourceFunc func)
{
  GSource *source = g_unix_fd_source_new (self->fd, condition);

  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* Both ends; the second one is for the host, and blocks, as the kernel wants it. */
static gboolean
make_sockets (int ends[2], GError **error)
{
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "Making sockets: %s",
                   g_strerror (errno));
      return FALSE;
    }
  if (g_unix_set_fd_nonblocking (ends[0], TRUE, error))
    return TRUE;
  close (ends[0]);
  close (ends[1]);
  return FALSE;
}

static gboolean
plug (FlSimUsbip *self, guint attachment, GError **error)
{
  int ends[2], port;

  if (!make_sockets (ends, error))
    return FALSE;
  port = fl_sim_usbip_host_attach (self->host, ends[1], self->port, error);
  close (ends[1]);
  if (port < 0)
    {
      close (ends[0]);
      return FALSE;
    }
  self->port = port;
  self->fd = ends[0];
  self->place = fl_sim_usbip_host_dup_place (self->host, port);
  self->attachment = attachment;
  self->session =
      fl_sim_usbip_session_new (fl_sim_shell_get_device (FL_SIM_SHELL (self)), attachment);
  self->reading = watch (self, G_IO_IN | G_IO_HUP, on_readable);
  return TRUE;
}

/* While nothing is unsent the host's next words are welcome; that it hung up is learnt by reading.
 */
static void
send_out (FlSimUsbip *self)
{
  gssize n_bytes = 0;
  GBytes *bytes;

  while ((bytes = fl_sim_usbip_session_take (self->session)) != NULL)
    {
      g_byte_array_append (self->unsent, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      g_bytes_unref (bytes);
    }
  if (self->unsent->len > 0)
    n_bytes = send (self->fd, self->unsent->data, self->unsent->len, MSG_NOSIGNAL);
  if (n_bytes > 0)
    {
      fl_wipe (self->unsent->data, (gsize) n_bytes);
      g_byte_array_remove_range (self->unsent, 0, (guint) n_bytes);
    }
  if (n_bytes < 0 && errno != EAGAIN && errno != EINTR)
    g_byte_array_set_size (self->unsent, 0);
  if (self->unsent->len > 0 && self->writing == NULL)
    {
      fl_source_clear (&self->reading);
      self->writing = watch (self, G_IO_OUT, on_writable);
    }
  if (self->unsent->len == 0 && self->reading == NULL)
    self->reading = watch (self, G_IO_IN | G_IO_HUP, on_readable);
}

/* It comes and goes with the device. A port that is not free yet is waited for. */
static gboolean
check_attachment (FlSimUsbip *self, gint64 now_us, GError **error)
{
  guint attachment =
      fl_sim_usb_get_attachment (fl_sim_shell_get_device (FL_SIM_SHELL (self)), now_us);
  g_autoptr (GError) problem = NULL;
  gboolean is_changed = attachment != self->attachment;

  if (!is_changed)
    return TRUE;
  unplug (self);
  if (attachment == 0 || plug (self, attachment, &problem))
    {
      self->try_us = G_MAXINT64;
      fl_sim_shell_notify_place (FL_SIM_SHELL (self));
      return TRUE;
    }
  self->try_us = MIN (self->try_us, now_us);
  if (self->port >= 0 && g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) &&
      now_us < self->try_us + PATIENCE_US)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
fl_sim_usbip_look (FlSimShell *shell, gint64 now_us, gint64 *next_us, GError **error)
{
  FlSimUsbip *self = FL_SIM_USBIP (shell);

  if (!check_attachment (self, now_us, error))
    return FALSE;
  if (self->session != NULL)
    {
      fl_sim_usbip_session_tick (self->session, now_us);
      send_out (self);
      *next_us = fl_sim_usbip_session_get_deadline (self->session);
    }
  else
    *next_us = fl_sim_device_get_deadline (fl_sim_shell_get_device (shell));
  if (self->try_us != G_MAXINT64)
    *next_us = MIN (*next_us, now_us + RETRY_US);
  return TRUE;
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer data)
{
  FlSimUsbip *self = data;

  fl_source_clear (&self->writing);
  send_out (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (FlSimUsbip) self = g_object_ref (data);
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  gssize n_bytes = recv (fd, buffer, READ_BYTES, 0);
  int number = errno;
  gint64 now_us = fl_sim_shell_get_now (FL_SIM_SHELL (self));
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  if (n_bytes < 0 && (number == EAGAIN || number == EINTR))
    return G_SOURCE_CONTINUE;
  if (n_bytes > 0)
    {
      is_good = fl_sim_usbip_session_feed (self->session, buffer, (gsize) n_bytes, now_us);
      fl_wipe (buffer, (gsize) n_bytes);
      send_out (self); /* before the device may be gone by what it was asked */
      fl_sim_shell_look_soon (FL_SIM_SHELL (self));
      if (is_good)
        return G_SOURCE_CONTINUE;
      g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                           "The computer does not speak USB/IP");
    }
  else
    g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_PIPE,
                 "The computer has detached the device from port %s", self->place);
  hang_up (self); /* the port may be somebody else's by now */
  fl_sim_shell_fail (FL_SIM_SHELL (self), error);
  return G_SOURCE_REMOVE;
}

static const char *
fl_sim_usbip_get_place (FlSimShell *shell)
{
  return FL_SIM_USBIP (shell)->place;
}

static void
fl_sim_usbip_close (FlSimShell *shell)
{
  unplug (FL_SIM_USBIP (shell));
}

static void
fl_sim_usbip_finalize (GObject *object)
{
  FlSimUsbip *self = FL_SIM_USBIP (object);

  g_clear_object (&self->host);
  g_byte_array_unref (self->unsent);
  G_OBJECT_CLASS (fl_sim_usbip_parent_class)->finalize (object);
}

static void
fl_sim_usbip_class_init (FlSimUsbipClass *class)
{
  FlSimShellClass *shell_class = FL_SIM_SHELL_CLASS (class);

  shell_class->get_place = fl_sim_usbip_get_place;
  shell_class->look = fl_sim_usbip_look;
  shell_class->close = fl_sim_usbip_close;
  G_OBJECT_CLASS (class)->finalize = fl_sim_usbip_finalize;
}

static void
fl_sim_usbip_init (FlSimUsbip *self)
{
  self->fd = self->port = -1;
  self->try_us = G_MAXINT64;
  self->unsent = g_byte_array_new ();
}

FlSimUsbip *
fl_sim_usbip_new (FlSimWorld *world,
                  FlSimDevice *device,
                  FlClock *clock,
                  FlSimUsbipHost *host,
                  GError **error)
{
  g_autoptr (FlSimUsbip) self = NULL;

  g_return_val_if_fail (FL_IS_SIM_USBIP_HOST (host), NULL);

  self = fl_sim_shell_create (FL_TYPE_SIM_USBIP, world, device, clock);
  g_return_val_if_fail (self != NULL, NULL);
  self->host = g_object_ref (host);
  return fl_sim_shell_begin (FL_SIM_SHELL (self), error) ? g_steal_pointer (&self) : NULL;
}
