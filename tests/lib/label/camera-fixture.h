/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-camera-private.h"

G_BEGIN_DECLS

/* What a test sees of a camera: counts of pictures, from its thread. */
typedef struct
{
  FlCamera *camera;
  GMutex lock;
  guint n_frames;
  guint n_previews;
  guint width; /* of the last frame */
  guint height;
  guint narrowest; /* width of all frames */
  guint8 first;    /* pixel of the last frame */
  guint preview_width;
  guint preview_height;
  guint8 preview_first[4];
  gboolean is_closed; /* set after fl_camera_close(): a picture after it is a failure */
} Eye;

/* The only camera of @list, which is started. */
void eye_init (Eye *eye, FlCameraList *list);
void eye_init_camera (Eye *eye, FlCamera *camera); /* (transfer full) */
void eye_clear (Eye *eye);
guint eye_count_frames (Eye *eye);
guint eye_count_previews (Eye *eye);
/* Whether the last frame was like this. */
gboolean eye_sees (Eye *eye, guint width, guint8 first);
void eye_close (Eye *eye);

/* Bytes as a file in a folder of its own, removed by remove_file(). */
char *write_file (const char *name, const void *data, gsize size);
char *write_pgm (const char *name, guint width, guint height, guint8 grey);
void remove_file (const char *path);

G_END_DECLS
