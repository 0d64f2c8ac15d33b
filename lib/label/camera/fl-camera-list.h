/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera.h"

G_BEGIN_DECLS

/**
 * FlCameraList:
 *
 * The cameras of this computer as a GListModel of FlCamera, as they come and go. In a sandbox with
 * a camera portal it holds the one camera that the portal gives.
 *
 * Property "problem" (GError, nullable, notified): FL_ERROR_NO_CAMERA when there is none, once the
 * system was looked over.
 */
#define FL_TYPE_CAMERA_LIST (fl_camera_list_get_type ())
G_DECLARE_FINAL_TYPE (FlCameraList, fl_camera_list, FL, CAMERA_LIST, GObject)

/* Pictures that a stand-in plays, instead of a file: called in the camera's thread about 30 times a
 * second. Fills @pixels, one byte a pixel, @width x @height. */
typedef struct
{
  const char *name;
  guint width;
  guint height;
  void (*draw) (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
} FlCameraPicture;

/* The real ones. GStreamer is started here, in a thread; nothing blocks. */
FlCameraList *fl_camera_list_new (void);
/* One stand-in. @source: a picture file, a folder of pictures (played in the order of their names,
 * 30 a second, again and again), or "videotestsrc". FL_ERROR_INVALID_INPUT when it is none of them.
 */
FlCameraList *fl_camera_list_new_for_source (const char *source, GError **error);
FlCameraList *fl_camera_list_new_for_picture (const FlCameraPicture *picture);

/* Idempotent. Before it nothing is looked for. */
void fl_camera_list_start (FlCameraList *self);
void fl_camera_list_stop (FlCameraList *self);
const GError *fl_camera_list_get_problem (FlCameraList *self);
/* The one with @id, else the best one: not a "virtual" one or an infrared one when there is
 * another. (nullable) (transfer full) */
FlCamera *fl_camera_list_choose (FlCameraList *self, const char *id);

G_END_DECLS
