/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-code.h"
#include "fl-matrix-placement.h"

#include <dmtx.h>

/* More bytes than the largest symbol's two digits a codeword. */
#define MAX_BYTES 124

static void
fill_grid (const guint8 *words, const FlMatrixSize *size, FlMatrixGrid *grid)
{
  FlMatrixPlacement placement;

  fl_matrix_placement_init (&placement, size);
  grid->size = size;
  for (guint i = 0; i < (guint) size->rows * size->columns; i++)
    {
      guint8 word = placement.codeword[i];
      gboolean is_dark =
          fl_matrix_size_pattern (size, i / size->columns, i % size->columns) == FL_MODULE_DARK;

      if (word != FL_MATRIX_NO_CODEWORD)
        is_dark = words[word] >> (7 - placement.bit[i]) & 1;
      grid->modules[i] = is_dark ? 1 : -1;
    }
  if (placement.has_corner)
    grid->modules[placement.corner[0]] = grid->modules[placement.corner[3]] = 1;
}

/* Its message and picture hold the text. */
static void
wipe (DmtxEncode *encoder)
{
  DmtxMessage *message = encoder->message;

  if (message != NULL)
    {
      fl_wipe (message->array, message->arraySize);
      fl_wipe (message->code, message->codeSize);
      fl_wipe (message->output, message->outputSize);
    }
  if (encoder->image != NULL)
    fl_wipe (encoder->image->pxl,
             (gsize) encoder->image->rowSizeBytes * (gsize) encoder->image->height);
}

static gboolean
holds (const FlMatrixGrid *grid, const void *text, gsize size_bytes)
{
  g_autoptr (FlSecret) found = fl_matrix_decode (grid, NULL);
  g_autoptr (FlSecret) wanted = fl_secret_new (text, size_bytes);

  return found != NULL && fl_secret_equal (found, wanted);
}

/* What libdmtx packs is not always what it was given: it is believed when it can be read. */
static gboolean
encode (const void *text,
        gsize size_bytes,
        DmtxScheme scheme,
        const FlMatrixSize *size,
        FlMatrixGrid *grid)
{
  g_autofree guint8 *copy = g_memdup2 (text, size_bytes); /* its input is not constant */
  DmtxEncode *encoder = dmtxEncodeCreate ();
  gboolean is_done;

  dmtxEncodeSetProp (encoder, DmtxPropScheme, scheme);
  dmtxEncodeSetProp (encoder, DmtxPropSizeRequest, size->dmtx);
  dmtxEncodeSetProp (encoder, DmtxPropModuleSize, 1);
  dmtxEncodeSetProp (encoder, DmtxPropMarginSize, 0);
  is_done = dmtxEncodeDataMatrix (encoder, (int) size_bytes, copy) == DmtxPass &&
            encoder->region.sizeIdx == size->dmtx;
  if (is_done)
    fill_grid (encoder->message->code, size, grid);
  wipe (encoder);
  dmtxEncodeDestroy (&encoder);
  fl_wipe (copy, size_bytes);
  return is_done && holds (grid, text, size_bytes);
}

static gboolean
encode_somehow (const void *text, gsize size_bytes, const FlMatrixSize *size, FlMatrixGrid *grid)
{
  static const DmtxScheme schemes[] = { DmtxSchemeAutoBest, DmtxSchemeAscii, DmtxSchemeBase256 };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (encode (text, size_bytes, schemes[i], size, grid))
      return TRUE;
  return FALSE;
}

gboolean
fl_matrix_encode (const void *text, gsize size_bytes, const FlMatrixSize *size, FlMatrixGrid *grid)
{
  guint n_sizes;
  const FlMatrixSize *sizes = fl_matrix_sizes (&n_sizes);

  g_return_val_if_fail (text != NULL && grid != NULL, FALSE);

  if (size_bytes == 0 || size_bytes > MAX_BYTES)
    return FALSE;
  if (size != NULL)
    return encode_somehow (text, size_bytes, size, grid);
  /* The squares come first, the smallest of them before the others. */
  for (guint i = 0; i < n_sizes; i++)
    if (encode_somehow (text, size_bytes, &sizes[i], grid))
      return TRUE;
  return FALSE;
}
