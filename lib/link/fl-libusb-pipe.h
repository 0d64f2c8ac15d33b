/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-libusb-thread.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlLibusbPipe:
 *
 * One opening of one device, from the try to open it until it is closed. It lives on both sides:
 * its owner's thread asks and is told, the libusb thread works. The owner closes it and hears
 * nothing more; what is still out then comes to its end behind the owner's back, with its buffers
 * wiped.
 */
typedef struct _FlLibusbPipe FlLibusbPipe;

/* All in the owner's context. */
typedef struct
{
  void (*opened) (gpointer owner, int code); /* enum libusb_error; 0: it is open */
  /* @code: not 0 when the transfer could not begin. @bytes: what came; never NULL */
  void (*transferred) (gpointer owner, int code, enum libusb_transfer_status status, GBytes *bytes);
  void (*left) (gpointer owner); /* unplugged */
} FlLibusbPipeEvents;

/* @events: static */
FlLibusbPipe *fl_libusb_pipe_open (FlLibusbThread *thread,
                                   libusb_device *device,
                                   const FlLibusbPipeEvents *events,
                                   gpointer owner);
/* Only when open, one at a time. */
void fl_libusb_pipe_transfer (FlLibusbPipe *self,
                              const FlUsbSetup *setup,
                              FlSecret *data,
                              guint limit_ms);
/* At any time, once. Takes the owner's reference. */
void fl_libusb_pipe_close (FlLibusbPipe *self);

G_END_DECLS
