/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlLibusbPost:
 *
 * The way from the libusb thread back to a main context. Letters are put into mailboxes by any
 * thread and handed to the owners by one source of that context: in the order in which they were
 * put in, over all mailboxes.
 */
typedef struct _FlLibusbPost FlLibusbPost;

FlLibusbPost *fl_libusb_post_new (GMainContext *context);
/* In the context's thread, when all mailboxes are closed. Takes the reference. */
void fl_libusb_post_close (FlLibusbPost *self);

/**
 * FlLibusbMailbox:
 *
 * One owner's letters. Once the owner has closed it, nothing comes any more and nothing is left
 * over.
 */
typedef struct _FlLibusbMailbox FlLibusbMailbox;

typedef void (*FlLibusbReader) (gpointer owner, gpointer letter);

/* With two references: the owner's, for fl_libusb_mailbox_close(), and one for who puts in. */
FlLibusbMailbox *fl_libusb_mailbox_new (FlLibusbPost *post,
                                        FlLibusbReader reader,
                                        GDestroyNotify free_letter,
                                        gpointer owner);
void fl_libusb_mailbox_unref (FlLibusbMailbox *self);
/* In the context's thread, also while a letter is read. Takes the owner's reference. */
void fl_libusb_mailbox_close (FlLibusbMailbox *self);
/* Takes @letter. */
void fl_libusb_mailbox_put (FlLibusbMailbox *self, gpointer letter);

G_END_DECLS
