/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-light-draw.h"

void
fl_light_to_rgba (guint32 rgb, double brightness, GdkRGBA *rgba)
{
  const float white = (float) (0.18 * brightness);
  const float channels[3] = { (float) ((rgb >> 16) & 0xff) / 255.0f,
                              (float) ((rgb >> 8) & 0xff) / 255.0f, (float) (rgb & 0xff) / 255.0f };

  rgba->red = channels[0] + (1.0f - channels[0]) * white;
  rgba->green = channels[1] + (1.0f - channels[1]) * white;
  rgba->blue = channels[2] + (1.0f - channels[2]) * white;
  rgba->alpha = 1.0f;
}

static GdkRGBA
with_alpha (const GdkRGBA *color, double alpha)
{
  return (GdkRGBA){ color->red, color->green, color->blue, (float) (color->alpha * alpha) };
}

static void
fill_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius, GdkRGBA color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, rect);
  gtk_snapshot_pop (snapshot);
}

static void
stroke_rounded (GtkSnapshot *snapshot, const graphene_rect_t *rect, float radius, GdkRGBA color)
{
  const float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
  const GdkRGBA colors[4] = { color, color, color, color };
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, rect, radius);
  gtk_snapshot_append_border (snapshot, &shape, widths, colors);
}

/* The light on what is around it: strongest at the core, gone at the rim. */
static void
draw_glow (GtkSnapshot *snapshot,
           graphene_point_t centre,
           float radius,
           const GdkRGBA *color,
           double strength)
{
  const GskColorStop stops[] = {
    { 0.0f, with_alpha (color, 0.85 * strength) },
    { 0.14f, with_alpha (color, 0.46 * strength) },
    { 0.35f, with_alpha (color, 0.17 * strength) },
    { 0.65f, with_alpha (color, 0.05 * strength) },
    { 1.0f, with_alpha (color, 0.0) },
  };
  graphene_rect_t rect =
      GRAPHENE_RECT_INIT (centre.x - radius, centre.y - radius, radius * 2, radius * 2);

  gtk_snapshot_append_radial_gradient (snapshot, &rect, &centre, radius, radius, 0.0f, 1.0f, stops,
                                       G_N_ELEMENTS (stops));
}

static void
draw_core (GtkSnapshot *snapshot, graphene_point_t centre, float radius, GdkRGBA color)
{
  graphene_rect_t rect =
      GRAPHENE_RECT_INIT (centre.x - radius, centre.y - radius, radius * 2, radius * 2);

  fill_rounded (snapshot, &rect, radius, color);
}

static void
draw_board (GtkSnapshot *snapshot, const graphene_rect_t *board, float unit, const GdkRGBA *ink)
{
  const float x = board->origin.x, y = board->origin.y;
  const float w = board->size.width, h = board->size.height;
  graphene_rect_t socket =
      GRAPHENE_RECT_INIT (x - unit * 0.45f, y + h / 2 - unit * 1.1f, unit * 1.7f, unit * 2.2f);
  graphene_rect_t module = GRAPHENE_RECT_INIT (x + w * 0.56f, y + h * 0.26f, w * 0.33f, h * 0.48f);

  fill_rounded (snapshot, board, unit * 1.2f, with_alpha (ink, 0.05));
  stroke_rounded (snapshot, board, unit * 1.2f, with_alpha (ink, 0.28));
  stroke_rounded (snapshot, &socket, unit * 0.3f, with_alpha (ink, 0.28));
  stroke_rounded (snapshot, &module, unit * 0.4f, with_alpha (ink, 0.18));

  for (int i = 0; i < 12; i++)
    {
      const float hole = x + unit * 2.0f + (w - unit * 4.0f) * (float) i / 11.0f;

      draw_core (snapshot, GRAPHENE_POINT_INIT (hole, y + unit * 0.85f), unit * 0.22f,
                 with_alpha (ink, 0.22));
      draw_core (snapshot, GRAPHENE_POINT_INIT (hole, y + h - unit * 0.85f), unit * 0.22f,
                 with_alpha (ink, 0.22));
    }
}

/* Almost white where the die sits, the colour towards the rim. */
static void
draw_lit_core (GtkSnapshot *snapshot,
               graphene_point_t centre,
               float unit,
               const GdkRGBA *color,
               double brightness)
{
  const float radius = unit * 0.95f;
  const graphene_rect_t rect =
      GRAPHENE_RECT_INIT (centre.x - radius, centre.y - radius, radius * 2, radius * 2);
  GdkRGBA white = { color->red + (1 - color->red) * 0.85f,
                    color->green + (1 - color->green) * 0.85f,
                    color->blue + (1 - color->blue) * 0.85f, 1.0f };
  const GskColorStop stops[] = {
    { 0.0f, with_alpha (&white, brightness) },
    { 0.35f, with_alpha (&white, brightness) },
    { 0.8f, with_alpha (color, brightness) },
    { 1.0f, with_alpha (color, brightness) },
  };
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_radial_gradient (snapshot, &rect, &centre, radius, radius, 0.0f, 1.0f, stops,
                                       G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);
}

static void
draw_led (GtkSnapshot *snapshot,
          graphene_point_t led,
          float unit,
          const GdkRGBA *ink,
          guint32 rgb,
          double brightness)
{
  const gboolean dark = 0.30f * ink->red + 0.59f * ink->green + 0.11f * ink->blue > 0.5f;
  GdkRGBA color;

  draw_core (snapshot, led, unit * 0.95f, with_alpha (ink, 0.16));
  if (brightness <= 0.0)
    return;

  fl_light_to_rgba (rgb, brightness, &color);
  draw_glow (snapshot, led, unit * (dark ? 9.0f : 8.0f), &color, brightness * (dark ? 0.9 : 1.0));
  draw_lit_core (snapshot, led, unit, &color, brightness);
}

void
fl_light_draw_dot (GtkSnapshot *snapshot,
                   int width,
                   int height,
                   const GdkRGBA *ink,
                   guint32 rgb,
                   double brightness)
{
  const graphene_point_t led = GRAPHENE_POINT_INIT ((float) width / 2, (float) height / 2);

  draw_led (snapshot, led, (float) MIN (width, height) / 5.5f, ink, rgb, brightness);
}

void
fl_light_draw_device (GtkSnapshot *snapshot,
                      int width,
                      int height,
                      const GdkRGBA *ink,
                      guint32 rgb,
                      double brightness)
{
  /* The glow reaches beyond the board, so the board takes the middle two thirds. */
  const float unit = MIN ((float) width / 30.0f, (float) height / 18.0f);
  graphene_rect_t board =
      GRAPHENE_RECT_INIT ((float) width / 2 - unit * 11.0f, (float) height / 2 - unit * 5.0f,
                          unit * 22.0f, unit * 10.0f);
  graphene_point_t led =
      GRAPHENE_POINT_INIT (board.origin.x + unit * 7.6f, board.origin.y + unit * 5.0f);

  draw_board (snapshot, &board, unit, ink);
  draw_led (snapshot, led, unit, ink, rgb, brightness);
}
