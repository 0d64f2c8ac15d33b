/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlLibusbMailbox:
 *
 * The way from the libusb thread back to an owner: letters are put in by any thread and handed out
 * in order, by a source of the owner's main context. Once the owner has closed it, nothing comes
 * any more and nothing is left over.
 */
typedef struct _FlLibusbMailbox FlLibusbMailbox;

typedef void (*FlLibusbReader) (gpointer owner, gpointer letter);

/* With two references: the owner's, for fl_libusb_mailbox_close(), and one for who puts in. */
FlLibusbMailbox *fl_libusb_mailbox_new (GMainContext *context,
                                        FlLibusbReader reader,
                                        GDestroyNotify free_letter,
                                        gpointer owner);
void fl_libusb_mailbox_unref (FlLibusbMailbox *self);
/* In the context's thread, also while a letter is read. Takes the owner's reference. */
void fl_libusb_mailbox_close (FlLibusbMailbox *self);
/* Takes @letter. */
void fl_libusb_mailbox_put (FlLibusbMailbox *self, gpointer letter);

G_END_DECLS
