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

/* Nobody tells when the speed of a terminal changes, or when somebody opens it. */
#define LOOK_US    G_GINT64_CONSTANT (10000)
#define RATE_TALK  9600
#define READ_BYTES 4096

struct _FlSimPty
{
  GObject parent_instance;

  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  FlClock *clock;
  char *link; /* (nullable) */
  gulong changed_id;
  guint timer_id;

  guint attachment; /* of the device's port; 0: it is not there, and neither is the terminal */
  FlSimTerminal *terminal;
  FlSimConsole *console; /* (nullable): nobody has it open */
  guint rate;
  GSource *reading, *writing;
  GByteArray *unsent;
};

static void shell_init (FlSimShellInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimPty,
                               fl_sim_pty,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_SHELL, shell_init))

typedef enum
{
  PROP_PLACE = 1,
} FlSimPtyProperty;

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Nobody has it open any more. */
static void
hang_up (FlSimPty *self)
{
  drop_source (&self->reading);
  drop_source (&self->writing);
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

  drop_source (&self->writing);
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
  self->console = fl_sim_console_new (self->device, now_us);
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
  guint attachment = fl_sim_console_get_attachment (self->device, now_us);
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
  FlSimConsoleAccess access = fl_sim_console_get_access (self->device, now_us);

  fl_sim_terminal_set_allowed (self->terminal, access != FL_SIM_CONSOLE_REFUSED);
  fl_sim_terminal_set_held (self->terminal, access == FL_SIM_CONSOLE_BUSY);
  if (access == FL_SIM_CONSOLE_FREE && (fl_sim_terminal_is_open (self->terminal) ||
                                        fl_sim_terminal_get_rate (self->terminal) != self->rate))
    pick_up (self, now_us);
}

static void on_timer (gpointer data);

static void
schedule (FlSimPty *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->timer_id);
  if (at_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, at_us, on_timer, self);
}

static void
look (FlSimPty *self)
{
  g_autoptr (FlSimPty) keep = g_object_ref (self); /* whoever hears of it may let go of it */
  g_autoptr (GError) error = NULL;
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us;

  if (!check_port (self, now_us, &error))
    fl_sim_shell_fail (FL_SIM_SHELL (self), error);
  next_us = fl_sim_device_get_deadline (self->device);
  if (self->terminal != NULL)
    next_us = MIN (next_us, now_us + LOOK_US);
  if (self->terminal != NULL && self->console == NULL)
    check_access (self, now_us);
  if (self->console != NULL)
    {
      check_rate (self, now_us);
      fl_sim_console_tick (self->console, now_us);
      collect (self);
      next_us = MIN (next_us, fl_sim_console_get_deadline (self->console));
    }
  schedule (self, next_us);
}

static void
on_timer (gpointer data)
{
  FlSimPty *self = data;

  self->timer_id = 0;
  look (self);
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimPty *self)
{
  schedule (self, fl_clock_now_us (self->clock));
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (FlSimPty) self = g_object_ref (data);
  guint8 buffer[READ_BYTES];
  gssize n_bytes = read (fd, buffer, sizeof buffer);
  gint64 now_us = fl_clock_now_us (self->clock);

  if (n_bytes > 0)
    {
      check_rate (self, now_us);
      fl_sim_console_feed (self->console, buffer, (gsize) n_bytes, now_us);
      schedule (self, now_us);
      return G_SOURCE_CONTINUE;
    }
  if (n_bytes < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  hang_up (self);
  return G_SOURCE_REMOVE;
}

static void
fl_sim_pty_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimPtyProperty) id)
    {
    case PROP_PLACE:
      g_value_set_string (value, fl_sim_shell_get_place (FL_SIM_SHELL (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fl_sim_pty_dispose (GObject *object)
{
  FlSimPty *self = FL_SIM_PTY (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  if (self->world != NULL)
    g_clear_signal_handler (&self->changed_id, self->world);
  remove_terminal (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_pty_parent_class)->dispose (object);
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
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_sim_pty_get_property;
  object_class->dispose = fl_sim_pty_dispose;
  object_class->finalize = fl_sim_pty_finalize;
  g_object_class_override_property (object_class, PROP_PLACE, "place");
}

static const char *
fl_sim_pty_get_place (FlSimShell *shell)
{
  FlSimPty *self = FL_SIM_PTY (shell);

  return self->terminal != NULL ? fl_sim_terminal_get_path (self->terminal) : NULL;
}

static void
shell_init (FlSimShellInterface *iface)
{
  iface->get_place = fl_sim_pty_get_place;
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
  g_autoptr (FlSimPty) self = NULL;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_PTY, NULL);
  self->world = g_object_ref (world);
  self->device = device;
  self->clock = g_object_ref (clock);
  self->link = g_strdup (link);
  if (!check_port (self, fl_clock_now_us (clock), error))
    return NULL;
  self->changed_id = g_signal_connect (world, "usb-changed", G_CALLBACK (on_changed), self);
  look (self);
  return g_steal_pointer (&self);
}
