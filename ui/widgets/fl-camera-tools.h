/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-camera.h"

G_BEGIN_DECLS

/**
 * FlCameraTools:
 *
 * Zoom, the camera's light where it has one, and the choice of a camera where there are several.
 * Signal: "chosen" (FlCamera), by the person.
 */
#define FL_TYPE_CAMERA_TOOLS (fl_camera_tools_get_type ())
G_DECLARE_FINAL_TYPE (FlCameraTools, fl_camera_tools, FL, CAMERA_TOOLS, GtkBox)

GtkWidget *fl_camera_tools_new (void);
/* @camera (nullable): the one that is used; its zoom is set to what the slider says. @cameras
 * (nullable): of FlCamera, to choose from. */
void fl_camera_tools_set_camera (FlCameraTools *self, FlCamera *camera, GListModel *cameras);

G_END_DECLS
