/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-photo-plane.h"

G_BEGIN_DECLS

/* A picture, upright. */
typedef struct
{
  FlPhotoPlane *plane; /* at most FL_LUMA_MAX_SIDE a side */
  guint width;         /* pixels of the picture itself, which may be larger */
  guint height;        /* pixels */
} FlPhotoPicture;

void fl_photo_picture_clear (FlPhotoPicture *self);

/* All of these block. Errors: as of fl_photo_read_async(). */

/* At most FL_PHOTO_MAX_BYTES, also of what has no size of its own. */
GBytes *fl_photo_load_file (GFile *file, GCancellable *cancellable, GError **error);
/* What the picture says of its size is believed before anything of that size is allocated. */
gboolean fl_photo_load_picture (GBytes *bytes,
                                GCancellable *cancellable,
                                FlPhotoPicture *picture,
                                GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlPhotoPicture, fl_photo_picture_clear)

G_END_DECLS
