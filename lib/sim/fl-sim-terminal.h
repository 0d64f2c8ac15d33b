/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlSimTerminal:
 *
 * One pseudo-terminal, seen from its far end. Functions that fail return FALSE, or NULL with
 * @error of G_FILE_ERROR.
 */
typedef struct _FlSimTerminal FlSimTerminal;

/* Raw, 9600 bit/s, and nobody has it open. */
FlSimTerminal *fl_sim_terminal_new (GError **error);
void fl_sim_terminal_free (FlSimTerminal *self); /* hangs up */
const char *fl_sim_terminal_get_path (FlSimTerminal *self);
int fl_sim_terminal_get_fd (FlSimTerminal *self); /* not blocking */
/* Whether a program has it open. */
gboolean fl_sim_terminal_is_open (FlSimTerminal *self);
guint fl_sim_terminal_get_rate (FlSimTerminal *self); /* bit/s; 0: not known */
/* Something else has it open, and a lock on it; or not any more. */
void fl_sim_terminal_set_held (FlSimTerminal *self, gboolean is_held);
/* Nobody but root may open it; or its owner may. */
void fl_sim_terminal_set_allowed (FlSimTerminal *self, gboolean is_allowed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimTerminal, fl_sim_terminal_free)

G_END_DECLS
