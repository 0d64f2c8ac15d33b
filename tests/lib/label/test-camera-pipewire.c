/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"

#include <gst/gst.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "mock-portal.h"
#include "wait.h"

/* A PipeWire of its own with one node that is a camera; PipeWire 0.3, pipewire.conf(5). */
static const char config[] =
    "context.properties = { core.daemon = true core.name = pipewire-0 support.dbus = false }\n"
    "context.spa-libs = { videotestsrc = videotestsrc/libspa-videotestsrc\n"
    "  support.* = support/libspa-support }\n"
    "context.modules = [\n"
    "  { name = libpipewire-module-protocol-native }\n"
    "  { name = libpipewire-module-client-node }\n"
    "  { name = libpipewire-module-adapter }\n"
    "  { name = libpipewire-module-link-factory }\n"
    "  { name = libpipewire-module-metadata }\n"
    "  { name = libpipewire-module-access }\n"
    "  { name = libpipewire-module-session-manager }\n"
    "]\n"
    "context.objects = [ { factory = adapter args = {\n"
    "  factory.name = videotestsrc node.name = fake-camera media.class = Video/Source\n"
    "  media.role = Camera object.linger = 1 } } ]\n";

typedef struct
{
  char *folder; /* the runtime directory, where the socket is */
  char *config_path;
  char *socket_path;
  GPid daemon;
  gboolean is_gone; /* reaped */
  MockPortal portal;
} World;

static void
on_daemon_exit (GPid pid, int status, gpointer data)
{
  g_spawn_close_pid (pid);
  ((World *) data)->is_gone = TRUE;
}

static gboolean
on_moment (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
world_start (World *world)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "pipewire", "-c", NULL, NULL };
  guint id = g_timeout_add (20, on_moment, NULL);

  memset (world, 0, sizeof *world);
  world->config_path = write_file ("pipewire.conf", config, strlen (config));
  world->folder = g_path_get_dirname (world->config_path);
  world->socket_path = g_build_filename (world->folder, "pipewire-0", NULL);
  g_setenv ("XDG_RUNTIME_DIR", world->folder, TRUE);
  argv[2] = world->config_path;
  g_spawn_async (NULL, (char **) argv, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &world->daemon, &error);
  g_assert_no_error (error);
  g_child_watch_add (world->daemon, on_daemon_exit, world);
  WAIT_FOR (g_file_test (world->socket_path, G_FILE_TEST_EXISTS));
  g_source_remove (id);
  mock_portal_start (&world->portal);
  g_setenv ("XDG_RUNTIME_DIR", world->folder, TRUE); /* GTestDBus takes it away */
}

static void
world_end_daemon (World *world)
{
  if (!world->is_gone)
    kill (world->daemon, SIGTERM);
  WAIT_FOR (world->is_gone);
}

static void
world_stop (World *world)
{
  g_autofree char *lock = g_strconcat (world->socket_path, ".lock", NULL);

  mock_portal_stop (&world->portal);
  world_end_daemon (world);
  if (world->portal.socket >= 0)
    close (world->portal.socket);
  g_unlink (world->socket_path);
  g_unlink (lock);
  remove_file (world->config_path);
  g_free (world->folder);
  g_free (world->config_path);
  g_free (world->socket_path);
}

/* What the portal hands out: a connection to the daemon. */
static int
connect_daemon (World *world)
{
  g_autoptr (GSocket) made =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (world->socket_path);
  g_autoptr (GError) error = NULL;

  g_socket_connect (made, address, NULL, &error);
  g_assert_no_error (error);
  return dup (g_socket_get_fd (made));
}

/* The session manager's work, done as soon as there is something to link. */
static gboolean
link_camera (gpointer data)
{
  g_autofree char *program = g_path_get_basename (g_get_prgname ());
  g_autofree char *in = g_strdup_printf ("%s:in_0", program);
  const char *argv[] = { "pw-link", "fake-camera:out_0", in, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
skip_without_pipewire (void)
{
  g_autofree char *daemon = g_find_program_in_path ("pipewire");
  g_autofree char *linker = g_find_program_in_path ("pw-link");
  g_autoptr (GstElementFactory) element = NULL;

  gst_init (NULL, NULL);
  element = gst_element_factory_find ("pipewiresrc");
  if (daemon != NULL && linker != NULL && element != NULL)
    return FALSE;
  g_test_skip ("pipewire, pipewire-bin or gstreamer1.0-pipewire is not installed");
  return TRUE;
}

/* From the portal's permission over a real PipeWire to pictures, and what happens when it ends. */
static void
test_camera_over_pipewire (void)
{
  World world;
  g_autoptr (FlCameraList) list = NULL;
  guint link_id = 0;
  Eye eye;

  if (skip_without_pipewire ())
    return;
  world_start (&world);
  world.portal.socket = connect_daemon (&world);
  list = g_object_new (FL_TYPE_CAMERA_LIST, "sandboxed", TRUE, NULL);
  fl_camera_list_start (list);
  WAIT_FOR (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  eye_init (&eye, list);
  fl_camera_open (eye.camera);
  link_id = g_timeout_add (50, link_camera, NULL);
  WAIT_FOR (eye_count_frames (&eye) > 3 && eye_count_previews (&eye) > 3);
  g_source_remove (link_id);
  g_assert_cmpuint (world.portal.n_asked, ==, 1);
  /* PipeWire 0.3.65 tells nobody that it went away: after some silence the portal is asked. */
  mock_portal_set_present (&world.portal, FALSE);
  world_end_daemon (&world);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_FAILED);
  g_assert_error (fl_camera_get_problem (eye.camera), FL_ERROR, FL_ERROR_NO_CAMERA);
  eye_close (&eye);
  g_assert_cmpuint (eye.width, ==, 1920);
  g_assert_cmpuint (eye.height, ==, 1080);
  g_assert_cmpuint (eye.preview_width, ==, 640);
  g_clear_object (&list);
  eye_clear (&eye);
  world_stop (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera-pipewire/granted/pictures-come", test_camera_over_pipewire);
  return g_test_run ();
}
