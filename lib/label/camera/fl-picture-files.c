/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-picture-files"
#include "config.h"

#include "fl-picture-files.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#include "fl-error.h"
#include "fl-luma.h"

#define KEEP_BYTES (96 * 1024 * 1024) /* of unpacked pictures */
#define MAX_FILES  10000

typedef struct
{
  char *path;
  GstBuffer *pixels; /* (nullable) */
  GstVideoInfo info;
} File;

struct _FlPictureFiles
{
  GPtrArray *files; /* of File; never empty */
  gsize kept_bytes;
};

static void
file_free (gpointer data)
{
  File *file = data;

  gst_clear_buffer (&file->pixels);
  g_free (file->path);
  g_free (file);
}

static gboolean
is_picture (const char *path)
{
  int width = 0;
  int height = 0;

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
         gdk_pixbuf_get_file_info (path, &width, &height) != NULL && width >= 1 &&
         width <= FL_LUMA_MAX_SIDE && height >= 1 && height <= FL_LUMA_MAX_SIDE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(File *const *) a)->path, (*(File *const *) b)->path);
}

static void
add_file (GPtrArray *files, const char *path)
{
  File *file = NULL;

  if (!is_picture (path))
    return;
  file = g_new0 (File, 1);
  file->path = g_strdup (path);
  g_ptr_array_add (files, file);
}

/* @max: how many are enough. */
static GPtrArray *
find_files (const char *path, guint max)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  if (folder == NULL)
    {
      add_file (files, path);
      return g_steal_pointer (&files);
    }
  while (files->len < max && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      add_file (files, inside);
    }
  g_ptr_array_sort (files, compare_paths);
  return g_steal_pointer (&files);
}

static gboolean
check_any (GPtrArray *files, const char *path, GError **error)
{
  if (files->len > 0)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               _ ("“%s” is no picture, no folder of pictures and no camera."), path);
  return FALSE;
}

gboolean
fl_picture_files_check (const char *path, GError **error)
{
  g_autoptr (GPtrArray) files = find_files (path, 1);

  return check_any (files, path, error);
}

FlPictureFiles *
fl_picture_files_new (const char *path, GError **error)
{
  g_autoptr (FlPictureFiles) self = g_new0 (FlPictureFiles, 1);

  self->files = find_files (path, MAX_FILES);
  return check_any (self->files, path, error) ? g_steal_pointer (&self) : NULL;
}

void
fl_picture_files_free (FlPictureFiles *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

static gboolean
is_grey (GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        const guint8 *pixel =
            pixels + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + x * n_channels;

        if (pixel[0] != pixel[1] || pixel[1] != pixel[2])
          return FALSE;
      }
  return TRUE;
}

/* Without its alpha channel: a sticker cut out is on whatever colour lies beneath. */
static void
copy_pixels (GdkPixbuf *pixbuf, GstVideoFrame *frame)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  int step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    {
      const guint8 *from = pixels + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
      guint8 *to = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0) +
                   (gsize) y * (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);

      for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
        memcpy (to + x * step, from + x * n_channels, (gsize) step);
    }
}

static gboolean
load (File *file, GError **error)
{
  g_autoptr (GdkPixbuf) raw = gdk_pixbuf_new_from_file (file->path, error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoFrame frame;

  if (raw == NULL)
    return FALSE;
  pixbuf = gdk_pixbuf_apply_embedded_orientation (raw);
  gst_video_info_set_format (&file->info,
                             is_grey (pixbuf) ? GST_VIDEO_FORMAT_GRAY8 : GST_VIDEO_FORMAT_RGB,
                             (guint) gdk_pixbuf_get_width (pixbuf),
                             (guint) gdk_pixbuf_get_height (pixbuf));
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&file->info), NULL);
  if (buffer == NULL || !gst_video_frame_map (&frame, &file->info, buffer, GST_MAP_WRITE))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "No memory for a picture");
      return FALSE;
    }
  copy_pixels (pixbuf, &frame);
  gst_video_frame_unmap (&frame);
  file->pixels = g_steal_pointer (&buffer);
  return TRUE;
}

static GstBuffer *
get_picture (FlPictureFiles *self, File *file, GstVideoInfo *info, GError **error)
{
  g_autoptr (GstBuffer) copy = NULL;
  gboolean is_new = file->pixels == NULL;

  if (is_new && !load (file, error))
    return NULL;
  *info = file->info;
  copy = gst_buffer_copy (file->pixels); /* the same memory; times of its own */
  if (is_new && self->kept_bytes + GST_VIDEO_INFO_SIZE (&file->info) > KEEP_BYTES)
    gst_clear_buffer (&file->pixels);
  else if (is_new)
    self->kept_bytes += GST_VIDEO_INFO_SIZE (&file->info);
  return g_steal_pointer (&copy);
}

GstBuffer *
fl_picture_files_next (FlPictureFiles *self, guint64 n, GstVideoInfo *info, GError **error)
{
  g_autoptr (GError) reason = NULL;

  while (self->files->len > 0)
    {
      guint i = (guint) (n % self->files->len);
      GstBuffer *picture = NULL;

      g_clear_error (&reason);
      picture = get_picture (self, g_ptr_array_index (self->files, i), info, &reason);
      if (picture != NULL)
        return picture;
      g_debug ("left out: %s", reason->message);
      g_ptr_array_remove_index (self->files, i);
    }
  g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "None of the pictures can be read");
  return NULL;
}
