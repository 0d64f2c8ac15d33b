/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-vhci.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* As the kernel writes it; two ports to a hub, of which it has two. */
#define HEAD   "hub port sta spd dev      sockfd local_busid\n"
#define USED_0 "hs  0000 006 002 00010001 000003 7-1\n"
#define FREE_0 "hs  0000 004 000 00000000 000000 0-0\n"
#define USED_1 "hs  0001 006 002 00010002 000003 7-2\n"
#define FREE_1 "hs  0001 004 000 00000000 000000 0-0\n"
#define SUPER  "ss  0002 004 000 00000000 000000 0-0\nss  0003 004 000 00000000 000000 0-0\n"
#define SECOND "hs  0004 004 000 00000000 000000 0-0\nhs  0005 004 000 00000000 000000 0-0\n"

typedef struct
{
  char *top, *folder; /* of a made-up controller */
  FlSimUsbipHost *host;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
create (Fixture *self, const char *status)
{
  g_autoptr (GError) error = NULL;

  self->top = g_dir_make_tmp ("sim-vhci-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->top, "vhci_hcd.0", NULL);
  write_file (self->folder, "status", status);
  write_file (self->folder, "attach", "");
  write_file (self->folder, "detach", "");
  write_file (self->folder, "usb7/speed", "480\n");
  write_file (self->folder, "usb8/speed", "5000\n");
  self->host = fl_sim_vhci_new (self->folder, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
clear (Fixture *self)
{
  g_assert_finalize_object (self->host);
  remove_tree (self->top);
  g_free (self->top);
  g_free (self->folder);
}

static void
assert_file (Fixture *self, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_place (Fixture *self, int port, const char *expected)
{
  g_autofree char *place = fl_sim_usbip_host_dup_place (self->host, port);

  g_assert_cmpstr (place, ==, expected);
}

static void
test_attach (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, HEAD USED_0 FREE_1 SUPER);
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, -1, &error), ==, 1);
  g_assert_no_error (error);
  assert_file (&self, "attach", "1 9 65538 2");
  assert_place (&self, 1, "7-2");
  fl_sim_usbip_host_detach (self.host, 1);
  assert_file (&self, "detach", "1");
  clear (&self);
}

/* Back to its own port, if it is free. */
static void
test_wanted (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, HEAD FREE_0 FREE_1 SUPER);
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, -1, &error), ==, 0);
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, 1, &error), ==, 1);
  write_file (self.folder, "status", HEAD FREE_0 USED_1 SUPER);
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, 1, &error), ==, 0);
  g_assert_no_error (error);
  clear (&self);
}

/* Ports of USB 3 are for other devices. */
static void
test_full (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, HEAD USED_0 USED_1 SUPER);
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, -1, &error), ==, -1);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  clear (&self);
}

static void
test_second_controller (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  create (&self, HEAD USED_0 USED_1 SUPER);
  write_file (self.folder, "status.1", SECOND);
  write_file (self.top, "vhci_hcd.1/usb12/speed", "480\n");
  g_assert_cmpint (fl_sim_usbip_host_attach (self.host, 9, -1, &error), ==, 4);
  g_assert_no_error (error);
  assert_place (&self, 4, "12-1");
  clear (&self);
}

static void
test_no_module (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_sim_vhci_new ("/nowhere/vhci_hcd.0", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "modprobe vhci-hcd"));
}

static void
test_no_rights (void)
{
  Fixture self = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may do anything");
      return;
    }
  create (&self, HEAD FREE_0);
  path = g_build_filename (self.folder, "attach", NULL);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  g_assert_null (fl_sim_vhci_new (self.folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-vhci/attach", test_attach);
  g_test_add_func ("/sim-vhci/attach/wanted-port", test_wanted);
  g_test_add_func ("/sim-vhci/full", test_full);
  g_test_add_func ("/sim-vhci/second-controller", test_second_controller);
  g_test_add_func ("/sim-vhci/no-module", test_no_module);
  g_test_add_func ("/sim-vhci/no-rights", test_no_rights);

  return g_test_run ();
}
