/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"
#include "fl-tty-link.h"
#include "pty.h"
#include "wait.h"

G_BEGIN_DECLS

/**
 * TtyFixture:
 *
 * A link to a pseudo-terminal, closed.
 */
typedef struct
{
  Pty *pty;
  FlClock *clock;
  FlSerialLink *serial;
  FlLink *link; /* the same */
  GByteArray *received;
  guint n_closed;
  GError *closed; /* (nullable) */
  guint n_open;   /* terminals that were open before */
} TtyFixture;

typedef struct
{
  gboolean is_done;
  GError *error; /* (nullable) */
} TtyEnd;

void tty_end_clear (TtyEnd *end);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TtyEnd, tty_end_clear)

typedef void (*TtyTest) (TtyFixture *f, gconstpointer data);

void tty_fixture_add (const char *path, TtyTest test);
void tty_fixture_add_virtual (const char *path, TtyTest test); /* waiting costs nothing */

/* @cancellable: (nullable) */
void tty_fixture_start_open (TtyFixture *f, GCancellable *cancellable, TtyEnd *end);
void tty_fixture_start_send (TtyFixture *f,
                             const void *data,
                             gsize size_bytes,
                             GCancellable *cancellable,
                             TtyEnd *end);
GError *tty_fixture_try_open (FlLink *link); /* (transfer full) (nullable) */
void tty_fixture_open (TtyFixture *f);
void tty_fixture_send (TtyFixture *f, const void *data, gsize size_bytes);
/* That this is what the device can read, and nothing else. */
void tty_fixture_expect (TtyFixture *f, const void *data, gsize size_bytes);
guint8 *tty_fixture_make_pattern (gsize size_bytes); /* (transfer full) */

G_END_DECLS
