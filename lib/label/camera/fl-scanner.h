/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-camera-list.h"
#include "fl-label-text.h"
#include "fl-matrix-reader.h"

G_BEGIN_DECLS

#define FL_TYPE_HINT (fl_hint_get_type ())
GType fl_hint_get_type (void);

/* One code in one picture. */
typedef struct _FlScan FlScan;
#define FL_TYPE_SCAN (fl_scan_get_type ())
GType fl_scan_get_type (void);
FlScan *fl_scan_ref (FlScan *self);
void fl_scan_unref (FlScan *self);
FlLabelText *fl_scan_get_text (const FlScan *self); /* borrowed */
/* The symbol itself: its whole text, corners in pixels of the full picture. Borrowed. */
FlMatrix *fl_scan_get_matrix (const FlScan *self);
/* Four corners as parts of the picture that is shown, 0 … 1, clockwise from the symbol's top left.
 */
const FlPoint *fl_scan_get_outline (const FlScan *self);
double fl_scan_get_elapsed_ms (const FlScan *self); /* reading took */

/**
 * FlScanner:
 *
 * A camera and a reader: while it runs, the newest frame is read in a worker thread, one at a time;
 * frames that come meanwhile are left out.
 *
 * Signals, in the main context: "preview" (FlPreview pointer, valid during the call): at most one
 * is pending; "scanned" (FlScan): each symbol of each frame, again and again while it is held
 * there; "frame-read" (): one frame was read, whatever was in it. Properties, notified: "hint"
 * (FlHint, steady for half a second before it changes), "state" and "problem" of the camera,
 * "camera".
 */
#define FL_TYPE_SCANNER (fl_scanner_get_type ())
G_DECLARE_FINAL_TYPE (FlScanner, fl_scanner, FL, SCANNER, GObject)

FlScanner *fl_scanner_new (void);
void fl_scanner_set_camera (FlScanner *self,
                            FlCamera *camera); /* (nullable); closes the one before */
FlCamera *fl_scanner_get_camera (FlScanner *self);
void fl_scanner_set_max (FlScanner *self, guint max); /* symbols a frame; 1 at first */
void fl_scanner_start (FlScanner *self);              /* opens the camera; also Try Again */
void fl_scanner_stop (FlScanner *self);               /* closes it: its light goes off */
gboolean fl_scanner_is_running (FlScanner *self);
FlHint fl_scanner_get_hint (FlScanner *self);
/* The outline of a symbol that was found but not read, as fl_scan_get_outline(); NULL without one.
 */
const FlPoint *fl_scanner_get_nearly (FlScanner *self);
const GError *fl_scanner_get_problem (FlScanner *self);

G_END_DECLS
