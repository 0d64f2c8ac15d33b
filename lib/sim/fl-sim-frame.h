/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-sticker.h"

G_BEGIN_DECLS

/* A camera's picture, made of parts. Pure: the same arguments give the same pixels. */
typedef struct
{
  guint8 *pixels; /* a byte each, row by row */
  guint width;
  guint height;
} FlSimFrame;

/* How a sticker is held into the picture. */
typedef struct
{
  double x, y;   /* its middle, pixels of the frame */
  double angle;  /* radians, clockwise */
  double scale;  /* pixels of the frame for one of the drawing */
  double blur;   /* pixels of the drawing */
  double fading; /* 0 not there … 1 there: it moves faster than the camera sees */
} FlSimPose;

/* A wooden desk under a lamp, without anything on it. */
void fl_sim_frame_draw_desk (FlSimFrame *frame, guint64 seed);
void
fl_sim_frame_draw_sticker (FlSimFrame *frame, const FlSimSticker *sticker, const FlSimPose *pose);
/* @light: 1: as it is. @noise: standard deviation, grey levels. @number: of the frame. */
void
fl_sim_frame_expose (FlSimFrame *frame, double light, double noise, guint64 seed, guint64 number);

/* A number that is as good as drawn by lot: SplitMix64. */
guint64 fl_sim_frame_hash (guint64 value);

G_END_DECLS
