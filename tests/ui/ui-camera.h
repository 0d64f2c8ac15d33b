/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

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
  int n_drawn;  /* atomic: pictures */
  FlCameraList *list;
} UiCamera;

/* @problem: what is the matter with it from the beginning, or 0. It must outlive all cameras. */
void ui_camera_init (UiCamera *self, int problem);
void ui_camera_clear (UiCamera *self);
void ui_camera_set_problem (UiCamera *self, int problem);
FlCamera *ui_camera_get (UiCamera *self); /* (nullable) borrowed from the list */

/* (transfer full) */
FlLabelText *ui_label_text (const char *text);
FlLabelText *ui_label_text_right (void);

G_END_DECLS
