/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Pty:
 *
 * A pseudo-terminal whose other end a test holds: what a program opens as a serial port.
 */
typedef struct
{
  int master; /* -1: hung up */
  char *path;
} Pty;

Pty *pty_new (void);
void pty_free (Pty *self);
void pty_hang_up (Pty *self);
/* What is there now, at most @max_bytes. (transfer full) */
GByteArray *pty_take (Pty *self, gsize max_bytes);
/* As much as fits now; bytes. */
gsize pty_write (Pty *self, const void *data, gsize size_bytes);
guint pty_get_rate (Pty *self); /* bits per second */
void pty_set_rate (Pty *self, guint bits_per_second);
gboolean pty_has_echo (Pty *self);
/* Opens the port as another program would: a descriptor, or -1 with errno. */
int pty_open (Pty *self);

/* This process becomes an ordinary user to files and terminals, even when it is root's. */
void pty_drop_privileges (void);
guint pty_count_open (void); /* descriptors of this process that are pseudo-terminals */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pty, pty_free)

G_END_DECLS
