/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

/* A picture file, or the pictures of a folder in the order of their names, for a stand-in camera.
 * Those that are used again and again are unpacked once. */
typedef struct _FlPictureFiles FlPictureFiles;

/* Quick: looks at the beginning of files only. FL_ERROR_INVALID_INPUT when there is no picture. */
gboolean fl_picture_files_check (const char *path, GError **error);
FlPictureFiles *fl_picture_files_new (const char *path, GError **error);
void fl_picture_files_free (FlPictureFiles *self);
/* As FlPictureFeed.next: grey pictures as GRAY8, others as RGB. */
GstBuffer *
fl_picture_files_next (FlPictureFiles *self, guint64 n, GstVideoInfo *info, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlPictureFiles, fl_picture_files_free)

G_END_DECLS
