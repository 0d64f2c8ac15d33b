/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera.h"
#include "fl-matrix-reader.h"

G_BEGIN_DECLS

/* What one frame had in it. */
typedef struct
{
  FlReading reading;
  guint width; /* of the frame, pixels */
  guint height;
  double elapsed_ms;
} FlScanResult;

/* In the main context. */
typedef void (*FlScanResultFunc) (const FlScanResult *result, GObject *owner);

typedef struct
{
  guint budget_ms; /* of one frame; 0: no limit */
  guint max;       /* symbols a frame */
  FlScanResultFunc on_result;
  GObject *owner; /* weak */
} FlScanWorkerOptions;

/**
 * FlScanWorker:
 *
 * A thread that reads the newest of the frames it is given, one at a time. At most one result
 * waits for the main context: a slow window does not pile them up.
 */
typedef struct _FlScanWorker FlScanWorker;

FlScanWorker *fl_scan_worker_start (const FlScanWorkerOptions *options);
/* From any thread; replaces a frame that is still waiting. */
void fl_scan_worker_push (FlScanWorker *self, FlFrame *frame);
void fl_scan_worker_set_max (FlScanWorker *self, guint max); /* symbols a frame */
/* No result comes after it; frees the worker. Does not wait for the frame that is being read. */
void fl_scan_worker_stop (FlScanWorker *self);

G_END_DECLS
