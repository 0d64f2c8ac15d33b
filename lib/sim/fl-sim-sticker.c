/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-sticker.h"

#include <string.h>

#define MODULE FL_SIM_STICKER_MODULE
#define QUIET  (2 * MODULE) /* around the square */
#define MARGIN 44           /* board around the label */
#define PRINT  210          /* width of what is printed beside the square */
#define HAND   520          /* below the board, until it is out of the picture */
#define THUMB  66           /* half its width */

#define CELL        2 /* of a letter */
#define CELLS_WIDE  4
#define CELLS_HIGH  6
#define LINE        (CELLS_HIGH * CELL + 10)
#define MAX_LETTERS 20

#define PAPER 232
#define INK   28
#define BOARD 58
#define PARTS 112
#define SKIN  168

static const float blurs[FL_SIM_STICKER_LEVELS] = { 0.6f, 1.8f, 4.0f, 9.0f };

static void
fill (FlSimSticker *self, int x, int y, int width, int height, guint8 light)
{
  const int right = MIN (x + width, (int) self->width);
  const int bottom = MIN (y + height, (int) self->height);

  for (int row = MAX (y, 0); row < bottom; row++)
    for (int column = MAX (x, 0); column < right; column++)
      {
        self->levels[0].light[row * (int) self->width + column] = light;
        self->levels[0].cover[row * (int) self->width + column] = 255;
      }
}

static void
draw_board (FlSimSticker *self)
{
  fill (self, 4, 4, (int) self->width - 8, (int) self->height - HAND - 8, BOARD);
  for (guint i = 0; i < 24; i++) /* parts along the upper and the lower edge */
    {
      const guint width = 10 + (i * 7) % 17;
      const guint x = 20 + i / 2 * 38;

      if (x + width + 20 < self->width)
        fill (self, (int) x, i % 2 == 0 ? 14 : (int) self->height - HAND - 26, (int) width, 12,
              PARTS);
    }
}

static void
draw_grid (FlSimSticker *self, const FlMatrixGrid *grid, int x, int y)
{
  const FlMatrixSize *size = grid->size;

  for (int row = 0; row < size->rows; row++)
    for (int column = 0; column < size->columns; column++)
      if (grid->modules[row * size->columns + column] > 0)
        fill (self, x + column * MODULE, y + row * MODULE, MODULE, MODULE, INK);
}

/* Not to be read, only to be there, as print is beside a real square. */
static void
draw_letter (FlSimSticker *self, char letter, int x, int y)
{
  guint32 bits = (guint32) (guint8) letter * 2654435761u;

  if (letter == ' ')
    return;
  bits |= 0x111111; /* most letters have a stem */
  for (int row = 0; row < CELLS_HIGH; row++)
    for (int column = 0; column < CELLS_WIDE; column++)
      if ((bits >> (row * CELLS_WIDE + column) & 1) != 0)
        fill (self, x + column * CELL, y + row * CELL, CELL, CELL, INK);
}

static void
draw_words (FlSimSticker *self, const char *const *words, int x, int y)
{
  for (guint line = 0; words[line] != NULL; line++)
    for (guint i = 0; words[line][i] != '\0' && i < MAX_LETTERS; i++)
      draw_letter (self, words[line][i], x + (int) i * (CELLS_WIDE + 1) * CELL,
                   y + (int) line * LINE);
}

/* From below, over the right corner of the board. */
static void
draw_thumb (FlSimSticker *self)
{
  const double tip = self->height - HAND - 34.0, middle = self->width - 70.0;

  for (guint y = (guint) tip; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        const double across = (x - middle) / THUMB;
        const double along = MIN ((y - tip) / THUMB - 1, 0);
        const double far = across * across + along * along;

        if (far < 1)
          fill (self, (int) x, (int) y, 1, 1, (guint8) (SKIN - 60 * far * far));
      }
}

/* One pass of a running mean over a line. */
static void
blur_line (const guint8 *in, guint8 *out, guint n, gsize step, guint radius)
{
  const guint window = 2 * radius + 1;
  guint sum = in[0] * (radius + 1);

  for (guint i = 1; i <= radius; i++)
    sum += in[MIN (i, n - 1) * step];
  for (guint i = 0; i < n; i++)
    {
      out[i * step] = (guint8) ((sum + window / 2) / window);
      sum += in[MIN (i + radius + 1, n - 1) * step];
      sum -= in[(i > radius ? i - radius : 0) * step];
    }
}

/* Three running means are close to a bell, whose standard deviation is sqrt (radius (radius + 1)).
 */
static guint8 *
blur_plane (const guint8 *plane, guint width, guint height, float blur)
{
  const guint radius = (guint) blur;
  const gsize size = (gsize) width * height;
  guint8 *out = g_memdup2 (plane, size);
  g_autofree guint8 *other = g_malloc (size);

  for (guint pass = 0; pass < 3 && radius > 0; pass++)
    {
      for (guint y = 0; y < height; y++)
        blur_line (out + (gsize) y * width, other + (gsize) y * width, width, 1, radius);
      for (guint x = 0; x < width; x++)
        blur_line (other + x, out + x, height, width, radius);
    }
  return out;
}

FlSimSticker *
fl_sim_sticker_new (const FlMatrixGrid *grid, const char *const *words)
{
  FlSimSticker *self = g_new0 (FlSimSticker, 1);
  const int square_width = grid->size->columns * MODULE, square_height = grid->size->rows * MODULE;
  gsize size;

  self->width = (guint) (2 * MARGIN + 2 * QUIET + square_width + PRINT);
  self->height = (guint) (2 * MARGIN + 2 * QUIET + square_height + HAND);
  self->x = self->width / 2.0;
  self->y = (self->height - HAND) / 2.0;
  size = (gsize) self->width * self->height;
  self->levels[0].light = g_malloc0 (size);
  self->levels[0].cover = g_malloc0 (size);
  self->levels[0].blur = blurs[0];

  draw_board (self);
  fill (self, MARGIN, MARGIN, (int) self->width - 2 * MARGIN,
        (int) self->height - HAND - 2 * MARGIN, PAPER);
  draw_grid (self, grid, MARGIN + QUIET, MARGIN + QUIET);
  draw_words (self, words, MARGIN + 2 * QUIET + square_width, MARGIN + QUIET + 4);
  draw_thumb (self);

  for (guint i = 1; i < FL_SIM_STICKER_LEVELS; i++)
    {
      self->levels[i].blur = blurs[i];
      self->levels[i].light =
          blur_plane (self->levels[0].light, self->width, self->height, blurs[i]);
      self->levels[i].cover =
          blur_plane (self->levels[0].cover, self->width, self->height, blurs[i]);
    }
  return self;
}

void
fl_sim_sticker_free (FlSimSticker *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < FL_SIM_STICKER_LEVELS; i++)
    {
      g_free (self->levels[i].light);
      g_free (self->levels[i].cover);
    }
  g_free (self);
}

guint
fl_sim_sticker_choose (const FlSimSticker *self, double blur)
{
  guint level = 0;

  while (level + 1 < FL_SIM_STICKER_LEVELS &&
         blur > ((double) self->levels[level].blur + (double) self->levels[level + 1].blur) / 2)
    level++;
  return level;
}
