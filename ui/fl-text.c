/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-text.h"

char *
fl_text_isolate (const char *name)
{
  return g_strconcat ("\u2068", name != NULL ? name : "", "\u2069", NULL);
}

char *
fl_text_name (const char *format, const char *name)
{
  g_autofree char *isolated = fl_text_isolate (name);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, isolated);
#pragma GCC diagnostic pop
}

char *
fl_text_date (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
  /* Translators: a day, as g_date_time_format() writes it: "3 May 2027" */
  char *text = time != NULL ? g_date_time_format (time, _ ("%-d %B %Y")) : NULL;

  return text != NULL ? text : g_strdup ("");
}
