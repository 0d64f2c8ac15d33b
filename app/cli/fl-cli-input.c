/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-input"
#include "config.h"

#include "fl-cli-input.h"

#include "fl-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#define KEY_INTERRUPT 0x03 /* Ctrl+C */
#define KEY_END       0x04 /* Ctrl+D */
#define KEY_KILL      0x15 /* Ctrl+U */
#define KEY_BACKSPACE 0x08
#define KEY_DELETE    0x7f

/* The first @size_bytes of @from, which is wiped with its last reference. */
static FlSecret *
cut (FlSecret *from, gsize size_bytes)
{
  return fl_secret_new (fl_secret_get_data (from), size_bytes);
}

static gssize
read_some (int fd, guint8 *out, gsize size_bytes)
{
  gssize got;

  do
    got = read (fd, out, size_bytes);
  while (got < 0 && errno == EINTR);
  return got;
}

/* Returns the bytes read, at most the size of @buffer, or -1 with errno. */
static gssize
read_all (int fd, FlSecret *buffer)
{
  guint8 *data = fl_secret_get_writable (buffer);
  gsize room = fl_secret_get_size (buffer);
  gsize filled = 0;

  while (filled < room)
    {
      gssize got = read_some (fd, data + filled, room - filled);

      if (got < 0)
        return -1;
      if (got == 0)
        break;
      filled += (gsize) got;
    }
  return (gssize) filled;
}

/* What the file holds, or its first @max_bytes + 1. */
static FlSecret *
read_start (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (FlSecret) buffer = fl_secret_new_zeroed (max_bytes + 1);
  gboolean is_stdin = strcmp (path, "-") == 0;
  int fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  gssize size_bytes = fd >= 0 ? read_all (fd, buffer) : -1;
  int code = errno;

  if (fd >= 0 && !is_stdin)
    close (fd);
  if (size_bytes < 0)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s: %s", name, g_strerror (code));
      return NULL;
    }
  return cut (buffer, (gsize) size_bytes);
}

static FlSecret *
refuse (const char *path, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *message = g_strconcat (name, ": ", why, NULL);

  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, message);
  return NULL;
}

FlSecret *
fl_cli_read_secret (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (FlSecret) read = read_start (path, max_bytes + 1, error); /* one for the line end */
  const guint8 *data = read != NULL ? fl_secret_get_data (read) : NULL;
  gsize size_bytes = read != NULL ? fl_secret_get_size (read) : 0;

  if (read == NULL)
    return NULL;
  if (size_bytes > 0 && data[size_bytes - 1] == '\n')
    size_bytes--;
  if (size_bytes > max_bytes || memchr (data, '\0', size_bytes) != NULL)
    return refuse (path, _ ("this is too long, or not a text"), error);
  return cut (read, size_bytes);
}

FlSecret *
fl_cli_read_raw (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (FlSecret) read = read_start (path, max_bytes, error);

  if (read != NULL && fl_secret_get_size (read) > max_bytes)
    return refuse (path, _ ("this is too long"), error);
  return g_steal_pointer (&read);
}

/* Removes the last UTF-8 character of @size_bytes bytes. */
static gsize
drop_character (guint8 *data, gsize size_bytes)
{
  while (size_bytes > 0 && (data[size_bytes - 1] & 0xc0) == 0x80)
    data[--size_bytes] = '\0';
  if (size_bytes > 0)
    data[--size_bytes] = '\0';
  return size_bytes;
}

/* FALSE: no key is to come any more, or a signal of @signal_fd says to end. */
static gboolean
read_key (int signal_fd, guint8 *key)
{
  struct pollfd fds[] = { { .fd = signal_fd, .events = POLLIN },
                          { .fd = STDIN_FILENO, .events = POLLIN } };
  int n_ready;

  do
    n_ready = poll (fds, G_N_ELEMENTS (fds), -1);
  while (n_ready < 0 && errno == EINTR);
  if (n_ready < 0 || fds[0].revents != 0 || read_some (STDIN_FILENO, key, 1) != 1)
    return FALSE;
  return *key != KEY_INTERRUPT && *key != KEY_END;
}

static FlSecret *
read_typed (int signal_fd, gsize max_bytes, GError **error)
{
  g_autoptr (FlSecret) buffer = fl_secret_new_zeroed (max_bytes);
  guint8 *data = fl_secret_get_writable (buffer);
  gsize size_bytes = 0;

  while (TRUE)
    {
      guint8 key = 0;

      if (!read_key (signal_fd, &key))
        {
          g_set_error_literal (error, FL_ERROR, FL_ERROR_CANCELLED, "Cancelled at the prompt");
          return NULL;
        }
      if (key == '\n' || key == '\r')
        return cut (buffer, size_bytes);

      if (key == KEY_BACKSPACE || key == KEY_DELETE)
        size_bytes = drop_character (data, size_bytes);
      else if (key == KEY_KILL)
        size_bytes = 0;
      else if (size_bytes < max_bytes)
        data[size_bytes++] = key;
      else
        {
          g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("That is too long"));
          return NULL;
        }
      fl_wipe (&key, sizeof key);
    }
}

/* Signals that would end the program here and now, and leave the terminal without its echo. They
 * wait in the descriptor that is returned; *@before is the mask to go back to. */
static int
hold_signals (sigset_t *before)
{
  static const int ends[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
  sigset_t held;

  sigemptyset (&held);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    sigaddset (&held, ends[i]);
  pthread_sigmask (SIG_BLOCK, &held, before);
  return signalfd (-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* One that came is taken as the end of the prompt, and does nothing else. */
static void
release_signals (int signal_fd, const sigset_t *before)
{
  struct signalfd_siginfo info;

  while (read_some (signal_fd, (guint8 *) &info, sizeof info) == sizeof info)
    g_debug ("Signal %u ended the prompt", info.ssi_signo);
  close (signal_fd);
  pthread_sigmask (SIG_SETMASK, before, NULL);
}

FlSecret *
fl_cli_ask_secret (const char *prompt, gsize max_bytes, GError **error)
{
  struct termios before, quiet;
  sigset_t mask;
  int signal_fd;
  FlSecret *secret;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--ask needs a terminal as standard input"));
      return NULL;
    }

  /* Keys arrive one by one and unseen; Ctrl+C as a key, so that the echo always comes back. */
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) (ECHO | ICANON | ISIG);
  quiet.c_cc[VMIN] = 1;
  quiet.c_cc[VTIME] = 0;
  signal_fd = hold_signals (&mask);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet); /* before the prompt: what follows it is an answer */
  g_printerr ("%s ", prompt);
  secret = read_typed (signal_fd, max_bytes, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  release_signals (signal_fd, &mask);
  return secret;
}

GBytes *
fl_cli_parse_bssid (const char *text)
{
  guint8 bytes[6];

  if (strlen (text) != 3 * sizeof bytes - 1)
    return NULL;
  for (gsize i = 0; i < sizeof bytes; i++)
    {
      int high = g_ascii_xdigit_value (text[3 * i]);
      int low = g_ascii_xdigit_value (text[3 * i + 1]);

      if (high < 0 || low < 0 || (i + 1 < sizeof bytes && text[3 * i + 2] != ':'))
        return NULL;
      bytes[i] = (guint8) (high << 4 | low);
    }
  return g_bytes_new (bytes, sizeof bytes);
}
