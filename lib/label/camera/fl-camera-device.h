/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"

G_BEGIN_DECLS

/* A camera that GStreamer's device monitor found; NULL when it has no pictures that we understand
 * (a metadata node, an encoder). (transfer full) (nullable) */
FlCameraSource *fl_camera_device_new (GstDevice *device);
/* Whether both are the same camera, found twice: straight and over PipeWire. */
gboolean fl_camera_device_is_same (GstDevice *a, GstDevice *b);
/* How much we want it, the least first: straight cameras before those over PipeWire, and infrared
 * and virtual ones last. Pure but for reading @device. */
guint fl_camera_device_get_rank (GstDevice *device);

G_END_DECLS
