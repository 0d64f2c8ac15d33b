/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-libusb-thread.h"

G_BEGIN_DECLS

/* Whether a device is of interest; the others are never touched. Pure; called in any thread. */
typedef gboolean (*FlLibusbFilter) (guint16 vendor_id, guint16 product_id);

/* What is known of a device without asking it. */
typedef struct
{
  libusb_device *device;
  guint16 vendor_id, product_id;
  char *location; /* "1-2.3" */
  char *node;     /* "/dev/bus/usb/001/007" */
  char *serial;   /* (nullable) */
  char *product;  /* (nullable) */
  gboolean is_refused;
} FlLibusbSight;

/* All in the owner's context. */
typedef struct
{
  /* After all that were there have arrived. @code: enum libusb_error; not 0: there will be none */
  void (*started) (gpointer owner, int code);
  void (*arrived) (gpointer owner, const FlLibusbSight *sight);
  void (*left) (gpointer owner, libusb_device *device);
} FlLibusbWatchEvents;

/**
 * FlLibusbWatch:
 *
 * Sees devices come and go by libusb's hot-plug, in its thread, and tells its owner.
 */
typedef struct _FlLibusbWatch FlLibusbWatch;

/* @events: static */
FlLibusbWatch *fl_libusb_watch_start (FlLibusbThread *thread,
                                      FlLibusbFilter filter,
                                      const FlLibusbWatchEvents *events,
                                      gpointer owner);
/* The owner hears nothing more. Takes the owner's reference. */
void fl_libusb_watch_stop (FlLibusbWatch *self);

/* Whether this user may open the device @node. */
gboolean fl_libusb_may_open (const char *node);
/* Whether this is a sandbox without a right to USB devices. @root: "" or a folder in place of "/".
 * Source: flatpak-metadata(5), "Context", devices. */
gboolean fl_libusb_is_forbidden (const char *root);

G_END_DECLS
