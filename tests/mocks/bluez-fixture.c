/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-fixture.h"

#include <glib/gstdio.h>

static void
on_received (gpointer data, GBytes *bytes)
{
  BluezFixture *f = data;
  gsize size;
  const guint8 *packet = g_bytes_get_data (bytes, &size);

  g_byte_array_append (f->echo, packet, (guint) size);
  mock_device_pump (f->device);
}

static GBytes *
on_take (gpointer data, gsize max_bytes)
{
  BluezFixture *f = data;
  gsize size = MIN (f->echo->len, max_bytes);
  GBytes *packet;

  if (size == 0)
    return NULL;
  packet = g_bytes_new (f->echo->data, size);
  g_byte_array_remove_range (f->echo, 0, (guint) size);
  return packet;
}

static void
on_subscribed (gpointer data, gboolean on)
{
  BluezFixture *f = data;

  f->n_subscriptions += on;
}

static GDBusConnection *
connect_to_bus (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
disconnect_from_bus (GDBusConnection *connection)
{
  g_autoptr (GError) error = NULL;

  if (!g_dbus_connection_is_closed (connection))
    g_dbus_connection_close_sync (connection, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (connection);
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
  g_remove (path);
}

void
bluez_fixture_set_up (BluezFixture *f, gconstpointer bus_address)
{
  g_autoptr (GError) error = NULL;
  MockPeer peer = { .received = on_received, .take = on_take, .subscribed = on_subscribed };

  f->server = connect_to_bus (bus_address);
  f->client = connect_to_bus (bus_address);
  f->mock = mock_bluez_new (f->server);
  f->adapter = mock_bluez_add_adapter (f->mock, TRUE);
  f->device = mock_bluez_add_device (f->mock, FIXTURE_ADDRESS, "AB12CD");
  f->device->peer = peer;
  f->device->peer_data = f;
  f->echo = g_byte_array_new ();
  f->root = g_dir_make_tmp ("bluez-fixture-XXXXXX", &error);
  g_assert_no_error (error);
  f->clock = mock_clock_new ();
  f->bluez = fl_bluez_new (f->client, FL_CLOCK (f->clock));
  fl_bluez_set_root (f->bluez, f->root);
}

void
bluez_fixture_tear_down (BluezFixture *f, gconstpointer bus_address)
{
  gpointer bluez = f->bluez;

  bluez_fixture_settle (f);
  g_object_add_weak_pointer (G_OBJECT (f->bluez), &bluez);
  g_clear_object (&f->bluez);
  WAIT_FOR (bluez == NULL); /* replies under way keep it */
  g_clear_pointer (&f->mock, mock_bluez_free);
  g_assert_cmpuint (mock_clock_get_n_timers (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  disconnect_from_bus (f->client);
  disconnect_from_bus (f->server);
  g_byte_array_unref (f->echo);
  remove_tree (f->root);
  g_free (f->root);
}

void
bluez_fixture_start (BluezFixture *f)
{
  mock_bluez_start (f->mock);
  fl_bluez_start (f->bluez);
  WAIT_FOR (fl_bluez_get_state (f->bluez) == FL_BLUEZ_READY);
}

FlBluezRadio *
bluez_fixture_get_radio (BluezFixture *f)
{
  FlBluezRadio *radio = fl_bluez_get_radio (f->bluez, FIXTURE_ADAPTER);

  g_assert_nonnull (radio);
  return radio;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *answered = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  *answered = TRUE;
}

/* A message that overtakes nothing: when its answer is there, all before it are. */
static void
go_round (GDBusConnection *connection, const char *destination)
{
  gboolean answered = FALSE;

  g_dbus_connection_call (connection, destination, "/", "org.freedesktop.DBus.Peer", "Ping", NULL,
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_answered, &answered);
  WAIT_FOR (answered);
}

void
bluez_fixture_settle (BluezFixture *f)
{
  /* A call, its answer, what is called because of that… four rounds are more than any chain. */
  for (int i = 0; i < 4; i++)
    {
      go_round (f->client, g_dbus_connection_get_unique_name (f->server));
      go_round (f->server, g_dbus_connection_get_unique_name (f->client));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

void
bluez_fixture_write_file (BluezFixture *f, const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (f->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
}

void
bluez_fixture_write_rfkill (BluezFixture *f, const char *name, gboolean blocked)
{
  g_autofree char *named = g_strconcat (name, "\n", NULL);

  bluez_fixture_write_file (f, "sys/class/rfkill/rfkill0/type", "bluetooth\n");
  bluez_fixture_write_file (f, "sys/class/rfkill/rfkill0/name", named);
  bluez_fixture_write_file (f, "sys/class/rfkill/rfkill0/soft", blocked ? "1\n" : "0\n");
  bluez_fixture_write_file (f, "sys/class/rfkill/rfkill0/hard", "0\n");
}

int
bluez_fixture_run (int argc, char **argv, void (*add) (const char *bus_address))
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_up (bus);
  add (g_test_dbus_get_bus_address (bus));
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
