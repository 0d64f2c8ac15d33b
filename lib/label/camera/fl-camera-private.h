/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"
#include "fl-camera.h"

G_BEGIN_DECLS

/* @silence_ms: 0 for FL_CAMERA_SILENCE_S. */
FlCamera *fl_camera_new (FlCameraSource *source, guint silence_ms);
FlCameraSource *fl_camera_get_source (FlCamera *self); /* borrowed */

/* Whose functions it calls: of several pages that share a camera, the one that opened it last. */
gboolean fl_camera_is_used_by (FlCamera *self, gpointer data);

G_END_DECLS
