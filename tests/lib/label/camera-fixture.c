/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
on_frame (FlFrame *frame, gpointer data)
{
  Eye *eye = data;
  FlLuma luma = fl_frame_get_luma (frame);

  g_assert_true (fl_luma_is_valid (&luma));
  g_mutex_lock (&eye->lock);
  g_assert_false (eye->is_closed);
  eye->n_frames++;
  eye->narrowest = eye->n_frames == 1 ? luma.width : MIN (eye->narrowest, luma.width);
  eye->width = luma.width;
  eye->height = luma.height;
  eye->first = luma.pixels[0];
  g_mutex_unlock (&eye->lock);
  g_main_context_wakeup (NULL);
}

static void
on_preview (const FlPreview *preview, gpointer data)
{
  Eye *eye = data;
  gsize size = 0;
  const guint8 *pixels = g_bytes_get_data (preview->pixels, &size);

  g_assert_cmpuint (size, >=, preview->stride * (preview->height - 1) + preview->width * 4);
  g_mutex_lock (&eye->lock);
  g_assert_false (eye->is_closed);
  eye->n_previews++;
  eye->preview_width = preview->width;
  eye->preview_height = preview->height;
  memcpy (eye->preview_first, pixels, sizeof eye->preview_first);
  g_mutex_unlock (&eye->lock);
  g_main_context_wakeup (NULL);
}

void
eye_init (Eye *eye, FlCameraList *list)
{
  fl_camera_list_start (list);
  eye_init_camera (eye, fl_camera_list_choose (list, NULL));
}

void
eye_init_camera (Eye *eye, FlCamera *camera)
{
  g_assert_nonnull (camera);
  memset (eye, 0, sizeof *eye);
  g_mutex_init (&eye->lock);
  eye->camera = camera;
  fl_camera_set_functions (eye->camera, on_frame, on_preview, eye);
}

void
eye_clear (Eye *eye)
{
  fl_camera_close (eye->camera);
  g_assert_finalize_object (eye->camera);
  g_mutex_clear (&eye->lock);
}

guint
eye_count_frames (Eye *eye)
{
  guint n = 0;

  g_mutex_lock (&eye->lock);
  n = eye->n_frames;
  g_mutex_unlock (&eye->lock);
  return n;
}

guint
eye_count_previews (Eye *eye)
{
  guint n = 0;

  g_mutex_lock (&eye->lock);
  n = eye->n_previews;
  g_mutex_unlock (&eye->lock);
  return n;
}

gboolean
eye_sees (Eye *eye, guint width, guint8 first)
{
  gboolean sees = FALSE;

  g_mutex_lock (&eye->lock);
  sees = eye->n_frames > 0 && eye->width == width && eye->first == first;
  g_mutex_unlock (&eye->lock);
  return sees;
}

void
eye_close (Eye *eye)
{
  fl_camera_close (eye->camera);
  g_mutex_lock (&eye->lock);
  eye->is_closed = TRUE;
  g_mutex_unlock (&eye->lock);
}

char *
write_file (const char *name, const void *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("camera-XXXXXX", &error);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_no_error (error);
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

char *
write_pgm (const char *name, guint width, guint height, guint8 grey)
{
  g_autoptr (GString) file = g_string_new (NULL);
  gsize header = 0;

  g_string_printf (file, "P5\n%u %u\n255\n", width, height);
  header = file->len;
  g_string_set_size (file, header + (gsize) width * height);
  memset (file->str + header, grey, (gsize) width * height);
  return write_file (name, file->str, file->len);
}

void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}
