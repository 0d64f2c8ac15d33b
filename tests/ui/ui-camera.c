/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "ui-camera.h"

#include "fl-matrix-code.h"

static void
draw (guint8 *pixels, guint width, guint height, gint64 at_us, gpointer data)
{
  memset (pixels, 0x80, (gsize) width * height);
}

static int
get_problem (gint64 at_us, gpointer data)
{
  UiCamera *self = data;

  if (at_us == 0)
    g_atomic_int_inc (&self->n_opened);
  return g_atomic_int_get (&self->problem);
}

UiCamera *
ui_camera_new (int problem)
{
  UiCamera *self = g_atomic_rc_box_new0 (UiCamera);
  const FlCameraPicture picture = {
    .name = "Grey Wall",
    .width = 320,
    .height = 240,
    .draw = draw,
    .data = g_atomic_rc_box_acquire (self),
    .free_data = (GDestroyNotify) g_atomic_rc_box_release,
    .get_problem = get_problem,
  };

  self->problem = problem;
  self->list = fl_camera_list_new_for_picture (&picture);
  return self;
}

void
ui_camera_free (UiCamera *self)
{
  g_clear_object (&self->list);
  g_atomic_rc_box_release (self);
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

#define CELL  6   /* pixels of a module */
#define PLACE 300 /* pixels from one square to the next */

static void
paint (guint8 *pixels, guint width, guint left, guint top, const FlMatrixGrid *grid)
{
  const guint columns = grid->size->columns;

  for (guint y = 0; y < grid->size->rows * CELL; y++)
    for (guint x = 0; x < columns * CELL; x++)
      if (grid->modules[(y / CELL) * columns + x / CELL] > 0)
        memset (pixels + 3 * ((gsize) (top + y) * width + left + x), 0x10, 3);
}

GdkTexture *
ui_labels_photo (const char *const *texts)
{
  const guint n = g_strv_length ((char **) texts);
  const guint width = n * PLACE, height = PLACE;
  guint8 *pixels = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, 0xe8, (gsize) width * height * 3);
  for (guint i = 0; i < n; i++)
    {
      FlMatrixGrid grid;

      g_assert_true (fl_matrix_encode (texts[i], strlen (texts[i]), NULL, &grid));
      paint (pixels, width, i * PLACE + 60, 60, &grid);
    }
  bytes = g_bytes_new_take (pixels, (gsize) width * height * 3);
  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_R8G8B8, bytes,
                                 (gsize) width * 3);
}
