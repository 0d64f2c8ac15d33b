/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-output"
#include "config.h"

#include "fl-cli-output.h"

#include "fl-cli-live.h"
#include "fl-cli-text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

/* What all parts of one output share: there is one standard output. */
typedef struct
{
  GCancellable *broken;
  FlClock *clock; /* NULL until the engine is there */
  gint64 started_us;
  gint64 before_us; /* time that went by before the clock came */
  gboolean json;
  gboolean is_terminal;
  FlCliLive *live;
} Stream;

struct _FlCliOutput
{
  Stream *stream; /* reference counted box */
  char *device;   /* (nullable) */
  guint number;
};

static void
clear_stream (gpointer data)
{
  Stream *stream = data;

  g_clear_object (&stream->broken);
  g_clear_object (&stream->clock);
  g_clear_pointer (&stream->live, fl_cli_live_free);
}

FlCliOutput *
fl_cli_output_new (GCancellable *broken)
{
  FlCliOutput *self = g_new0 (FlCliOutput, 1);

  self->stream = g_rc_box_new0 (Stream);
  g_set_object (&self->stream->broken, broken);
  self->stream->started_us = g_get_monotonic_time ();
  self->stream->is_terminal = isatty (STDOUT_FILENO);
  self->stream->live = fl_cli_live_new ();
  return self;
}

FlCliOutput *
fl_cli_output_new_part (FlCliOutput *self, const char *device, guint number)
{
  FlCliOutput *part = g_new0 (FlCliOutput, 1);

  part->stream = g_rc_box_acquire (self->stream);
  part->device = g_strdup (device);
  part->number = number;
  return part;
}

void
fl_cli_output_free (FlCliOutput *self)
{
  g_rc_box_release_full (self->stream, clear_stream);
  g_free (self->device);
  g_free (self);
}

const char *
fl_cli_output_get_device (FlCliOutput *self)
{
  return self->device;
}

void
fl_cli_output_set_json (FlCliOutput *self, gboolean json)
{
  self->stream->json = json;
}

gboolean
fl_cli_output_get_json (FlCliOutput *self)
{
  return self->stream->json;
}

void
fl_cli_output_set_clock (FlCliOutput *self, FlClock *clock)
{
  Stream *stream = self->stream;

  stream->before_us = g_get_monotonic_time () - stream->started_us;
  g_set_object (&stream->clock, clock);
  stream->started_us = fl_clock_now_us (clock);
}

gint64
fl_cli_output_get_ms (FlCliOutput *self)
{
  Stream *stream = self->stream;
  gint64 now_us = stream->clock != NULL ? fl_clock_now_us (stream->clock) : g_get_monotonic_time ();

  return (stream->before_us + now_us - stream->started_us) / 1000;
}

gboolean
fl_cli_output_is_live (FlCliOutput *self)
{
  return self->stream->is_terminal && !self->stream->json;
}

/* A reader that went away ("firstlightctl find | head -1") ends the command like Ctrl+C does. */
static void
flush (FlCliOutput *self)
{
  if ((fflush (stdout) != 0 || ferror (stdout)) && self->stream->broken != NULL)
    g_cancellable_cancel (self->stream->broken);
}

JsonBuilder *
fl_cli_output_begin (FlCliOutput *self, const char *event)
{
  JsonBuilder *builder;

  if (!self->stream->json)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  fl_cli_json_string (builder, "event", event);
  fl_cli_json_int (builder, "at_ms", fl_cli_output_get_ms (self));
  if (self->device != NULL)
    fl_cli_json_string (builder, "device", self->device);
  return builder;
}

void
fl_cli_output_end (FlCliOutput *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  fputs (line, stdout);
  fputc ('\n', stdout);
  flush (self);
  g_object_unref (builder);
}

/* (transfer full) What is printed for @text. */
static char *
dup_line (FlCliOutput *self, const char *text)
{
  g_autofree char *tagged = NULL;

  if (self->device == NULL)
    return fl_cli_printable (text);
  /* Translators: one of several devices, and what is said of it: "4F2A1B: Firmware: 6.2.0" */
  tagged = g_strdup_printf (_ ("%s: %s"), self->device, text);
  return fl_cli_printable (tagged);
}

void
fl_cli_output_say (FlCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  if (self->stream->json)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = dup_line (self, text);
  fl_cli_live_erase (self->stream->live);
  g_print ("%s\n", line);
  fl_cli_live_draw (self->stream->live);
  flush (self);
}

void
fl_cli_output_say_lines (FlCliOutput *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' || lines[i + 1] != NULL)
      fl_cli_output_say (self, "%s", lines[i]);
}

void
fl_cli_output_draw (FlCliOutput *self, const char *text)
{
  g_autofree char *line = NULL;

  if (!fl_cli_output_is_live (self))
    return;

  if (text != NULL && *text != '\0')
    line = dup_line (self, text);
  fl_cli_live_set (self->stream->live, self->number, line);
  flush (self);
}

void
fl_cli_output_warn (FlCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = dup_line (self, text);
  fl_cli_live_erase (self->stream->live);
  flush (self);
  g_printerr ("%s\n", line);
  fl_cli_live_draw (self->stream->live);
  flush (self);
}
