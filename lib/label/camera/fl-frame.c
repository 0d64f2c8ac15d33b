/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-frame"
#include "config.h"

#include "fl-frame.h"

struct _FlFrame
{
  gatomicrefcount refs;
  GstVideoFrame video; /* mapped as long as luma points into it */
  gboolean is_mapped;
  guint8 *own; /* (nullable) brightness that had to be picked out */
  FlLuma luma;
};

/* ITU-R BT.601, in parts of 256 */
#define RED_PART   77
#define GREEN_PART 150
#define BLUE_PART  29

static guint
even (guint number)
{
  return number > 1 ? number & ~1u : number;
}

FlCrop
fl_crop_zoom (guint width, guint height, double zoom)
{
  FlCrop crop = { 0, 0, width, height };

  if (zoom <= 1)
    return crop;
  crop.width = CLAMP (even ((guint) (width / zoom)), 1, width);
  crop.height = CLAMP (even ((guint) (height / zoom)), 1, height);
  crop.x = (width - crop.width) / 2 & ~1u;
  crop.y = (height - crop.height) / 2 & ~1u;
  return crop;
}

/* One plane, as the meta describes it, against the bytes there are. */
static gboolean
check_plane (const GstVideoMeta *meta, const GstVideoInfo *info, guint component, gsize size)
{
  const GstVideoFormatInfo *format = info->finfo;
  guint plane = GST_VIDEO_FORMAT_INFO_PLANE (format, component);
  gsize rows = GST_VIDEO_FORMAT_INFO_SCALE_HEIGHT (format, component, meta->height);
  gsize columns = GST_VIDEO_FORMAT_INFO_SCALE_WIDTH (format, component, meta->width);
  gsize row_bytes = columns * GST_VIDEO_FORMAT_INFO_PSTRIDE (format, component);

  if (plane >= meta->n_planes || meta->stride[plane] <= 0 ||
      (gsize) meta->stride[plane] < row_bytes)
    return FALSE;
  return meta->offset[plane] <= size &&
         (rows - 1) * (gsize) meta->stride[plane] + row_bytes <= size - meta->offset[plane];
}

gboolean
fl_frame_check (GstBuffer *buffer, const GstVideoInfo *info)
{
  const GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);
  gsize size = gst_buffer_get_size (buffer);

  if (GST_VIDEO_INFO_WIDTH (info) < 1 || GST_VIDEO_INFO_WIDTH (info) > FL_LUMA_MAX_SIDE ||
      GST_VIDEO_INFO_HEIGHT (info) < 1 || GST_VIDEO_INFO_HEIGHT (info) > FL_LUMA_MAX_SIDE)
    return FALSE;
  if (meta == NULL)
    return size >= GST_VIDEO_INFO_SIZE (info);
  if (meta->format != GST_VIDEO_INFO_FORMAT (info) ||
      meta->width != (guint) GST_VIDEO_INFO_WIDTH (info) ||
      meta->height != (guint) GST_VIDEO_INFO_HEIGHT (info) || meta->n_planes > GST_VIDEO_MAX_PLANES)
    return FALSE;
  for (guint i = 0; i < GST_VIDEO_INFO_N_COMPONENTS (info); i++)
    if (!check_plane (meta, info, i, size))
      return FALSE;
  return TRUE;
}

static guint8 *
pick_brightness (const GstVideoFrame *video, const FlCrop *crop)
{
  gsize step = (gsize) GST_VIDEO_FRAME_COMP_PSTRIDE (video, 0);
  gsize stride = (gsize) GST_VIDEO_FRAME_COMP_STRIDE (video, 0);
  const guint8 *from = GST_VIDEO_FRAME_COMP_DATA (video, 0);
  g_autofree guint8 *own = g_try_malloc ((gsize) crop->width * crop->height);
  guint8 *to = own;

  if (own == NULL)
    return NULL;
  for (guint y = 0; y < crop->height; y++)
    {
      const guint8 *row = from + (crop->y + y) * stride + crop->x * step;

      for (guint x = 0; x < crop->width; x++)
        to[x] = row[x * step];
      to += crop->width;
    }
  return g_steal_pointer (&own);
}

static guint8 *
mix_brightness (const GstVideoFrame *video, const FlCrop *crop)
{
  gsize step = (gsize) GST_VIDEO_FRAME_COMP_PSTRIDE (video, 0);
  gsize stride = (gsize) GST_VIDEO_FRAME_COMP_STRIDE (video, 0);
  gsize start = crop->y * stride + crop->x * step;
  const guint8 *red = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (video, 0) + start;
  const guint8 *green = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (video, 1) + start;
  const guint8 *blue = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (video, 2) + start;
  g_autofree guint8 *own = g_try_malloc ((gsize) crop->width * crop->height);
  guint8 *to = own;

  if (own == NULL)
    return NULL;
  for (guint y = 0; y < crop->height; y++, to += crop->width)
    for (guint x = 0; x < crop->width; x++)
      {
        gsize at = y * stride + x * step;

        to[x] =
            (guint8) ((RED_PART * red[at] + GREEN_PART * green[at] + BLUE_PART * blue[at]) >> 8);
      }
  return g_steal_pointer (&own);
}

/* Nothing is kept of the camera's memory when the brightness was picked out: cameras have few
 * buffers. */
static gboolean
take_brightness (FlFrame *self, const FlCrop *crop)
{
  GstVideoFrame *video = &self->video;

  self->luma.width = crop->width;
  self->luma.height = crop->height;
  if (!GST_VIDEO_INFO_IS_RGB (&video->info) && GST_VIDEO_FRAME_COMP_PSTRIDE (video, 0) == 1)
    {
      self->luma.stride = (gsize) GST_VIDEO_FRAME_COMP_STRIDE (video, 0);
      self->luma.pixels = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (video, 0) +
                          crop->y * self->luma.stride + crop->x;
      return TRUE;
    }

  self->own = GST_VIDEO_INFO_IS_RGB (&video->info) ? mix_brightness (video, crop)
                                                   : pick_brightness (video, crop);
  self->luma.pixels = self->own;
  self->luma.stride = crop->width;
  gst_video_frame_unmap (video);
  self->is_mapped = FALSE;
  return self->own != NULL;
}

FlFrame *
fl_frame_new (GstBuffer *buffer, const GstVideoInfo *info, const FlCrop *crop)
{
  g_autoptr (FlFrame) self = NULL;
  GstVideoInfo copy = *info; /* mapping wants to write */

  if (!fl_frame_check (buffer, info) ||
      crop->x + crop->width > (guint) GST_VIDEO_INFO_WIDTH (info) ||
      crop->y + crop->height > (guint) GST_VIDEO_INFO_HEIGHT (info))
    return NULL;

  self = g_new0 (FlFrame, 1);
  g_atomic_ref_count_init (&self->refs);
  self->is_mapped = gst_video_frame_map (&self->video, &copy, buffer, GST_MAP_READ);
  if (!self->is_mapped || !take_brightness (self, crop))
    return NULL;
  return g_steal_pointer (&self);
}

FlFrame *
fl_frame_ref (FlFrame *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
fl_frame_unref (FlFrame *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->is_mapped)
    gst_video_frame_unmap (&self->video);
  g_free (self->own);
  g_free (self);
}

FlLuma
fl_frame_get_luma (FlFrame *self)
{
  return self->luma;
}
