/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-usb-sim.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/wait.h>

#include "fl-sim-loader.h"

/* usage: LD_PRELOAD=libumockdev-preload.so.0 mock-usb [--seed N] SCENARIO COMMAND [ARGUMENT...]
 * Serves the scenario's devices that have a cable to COMMAND and its children, below libusb, until
 * it ends; ends with its status. SIGUSR1 pulls all cables, SIGUSR2 puts them in again. */

static gint64 seed;

static const GOptionEntry entries[] = {
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Seed in place of the scenario's", "N" },
  { NULL },
};

typedef struct
{
  GMainLoop *loop;
  GPid pid;
  int status;
} Child;

static gboolean
on_stop (gpointer data)
{
  kill (((Child *) data)->pid, SIGTERM);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer data)
{
  kill (((Child *) data)->pid, SIGINT);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_pull (gpointer data)
{
  mock_usb_sim_set_plugged (data, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_plug (gpointer data)
{
  mock_usb_sim_set_plugged (data, TRUE);
  return G_SOURCE_CONTINUE;
}

static void
on_ended (GPid pid, int status, gpointer data)
{
  Child *child = data;

  child->status = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
  g_main_loop_quit (child->loop);
}

static int
run (FlSimWorld *world, char **command, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Child child = { loop, 0, 1 };
  MockUsb *usb = mock_usb_new ();
  MockUsbSim *sim = mock_usb_sim_new (usb, world);

  if (g_spawn_async (NULL, command, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CHILD_INHERITS_STDIN,
                     NULL, NULL, &child.pid, error))
    {
      g_unix_signal_add (SIGTERM, on_stop, &child);
      g_unix_signal_add (SIGINT, on_interrupt, &child);
      g_unix_signal_add (SIGUSR1, on_pull, sim);
      g_unix_signal_add (SIGUSR2, on_plug, sim);
      g_child_watch_add (child.pid, on_ended, &child);
      g_main_loop_run (loop);
    }
  mock_usb_sim_free (sim);
  mock_usb_free (usb);
  return child.status;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("SCENARIO COMMAND [ARGUMENT…]");
  g_autoptr (FlSimWorld) world = NULL;
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  else if (argc < 3)
    g_printerr ("usage: %s [--seed N] SCENARIO COMMAND [ARGUMENT...]\n", g_get_prgname ());
  else if ((world = fl_sim_world_load (argv[1], (guint64) seed, &error)) != NULL)
    status = run (world, argv + 2, &error);
  if (error != NULL)
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  return status;
}
