/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-photo-load.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>

#include "fl-photo-format.h"
#include "fl-photo.h"

#define CHUNK_BYTES (64 * 1024)

static void
set_error (GError **error, const char *message)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, message);
}

static void
set_too_large (GError **error)
{
  set_error (error, _ ("This picture is too large: at most 64 megapixels and 64 megabytes."));
}

static void
set_broken (GError **error)
{
  set_error (error, _ ("This picture is broken."));
}

void
fl_photo_picture_clear (FlPhotoPicture *self)
{
  g_clear_pointer (&self->plane, fl_photo_plane_free);
}

/* TRUE: @stream is at its end. */
static gboolean
read_all (GInputStream *stream, GByteArray *into, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK_BYTES, cancellable, error)) > 0)
    {
      if (into->len + (gsize) n > FL_PHOTO_MAX_BYTES)
        {
          set_too_large (error);
          return FALSE;
        }
      g_byte_array_append (into, chunk, (guint) n);
    }
  return n == 0;
}

/* The system's errors are translated here; a stop and our own ones pass. */
static void
translate (GError **error, const GError *cause)
{
  if (cause->domain == FL_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    set_error (error, _ ("There is no such file."));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    set_error (error, _ ("This file may not be read."));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    set_error (error, _ ("This is a folder, not a picture."));
  else
    set_error (error, _ ("This file cannot be read."));
}

/* Opening a pipe that nobody writes into would wait, and not be cancellable; reading it is. */
static GInputStream *
open_path (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  int code = errno;

  if (fd >= 0)
    return g_unix_input_stream_new (fd, TRUE);
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), g_strerror (code));
  return NULL;
}

static GInputStream *
open_file (GFile *file, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);

  if (path != NULL)
    return open_path (path, error);
  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

GBytes *
fl_photo_load_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GInputStream) stream = open_file (file, cancellable, &cause);

  if (stream != NULL && read_all (stream, bytes, cancellable, &cause))
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  if (cause != NULL)
    translate (error, cause);
  return NULL;
}

typedef struct
{
  FlPhotoPicture *picture;
  gboolean is_too_large;
} Size;

/* Of one side, when the longer one is brought down to the largest plane. */
static int
shorten (int side, int longer)
{
  return (int) MAX (1, (gint64) side * FL_LUMA_MAX_SIDE / longer);
}

/* Before the loader allocates. A size of 0 makes it give up. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Size *size = data;
  int longer = MAX (width, height);

  if (width < 1 || height < 1 || (gint64) width * height > FL_PHOTO_MAX_PIXELS)
    {
      size->is_too_large = width > 0 && height > 0;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  size->picture->width = (guint) width;
  size->picture->height = (guint) height;
  if (longer > FL_LUMA_MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader, shorten (width, longer), shorten (height, longer));
}

/* What a picture that ends early leaves open must not be what was in memory before. */
static void
on_area_prepared (GdkPixbufLoader *loader, gpointer data)
{
  gdk_pixbuf_fill (gdk_pixbuf_loader_get_pixbuf (loader), 0x808080ff);
}

/* FALSE: broken, too large, or the loader says no. Closes @loader. */
static gboolean
feed (GdkPixbufLoader *loader, GBytes *bytes, const Size *size, GCancellable *cancellable)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);
  gboolean is_good = TRUE;

  for (gsize at = 0; is_good && at < size_bytes; at += CHUNK_BYTES)
    is_good =
        gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK_BYTES, size_bytes - at), NULL) &&
        !size->is_too_large && !g_cancellable_is_cancelled (cancellable);
  return gdk_pixbuf_loader_close (loader, NULL) && is_good;
}

static guint
get_orientation (GdkPixbuf *pixbuf)
{
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");

  return orientation != NULL ? (guint) g_ascii_strtoull (orientation, NULL, 10) : 1;
}

static gboolean
take_pixels (GdkPixbufLoader *loader, FlPhotoPicture *picture)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader); /* the first one, if it moves */
  guint orientation;
  guint width = picture->width;

  if (pixbuf == NULL || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8 ||
      gdk_pixbuf_get_width (pixbuf) > FL_LUMA_MAX_SIDE ||
      gdk_pixbuf_get_height (pixbuf) > FL_LUMA_MAX_SIDE)
    return FALSE;
  orientation = get_orientation (pixbuf);
  picture->plane = fl_photo_plane_new_from_rgb (gdk_pixbuf_read_pixels (pixbuf),
                                                (guint) gdk_pixbuf_get_width (pixbuf),
                                                (guint) gdk_pixbuf_get_height (pixbuf),
                                                (gsize) gdk_pixbuf_get_rowstride (pixbuf),
                                                (guint) gdk_pixbuf_get_n_channels (pixbuf));
  if (picture->plane != NULL)
    picture->plane = fl_photo_plane_orient (picture->plane, orientation);
  if (orientation >= 5 && orientation <= 8)
    {
      picture->width = picture->height;
      picture->height = width;
    }
  return picture->plane != NULL;
}

static GdkPixbufLoader *
create_loader (const guint8 *data, gsize size_bytes, GError **error)
{
  const char *mime_type = fl_photo_format_get_mime_type (data, size_bytes);
  GdkPixbufLoader *loader = NULL;

  if (size_bytes > FL_PHOTO_MAX_BYTES)
    set_too_large (error);
  else if (mime_type != NULL && !fl_photo_format_is_sane (data, size_bytes))
    set_broken (error);
  else
    {
      /* NULL also where the loader of a known type is not installed. */
      if (mime_type != NULL)
        loader = gdk_pixbuf_loader_new_with_mime_type (mime_type, NULL);
      if (loader == NULL)
        set_error (error, _ ("This is not a picture of a kind that can be read here."));
    }
  return loader;
}

gboolean
fl_photo_load_picture (GBytes *bytes,
                       GCancellable *cancellable,
                       FlPhotoPicture *picture,
                       GError **error)
{
  g_autoptr (GdkPixbufLoader) loader =
      create_loader (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  Size size = { picture, FALSE };
  gboolean is_loaded;

  *picture = (FlPhotoPicture){ 0 };
  if (loader == NULL)
    return FALSE;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &size);
  g_signal_connect (loader, "area-prepared", G_CALLBACK (on_area_prepared), NULL);
  is_loaded = feed (loader, bytes, &size, cancellable) && take_pixels (loader, picture);
  g_signal_handlers_disconnect_by_data (loader, &size);
  if (is_loaded || g_cancellable_set_error_if_cancelled (cancellable, error))
    return is_loaded;
  if (size.is_too_large)
    set_too_large (error);
  else
    set_broken (error);
  return FALSE;
}
