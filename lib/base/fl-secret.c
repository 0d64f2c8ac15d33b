/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-secret.h"

#include <string.h>
#include <sys/mman.h>

/* Freed mappings of the usual size wait here, wiped and still locked, for the next secret: a
 * session makes one for each message, and the system calls for a fresh one cost more than the
 * decryption. */
#define SPARE_BYTES 4096
#define MAX_SPARES  16

static GMutex spares_lock;
static guint8 *spares[MAX_SPARES];
static guint n_spares;

struct _FlSecret
{
  gatomicrefcount ref_count;
  gsize size_bytes;
  gsize map_bytes;
  guint8 *data; /* own pages, so that locking and wiping touch nothing else */
};

G_DEFINE_BOXED_TYPE (FlSecret, fl_secret, fl_secret_ref, fl_secret_unref)

void
fl_wipe (void *data, gsize size_bytes)
{
  if (data != NULL && size_bytes > 0)
    explicit_bzero (data, size_bytes);
}

static guint8 *
take_spare (void)
{
  guint8 *data = NULL;

  g_mutex_lock (&spares_lock);
  if (n_spares > 0)
    data = spares[--n_spares];
  g_mutex_unlock (&spares_lock);
  return data;
}

static gboolean
keep_spare (guint8 *data)
{
  gboolean kept = FALSE;

  g_mutex_lock (&spares_lock);
  if (n_spares < MAX_SPARES)
    {
      spares[n_spares++] = data;
      kept = TRUE;
    }
  g_mutex_unlock (&spares_lock);
  return kept;
}

/* @map_bytes bytes of 0, a whole number of SPARE_BYTES. */
static guint8 *
map (gsize map_bytes)
{
  guint8 *data = map_bytes == SPARE_BYTES ? take_spare () : NULL;

  if (data != NULL)
    return data;

  data = mmap (NULL, map_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED)
    g_error ("No memory for %" G_GSIZE_FORMAT " bytes", map_bytes);

  /* Both are best effort: limits on locked memory are small in some containers. */
  mlock (data, map_bytes);
  madvise (data, map_bytes, MADV_DONTDUMP);
  return data;
}

FlSecret *
fl_secret_new_zeroed (gsize size_bytes)
{
  FlSecret *self = g_new0 (FlSecret, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->size_bytes = size_bytes;
  self->map_bytes = (size_bytes / SPARE_BYTES + 1) * SPARE_BYTES; /* at least one byte more */
  self->data = map (self->map_bytes);
  return self;
}

FlSecret *
fl_secret_new (const void *data, gsize size_bytes)
{
  FlSecret *self = fl_secret_new_zeroed (size_bytes);

  if (size_bytes > 0)
    memcpy (self->data, data, size_bytes);
  return self;
}

FlSecret *
fl_secret_new_from_string (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return fl_secret_new (text, strlen (text));
}

FlSecret *
fl_secret_ref (FlSecret *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  g_atomic_ref_count_inc (&secret->ref_count);
  return secret;
}

void
fl_secret_unref (FlSecret *secret)
{
  g_return_if_fail (secret != NULL);

  if (!g_atomic_ref_count_dec (&secret->ref_count))
    return;

  fl_wipe (secret->data, secret->size_bytes + 1);
  if (secret->map_bytes != SPARE_BYTES || !keep_spare (secret->data))
    munmap (secret->data, secret->map_bytes);
  g_free (secret);
}

gsize
fl_secret_get_size (const FlSecret *secret)
{
  g_return_val_if_fail (secret != NULL, 0);

  return secret->size_bytes;
}

const guint8 *
fl_secret_get_data (const FlSecret *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  return secret->data;
}

const char *
fl_secret_get_text (const FlSecret *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  return (const char *) secret->data;
}

guint8 *
fl_secret_get_writable (FlSecret *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  return secret->data;
}

gboolean
fl_secret_equal (const FlSecret *a, const FlSecret *b)
{
  guint8 difference = 0;

  if (a == NULL || b == NULL)
    return a == b;
  if (a->size_bytes != b->size_bytes)
    return FALSE;
  for (gsize i = 0; i < a->size_bytes; i++)
    difference |= a->data[i] ^ b->data[i];
  return difference == 0;
}

const char *
fl_secret_to_printable (const FlSecret *secret)
{
  return secret != NULL ? "‹secret›" : "‹none›";
}
