/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"
#include "fl-matrix-code.h"

/* Draws symbols as a camera would see them, for tests: no clock and no randomness but the seeds. */
typedef struct
{
  guint width;   /* pixels */
  guint height;  /* pixels */
  float *levels; /* owned: 0 black … 255 white, not yet clipped */
  guint8 *bytes; /* owned: what canvas_luma() gave last */
} Canvas;

Canvas *canvas_new (guint width, guint height, float level);
void canvas_free (Canvas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Canvas, canvas_free)

/* Outer corners of a symbol, top left, top right, bottom right, bottom left. Rotated clockwise
 * in the picture, then tilted away about the axis at @axis degrees, with the perspective of a
 * camera ten symbols away. */
typedef struct
{
  FlPoint centre;
  float module;               /* pixels, before the tilt */
  float rotation, tilt, axis; /* degrees */
} Pose;
void pose_corners (const Pose *pose, guint rows, guint columns, FlPoint *corners);

/* @grid within @corners by area sampling, and around it @quiet modules of @light. Swap @dark and
 * @light for a symbol that is light on dark. */
void canvas_draw (Canvas *self,
                  const FlMatrixGrid *grid,
                  const FlPoint *corners,
                  float dark,
                  float light,
                  float quiet);
void canvas_fill (Canvas *self, int x, int y, int width, int height, float level);
void canvas_blur (Canvas *self, float radius);                 /* out of focus: a disc, pixels */
void canvas_smear (Canvas *self, float length, float degrees); /* moved: a streak, pixels */
void canvas_shine (Canvas *self, FlPoint centre, float radius, float level); /* adds a soft spot */
void canvas_scale (Canvas *self, float factor, float offset); /* contrast, then brightness */
void canvas_noise (Canvas *self, float sigma, guint32 seed);
/* Borrowed until the next call. */
FlLuma canvas_luma (Canvas *self);
