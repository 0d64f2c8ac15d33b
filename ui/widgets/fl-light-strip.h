/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-light.h"

G_BEGIN_DECLS

/**
 * FlLightStrip:
 *
 * The rhythm of a light as a strip of bars: gaps are dark, high bars bright. It runs while it is
 * mapped and animations are on, and stands still otherwise. Decoration: the words say the same.
 */
#define FL_TYPE_LIGHT_STRIP (fl_light_strip_get_type ())
G_DECLARE_FINAL_TYPE (FlLightStrip, fl_light_strip, FL, LIGHT_STRIP, GtkWidget)

void fl_light_strip_set_light (FlLightStrip *self, const FlLight *light); /* (nullable) */

/* Bars of the whole strip at @at_ms since the pattern began; heights 0..1, oldest first. Pure. */
#define FL_LIGHT_STRIP_BARS 40
void
fl_light_strip_sample (const FlLight *light, gint64 at_ms, double heights[FL_LIGHT_STRIP_BARS]);

G_END_DECLS
