/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-bluez-sim.h"

#include <glib-unix.h>

#include "fl-sim-loader.h"

/* usage: DBUS_SYSTEM_BUS_ADDRESS=… mock-bluez [--scenario NAME|FILE] [--seed N] [--off] [--blocked]
 *        [--no-adapter] [--busy N] [--no-sockets]
 * Takes org.bluez on that bus, prints "ready", and serves the scenario's devices until it is
 * stopped by a signal. */

static char *scenario;
static gint64 seed;
static int busy;
static gboolean off, blocked, no_adapter, no_sockets;

static const GOptionEntry entries[] = {
  { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario, "Scenario, by name or file", "NAME" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Seed in place of the scenario's", "N" },
  { "off", 0, 0, G_OPTION_ARG_NONE, &off, "The adapter is off", NULL },
  { "blocked", 0, 0, G_OPTION_ARG_NONE, &blocked, "The adapter is blocked", NULL },
  { "no-adapter", 0, 0, G_OPTION_ARG_NONE, &no_adapter, "There is no adapter", NULL },
  { "busy", 0, 0, G_OPTION_ARG_INT, &busy, "So many tries to listen are in vain", "N" },
  { "no-sockets", 0, 0, G_OPTION_ARG_NONE, &no_sockets, "No AcquireWrite", NULL },
  { NULL },
};

static gboolean
on_stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
serve (GDBusConnection *connection, FlSimWorld *world)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (FlClock) clock = fl_clock_new ();
  MockBluez *bluez = mock_bluez_new (connection);
  MockAdapter *adapter = no_adapter ? NULL : mock_bluez_add_adapter (bluez, !off && !blocked);
  MockBluezSim *sim = mock_bluez_sim_new (bluez, adapter, world, clock);

  if (adapter != NULL)
    adapter->n_busy = (guint) busy;
  if (blocked)
    mock_adapter_set_blocked (adapter, TRUE);
  for (guint i = 0; i < mock_bluez_get_n_devices (bluez); i++)
    mock_bluez_get_device (bluez, i)->no_sockets = no_sockets;
  mock_bluez_start (bluez);
  g_unix_signal_add (SIGTERM, on_stop, loop);
  g_unix_signal_add (SIGINT, on_stop, loop);
  g_print ("ready\n");
  g_main_loop_run (loop);
  mock_bluez_sim_free (sim);
  mock_bluez_free (bluez);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (FlSimWorld) world = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) &&
      (world = fl_sim_world_load (scenario, (guint64) seed, &error)) != NULL &&
      (connection = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &error)) != NULL)
    serve (connection, world);
  else
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  g_free (scenario);
  return error == NULL ? 0 : 1;
}
