/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label-page.h"

#include "fl-camera-feed.h"
#include "fl-error-box.h"
#include "fl-label-drawing.h"
#include "fl-label-judge.h"
#include "fl-label-photo.h"
#include "fl-label-typed.h"
#include "fl-screen-reader.h"

G_BEGIN_DECLS

/* Shared by fl-label-page.c (what is shown and typed), fl-label-page-product.c (what is
 * asked for), fl-label-page-focus.c (the focus),
 * fl-label-page-errors.c (what is told),
 * fl-label-page-camera.c (codes before the camera) and fl-label-page-photo.c (photos, and the
 * choice among their labels). */
struct _FlLabelPage
{
  FlPage parent_instance;

  FlClock *clock;
  FlScreenReader *screen_reader;
  FlLabelJudge *judge;
  FlCameraFeed *feed; /* NULL without cameras */
  FlLabelPhoto *photo;

  FlNeed need;
  char *device_name;  /* of the one that was chosen, or NULL */
  gboolean can_scan;  /* the product's labels have the square */
  gboolean can_cable; /* a cable is another way */
  gboolean has_secret_in_square;
  gboolean typing;      /* the fields show beside the camera */
  gboolean had_picture; /* the camera worked since the page was shown */
  gboolean patient;

  FlLabel *read;  /* shown as read; gone on with in a moment */
  FlLabel *other; /* of another device, as told */
  guint next_id;
  guint help_id;

  FlErrorBox *told_box;
  FlLabelTyped *typed;
  GtkWidget *enter_button;
  GtkWidget *photo_button;
  GtkWidget *cable_button;
  FlCameraBox *camera_box;
  GtkWidget *photo_row;
  GtkLabel *photo_label;
  GtkWidget *photo_cancel;
  FlLabelDrawing *example;
  GtkWidget *choices;
  GtkListBox *choices_list;
  GtkWidget *no_camera_label;
};

/* fl-label-page.c */
void fl_label_page_update (FlLabelPage *self);
void fl_label_page_emit_read (FlLabelPage *self, FlLabel *label);
void fl_label_page_go_on (FlLabelPage *self);

/* fl-label-page-product.c */
void fl_label_page_update_subtitle (FlLabelPage *self, gboolean scans);

/* fl-label-page-focus.c */
/* Where acting begins. */
void fl_label_page_focus (FlLabelPage *self);
/* The same, if what had the focus is gone from the screen. */
void fl_label_page_rescue_focus (FlLabelPage *self);
/* What a scanner types while the focus is on a button goes to the first field. */
gboolean fl_label_page_take_key (GtkEventControllerKey *controller,
                                 guint keyval,
                                 guint keycode,
                                 GdkModifierType state,
                                 FlLabelPage *self);

/* fl-label-page-errors.c */
/* @advice (nullable): instead of the catalogue's. */
void fl_label_page_tell (FlLabelPage *self, const GError *error, const char *advice);
/* The same, and the focus stays where it is. */
void fl_label_page_mention (FlLabelPage *self, const GError *error, const char *advice);
void fl_label_page_untell (FlLabelPage *self);
void fl_label_page_act_on_told (FlLabelPage *self, int action);
/* Before the guide hears of it. */
void fl_label_page_act_on_error (FlLabelPage *self, int action);

/* fl-label-page-camera.c */
void fl_label_page_connect_feed (FlLabelPage *self);
void fl_label_page_update_feed (FlLabelPage *self);
void fl_label_page_accept (FlLabelPage *self, FlLabel *label);
/* A code that is not it. */
void fl_label_page_refuse (FlLabelPage *self, FlLabelText *text, const GError *error);
/* Reading goes on. */
void fl_label_page_resume (FlLabelPage *self);
void fl_label_page_stop_timers (FlLabelPage *self);

/* fl-label-page-photo.c */
void fl_label_page_connect_photo (FlLabelPage *self);
void fl_label_page_choose (FlLabelPage *self, GtkListBoxRow *row);
void fl_label_page_drop_choices (FlLabelPage *self);

G_END_DECLS
