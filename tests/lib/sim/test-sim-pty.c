/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-pty.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "console-client.h"
#include "fl-error.h"
#include "fl-sim-usb.h"
#include "fl-tty-link.h"

#define LIMIT_MS 20000 /* for anything; never reached when all is well */
#define QUICK                                                                                      \
  "scan-time=30ms\nassociate-time=30ms\naddress-time=30ms\ncloud-time=30ms\nboot-time=100ms\n"
#define PHOTON "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n" QUICK
#define NETWORKS                                                                                   \
  "[Network Home]\npassword=lighthouse7\n"                                                         \
  "[Network Office]\nsecurity=enterprise\n"

typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  FlClock *clock;
  FlSimPty *pty;
  char *folder, *path; /* of the symbolic link */
  FlSerialLink *link;
  GString *said;
  gboolean is_done, is_closed;
  GError *error;
} Fixture;

static void
on_received (FlLink *link, GBytes *chunk, Fixture *self)
{
  g_string_append_len (self->said, g_bytes_get_data (chunk, NULL),
                       (gssize) g_bytes_get_size (chunk));
}

static void
on_closed (FlLink *link, GError *reason, Fixture *self)
{
  self->is_closed = TRUE;
  g_clear_error (&self->error);
  self->error = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
create (Fixture *self, const char *scenario)
{
  g_autoptr (GError) error = NULL;

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = fl_sim_world_get_device (self->world, 0);
  self->clock = fl_clock_new ();
  self->folder = g_dir_make_tmp ("sim-pty-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "port", NULL);
  self->pty = fl_sim_pty_new (self->world, self->device, self->clock, self->path, &error);
  g_assert_no_error (error);
  self->said = g_string_new (NULL);
  self->link = fl_tty_link_new (self->path, self->clock);
  g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->link, "closed", G_CALLBACK (on_closed), self);
}

static void
clear (Fixture *self)
{
  fl_link_close (FL_LINK (self->link));
  g_clear_object (&self->link);
  g_clear_object (&self->pty);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_IS_SYMLINK)); /* it cleans up */
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_error (&self->error);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_string_free (self->said, TRUE);
}

typedef gboolean (*Condition) (Fixture *self);

static gboolean
on_wake (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The computer's own time: until something is so. */
static void
wait_until (Fixture *self, Condition condition)
{
  gboolean is_late = FALSE;
  guint limit_id = g_timeout_add (LIMIT_MS, on_wake, &is_late);
  guint beat_id = g_timeout_add (5, on_beat, NULL); /* so that it is looked at */

  while (!condition (self) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (limit_id);
  g_source_remove (beat_id);
}

static gboolean
is_done (Fixture *self)
{
  return self->is_done;
}

static gboolean
is_closed (Fixture *self)
{
  return self->is_closed;
}

static gboolean
has_ssid (Fixture *self)
{
  return g_str_has_suffix (self->said->str, "SSID: ");
}

static gboolean
has_prompt (Fixture *self)
{
  return g_str_has_suffix (self->said->str, ": ") || g_str_has_suffix (self->said->str, ":\r\n");
}

static gboolean
is_saved (Fixture *self)
{
  return strstr (self->said->str, "<3 you!") != NULL;
}

static gboolean
is_online (Fixture *self)
{
  return fl_sim_device_get_cloud (self->device) == FL_SIM_CLOUD_CONNECTED;
}

static gboolean
is_listening (Fixture *self)
{
  return fl_sim_device_is_listening (self->device);
}

static gboolean
has_no_path (Fixture *self)
{
  return fl_sim_shell_get_place (FL_SIM_SHELL (self->pty)) == NULL;
}

static gboolean
has_path (Fixture *self)
{
  return fl_sim_shell_get_place (FL_SIM_SHELL (self->pty)) != NULL;
}

static gboolean
is_in_bootloader (Fixture *self)
{
  FlSimUsbIdentity identity;

  fl_sim_usb_get_identity (self->device, &identity);
  return identity.product_id == 0xd006;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  g_clear_error (&self->error);
  fl_link_open_finish (FL_LINK (source), result, &self->error);
  self->is_done = TRUE;
}

static void
open_link (Fixture *self)
{
  self->is_done = self->is_closed = FALSE;
  fl_link_open_async (FL_LINK (self->link), NULL, on_opened, self);
  wait_until (self, is_done);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  g_clear_error (&self->error);
  fl_link_send_finish (FL_LINK (source), result, &self->error);
  self->is_done = TRUE;
}

static void
type (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  self->is_done = FALSE;
  g_string_truncate (self->said, 0);
  fl_link_send_async (FL_LINK (self->link), bytes, NULL, on_sent, self);
  wait_until (self, is_done);
  g_assert_no_error (self->error);
}

static void
set_up_home (Fixture *self)
{
  open_link (self);
  g_assert_no_error (self->error);
  type (self, "w");
  wait_until (self, has_ssid);
  type (self, "Home\n");
  wait_until (self, has_prompt);
  g_assert_cmpstr (self->said->str, ==, "Home\r\nPassword: ");
  type (self, "lighthouse7\n");
  wait_until (self, is_saved);
  wait_until (self, is_online);
}

static void
test_talk (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS "password=any\n");
  g_assert_cmpstr (fl_sim_shell_get_place (FL_SIM_SHELL (self.pty)), !=, self.path);
  set_up_home (&self);
  g_assert_false (self.is_closed);
  clear (&self);
}

/* Output byte by byte, and nothing is lost. */
static void
test_chunk (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "faults=serial-chunk\n" NETWORKS "password=any\n");
  set_up_home (&self);
  g_assert_true (g_str_has_prefix (self.said->str, "lighthouse7\r\nThanks! Wait"));
  clear (&self);
}

