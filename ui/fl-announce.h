/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  FL_ANNOUNCE_LOW,
  FL_ANNOUNCE_MEDIUM,
  FL_ANNOUNCE_HIGH,
} FlAnnouncePriority;

/**
 * FlLiveRegion:
 *
 * A line of no size at the bottom of a window, role "status", through which a screen reader hears
 * what fl_announce() says where GTK has no announcements of its own (before 4.14).
 */
#define FL_TYPE_LIVE_REGION (fl_live_region_get_type ())
G_DECLARE_FINAL_TYPE (FlLiveRegion, fl_live_region, FL, LIVE_REGION, GtkWidget)

const char *fl_live_region_get_words (FlLiveRegion *self); /* said last; "" before */

/* Says @words, a whole translated sentence. @widget: any widget in the window; nothing happens
 * while it is in none. */
void fl_announce (GtkWidget *widget, FlAnnouncePriority priority, const char *words);

/* GTK 4.8 tells a screen reader a button's label with its underscore; this leaves the label alone.
 * For @root and all buttons below it. */
void fl_name_buttons (GtkWidget *root);

G_END_DECLS
