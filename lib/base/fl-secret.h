/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlSecret:
 *
 * A reference-counted byte string for passwords, mobile secrets, private keys
 * and tokens, and for messages that carry them. Its memory is locked where the
 * system allows it and wiped when the last reference goes. There is no function
 * that copies it into ordinary memory.
 */
typedef struct _FlSecret FlSecret;

#define FL_TYPE_SECRET (fl_secret_get_type ())
GType fl_secret_get_type (void);

/* @data is copied; wiping the caller's copy is the caller's duty. */
FlSecret *fl_secret_new (const void *data, gsize size_bytes);
FlSecret *fl_secret_new_from_string (const char *text);
/* All bytes 0; fill it through fl_secret_get_writable() before sharing it. */
FlSecret *fl_secret_new_zeroed (gsize size_bytes);
FlSecret *fl_secret_ref (FlSecret *secret);
void fl_secret_unref (FlSecret *secret);

gsize fl_secret_get_size (const FlSecret *secret);
/* Borrowed; one NUL byte, not counted in the size, always follows the data. */
const guint8 *fl_secret_get_data (const FlSecret *secret);
const char *fl_secret_get_text (const FlSecret *secret);
guint8 *fl_secret_get_writable (FlSecret *secret);

/* In constant time for equal sizes. NULL equals only NULL. */
gboolean fl_secret_equal (const FlSecret *a, const FlSecret *b);
/* Always "‹secret›" or "‹none›": what logs and reports may show. */
const char *fl_secret_to_printable (const FlSecret *secret);

/* Overwrites memory in a way the compiler keeps. */
void fl_wipe (void *data, gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecret, fl_secret_unref)

G_END_DECLS
