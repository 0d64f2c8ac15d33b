/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "firstlight-sim"
#include "config.h"

#include "fl-sim-serve.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "fl-error.h"
#include "fl-sim-loader.h"
#include "fl-sim-pty.h"
#include "fl-sim-report.h"

#define LOOK_MS 20 /* how soon a change is told */

typedef struct
{
  const FlSimServeOptions *options;
  FlSimWorld *world;
  FlSimDevice *device;
  FlClock *clock;
  FlSimPty *pty;
  GMainLoop *loop;
  char *told; /* (nullable) the last line */
  guint look_id, interrupt_id, end_id;
} Server;

static void
server_clear (Server *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_object (&self->pty);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->told, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static void
tell (Server *self)
{
  const char *port = fl_sim_pty_get_path (self->pty);
  g_autofree char *line = self->options->json ? fl_sim_report_json (self->device, port)
                                              : fl_sim_report_text (self->device, port);

  if (g_strcmp0 (line, self->told) == 0)
    return;
  puts (line);
  fflush (stdout);
  g_free (self->told);
  self->told = g_steal_pointer (&line);
}

/* The first line, for scripts: what to open. */
static void
tell_port (Server *self)
{
  const char *path =
      self->options->link != NULL ? self->options->link : fl_sim_pty_get_path (self->pty);

  if (!self->options->json && path != NULL)
    puts (path);
}

static gboolean
on_look (gpointer data)
{
  Server *self = data;

  fl_sim_world_tick (self->world, fl_clock_now_us (self->clock));
  tell (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_end (gpointer data)
{
  g_main_loop_quit (((Server *) data)->loop);
  return G_SOURCE_CONTINUE;
}

static FlSimDevice *
find_device (FlSimWorld *world, const char *name, GError **error)
{
  FlSimDevice *device = fl_sim_world_find_device (world, name);

  if (device == NULL)
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("There is no device “%s”"), name);
  else if (fl_sim_device_get_spec (device)->usb_us < 0)
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” is on no cable"), name);
  else
    return device;
  return NULL;
}

gboolean
fl_sim_serve_serial (const FlSimServeOptions *options, const char *device, GError **error)
{
  g_auto (Server) self = { .options = options };

  self.world = fl_sim_world_load (options->scenario, (guint64) options->seed, error);
  if (self.world == NULL)
    return FALSE;
  self.device = find_device (self.world, device, error);
  if (self.device == NULL)
    return FALSE;
  self.clock = fl_clock_new ();
  self.pty = fl_sim_pty_new (self.world, self.device, self.clock, options->link, error);
  if (self.pty == NULL)
    return FALSE;
  tell_port (&self);

  self.loop = g_main_loop_new (NULL, FALSE);
  self.interrupt_id = g_unix_signal_add (SIGINT, on_end, &self);
  self.end_id = g_unix_signal_add (SIGTERM, on_end, &self);
  self.look_id = g_timeout_add (LOOK_MS, on_look, &self);
  tell (&self);
  g_main_loop_run (self.loop);
  on_look (&self); /* what is new since it was told last */
  return TRUE;
}
