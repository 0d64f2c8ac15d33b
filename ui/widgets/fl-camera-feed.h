/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-box.h"
#include "fl-scanner.h"

G_BEGIN_DECLS

/**
 * FlCameraFeed:
 *
 * Runs a camera for a box while a page is seen: not before, not behind another page, and not in a
 * minimised or hidden window. The camera is the one that was used last, if it is there.
 *
 * Property "problem" (GError, nullable, notified): why there is no picture. Signals: "scanned"
 * (FlScan, returns an FlCameraMark as int: how its outline is drawn); "opened" (): the first
 * picture since the camera was opened.
 */
#define FL_TYPE_CAMERA_FEED (fl_camera_feed_get_type ())
G_DECLARE_FINAL_TYPE (FlCameraFeed, fl_camera_feed, FL, CAMERA_FEED, GObject)

/* @page: owns the feed and outlives it, as does @box. The cameras are looked for when the page is
 * first seen. */
FlCameraFeed *fl_camera_feed_new (FlCameraList *cameras, FlCameraBox *box, GtkWidget *page);
/* TRUE: the camera is closed, its last picture stays. */
void fl_camera_feed_set_held (FlCameraFeed *self, gboolean held);
/* Try Again, Ask Again. */
void fl_camera_feed_retry (FlCameraFeed *self);
/* Codes looked for in one frame; 1 at first. */
void fl_camera_feed_set_max (FlCameraFeed *self, guint max);
const GError *fl_camera_feed_get_problem (FlCameraFeed *self); /* (nullable), borrowed */
gboolean fl_camera_feed_is_running (FlCameraFeed *self);

G_END_DECLS
