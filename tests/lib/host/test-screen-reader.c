/* SPDX-License-Identifier: Apache-2.0 */

#include "fl-screen-reader.h"

/* The object that a desktop has on the session bus. Source: at-spi2-core,
 * bus/at-spi-bus-launcher.c. */
static const char interface[] = "<node><interface name='org.a11y.Status'>"
                                "<property name='ScreenReaderEnabled' type='b' access='read'/>"
                                "</interface></node>";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *desktop;
  GDBusConnection *program;
  gboolean enabled;
} Fixture;

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus), flags, NULL, NULL,
                                              &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->desktop = connect_to (f->bus);
  f->program = connect_to (f->bus);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_dbus_connection_close_sync (f->desktop, NULL, NULL);
  g_dbus_connection_close_sync (f->program, NULL, NULL);
  g_object_unref (f->desktop);
  g_object_unref (f->program);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
}

static GVariant *
get_property (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface_name,
              const char *name,
              GError **error,
              gpointer data)
{
  return g_variant_new_boolean (((Fixture *) data)->enabled);
}

static void
on_named (GDBusConnection *connection, const char *name, gpointer named)
{
  *(gboolean *) named = TRUE;
}

static guint
show_desktop (Fixture *f)
{
  const GDBusInterfaceVTable table = { .get_property = get_property };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  gboolean named = FALSE;
  guint id;

  g_assert_cmpuint (g_dbus_connection_register_object (f->desktop, "/org/a11y/bus",
                                                       node->interfaces[0], &table, f, NULL, NULL),
                    !=, 0);
  id = g_bus_own_name_on_connection (f->desktop, "org.a11y.Bus", G_BUS_NAME_OWNER_FLAGS_NONE,
                                     on_named, NULL, &named, NULL);
  while (!named)
    g_main_context_iteration (NULL, TRUE);
  return id;
}

static void
change (Fixture *f, gboolean enabled)
{
  GVariantBuilder changed;

  f->enabled = enabled;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "ScreenReaderEnabled", g_variant_new_boolean (enabled));
  g_assert_true (g_dbus_connection_emit_signal (
      f->desktop, NULL, "/org/a11y/bus", "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new ("(sa{sv}as)", "org.a11y.Status", &changed, NULL), NULL));
}

static void
wait_running (FlScreenReader *reader, gboolean running)
{
  while (fl_screen_reader_get_running (reader) != running)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_reader_runs_already (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlScreenReader) reader = NULL;
  guint name;

  f->enabled = TRUE;
  name = show_desktop (f);
  reader = fl_screen_reader_new_for (f->program);
  g_assert_false (fl_screen_reader_get_running (reader)); /* nothing blocks */
  wait_running (reader, TRUE);
  g_assert_finalize_object (g_steal_pointer (&reader));
  g_bus_unown_name (name);
}

static void
test_reader_is_turned_on_and_off (Fixture *f, gconstpointer unused)
{
  guint name = show_desktop (f);
  g_autoptr (FlScreenReader) reader = fl_screen_reader_new_for (f->program);

  change (f, TRUE);
  wait_running (reader, TRUE);
  change (f, FALSE);
  wait_running (reader, FALSE);
  g_bus_unown_name (name);
}

/* A desktop without accessibility: no reader, and nobody waits. */
static void
test_reader_goes_before_the_answer (Fixture *f, gconstpointer unused)
{
  FlScreenReader *reader = fl_screen_reader_new_for (f->program);

  g_assert_finalize_object (reader);
  g_dbus_connection_flush_sync (f->program, NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/screen-reader/running/already", test_reader_runs_already);
  ADD ("/screen-reader/running/turned-on-and-off", test_reader_is_turned_on_and_off);
  ADD ("/screen-reader/gone/before-the-answer", test_reader_goes_before_the_answer);
  return g_test_run ();
}
