/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"

G_BEGIN_DECLS

/**
 * FlCameraWatch:
 *
 * Looks for the cameras of this computer in a thread of its own, and goes on looking: GStreamer's
 * device monitor, whose start may take a second, and the camera portal where there is no other.
 */
typedef struct _FlCameraWatch FlCameraWatch;

/* In the main context: all cameras, the best first, whenever there are others than before.
 * @sources: (element-type FlCameraSource). @problem: (nullable) why there is none. */
typedef void (*FlCameraWatchFunc) (GPtrArray *sources, const GError *problem, GObject *owner);

/* @is_sandboxed: devices are out of reach, only the camera portal is asked. @owner: weak. */
FlCameraWatch *
fl_camera_watch_start (gboolean is_sandboxed, FlCameraWatchFunc func, GObject *owner);
/* No call of the function comes after it. Frees the watch. */
void fl_camera_watch_stop (FlCameraWatch *self);

G_END_DECLS
