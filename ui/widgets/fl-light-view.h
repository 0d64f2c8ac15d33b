/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-light.h"

G_BEGIN_DECLS

/**
 * FlLightView:
 *
 * The device drawn as a neutral rounded board whose one light moves as the real one does. It moves
 * only while it is mapped and animations are on, else it shows the light at its brightest. For a
 * screen reader it is an image named by the light's words.
 */
#define FL_TYPE_LIGHT_VIEW (fl_light_view_get_type ())
G_DECLARE_FINAL_TYPE (FlLightView, fl_light_view, FL, LIGHT_VIEW, GtkWidget)

GtkWidget *fl_light_view_new (void);
/* Only the light, without the board: for rows. */
void fl_light_view_set_compact (FlLightView *self, gboolean compact);
void fl_light_view_set_light (FlLightView *self, const FlLight *light); /* (nullable): dark */
const FlLight *fl_light_view_get_light (FlLightView *self);
gboolean fl_light_view_is_moving (FlLightView *self);
/* What the light shows now: colour 0xRRGGBB, brightness 0..1. */
guint32 fl_light_view_get_shown (FlLightView *self, double *brightness);

/* "The light blinks slowly, blue": a whole translated sentence. (transfer full) */
char *fl_light_dup_sentence (const FlLight *light);

G_END_DECLS
