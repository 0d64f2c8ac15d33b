/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-source.h"
#include "fl-camera.h"

G_BEGIN_DECLS

/**
 * FlCameraSession:
 *
 * One time that a camera is open: a thread that opens it, watches over it and closes it again.
 * Reference counted; the thread keeps a reference of its own.
 */
typedef struct _FlCameraSession FlCameraSession;

/* In the main context. @problem: with FL_CAMERA_FAILED, which is the last news: the device is
 * closed by then. */
typedef void (*FlCameraNewsFunc) (FlCameraSession *session,
                                  FlCameraState state,
                                  const GError *problem,
                                  gpointer owner);

typedef struct
{
  FlCameraSource *source;
  FlCameraSession *before; /* (nullable) its device is closed before this one's is opened */
  guint silence_ms;
  double zoom;
  FlFrameFunc on_frame;
  FlPreviewFunc on_preview;
  gpointer functions_data;
  FlCameraNewsFunc on_news;
  GObject *owner; /* weak; no news without it */
} FlCameraSessionOptions;

FlCameraSession *fl_camera_session_start (const FlCameraSessionOptions *options);
/* After it neither function is called and no news comes. The device is closed soon after. */
void fl_camera_session_stop (FlCameraSession *self);
FlCameraSession *fl_camera_session_ref (FlCameraSession *self);
void fl_camera_session_unref (FlCameraSession *self);

void fl_camera_session_set_functions (FlCameraSession *self,
                                      FlFrameFunc on_frame,
                                      FlPreviewFunc on_preview,
                                      gpointer data);
void fl_camera_session_set_zoom (FlCameraSession *self, double zoom);
gboolean fl_camera_session_has_torch (FlCameraSession *self);
void fl_camera_session_set_torch (FlCameraSession *self, gboolean on);

G_END_DECLS
