/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-frame.h"

#include <math.h>

#define NOISE_SIZE (1 << 14)

/* Sebastiano Vigna's SplitMix64, in the public domain: prng.di.unimi.it, splitmix64.c */
guint64
fl_sim_frame_hash (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

/* 0 … 1 at the crossings of a grid. */
static double
lattice (guint64 seed, int x, int y)
{
  const guint64 place = ((guint64) (guint32) x << 32) | (guint32) y;

  return (double) (fl_sim_frame_hash (seed ^ fl_sim_frame_hash (place)) >> 40) / (1 << 24);
}

static double
smooth (double part)
{
  return part * part * (3 - 2 * part);
}

static double
value_noise (guint64 seed, double x, double y)
{
  const int left = (int) x, top = (int) y;
  const double across = smooth (x - left), down = smooth (y - top);
  const double above =
      lattice (seed, left, top) * (1 - across) + lattice (seed, left + 1, top) * across;
  const double below =
      lattice (seed, left, top + 1) * (1 - across) + lattice (seed, left + 1, top + 1) * across;

  return above * (1 - down) + below * down;
}

void
fl_sim_frame_draw_desk (FlSimFrame *frame, guint64 seed)
{
  const double unit = MAX (frame->height, 1) / 720.0;

  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++)
      {
        const double u = x / unit, v = y / unit;
        const double bend = value_noise (seed + 1, u / 240, v / 240) * 34;
        const double grain = value_noise (seed, u / 190, (v + bend) / 7);
        const double broad = value_noise (seed + 2, u / 330, (v + bend) / 46);
        const double aside = (double) x / frame->width - 0.42;
        const double below = (double) y / frame->height - 0.4;
        const double lamp = 1 - 0.75 * (aside * aside + below * below);

        frame->pixels[(gsize) y * frame->width + x] =
            (guint8) CLAMP ((96 + 26 * grain + 42 * broad) * lamp, 0, 255);
      }
}

/* 0 … 255, between four pixels; @x and @y in 1/256 pixels. */
static inline guint
sample (const guint8 *plane, guint width, int x, int y)
{
  const guint8 *at = plane + (gsize) (y >> 8) * width + (x >> 8);
  const int across = x & 255, down = y & 255;
  const int above = at[0] * (256 - across) + at[1] * across;
  const int below = at[width] * (256 - across) + at[width + 1] * across;

  return (guint) (above * (256 - down) + below * down) >> 16;
}

static void
draw_row (FlSimFrame *frame,
          const FlSimSticker *sticker,
          guint level,
          const FlSimPose *pose,
          int row)
{
  const double sine = sin (pose->angle) / pose->scale, cosine = cos (pose->angle) / pose->scale;
  const double away = hypot (sticker->x, sticker->height - sticker->y) * pose->scale;
  const int first = (int) CLAMP (pose->x - away, 0, frame->width);
  const int last = (int) CLAMP (pose->x + away + 1, 0, frame->width);
  const double from_x = first + 0.5 - pose->x, from_y = row + 0.5 - pose->y;
  double u = (cosine * from_x + sine * from_y + sticker->x - 0.5) * 256;
  double v = (-sine * from_x + cosine * from_y + sticker->y - 0.5) * 256;
  const double right = (sticker->width - 1) * 256.0, bottom = (sticker->height - 1) * 256.0;
  const guint fading = (guint) (CLAMP (pose->fading, 0, 1) * 256);
  guint8 *pixel = frame->pixels + (gsize) row * frame->width + first;

  for (int x = first; x < last; x++, pixel++, u += cosine * 256, v -= sine * 256)
    {
      guint light, cover;

      if (u < 0 || v < 0 || u >= right || v >= bottom)
        continue;
      light = sample (sticker->levels[level].light, sticker->width, (int) u, (int) v) * fading;
      cover = sample (sticker->levels[level].cover, sticker->width, (int) u, (int) v) * fading;
      *pixel = (guint8) ((light + *pixel * ((255 * 256 - cover) / 255)) >> 8);
    }
}

void
fl_sim_frame_draw_sticker (FlSimFrame *frame, const FlSimSticker *sticker, const FlSimPose *pose)
{
  const double away = hypot (sticker->x, sticker->height - sticker->y) * pose->scale;
  const int first = (int) CLAMP (pose->y - away, 0, frame->height);
  const int last = (int) CLAMP (pose->y + away + 1, 0, frame->height);
  /* A drawing that is made smaller must not flicker. */
  const guint level = fl_sim_sticker_choose (sticker, MAX (pose->blur, 0.4 / pose->scale));

  for (int row = first; row < last; row++)
    draw_row (frame, sticker, level, pose, row);
}

/* Twelve numbers of even spread added up are close to a bell. */
static void
make_noise (gint8 *table, double deviation, guint64 seed)
{
  for (guint i = 0; i < NOISE_SIZE; i++)
    {
      const guint64 lots = fl_sim_frame_hash (seed + 2 * i),
                    more = fl_sim_frame_hash (seed + 2 * i + 1);
      double sum = -6;

      for (guint k = 0; k < 6; k++)
        sum += (double) ((lots >> (10 * k) & 1023) + (more >> (10 * k) & 1023)) / 1024;
      table[i] = (gint8) CLAMP (lround (sum * deviation), -127, 127);
    }
}

void
fl_sim_frame_expose (FlSimFrame *frame, double light, double noise, guint64 seed, guint64 number)
{
  const int factor = (int) CLAMP (light * 256, 0, 1024);
  gint8 table[NOISE_SIZE];

  make_noise (table, noise, seed);
  for (guint y = 0; y < frame->height; y++)
    {
      guint8 *pixel = frame->pixels + (gsize) y * frame->width;
      guint place = (guint) (fl_sim_frame_hash (seed ^ (number << 20) ^ y) % NOISE_SIZE);

      for (guint x = 0; x < frame->width; x++, place = (place + 1) % NOISE_SIZE)
        pixel[x] = (guint8) CLAMP (((pixel[x] * factor) >> 8) + table[place], 0, 255);
    }
}
