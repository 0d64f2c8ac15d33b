/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "ui-camera.h"

static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data)
{
  UiCamera *self = data;

  memset (pixels, 0x80, (gsize) width * height);
  g_atomic_int_inc (&self->n_drawn);
}

static int
get_problem (gint64 at_us, gpointer data)
{
  UiCamera *self = data;

  if (at_us == 0)
    g_atomic_int_inc (&self->n_opened);
  return g_atomic_int_get (&self->problem);
}

void
ui_camera_init (UiCamera *self, int problem)
{
  const FlCameraPicture picture = {
    .name = "Grey Wall",
    .width = 320,
    .height = 240,
    .draw = draw,
    .data = self,
    .get_problem = get_problem,
  };

  *self = (UiCamera){ .problem = problem };
  self->list = fl_camera_list_new_for_picture (&picture);
}

void
ui_camera_clear (UiCamera *self)
{
  g_clear_object (&self->list);
}

void
ui_camera_set_problem (UiCamera *self, int problem)
{
  g_atomic_int_set (&self->problem, problem);
}

FlCamera *
ui_camera_get (UiCamera *self)
{
  FlCamera *camera = g_list_model_get_item (G_LIST_MODEL (self->list), 0);

  if (camera != NULL)
    g_object_unref (camera); /* the list keeps it */
  return camera;
}

FlLabelText *
ui_label_text (const char *text)
{
  g_autoptr (FlSecret) secret = fl_secret_new (text, strlen (text));

  return fl_label_text_new (secret);
}

FlLabelText *
ui_label_text_right (void)
{
  return ui_label_text (UI_LABEL_SERIAL " " UI_LABEL_SECRET);
}