static void
type_pem (Fixture *self, const char *file)
{
  g_autofree char *pem = console_client_read (file);
  g_autofree char *text = g_strconcat (pem, "\n", NULL);

  type (self, text);
  wait_until (self, has_prompt);
}

/* Certificates and a key, each in one go: all of them arrive. */
static void
test_certificates (void)
{
  Fixture self = { 0 };
  const FlSimKnown *known;

  create (&self, PHOTON NETWORKS "password=any\n");
  open_link (&self);
  type (&self, "w");
  wait_until (&self, has_prompt);
  type (&self, "Office\n");
  wait_until (&self, has_prompt);
  type (&self, "1\n");
  wait_until (&self, has_prompt);
  type_pem (&self, "keeper.pem");
  type_pem (&self, "keeper-key.pem");
  g_assert_true (g_str_has_suffix (self.said->str, "Outer identity (optional): "));
  type (&self, "\n");
  wait_until (&self, has_prompt);
  {
    g_autofree char *pem = console_client_read ("ca.pem");
    g_autofree char *text = g_strconcat (pem, "\n", NULL);

    type (&self, text);
  }
  wait_until (&self, is_saved);
  wait_until (&self, is_online);
  known = fl_sim_device_get_known (self.device, 0);
  g_assert_nonnull (fl_enterprise_get_ca_certificate (known->enterprise));
  g_assert_nonnull (fl_enterprise_get_private_key (known->enterprise));
  clear (&self);
}

/* 'L': the port hangs up, and the link leads to another one. */
static void
test_reset (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS "password=any\n");
  open_link (&self);
  type (&self, "L");
  wait_until (&self, is_closed);
  g_assert_error (self.error, FL_ERROR, FL_ERROR_LINK_LOST);
  wait_until (&self, has_path);
  open_link (&self);
  g_assert_no_error (self.error);
  type (&self, "w");
  wait_until (&self, has_ssid);
  clear (&self);
}

static void
test_unplugged (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS "password=any\n");
  open_link (&self);
  fl_sim_usb_unplug (self.device, fl_clock_now_us (self.clock));
  wait_until (&self, is_closed);
  g_assert_error (self.error, FL_ERROR, FL_ERROR_LINK_LOST);
  wait_until (&self, has_no_path);
  open_link (&self);
  g_assert_error (self.error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  fl_sim_usb_plug (self.device, fl_clock_now_us (self.clock));
  wait_until (&self, has_path);
  open_link (&self);
  g_assert_no_error (self.error);
  clear (&self);
}

/* Whoever comes later finds the console where it was left. */
static void
test_reopened (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS "password=any\n");
  open_link (&self);
  type (&self, "w");
  wait_until (&self, has_ssid);
  fl_link_close (FL_LINK (self.link));
  open_link (&self);
  g_assert_no_error (self.error);
  type (&self, "Home\n");
  wait_until (&self, has_prompt);
  g_assert_cmpstr (self.said->str, ==, "Home\r\nPassword: ");
  clear (&self);
}

static void
test_rate_listen (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, PHOTON "mode=running\nknown=Home\n" NETWORKS "password=any\n");
  open_link (&self);
  g_assert_false (is_listening (&self));
  fl_serial_link_set_rate (self.link, FL_SERIAL_RATE_LISTEN, &error);
  g_assert_no_error (error);
  wait_until (&self, is_listening);
  fl_serial_link_set_rate (self.link, FL_SERIAL_RATE_TALK, &error);
  type (&self, "w");
  wait_until (&self, has_ssid);
  clear (&self);
}

