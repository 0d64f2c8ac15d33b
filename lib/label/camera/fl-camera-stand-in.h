/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-camera-source.h"

G_BEGIN_DECLS

/* What a stand-in camera plays; see fl_camera_list_new_for_source() and _for_picture(). */
FlCameraSource *fl_camera_stand_in_new (const char *source, GError **error);
FlCameraSource *fl_camera_stand_in_new_for_picture (const FlCameraPicture *picture);

G_END_DECLS
