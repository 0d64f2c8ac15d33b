/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-reminder.h"

#define LINE_BYTES 75 /* RFC 5545, 3.1: without the line end */

/* RFC 5545, 3.3.11: what would end a value or a line is escaped, other control bytes go. */
static void
append_escaped (GString *line, const char *text)
{
  for (const char *p = text; *p != 0; p++)
    {
      if (*p == '\\' || *p == ';' || *p == ',')
        g_string_append_c (line, '\\');
      if (*p == '\n')
        g_string_append (line, "\\n");
      else if ((guchar) *p >= 0x20 && *p != 0x7f)
        g_string_append_c (line, *p);
    }
}

/* RFC 5545, 3.1: a long line goes on in the next one, behind a space. Characters stay whole. */
static void
append_folded (GString *out, const char *line)
{
  gsize used = 0;

  for (const char *p = line; *p != 0;)
    {
      gsize size = (gsize) (g_utf8_next_char (p) - p);

      if (used + size > LINE_BYTES)
        {
          g_string_append (out, "\r\n ");
          used = 1;
        }
      g_string_append_len (out, p, (gssize) size);
      used += size;
      p += size;
    }
  g_string_append (out, "\r\n");
}

static void
append_text (GString *out, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new (name);

  g_string_append_c (line, ':');
  append_escaped (line, valid);
  append_folded (out, line->str);
}

/* (transfer full) (nullable) */
static char *
dup_time (gint64 seconds, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, format) : NULL;
}

char *
fl_reminder_to_ics (const FlReminder *reminder)
{
  g_autofree char *day = NULL;
  g_autofree char *stamp = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (reminder != NULL, NULL);
  g_return_val_if_fail (reminder->uid != NULL && reminder->summary != NULL, NULL);

  day = dup_time (reminder->due_s, "DTSTART;VALUE=DATE:%Y%m%d");
  stamp = dup_time (reminder->now_s, "DTSTAMP:%Y%m%dT%H%M%SZ");
  if (day == NULL || stamp == NULL)
    return NULL;

  append_folded (out, "BEGIN:VCALENDAR");
  append_folded (out, "VERSION:2.0");
  append_folded (out, "PRODID:-//First Light//First Light//EN");
  append_folded (out, "BEGIN:VEVENT");
  append_text (out, "UID", reminder->uid);
  append_folded (out, stamp);
  append_folded (out, day);
  append_text (out, "SUMMARY", reminder->summary);
  if (reminder->description != NULL)
    append_text (out, "DESCRIPTION", reminder->description);
  append_folded (out, "TRANSP:TRANSPARENT"); /* the day stays free for other things */
  append_folded (out, "BEGIN:VALARM");
  append_folded (out, "ACTION:DISPLAY");
  g_string_append_printf (out, "TRIGGER:-P%uD\r\n", reminder->days_before);
  append_text (out, "DESCRIPTION", reminder->summary);
  append_folded (out, "END:VALARM");
  append_folded (out, "END:VEVENT");
  append_folded (out, "END:VCALENDAR");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