static void
set_rate (const char *path, guint rate)
{
  int fd = open (path, O_RDWR | O_NOCTTY);
  struct termios2 mode;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ioctl (fd, TCGETS2, &mode), ==, 0);
  mode.c_cflag &= ~(tcflag_t) CBAUD;
  mode.c_cflag |= BOTHER;
  mode.c_ispeed = mode.c_ospeed = rate;
  g_assert_cmpint (ioctl (fd, TCSETS2, &mode), ==, 0);
  close (fd);
}

/* As "stty -F PORT 14400" does, which opens the port for a moment only. */
static void
test_rate_bootloader (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON NETWORKS "password=any\n");
  set_rate (self.path, 14400);
  wait_until (&self, is_in_bootloader);
  wait_until (&self, has_no_path);
  clear (&self);
}

static void
test_rate_of_a_moment (void)
{
  Fixture self = { 0 };

  create (&self, PHOTON "mode=running\nknown=Home\n" NETWORKS "password=any\n");
  set_rate (self.path, 28800);
  wait_until (&self, is_listening);
  clear (&self);
}

/* Something else has it open for a while, as ModemManager does. */
static void
test_busy (void)
{
  Fixture self = { 0 };
  gint64 begin_us = g_get_monotonic_time ();

  create (&self, PHOTON "faults=serial-busy=1s\n" NETWORKS "password=any\n");
  open_link (&self);
  g_assert_no_error (self.error);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, >=, G_TIME_SPAN_SECOND);
  type (&self, "w");
  wait_until (&self, has_ssid);
  clear (&self);
}

/* The link takes the place of another link, but of no file. */
static void
test_link (void)
{
  static const char scenario[] = PHOTON;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sim-pty-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (FlSimWorld) world =
      fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_autoptr (FlClock) clock = fl_clock_new ();
  FlSimPty *pty;

  g_assert_no_error (error);
  g_file_set_contents (path, "mine", -1, &error);
  g_assert_no_error (error);
  g_assert_null (fl_sim_pty_new (world, fl_sim_world_get_device (world, 0), clock, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_clear_error (&error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_unlink (path);
  g_assert_cmpint (symlink ("/nowhere", path), ==, 0);
  pty = fl_sim_pty_new (world, fl_sim_world_get_device (world, 0), clock, path, &error);
  g_assert_no_error (error);
  {
    g_autofree char *target = g_file_read_link (path, NULL);

    g_assert_cmpstr (target, ==, fl_sim_shell_get_place (FL_SIM_SHELL (pty)));
  }
  g_object_unref (pty);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
on_failed (FlSimShell *shell, const GError *error, Fixture *self)
{
  g_assert_null (self->error);
  self->error = g_error_copy (error);
}

static gboolean
has_failed (Fixture *self)
{
  return self->error != NULL;
}

/* While the device was away: it fails once, and comes back to nothing. */
static void
test_link_taken (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, PHOTON NETWORKS "password=any\n");
  g_signal_connect (self.pty, "failed", G_CALLBACK (on_failed), &self);
  fl_sim_usb_unplug (self.device, fl_clock_now_us (self.clock));
  wait_until (&self, has_no_path);
  g_file_set_contents (self.path, "mine", -1, &error);
  g_assert_no_error (error);
  fl_sim_usb_plug (self.device, fl_clock_now_us (self.clock));
  wait_until (&self, has_failed);
  g_assert_error (self.error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_true (has_no_path (&self));
  fl_sim_usb_unplug (self.device, fl_clock_now_us (self.clock));
  fl_sim_usb_plug (self.device, fl_clock_now_us (self.clock));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (has_no_path (&self));
  g_assert_true (g_file_test (self.path, G_FILE_TEST_IS_REGULAR));
  g_unlink (self.path);
  clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-pty/talk", test_talk);
  g_test_add_func ("/sim-pty/chunk", test_chunk);
  g_test_add_func ("/sim-pty/certificates", test_certificates);
  g_test_add_func ("/sim-pty/hangs-up/reset", test_reset);
  g_test_add_func ("/sim-pty/hangs-up/unplugged", test_unplugged);
  g_test_add_func ("/sim-pty/reopened/same-prompt", test_reopened);
  g_test_add_func ("/sim-pty/rate/listen", test_rate_listen);
  g_test_add_func ("/sim-pty/rate/bootloader", test_rate_bootloader);
  g_test_add_func ("/sim-pty/rate/of-a-moment", test_rate_of_a_moment);
  g_test_add_func ("/sim-pty/busy", test_busy);
  g_test_add_func ("/sim-pty/link/replaces-links-only", test_link);
  g_test_add_func ("/sim-pty/link/taken", test_link_taken);

  return g_test_run ();
}
