/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-pty"
#include "config.h"

#include "fl-sim-pty.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "fl-sim-console.h"
#include "fl-sim-terminal.h"
#include "fl-source.h"

/* Nobody tells when the speed of a terminal changes, or when somebody opens it. */
#define LOOK_US    G_GINT64_CONSTANT (10000)
#define RATE_TALK  9600
#define READ_BYTES 4096

struct _FlSimPty
{
  FlSimShell parent_instance;

  char *link;       /* (nullable) */
  guint attachment; /* of the device's port; 0: it is not there, and neither is the terminal */
  FlSimTerminal *terminal;
  FlSimConsole *console; /* (nullable): nobody has it open */
  guint rate;
  GSource *reading, *writing;
  GByteArray *unsent;
};

G_DEFINE_FINAL_TYPE (FlSimPty, fl_sim_pty, FL_TYPE_SIM_SHELL)

/* Nobody has it open any more. */
static void
hang_up (FlSimPty *self)
{
  fl_source_clear (&self->reading);
  fl_source_clear (&self->writing);
  g_byte_array_set_size (self->unsent, 0);
  g_clear_pointer (&self->console, fl_sim_console_free);
}

static gboolean on_writable (int fd, GIOCondition condition, gpointer data);
static gboolean on_readable (int fd, GIOCondition condition, gpointer data);

