/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-error.h"
#include "fl-luma.h"

G_BEGIN_DECLS

/* A camera's picture to show, small: at most 640 x 480 unless the zoom asks for more. */
typedef struct
{
  GBytes *pixels; /* B, G, R, A premultiplied (GDK_MEMORY_B8G8R8A8_PREMULTIPLIED); owned */
  guint width;    /* pixels */
  guint height;   /* pixels */
  gsize stride;   /* bytes */
} FlPreview;

/* A camera's frame to decode: the brightness at full size, valid while the frame is referenced. */
typedef struct _FlFrame FlFrame;
FlFrame *fl_frame_ref (FlFrame *self);
void fl_frame_unref (FlFrame *self);
FlLuma fl_frame_get_luma (FlFrame *self);

/* Both in the camera's own thread; take what is needed and return at once. */
typedef void (*FlFrameFunc) (FlFrame *frame, gpointer data);
typedef void (*FlPreviewFunc) (const FlPreview *preview, gpointer data);

typedef enum
{
  FL_CAMERA_CLOSED,
  FL_CAMERA_OPENING, /* also: the desktop asks the person for permission */
  FL_CAMERA_RUNNING,
  FL_CAMERA_FAILED,
} FlCameraState;

#define FL_TYPE_CAMERA_STATE (fl_camera_state_get_type ())
GType fl_camera_state_get_type (void);

/**
 * FlCamera:
 *
 * One camera: real (V4L2, or PipeWire through the camera portal in a sandbox) or a stand-in that
 * plays pictures through the same pipeline. Closed when not needed, so that its light is off.
 *
 * Properties, notified in the main context: "state"; "problem" (GError, nullable): E13, E14, E15,
 * or E57 for one that delivers nothing sensible, or nothing for FL_CAMERA_SILENCE_S.
 */
#define FL_TYPE_CAMERA (fl_camera_get_type ())
G_DECLARE_FINAL_TYPE (FlCamera, fl_camera, FL, CAMERA, GObject)

#define FL_CAMERA_SILENCE_S 5 /* without a frame */

/* Nothing is opened yet. See fl-camera-list.h for the ids; @data goes to both functions. */
void fl_camera_set_functions (FlCamera *self,
                              FlFrameFunc on_frame,
                              FlPreviewFunc on_preview,
                              gpointer data);
/* Both idempotent; nothing blocks. When close returns, neither function is called any more, also
 * not from another thread. */
void fl_camera_open (FlCamera *self);
void fl_camera_close (FlCamera *self);
FlCameraState fl_camera_get_state (FlCamera *self);
const GError *fl_camera_get_problem (FlCamera *self);
const char *fl_camera_get_id (FlCamera *self);   /* stable over restarts, for the settings */
const char *fl_camera_get_name (FlCamera *self); /* as the system calls it */
/* 1 … 4: the middle of the picture, enlarged; preview and frames alike. */
void fl_camera_set_zoom (FlCamera *self, double zoom);
/* The light of the camera. FALSE when it has none. */
gboolean fl_camera_has_torch (FlCamera *self);
void fl_camera_set_torch (FlCamera *self, gboolean on);

G_END_DECLS
