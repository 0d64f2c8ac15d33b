/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-mailbox"
#include "config.h"

#include "fl-libusb-mailbox.h"

struct _FlLibusbPost
{
  gatomicrefcount refs;
  GSource *source; /* the context's thread only; but see fl_libusb_mailbox_put() */

  GMutex mutex;
  GQueue letters; /* of Letter; under the mutex */
};

struct _FlLibusbMailbox
{
  gatomicrefcount refs;
  FlLibusbPost *post;
  FlLibusbReader reader;
  GDestroyNotify free_letter;
  gpointer owner;     /* the context's thread only */
  gboolean is_closed; /* under the post's mutex */
};

typedef struct
{
  FlLibusbMailbox *mailbox;
  gpointer letter;
} Letter;

typedef struct
{
  GSource parent;
  FlLibusbPost *post;
} PostSource;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  letter->mailbox->free_letter (letter->letter);
  fl_libusb_mailbox_unref (letter->mailbox);
  g_free (letter);
}

static void
unref_post (FlLibusbPost *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_source_unref (self->source);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Letter *
take_letter (FlLibusbPost *self)
{
  Letter *letter;

  g_mutex_lock (&self->mutex);
  letter = g_queue_pop_head (&self->letters);
  g_mutex_unlock (&self->mutex);
  return letter;
}

/* A letter may close mailboxes, which takes theirs out, and the post. */
static gboolean
post_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  FlLibusbPost *self = ((PostSource *) source)->post;
  Letter *letter;

  g_source_set_ready_time (source, -1);
  g_atomic_ref_count_inc (&self->refs);
  while ((letter = take_letter (self)) != NULL)
    {
      letter->mailbox->reader (letter->mailbox->owner, letter->letter);
      letter_free (letter);
    }
  unref_post (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs post_source_funcs = { .dispatch = post_source_dispatch };

FlLibusbPost *
fl_libusb_post_new (GMainContext *context)
{
  FlLibusbPost *self = g_new0 (FlLibusbPost, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->letters);
  self->source = g_source_new (&post_source_funcs, sizeof (PostSource));
  ((PostSource *) self->source)->post = self;
  g_source_set_static_name (self->source, "fl-libusb-post");
  g_source_attach (self->source, context);
  return self;
}

void
fl_libusb_post_close (FlLibusbPost *self)
{
  g_source_destroy (self->source);
  unref_post (self);
}

FlLibusbMailbox *
fl_libusb_mailbox_new (FlLibusbPost *post,
                       FlLibusbReader reader,
                       GDestroyNotify free_letter,
                       gpointer owner)
{
  FlLibusbMailbox *self = g_new0 (FlLibusbMailbox, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  g_atomic_ref_count_inc (&post->refs);
  self->post = post;
  self->reader = reader;
  self->free_letter = free_letter;
  self->owner = owner;
  return self;
}

void
fl_libusb_mailbox_unref (FlLibusbMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  unref_post (self->post);
  g_free (self);
}

void
fl_libusb_mailbox_close (FlLibusbMailbox *self)
{
  FlLibusbPost *post = self->post;
  GQueue dropped = G_QUEUE_INIT;

  g_mutex_lock (&post->mutex);
  self->is_closed = TRUE;
  for (GList *l = post->letters.head, *next; l != NULL; l = next)
    {
      next = l->next;
      if (((Letter *) l->data)->mailbox != self)
        continue;
      g_queue_push_tail (&dropped, l->data);
      g_queue_delete_link (&post->letters, l);
    }
  g_mutex_unlock (&post->mutex);

  g_queue_clear_full (&dropped, letter_free);
  fl_libusb_mailbox_unref (self);
}

void
fl_libusb_mailbox_put (FlLibusbMailbox *self, gpointer data)
{
  FlLibusbPost *post = self->post;
  Letter *letter = NULL;

  g_mutex_lock (&post->mutex);
  if (!self->is_closed)
    {
      letter = g_new0 (Letter, 1);
      letter->letter = data;
      letter->mailbox = self;
      g_atomic_ref_count_inc (&self->refs);
      g_queue_push_tail (&post->letters, letter);
      /* The post is not closed before its mailboxes are. */
      g_source_set_ready_time (post->source, 0);
    }
  g_mutex_unlock (&post->mutex);
  if (letter == NULL)
    self->free_letter (data);
}
