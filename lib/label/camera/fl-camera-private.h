/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"
#include "fl-camera.h"

G_BEGIN_DECLS

/* @silence_ms: 0 for FL_CAMERA_SILENCE_S. */
FlCamera *fl_camera_new (FlCameraSource *source, guint silence_ms);
FlCameraSource *fl_camera_get_source (FlCamera *self); /* borrowed */

G_END_DECLS
