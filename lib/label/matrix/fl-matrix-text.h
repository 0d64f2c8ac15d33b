/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Data codewords to text: ISO/IEC 16022:2006, 5.2. Not libdmtx's (0.7.7), because what somebody
 * printed must not end the program: there PushOutputC40TextWord() aborts at the pair 0, 0 after
 * "shift 1" and at values above 31 after "upper shift" and "shift 3"; numbers of ECI and of
 * structured append come out as text; words without a meaning are skipped; and the message is
 * freed without wiping when it fails.
 *
 * Everything that has no meaning makes the whole text void: another hurdle for chance hits.
 */

/* Two digits a codeword, a macro's header and trailer: 62 * 2 + 9. */
#define FL_MATRIX_MAX_TEXT_BYTES 136

/* Bytes written to @text, which holds FL_MATRIX_MAX_TEXT_BYTES; 0 when it is no text. FNC1 at the
 * beginning is left out, elsewhere it is GS (0x1D); the number of an ECI and the place in a
 * structured append are left out; a symbol that programs the reader is no text. */
gsize fl_matrix_text_from_codewords (const guint8 *words, guint n_words, guint8 *text);

G_END_DECLS
