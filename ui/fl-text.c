/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

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
