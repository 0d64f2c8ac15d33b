/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

#include "fl-camera-list.h"
#include "fl-label-text.h"

G_BEGIN_DECLS

#define UI_LABEL_SERIAL "P046AD342AB12CD"
#define UI_LABEL_ENDING "AB12CD"
#define UI_LABEL_SECRET "HARB0URLIGHT123"

/* A camera before which there is nothing but a grey wall. */
typedef struct
{
  int problem;  /* atomic: a code of FL_ERROR, or 0 */
  int n_opened; /* atomic */
  FlCameraList *list;
} UiCamera;

/* @problem: what is the matter with it from the beginning, or 0. */
UiCamera *ui_camera_new (int problem);
/* The camera's thread may be in the middle of a picture: it has its own reference. */
void ui_camera_free (UiCamera *self);
void ui_camera_set_problem (UiCamera *self, int problem);
FlCamera *ui_camera_get (UiCamera *self); /* (nullable) borrowed from the list */

/* (transfer full) */
FlLabelText *ui_label_text (const char *text);
FlLabelText *ui_label_text_right (void);

/* A picture of squares beside each other, one for each text; NULL-terminated. (transfer full) */
GdkTexture *ui_labels_photo (const char *const *texts);

G_END_DECLS
