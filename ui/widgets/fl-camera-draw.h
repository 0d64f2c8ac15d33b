/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-view.h"

G_BEGIN_DECLS

/* A quadrilateral on the screen, in pixels. */
typedef struct
{
  FlPoint corners[4];
} FlQuad;

/* The square to aim with, in the middle of a picture of this size. */
FlQuad fl_quad_guide (float width, float height);
/* Corners as parts of the picture to places in a mirrored view of this size. */
FlQuad fl_quad_mirrored (const FlPoint *corners, float width, float height);
/* @self with its corners counted so that each is nearest to the same one of @other: a line that
 * moves from one to the other does not twist. */
FlQuad fl_quad_aligned (const FlQuad *self, const FlQuad *other);
/* @part: 0 is @from, 1 is @to. */
FlQuad fl_quad_between (const FlQuad *from, const FlQuad *to, float part);

void fl_camera_draw_guide (cairo_t *cr, const FlQuad *guide);
/* @accent: of marks that are read. */
void
fl_camera_draw_mark (cairo_t *cr, const FlQuad *quad, FlCameraMark mark, const GdkRGBA *accent);

G_END_DECLS
