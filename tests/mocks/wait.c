/* SPDX-License-Identifier: Apache-2.0 */
#include "wait.h"

#define PATIENCE_S 30

typedef struct
{
  const char *what;
  int line;
} Wait;

static gboolean
on_patience_ends (gpointer data)
{
  Wait *wait = data;

  g_error ("line %d: waited in vain for %s", wait->line, wait->what);
  return G_SOURCE_REMOVE;
}

guint
wait_begin (const char *what, int line)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->what = what;
  wait->line = line;
  return g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PATIENCE_S, on_patience_ends, wait,
                                     g_free);
}

void
wait_end (guint id)
{
  g_source_remove (id);
}