static GSource *
watch (FlSimPty *self, GIOCondition condition, GUnixFDSourceFunc func)
{
  GSource *source = g_unix_fd_source_new (fl_sim_terminal_get_fd (self->terminal), condition);

  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* What does not fit into the terminal waits until it does. */
static void
write_out (FlSimPty *self)
{
  gssize n_bytes;

  if (self->unsent->len == 0)
    return;
  n_bytes = write (fl_sim_terminal_get_fd (self->terminal), self->unsent->data, self->unsent->len);
  if (n_bytes > 0)
    g_byte_array_remove_range (self->unsent, 0, (guint) n_bytes);
  if (self->unsent->len > 0 && self->writing == NULL)
    self->writing = watch (self, G_IO_OUT, on_writable);
}

static gboolean
on_writable (int fd, GIOCondition condition, gpointer data)
{
  FlSimPty *self = data;

  fl_source_clear (&self->writing);
  write_out (self);
  return G_SOURCE_REMOVE;
}

static void
collect (FlSimPty *self)
{
  GBytes *bytes;

  while ((bytes = fl_sim_console_take (self->console)) != NULL)
    {
      g_byte_array_append (self->unsent, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      g_bytes_unref (bytes);
      write_out (self);
    }
}

static void
check_rate (FlSimPty *self, gint64 now_us)
{
  guint rate = fl_sim_terminal_get_rate (self->terminal);

  if (rate == 0 || rate == self->rate)
    return;
  self->rate = rate;
  fl_sim_console_set_rate (self->console, rate, now_us);
}

/* Somebody opens it, or did for a moment and set its speed. */
static void
pick_up (FlSimPty *self, gint64 now_us)
{
  self->console = fl_sim_console_new (fl_sim_shell_get_device (FL_SIM_SHELL (self)), now_us);
  self->reading = watch (self, G_IO_IN | G_IO_HUP, on_readable);
}

/* Replaces another link, and nothing else. */
static gboolean
make_link (FlSimPty *self, const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (self->link, ".new", NULL);
  int number = EEXIST;

  if (g_file_test (self->link, G_FILE_TEST_IS_SYMLINK) ||
      !g_file_test (self->link, G_FILE_TEST_EXISTS))
    {
      if (symlink (path, temporary) == 0 && g_rename (temporary, self->link) == 0)
        return TRUE;
      number = errno;
      if (number != EEXIST)
        g_unlink (temporary);
    }
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "Making %s: %s", self->link,
               g_strerror (number));
  return FALSE;
}

/* Ours, and not somebody else's meanwhile. */
static void
remove_link (FlSimPty *self, const char *path)
{
  g_autofree char *target = self->link != NULL ? g_file_read_link (self->link, NULL) : NULL;

  if (g_strcmp0 (target, path) == 0)
    g_unlink (self->link);
}

static void
remove_terminal (FlSimPty *self)
{
  hang_up (self);
  if (self->terminal == NULL)
    return;
  remove_link (self, fl_sim_terminal_get_path (self->terminal));
  g_clear_pointer (&self->terminal, fl_sim_terminal_free);
}

static gboolean
add_terminal (FlSimPty *self, GError **error)
{
  self->terminal = fl_sim_terminal_new (error);
  if (self->terminal == NULL)
    return FALSE;
  self->rate = RATE_TALK;
  return self->link == NULL || make_link (self, fl_sim_terminal_get_path (self->terminal), error);
}

/* The port comes and goes with the device. */
static gboolean
check_port (FlSimPty *self, gint64 now_us, GError **error)
{
  guint attachment =
      fl_sim_console_get_attachment (fl_sim_shell_get_device (FL_SIM_SHELL (self)), now_us);
  gboolean is_good = TRUE;

  if (attachment == self->attachment)
    return TRUE;
  remove_terminal (self);
  self->attachment = attachment;
  if (attachment != 0)
    is_good = add_terminal (self, error);
  fl_sim_shell_notify_place (FL_SIM_SHELL (self));
  return is_good;
}

static void
check_access (FlSimPty *self, gint64 now_us)
{
  FlSimConsoleAccess access =
      fl_sim_console_get_access (fl_sim_shell_get_device (FL_SIM_SHELL (self)), now_us);

  fl_sim_terminal_set_allowed (self->terminal, access != FL_SIM_CONSOLE_REFUSED);
  fl_sim_terminal_set_held (self->terminal, access == FL_SIM_CONSOLE_BUSY);
  if (access == FL_SIM_CONSOLE_FREE && (fl_sim_terminal_is_open (self->terminal) ||
                                        fl_sim_terminal_get_rate (self->terminal) != self->rate))
    pick_up (self, now_us);
}

static gboolean
fl_sim_pty_look (FlSimShell *shell, gint64 now_us, gint64 *next_us, GError **error)
{
  FlSimPty *self = FL_SIM_PTY (shell);

  if (!check_port (self, now_us, error))
    return FALSE;
  *next_us = fl_sim_device_get_deadline (fl_sim_shell_get_device (shell));
  if (self->terminal != NULL)
    *next_us = MIN (*next_us, now_us + LOOK_US);
  if (self->terminal != NULL && self->console == NULL)
    check_access (self, now_us);
  if (self->console != NULL)
    {
      check_rate (self, now_us);
      fl_sim_console_tick (self->console, now_us);
      collect (self);
      *next_us = MIN (*next_us, fl_sim_console_get_deadline (self->console));
    }
  return TRUE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (FlSimPty) self = g_object_ref (data);
  guint8 buffer[READ_BYTES];
  gssize n_bytes = read (fd, buffer, sizeof buffer);
  gint64 now_us = fl_sim_shell_get_now (FL_SIM_SHELL (self));

  if (n_bytes > 0)
    {
      check_rate (self, now_us);
      fl_sim_console_feed (self->console, buffer, (gsize) n_bytes, now_us);
      fl_sim_shell_look_soon (FL_SIM_SHELL (self));
      return G_SOURCE_CONTINUE;
    }
  if (n_bytes < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  hang_up (self);
  return G_SOURCE_REMOVE;
}

static const char *
fl_sim_pty_get_place (FlSimShell *shell)
{
  FlSimPty *self = FL_SIM_PTY (shell);

  return self->terminal != NULL ? fl_sim_terminal_get_path (self->terminal) : NULL;
}

static void
fl_sim_pty_close (FlSimShell *shell)
{
  remove_terminal (FL_SIM_PTY (shell));
}

static void
fl_sim_pty_finalize (GObject *object)
{
  FlSimPty *self = FL_SIM_PTY (object);

  g_free (self->link);
  g_byte_array_unref (self->unsent);
  G_OBJECT_CLASS (fl_sim_pty_parent_class)->finalize (object);
}

static void
fl_sim_pty_class_init (FlSimPtyClass *class)
{
  FlSimShellClass *shell_class = FL_SIM_SHELL_CLASS (class);

  shell_class->get_place = fl_sim_pty_get_place;
  shell_class->look = fl_sim_pty_look;
  shell_class->close = fl_sim_pty_close;
  G_OBJECT_CLASS (class)->finalize = fl_sim_pty_finalize;
}

static void
fl_sim_pty_init (FlSimPty *self)
{
  self->unsent = g_byte_array_new ();
}

FlSimPty *
fl_sim_pty_new (FlSimWorld *world,
                FlSimDevice *device,
                FlClock *clock,
                const char *link,
                GError **error)
{
  g_autoptr (FlSimPty) self = fl_sim_shell_create (FL_TYPE_SIM_PTY, world, device, clock);

  g_return_val_if_fail (self != NULL, NULL);

  self->link = g_strdup (link);
  return fl_sim_shell_begin (FL_SIM_SHELL (self), error) ? g_steal_pointer (&self) : NULL;
}
