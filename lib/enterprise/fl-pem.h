/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

#define FL_PEM_MAX_LABEL 40 /* characters of "CERTIFICATE"; the longest in use has 25 */

/**
 * FlPemBlock:
 *
 * One "-----BEGIN …-----" of a text (RFC 7468, 2, with the leniency of its 2 and 3: white space
 * around lines, empty lines, any line ends; with the headers of RFC 1421, 4.6).
 */
typedef struct
{
  char label[FL_PEM_MAX_LABEL + 1];
  char *headers;  /* "DEK-Info: …" lines, LF at the end of each; "" for none */
  FlSecret *der;  /* (nullable) NULL: what is between the lines is not base 64, or nothing */
  gboolean ended; /* the END line is there and names the same label */
} FlPemBlock;

/* Whether there is a block in @text at all. */
gboolean fl_pem_is_in (const char *text, gsize size_bytes);
/* Takes the next block off @text; FALSE: there is none. Clear @block afterwards. */
gboolean fl_pem_next (const char **text, gsize *size_bytes, FlPemBlock *block);
void fl_pem_block_clear (FlPemBlock *block);

/* (transfer full) PEM text with LF line ends, 64 characters a line, LF at the end. */
GBytes *fl_pem_write (const char *label, GBytes *der);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlPemBlock, fl_pem_block_clear)

G_END_DECLS
