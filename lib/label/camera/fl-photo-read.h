/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-reader.h"
#include "fl-photo-load.h"

G_BEGIN_DECLS

#define FL_PHOTO_MAX_LABELS 64 /* in one picture */

/* Every symbol of @picture, in its own pixels; of FlMatrix, may be empty. A camera's pictures are
 * looked at in one scale each; here several are tried, while @budget lasts. Paints over
 * in @picture what it read. Pure. */
GPtrArray *fl_photo_read_picture (FlPhotoPicture *picture, const FlBudget *budget);

G_END_DECLS
