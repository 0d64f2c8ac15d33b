/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/gst.h>

#include "fl-camera.h"

G_BEGIN_DECLS

/* Where a pipeline's pictures go; called in its streaming threads. */
typedef struct
{
  void (*on_alive) (gpointer data); /* a whole picture came, before it is decoded or shown */
  FlFrameFunc on_frame;
  FlPreviewFunc on_preview;
  gpointer data;
} FlCameraSinks;

/**
 * FlCameraPipeline:
 *
 * source ! capsfilter ! (jpegdec) ! tee, and from there two branches that each keep only the newest
 * picture: one scaled down and then made BGRA to show, one as it is to decode. Everything here may
 * block: it is for the camera's own thread.
 */
typedef struct _FlCameraPipeline FlCameraPipeline;

/* @source: taken, also on failure. @sinks must outlive the pipeline. NULL with E57 when GStreamer
 * lacks something. */
FlCameraPipeline *
fl_camera_pipeline_new (GstElement *source, const FlCameraSinks *sinks, GError **error);
/* Into state NULL: the device is closed when this returns. */
void fl_camera_pipeline_free (FlCameraPipeline *self);
GstBus *fl_camera_pipeline_get_bus (FlCameraPipeline *self); /* borrowed */
gboolean fl_camera_pipeline_set_state (FlCameraPipeline *self, GstState state);
/* What the source can do, in state READY. (transfer full) */
GstCaps *fl_camera_pipeline_query (FlCameraPipeline *self);
/* In state READY. @format: one of fl_camera_format_choose(); %NULL: what comes. */
void fl_camera_pipeline_set_format (FlCameraPipeline *self, const GstCaps *format);
/* From any thread. */
void fl_camera_pipeline_set_zoom (FlCameraPipeline *self, double zoom);
/* The open device's file, -1 when it has none; borrowed. */
int fl_camera_pipeline_get_fd (FlCameraPipeline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCameraPipeline, fl_camera_pipeline_free)

G_END_DECLS
