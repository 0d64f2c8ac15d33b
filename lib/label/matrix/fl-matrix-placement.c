/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-placement.h"

#include <string.h>

/* The data modules of all regions joined, as the placement sees them. */
typedef struct
{
  FlMatrixPlacement *placement;
  const FlMatrixSize *size;
  int rows;
  int columns;
} Map;

static guint
get_place (const Map *map, int row, int column)
{
  int height = map->size->region_rows - 2;
  int width = map->size->region_columns - 2;
  guint y = (guint) (row + 1 + row / height * 2);
  guint x = (guint) (column + 1 + column / width * 2);

  return y * map->size->columns + x;
}

static gboolean
is_taken (const Map *map, int row, int column)
{
  return map->placement->codeword[get_place (map, row, column)] != FL_MATRIX_NO_CODEWORD;
}

/* A place beyond the top or the left comes in again at the other side, shifted. */
static void
set_bit (Map *map, int row, int column, guint bit)
{
  FlMatrixPlacement *placement = map->placement;
  guint place;

  if (row < 0)
    {
      row += map->rows;
      column += 4 - (map->rows + 4) % 8;
    }
  if (column < 0)
    {
      column += map->columns;
      row += 4 - (map->columns + 4) % 8;
    }
  place = get_place (map, row, column);
  placement->modules[placement->n_codewords][bit] = (guint16) place;
  placement->codeword[place] = (guint8) placement->n_codewords;
  placement->bit[place] = (guint8) bit;
}

/* The usual shape; its last bit is at (@row, @column). */
static void
place_codeword (Map *map, int row, int column)
{
  static const gint8 shape[8][2] = { { -2, -2 }, { -2, -1 }, { -1, -2 }, { -1, -1 },
                                     { -1, 0 },  { 0, -2 },  { 0, -1 },  { 0, 0 } };

  for (guint bit = 0; bit < 8; bit++)
    set_bit (map, row + shape[bit][0], column + shape[bit][1], bit);
  map->placement->n_codewords++;
}

/* A codeword whose bits are at opposite corners: places below 0 count from the other end. */
static void
place_corner (Map *map, const gint8 shape[8][2])
{
  for (guint bit = 0; bit < 8; bit++)
    {
      int row = shape[bit][0] + (shape[bit][0] < 0 ? map->rows : 0);
      int column = shape[bit][1] + (shape[bit][1] < 0 ? map->columns : 0);

      set_bit (map, row, column, bit);
    }
  map->placement->n_codewords++;
}

static void
place_corner_cases (Map *map, int row, int column)
{
  static const gint8 first[8][2] = { { -1, 0 }, { -1, 1 }, { -1, 2 }, { 0, -2 },
                                     { 0, -1 }, { 1, -1 }, { 2, -1 }, { 3, -1 } };
  static const gint8 second[8][2] = { { -3, 0 }, { -2, 0 }, { -1, 0 }, { 0, -4 },
                                      { 0, -3 }, { 0, -2 }, { 0, -1 }, { 1, -1 } };
  static const gint8 third[8][2] = { { -3, 0 }, { -2, 0 }, { -1, 0 }, { 0, -2 },
                                     { 0, -1 }, { 1, -1 }, { 2, -1 }, { 3, -1 } };
  static const gint8 fourth[8][2] = { { -1, 0 }, { -1, -1 }, { 0, -3 }, { 0, -2 },
                                      { 0, -1 }, { 1, -3 },  { 1, -2 }, { 1, -1 } };

  if (row == map->rows && column == 0)
    place_corner (map, first);
  else if (row == map->rows - 2 && column == 0 && map->columns % 4 != 0)
    place_corner (map, second);
  else if (row == map->rows - 2 && column == 0 && map->columns % 8 == 4)
    place_corner (map, third);
  else if (row == map->rows + 4 && column == 2 && map->columns % 8 == 0)
    place_corner (map, fourth);
}

/* Diagonally up and to the right, then back, until everything is covered. */
static void
place_all (Map *map)
{
  int row = 4, column = 0;

  while (row < map->rows || column < map->columns)
    {
      place_corner_cases (map, row, column);
      for (; row >= 0 && column < map->columns; row -= 2, column += 2)
        if (row < map->rows && column >= 0 && !is_taken (map, row, column))
          place_codeword (map, row, column);
      row += 1;
      column += 3;
      for (; row < map->rows && column >= 0; row += 2, column -= 2)
        if (row >= 0 && column < map->columns && !is_taken (map, row, column))
          place_codeword (map, row, column);
      row += 3;
      column += 1;
    }
}

void
fl_matrix_placement_init (FlMatrixPlacement *self, const FlMatrixSize *size)
{
  Map map;

  g_return_if_fail (self != NULL && size != NULL);

  memset (self, 0, sizeof *self);
  memset (self->codeword, FL_MATRIX_NO_CODEWORD, sizeof self->codeword);
  map = (Map){ self, size, size->rows / size->region_rows * (size->region_rows - 2),
               size->columns / size->region_columns * (size->region_columns - 2) };
  place_all (&map);

  self->has_corner = !is_taken (&map, map.rows - 1, map.columns - 1);
  for (int i = 0; self->has_corner && i < 4; i++)
    self->corner[i] = (guint16) get_place (&map, map.rows - 2 + i / 2, map.columns - 2 + i % 2);
}
