/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-mailbox"
#include "config.h"

#include "fl-libusb-mailbox.h"

struct _FlLibusbMailbox
{
  gatomicrefcount refs;
  FlLibusbReader reader;
  GDestroyNotify free_letter;

  GMutex mutex;
  /* Under the mutex. */
  GSource *source; /* (nullable) when closed */
  GQueue letters;

  gpointer owner; /* the owner's thread only */
};

typedef struct
{
  GSource parent;
  FlLibusbMailbox *mailbox;
} MailSource;

static gpointer
take_letter (FlLibusbMailbox *self)
{
  gpointer letter;

  g_mutex_lock (&self->mutex);
  letter = g_queue_pop_head (&self->letters);
  g_mutex_unlock (&self->mutex);
  return letter;
}

/* A letter may close the mailbox, which takes the others out. */
static gboolean
mail_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  FlLibusbMailbox *self = ((MailSource *) source)->mailbox;
  gpointer letter;

  g_source_set_ready_time (source, -1);
  g_atomic_ref_count_inc (&self->refs);
  while ((letter = take_letter (self)) != NULL)
    {
      self->reader (self->owner, letter);
      self->free_letter (letter);
    }
  fl_libusb_mailbox_unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs mail_source_funcs = { .dispatch = mail_source_dispatch };

FlLibusbMailbox *
fl_libusb_mailbox_new (GMainContext *context,
                       FlLibusbReader reader,
                       GDestroyNotify free_letter,
                       gpointer owner)
{
  FlLibusbMailbox *self = g_new0 (FlLibusbMailbox, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  self->reader = reader;
  self->free_letter = free_letter;
  self->owner = owner;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->letters);
  self->source = g_source_new (&mail_source_funcs, sizeof (MailSource));
  ((MailSource *) self->source)->mailbox = self;
  g_source_set_static_name (self->source, "fl-libusb-mailbox");
  g_source_attach (self->source, context);
  return self;
}

void
fl_libusb_mailbox_unref (FlLibusbMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
fl_libusb_mailbox_close (FlLibusbMailbox *self)
{
  GSource *source;
  GQueue letters;

  g_mutex_lock (&self->mutex);
  source = g_steal_pointer (&self->source);
  letters = self->letters;
  g_queue_init (&self->letters);
  g_mutex_unlock (&self->mutex);

  g_source_destroy (source);
  g_source_unref (source);
  g_queue_clear_full (&letters, self->free_letter);
  fl_libusb_mailbox_unref (self);
}

void
fl_libusb_mailbox_put (FlLibusbMailbox *self, gpointer letter)
{
  gboolean is_closed;

  g_mutex_lock (&self->mutex);
  is_closed = self->source == NULL;
  if (!is_closed)
    {
      g_queue_push_tail (&self->letters, letter);
      g_source_set_ready_time (self->source, 0);
    }
  g_mutex_unlock (&self->mutex);
  if (is_closed)
    self->free_letter (letter);
}
