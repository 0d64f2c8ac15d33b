/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person can do about an error beyond its one sentence of advice: Show How, Show Me. */
typedef struct
{
  const char *body; /* translated, static */
  char *command;    /* (nullable) one line for a terminal, owned */
} FlHow;

/* FALSE: nothing to add. Clear it. */
gboolean fl_how_find (const GError *error, FlHow *how);
gboolean fl_how_exists (const GError *error);
void fl_how_clear (FlHow *how);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlHow, fl_how_clear)

G_END_DECLS
