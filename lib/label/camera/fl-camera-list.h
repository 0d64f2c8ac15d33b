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

/* Pictures that a stand-in plays, instead of a file. */
typedef struct
{
  const char *name;
  guint width;
  guint height;
  /* Called in the camera's thread about 30 times a second. Fills @pixels, one byte a pixel, @width
   * x @height. @at_us: since the camera was opened. */
  void (*draw) (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
  /* (nullable) What is the matter with this camera: a code of FL_ERROR, 0: nothing. Asked in any
   * thread: with @at_us -1 when the list starts (FL_ERROR_NO_CAMERA: the list stays empty and says
   * so), with 0 each time that the camera is opened, and then before each picture; the camera fails
   * with what it says. One that is unplugged: FL_ERROR_NO_CAMERA after a while. */
  int (*get_problem) (gint64 at_us, gpointer data);
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
