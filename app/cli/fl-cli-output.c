/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-output"
#include "config.h"

#include "fl-cli-output.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct _FlCliOutput
{
  GCancellable *broken;
  FlClock *clock; /* NULL until the engine is there */
  gint64 started_us;
  gint64 before_us; /* time that went by before the clock came */
  gboolean json;
  gboolean is_terminal;
  gboolean drawn; /* the cursor stands behind a line that can be drawn again */
};

FlCliOutput *
fl_cli_output_new (GCancellable *broken)
{
  FlCliOutput *self = g_new0 (FlCliOutput, 1);

  g_set_object (&self->broken, broken);
  self->started_us = g_get_monotonic_time ();
  self->is_terminal = isatty (STDOUT_FILENO);
  return self;
}

void
fl_cli_output_free (FlCliOutput *self)
{
  g_clear_object (&self->broken);
  g_clear_object (&self->clock);
  g_free (self);
}

void
fl_cli_output_set_json (FlCliOutput *self, gboolean json)
{
  self->json = json;
}

gboolean
fl_cli_output_get_json (FlCliOutput *self)
{
  return self->json;
}

void
fl_cli_output_set_clock (FlCliOutput *self, FlClock *clock)
{
  self->before_us = g_get_monotonic_time () - self->started_us;
  g_set_object (&self->clock, clock);
  self->started_us = fl_clock_now_us (clock);
}

gint64
fl_cli_output_get_ms (FlCliOutput *self)
{
  gint64 now_us = self->clock != NULL ? fl_clock_now_us (self->clock) : g_get_monotonic_time ();

  return (self->before_us + now_us - self->started_us) / 1000;
}

gboolean
fl_cli_output_is_live (FlCliOutput *self)
{
  return self->is_terminal && !self->json;
}

/* A reader that went away ("firstlightctl find | head -1") ends the command like Ctrl+C does. */
static void
flush (FlCliOutput *self)
{
  if ((fflush (stdout) != 0 || ferror (stdout)) && self->broken != NULL)
    g_cancellable_cancel (self->broken);
}

JsonBuilder *
fl_cli_output_begin (FlCliOutput *self, const char *event)
{
  JsonBuilder *builder;

  if (!self->json)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  fl_cli_json_string (builder, "event", event);
  fl_cli_json_int (builder, "at_ms", fl_cli_output_get_ms (self));
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

void
fl_cli_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
fl_cli_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
fl_cli_json_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
fl_cli_json_known_int (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value != 0)
    fl_cli_json_int (builder, name, value);
  else
    fl_cli_json_string (builder, name, NULL);
}

void
fl_cli_json_hex (JsonBuilder *builder, const char *name, GBytes *bytes)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);
  g_autoptr (GString) hex = g_string_sized_new (2 * size_bytes);

  for (gsize i = 0; i < size_bytes; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  fl_cli_json_string (builder, name, hex->str);
}

/* Marks that turn the direction of what follows; they have no use on a terminal and hide things. */
static gboolean
turns_direction (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

char *
fl_cli_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (turns_direction (c))
        continue;
      if (g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\x%02X", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
columns_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
fl_cli_columns (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += columns_of (g_utf8_get_char (p));
  return columns;
}

/* A line that is drawn again must not wrap: the part above could not be erased. */
static void
cut_to_terminal (char *text)
{
  struct winsize size = { 0 };
  guint room = 80, columns = 0;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    room = size.ws_col;
  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      columns += columns_of (g_utf8_get_char (p));
      if (columns >= room)
        {
          *p = '\0';
          return;
        }
    }
}

static void
erase (FlCliOutput *self)
{
  if (self->drawn)
    fputs ("\r\033[K", stdout); /* ECMA-48: carriage return, erase to the end of the line */
  self->drawn = FALSE;
}

void
fl_cli_output_say (FlCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  if (self->json)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  printable = fl_cli_printable (text);
  erase (self);
  g_print ("%s\n", printable);
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
  if (!fl_cli_output_is_live (self))
    return;

  erase (self);
  if (text != NULL && *text != '\0')
    {
      g_autofree char *printable = fl_cli_printable (text);

      cut_to_terminal (printable);
      g_print ("%s", printable);
      self->drawn = TRUE;
    }
  flush (self);
}

void
fl_cli_output_warn (FlCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  printable = fl_cli_printable (text);
  if (self->drawn)
    {
      erase (self);
      flush (self);
    }
  g_printerr ("%s\n", printable);
}
