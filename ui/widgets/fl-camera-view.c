/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-camera-view.h"

#include "fl-camera-draw.h"

#define MAX_HEIGHT   320 /* pixels; what goes with the picture has to be in sight too */
#define SMALL_HEIGHT 160 /* pixels */
#define MIN_WIDTH    160 /* pixels */
#define EMPTY_ASPECT (16.0f / 9.0f)
#define SNAP_US      150000 /* from the square to the first outline */

typedef struct
{
  FlPoint corners[4]; /* parts of the camera's picture */
  FlCameraMark mark;
} Outline;

struct _FlCameraView
{
  GtkWidget parent_instance;

  GdkTexture *texture; /* (nullable) */
  float aspect;        /* width / height */
  gboolean small;
  GArray *outlines;  /* of Outline */
  gboolean aiming;   /* the square was drawn last, no outline */
  gint64 snapped_us; /* when the first outline came, as of the frame clock */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (FlCameraView, fl_camera_view, GTK_TYPE_WIDGET)

static gint64
get_frame_us (FlCameraView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_time (clock) : 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  FlCameraView *self = FL_CAMERA_VIEW (widget);

  gtk_widget_queue_draw (widget);
  if (gdk_frame_clock_get_frame_time (clock) - self->snapped_us < SNAP_US)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
has_animations (FlCameraView *self)
{
  gboolean enabled = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  return enabled && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
snap (FlCameraView *self)
{
  if (!has_animations (self))
    return;

  self->snapped_us = get_frame_us (self);
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
stop_snap (FlCameraView *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* The first one comes from the square, so that the eye sees which code it is. */
static FlQuad
place (FlCameraView *self, const Outline *outline, float width, float height)
{
  const FlQuad quad = fl_quad_mirrored (outline->corners, width, height);
  const FlQuad guide = fl_quad_guide (width, height);
  const FlQuad aligned = fl_quad_aligned (&quad, &guide);
  const float part = (float) (get_frame_us (self) - self->snapped_us) / SNAP_US;

  if (self->tick_id == 0)
    return quad;
  return fl_quad_between (&guide, &aligned, CLAMP (part, 0.0f, 1.0f));
}

static void
draw_over (FlCameraView *self, cairo_t *cr, float width, float height)
{
  const FlQuad guide = fl_quad_guide (width, height);
  GdkRGBA accent;

  /* The solid one: white lines go with it, in dark as in light. */
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       "accent_bg_color", &accent))
    accent = (GdkRGBA){ 0.2f, 0.5f, 0.9f, 1 };
  self->aiming = self->outlines->len == 0;
  if (self->aiming)
    fl_camera_draw_guide (cr, &guide);
  for (guint i = 0; i < self->outlines->len; i++)
    {
      const Outline *outline = &g_array_index (self->outlines, Outline, i);
      const FlQuad quad = place (self, outline, width, height);

      fl_camera_draw_mark (cr, &quad, outline->mark, &accent);
    }
}

static void
fl_camera_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlCameraView *self = FL_CAMERA_VIEW (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  const graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr;

  if (self->texture != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
      gtk_snapshot_append_texture (snapshot, self->texture, &whole);
      gtk_snapshot_restore (snapshot);
    }
  cr = gtk_snapshot_append_cairo (snapshot, &whole);
  draw_over (self, cr, width, height);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
fl_camera_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fl_camera_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FlCameraView *self = FL_CAMERA_VIEW (widget);
  const int max_height = self->small ? SMALL_HEIGHT : MAX_HEIGHT;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = (int) ((float) max_height * self->aspect);
      *minimum = MIN (MIN_WIDTH, *natural);
    }
  else
    {
      *natural = for_size < 0 ? max_height : (int) ((float) for_size / self->aspect);
      *minimum = *natural = MIN (*natural, max_height);
    }
}

static void
fl_camera_view_dispose (GObject *object)
{
  FlCameraView *self = FL_CAMERA_VIEW (object);

  stop_snap (self);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (fl_camera_view_parent_class)->dispose (object);
}

static void
fl_camera_view_finalize (GObject *object)
{
  g_clear_pointer (&FL_CAMERA_VIEW (object)->outlines, g_array_unref);

  G_OBJECT_CLASS (fl_camera_view_parent_class)->finalize (object);
}

static void
fl_camera_view_class_init (FlCameraViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_camera_view_dispose;
  object_class->finalize = fl_camera_view_finalize;
  widget_class->get_request_mode = fl_camera_view_get_request_mode;
  widget_class->measure = fl_camera_view_measure;
  widget_class->snapshot = fl_camera_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "cameraview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fl_camera_view_init (FlCameraView *self)
{
  self->aspect = EMPTY_ASPECT;
  self->outlines = g_array_new (FALSE, FALSE, sizeof (Outline));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the camera sees"), -1);
}

GtkWidget *
fl_camera_view_new (void)
{
  return g_object_new (FL_TYPE_CAMERA_VIEW, NULL);
}

static gboolean
is_sound (const FlPreview *preview)
{
  return preview->width > 0 && preview->height > 0 && preview->width <= FL_LUMA_MAX_SIDE &&
         preview->height <= FL_LUMA_MAX_SIDE && preview->stride >= (gsize) preview->width * 4 &&
         preview->stride <= G_MAXSIZE / preview->height &&
         g_bytes_get_size (preview->pixels) >= preview->stride * preview->height;
}

void
fl_camera_view_set_preview (FlCameraView *self, const FlPreview *preview)
{
  float aspect = EMPTY_ASPECT;

  g_return_if_fail (FL_IS_CAMERA_VIEW (self));

  if (preview != NULL && !is_sound (preview))
    return;

  g_clear_object (&self->texture);
  if (preview != NULL)
    {
      self->texture = gdk_memory_texture_new ((int) preview->width, (int) preview->height,
                                              GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, preview->pixels,
                                              preview->stride);
      /* A strip would leave no room to see anything. */
      aspect = CLAMP ((float) preview->width / (float) preview->height, 0.75f, 2.4f);
    }
  if (self->aspect < aspect || self->aspect > aspect)
    {
      self->aspect = aspect;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fl_camera_view_set_small (FlCameraView *self, gboolean small)
{
  g_return_if_fail (FL_IS_CAMERA_VIEW (self));

  if (self->small == small)
    return;

  self->small = small;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
fl_camera_view_has_preview (FlCameraView *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_VIEW (self), FALSE);

  return self->texture != NULL;
}

void
fl_camera_view_clear_outlines (FlCameraView *self)
{
  g_return_if_fail (FL_IS_CAMERA_VIEW (self));

  if (self->outlines->len == 0)
    return;

  g_array_set_size (self->outlines, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fl_camera_view_add_outline (FlCameraView *self, const FlPoint *corners, FlCameraMark mark)
{
  Outline outline = { .mark = mark };

  g_return_if_fail (FL_IS_CAMERA_VIEW (self));

  memcpy (outline.corners, corners, sizeof outline.corners);
  g_array_append_val (self->outlines, outline);
  if (self->aiming)
    snap (self);
  self->aiming = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
