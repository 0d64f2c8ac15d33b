/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-world.h"

G_BEGIN_DECLS

#define FL_SIM_CAMERA_WIDTH  1280
#define FL_SIM_CAMERA_HEIGHT 720

/**
 * FlSimCamera:
 *
 * What a webcam sees when somebody holds the labels of simulated devices before it: an empty desk,
 * then a label that comes, gets sharp, and is held by an unsteady hand; with many labels one after
 * another, again and again. Which ones, and what goes wrong, the scenario says ("camera" and the
 * faults that begin with it). Pure: pictures depend on the seed and the time alone.
 *
 * One thread at a time may draw; the rest may be called from any thread.
 */
typedef struct _FlSimCamera FlSimCamera;

FlSimCamera *fl_sim_camera_new (FlSimWorld *world);
void fl_sim_camera_free (FlSimCamera *self);

/* Fills @pixels, a byte each. @at_us: since the camera was opened. */
void
fl_sim_camera_draw (FlSimCamera *self, guint8 *pixels, guint width, guint height, gint64 at_us);
/* A code of FL_ERROR, 0: nothing is the matter. @at_us: -1 before it is opened, 0 each time that
 * somebody opens it, which counts, then since that moment. */
int fl_sim_camera_get_problem (FlSimCamera *self, gint64 at_us);

/* How many labels pass. */
guint fl_sim_camera_get_n_labels (FlSimCamera *self);
/* (nullable) @until_us. From when to when a person could read the showing number @index (from 0),
 * microseconds since the camera was opened. @until_us is G_MAXINT64 for one that stays. */
void fl_sim_camera_get_showing (FlSimCamera *self, guint index, gint64 *from_us, gint64 *until_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimCamera, fl_sim_camera_free)

G_END_DECLS
