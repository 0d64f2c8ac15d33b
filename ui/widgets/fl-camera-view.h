/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-camera.h"

G_BEGIN_DECLS

/* How the outline of a code is drawn. */
typedef enum
{
  FL_CAMERA_MARK_NEARLY, /* found, not read yet: thin */
  FL_CAMERA_MARK_READ,   /* read: solid, in the accent colour, with a tick */
  FL_CAMERA_MARK_WRONG,  /* read, and not what is wanted: dashed */
} FlCameraMark;

/**
 * FlCameraView:
 *
 * What a camera sees, as in a mirror, so that a hand moves on the screen as it moves before it; the
 * square to hold a code into; around codes that were found, their outlines.
 */
#define FL_TYPE_CAMERA_VIEW (fl_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (FlCameraView, fl_camera_view, FL, CAMERA_VIEW, GtkWidget)

GtkWidget *fl_camera_view_new (void);
/* The picture that is shown from now on; its pixels are referenced, not copied. NULL: an empty
 * frame. One whose numbers do not fit its bytes is left out. */
void fl_camera_view_set_preview (FlCameraView *self, const FlPreview *preview);
/* Something else on the page is more important now: the picture makes room. */
void fl_camera_view_set_small (FlCameraView *self, gboolean small);
gboolean fl_camera_view_has_preview (FlCameraView *self);
/* Takes the outlines away; the square to aim with is there again. */
void fl_camera_view_clear_outlines (FlCameraView *self);
/* @corners: four, as parts of the camera's picture, 0 to 1, clockwise; copied. */
void fl_camera_view_add_outline (FlCameraView *self, const FlPoint *corners, FlCameraMark mark);

G_END_DECLS
