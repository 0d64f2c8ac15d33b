/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colour of @rgb (0xRRGGBB) as the eye sees an LED of it: at full brightness a little towards
 * white. */
void fl_light_to_rgba (guint32 rgb, double brightness, GdkRGBA *rgba);

/* A neutral rounded board with its light, centred in @width x @height. @ink: the text colour, which
 * tells a dark surface from a light one. */
void fl_light_draw_device (GtkSnapshot *snapshot,
                           int width,
                           int height,
                           const GdkRGBA *ink,
                           guint32 rgb,
                           double brightness);

/* The light alone. */
void fl_light_draw_dot (GtkSnapshot *snapshot,
                        int width,
                        int height,
                        const GdkRGBA *ink,
                        guint32 rgb,
                        double brightness);

G_END_DECLS
