/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint wait_begin (const char *what, int line);
void wait_end (guint id);

/* Runs the main loop until @condition; a test that waits half a minute has failed. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint wait_id = wait_begin (#condition, __LINE__);                                             \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    wait_end (wait_id);                                                                            \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
