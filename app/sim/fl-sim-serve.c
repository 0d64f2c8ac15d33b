/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "firstlight-sim"
#include "config.h"

#include "fl-sim-serve.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "fl-error.h"
#include "fl-sim-loader.h"
#include "fl-sim-orders.h"
#include "fl-sim-report.h"
#include "fl-sim-shells.h"
#include "fl-sim-wpa.h"

#define LOOK_MS 20 /* how soon a change is told */

/* One device, and what was told of it last. */
typedef struct
{
  FlSimDevice *device;
  GPtrArray *shells; /* of FlSimShell, as the roads of the options */
  char *told;        /* (nullable) */
} Guest;

typedef struct
{
  const FlSimServeOptions *options;
  FlSimWorld *world;
  FlClock *clock;
  GPtrArray *guests; /* of Guest */
  GDataInputStream *orders;
  GCancellable *cancellable;
  GMainLoop *loop;
  GError *error; /* (nullable) why it ended */
  guint look_id, interrupt_id, end_id;
} Server;

static void
guest_free (Guest *guest)
{
  g_ptr_array_unref (guest->shells);
  g_free (guest->told);
  g_free (guest);
}

static void
server_clear (Server *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_pointer (&self->guests, g_ptr_array_unref);
  g_clear_object (&self->orders);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static void
say (const char *line)
{
  puts (line);
  fflush (stdout);
}

static void
tell (Server *self, Guest *guest)
{
  g_autofree char *line =
      self->options->json ? fl_sim_report_json (guest->device, self->options->roads, guest->shells)
                          : fl_sim_report_text (guest->device, guest->shells);

  if (g_strcmp0 (line, guest->told) == 0)
    return;
  say (line);
  g_free (guest->told);
  guest->told = g_steal_pointer (&line);
}

/* For scripts, before anything else: where to find it. */
static void
tell_place (Server *self, Guest *guest)
{
  const char *place = self->options->link;

  if (place == NULL)
    place = fl_sim_shell_get_place (guest->shells->pdata[0]);
  if (!self->options->json && place != NULL)
    say (place);
}

static gboolean
on_look (gpointer data)
{
  Server *self = data;

  fl_sim_world_tick (self->world, fl_clock_now_us (self->clock));
  for (guint i = 0; i < self->guests->len; i++)
    tell (self, self->guests->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer data)
{
  g_main_loop_quit (((Server *) data)->loop);
  return G_SOURCE_CONTINUE;
}

/* Of a road or a radio. */
static void
on_failed (gpointer instance, const GError *error, Server *self)
{
  if (self->error == NULL)
    self->error = g_error_copy (error);
  g_main_loop_quit (self->loop);
}

static void listen_for_orders (Server *self);

/* Without standard input, or at its end, nobody gives orders any more. */
static void
on_order (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  Server *self = data;

  if (line == NULL)
    return;
  if (*line != '\0' &&
      !fl_sim_orders_obey (self->world, line, fl_clock_now_us (self->clock), &error))
    fprintf (stderr, "firstlight-sim: %s\n", error->message);
  listen_for_orders (self);
}

static void
listen_for_orders (Server *self)
{
  g_data_input_stream_read_line_async (self->orders, G_PRIORITY_DEFAULT, self->cancellable,
                                       on_order, self);
}

static gboolean
open_roads (Server *self, Guest *guest, GError **error)
{
  for (guint i = 0; self->options->roads[i] != NULL; i++)
    {
      const FlSimShellKind *kind = fl_sim_shells_find (self->options->roads[i]);
      FlSimShell *shell;

      if (!kind->check (guest->device, error))
        return FALSE;
      shell = kind->open (guest->device, self->clock, self->options, error);
      if (shell == NULL)
        return FALSE;
      g_signal_connect (shell, "failed", G_CALLBACK (on_failed), self);
      g_ptr_array_add (guest->shells, shell);
    }
  return TRUE;
}

/* Before the device does anything: the radio below it, if there is one for it. */
static gboolean
give_radio (Server *self, FlSimDevice *device, GError **error)
{
  const FlSimServeOptions *options = self->options;
  guint index = self->guests->len - 1;
  FlSimWpa *radio;

  if (options->wifi == NULL || index >= g_strv_length (options->wifi))
    return TRUE;
  radio = fl_sim_wpa_new (device, options->wifi[index], options->cloud, self->clock, error);
  if (radio == NULL)
    return FALSE;
  g_signal_connect (radio, "failed", G_CALLBACK (on_failed), self);
  return TRUE;
}

static gboolean
add_guest (Server *self, const char *name, GError **error)
{
  Guest *guest = g_new0 (Guest, 1);

  guest->shells = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->guests, guest);
  guest->device = fl_sim_world_find_device (self->world, name);
  if (guest->device != NULL)
    return give_radio (self, guest->device, error) && open_roads (self, guest, error);
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("There is no device “%s”"), name);
  return FALSE;
}

static gboolean
start (Server *self, GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self->world = fl_sim_world_load (self->options->scenario, (guint64) self->options->seed, error);
  if (self->world == NULL)
    return FALSE;
  self->clock = fl_clock_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  self->guests = g_ptr_array_new_with_free_func ((GDestroyNotify) guest_free);
  for (guint i = 0; self->options->devices[i] != NULL; i++)
    if (!add_guest (self, self->options->devices[i], error))
      return FALSE;
  self->orders = g_data_input_stream_new (input);
  self->cancellable = g_cancellable_new ();
  return TRUE;
}

static void
run (Server *self)
{
  for (guint i = 0; i < self->guests->len; i++)
    {
      tell_place (self, self->guests->pdata[i]);
      tell (self, self->guests->pdata[i]);
    }
  self->interrupt_id = g_unix_signal_add (SIGINT, on_end, self);
  self->end_id = g_unix_signal_add (SIGTERM, on_end, self);
  self->look_id = g_timeout_add (LOOK_MS, on_look, self);
  listen_for_orders (self);
  g_main_loop_run (self->loop);
  on_look (self); /* what is new since it was told last */

  g_cancellable_cancel (self->cancellable);
  while (g_input_stream_has_pending (G_INPUT_STREAM (self->orders)))
    g_main_context_iteration (NULL, TRUE);
}

gboolean
fl_sim_serve (const FlSimServeOptions *options, GError **error)
{
  g_auto (Server) self = { .options = options };

  if (!start (&self, error))
    return FALSE;
  if (self.error == NULL)
    run (&self);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self.error));
  return FALSE;
}
