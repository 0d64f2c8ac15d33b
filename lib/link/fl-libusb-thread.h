/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <libusb.h>

#include "fl-libusb-mailbox.h"

G_BEGIN_DECLS

/**
 * FlLibusbThread:
 *
 * The thread in which libusb lives: its context, its events and every call of it. It sleeps until
 * something happens. What it learns goes to its owner's main context by post.
 * Reference-counted; references are taken and dropped on the owner's thread only.
 */
typedef struct _FlLibusbThread FlLibusbThread;

/* Returns at once; libusb is initialized in the thread. @context: the owner's, for the post */
FlLibusbThread *fl_libusb_thread_new (GMainContext *context);
FlLibusbThread *fl_libusb_thread_ref (FlLibusbThread *self);
/* With the last reference the thread finishes what it was told, waits for what was kept alive, and
 * ends; this waits for it, but no longer than 2 s. */
void fl_libusb_thread_unref (FlLibusbThread *self);

FlLibusbPost *fl_libusb_thread_get_post (FlLibusbThread *self); /* borrowed */

/* @usb: (nullable): NULL when libusb does not work here */
typedef void (*FlLibusbFunc) (libusb_context *usb, gpointer data);

/* Runs @func in the thread, in the order of the calls. Callable in any thread. */
void fl_libusb_thread_call (FlLibusbThread *self, FlLibusbFunc func, gpointer data);
/* Runs @func in a thread of its own because it may block: the kernel opens and closes a device
 * under a lock that a sick device can hold for seconds. Then calls @done in the thread. Only from
 * the thread itself. */
void fl_libusb_thread_call_aside (FlLibusbThread *self,
                                  GFunc func,
                                  FlLibusbFunc done, /* (nullable) */
                                  gpointer data);
/* Something that is still to come to an end in the thread, +1 or -1. Only from the thread itself.
 */
void fl_libusb_thread_keep (FlLibusbThread *self, int change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlLibusbThread, fl_libusb_thread_unref)

G_END_DECLS
