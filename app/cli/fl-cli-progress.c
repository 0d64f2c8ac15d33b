/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-progress"
#include "config.h"

#include "fl-cli-progress.h"

#include "fl-cli-words.h"

#include <glib/gi18n-lib.h>

#define SHOW_SECONDS_AFTER_MS 8000
#define REDRAW_MS             1000

struct _FlCliProgress
{
  FlCliOutput *output; /* borrowed */
  FlClock *clock;
  guint redraw_id;
  gboolean story;

  char *running; /* words of the running stage; NULL: none */
  gint64 started_ms;
  char *light;
  char *told_light; /* in a pipe each light is told once */
  gboolean slow;
};

FlCliProgress *
fl_cli_progress_new (FlCliOutput *output, FlClock *clock, gboolean story)
{
  FlCliProgress *self = g_new0 (FlCliProgress, 1);

  self->output = output;
  self->story = story;
  self->clock = g_object_ref (clock);
  return self;
}

void
fl_cli_progress_free (FlCliProgress *self)
{
  fl_clock_clear (self->clock, &self->redraw_id);
  fl_cli_output_draw (self->output, NULL);
  g_clear_object (&self->clock);
  g_free (self->running);
  g_free (self->light);
  g_free (self->told_light);
  g_free (self);
}

static void
draw (FlCliProgress *self)
{
  gint64 spent_ms = fl_cli_output_get_ms (self->output) - self->started_ms;
  g_autofree char *text = NULL;

  if (self->running == NULL || !fl_cli_output_is_live (self->output))
    return;

  if (spent_ms >= SHOW_SECONDS_AFTER_MS)
    /* Translators: what runs, for how many seconds, and the device's light */
    text = g_strdup_printf (_ ("… %s (%d s)   %s"), self->running, (int) (spent_ms / 1000),
                            self->light != NULL ? self->light : "");
  else
    text = g_strdup_printf ("… %s   %s", self->running, self->light != NULL ? self->light : "");
  fl_cli_output_draw (self->output, text);
}

static void
on_redraw (gpointer data)
{
  FlCliProgress *self = data;

  draw (self);
  self->redraw_id = fl_clock_add_ms (self->clock, REDRAW_MS, on_redraw, self);
}

void
fl_cli_progress_finish (FlCliProgress *self)
{
  double seconds = (double) (fl_cli_output_get_ms (self->output) - self->started_ms) / 1000.0;

  fl_clock_clear (self->clock, &self->redraw_id);
  fl_cli_output_draw (self->output, NULL);
  if (self->story && self->running != NULL && fl_cli_output_is_live (self->output) &&
      fl_cli_output_get_device (self->output) == NULL)
    /* Translators: what is done, and how many seconds it took */
    fl_cli_output_say (self->output, _ ("✔ %s (%.1f s)"), self->running, seconds);
  g_clear_pointer (&self->running, g_free);
}

void
fl_cli_progress_set_stage (FlCliProgress *self, FlStage stage, const char *network)
{
  self->slow = FALSE;
  if (stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED)
    {
      fl_clock_clear (self->clock, &self->redraw_id);
      fl_cli_output_draw (self->output, NULL);
      g_clear_pointer (&self->running, g_free);
      return;
    }

  fl_cli_progress_finish (self);
  self->started_ms = fl_cli_output_get_ms (self->output);
  self->running = fl_cli_words_stage (stage, network);
  if (stage == FL_STAGE_ONLINE || !fl_cli_output_is_live (self->output))
    {
      if (self->story)
        fl_cli_output_say (self->output, stage == FL_STAGE_ONLINE ? "%s." : "%s…", self->running);
      if (stage == FL_STAGE_ONLINE)
        g_clear_pointer (&self->running, g_free);
      return;
    }
  draw (self);
  self->redraw_id = fl_clock_add_ms (self->clock, REDRAW_MS, on_redraw, self);
}

void
fl_cli_progress_set_light (FlCliProgress *self, const FlLight *light, gboolean reported)
{
  g_clear_pointer (&self->light, g_free);
  self->light = fl_cli_words_light (light, reported);
  if (fl_cli_output_is_live (self->output))
    {
      draw (self);
      return;
    }

  if (!self->story || g_strcmp0 (self->light, self->told_light) == 0)
    return;
  fl_cli_output_say (self->output, "  %s", self->light);
  g_free (self->told_light);
  self->told_light = g_strdup (self->light);
}

void
fl_cli_progress_set_slow (FlCliProgress *self, gboolean slow)
{
  if (self->story && slow && !self->slow)
    fl_cli_output_say (self->output, "  %s", _ ("This is taking longer than usual."));
  self->slow = slow;
  draw (self);
}
