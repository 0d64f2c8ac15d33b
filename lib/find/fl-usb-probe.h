/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-device-state.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlUsbProbe:
 *
 * A few short questions to a device that was just plugged in: who it is beyond its descriptors. It
 * opens the link, asks and closes it. A device that answers none of them has no problem: protected
 * ones refuse most requests.
 */
typedef struct _FlUsbProbe FlUsbProbe;

/* Borrowed by the callback. */
typedef struct
{
  const char *serial;   /* (nullable) */
  const char *firmware; /* (nullable) "6.2.0" */
  FlDeviceMode mode;
  const GError *error; /* (nullable) the link could not be opened */
} FlUsbAnswer;

/* @probe is over and may be freed. */
typedef void (*FlUsbProbeFunc) (FlUsbProbe *probe, const FlUsbAnswer *answer, gpointer data);

/* Begins at once; @func runs once, later. */
FlUsbProbe *fl_usb_probe_new (FlUsbLink *link, FlClock *clock, FlUsbProbeFunc func, gpointer data);
/* Ends it, and closes the link at once; @func does not run any more. */
void fl_usb_probe_free (FlUsbProbe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlUsbProbe, fl_usb_probe_free)

G_END_DECLS
