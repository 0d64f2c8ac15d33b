/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-serial-prompt.h"

G_BEGIN_DECLS

/**
 * FlSerialAnswers:
 *
 * What to type at each question for one set of credentials, with its line ends. Pure.
 */
typedef struct
{
  FlSecurity security;
  FlSecret *texts[FL_SERIAL_N_SAYINGS]; /* (nullable): no answer to that */
} FlSerialAnswers;

/* FALSE: FL_ERROR_INVALID_INPUT with a sentence: something cannot be typed, or is missing. */
gboolean fl_serial_answers_init (FlSerialAnswers *self, FlCredentials *credentials, GError **error);
void fl_serial_answers_clear (FlSerialAnswers *self);
/* Borrowed. NULL: FL_ERROR_INVALID_INPUT, FL_ERROR_UNSUPPORTED, FL_ERROR_NETWORK_WPA3.
 * @named: the device has asked for the user name, so "Password" is the account's. */
FlSecret *fl_serial_answers_get (FlSerialAnswers *self,
                                 FlSerialSaying question,
                                 gboolean named,
                                 GError **error);
/* (transfer full) Why the device may have asked @question again. */
GError *fl_serial_answers_explain_refusal (FlSerialAnswers *self, FlSerialSaying question);
/* Whether @line shows anything of the password or the key. */
gboolean fl_serial_answers_are_in (FlSerialAnswers *self, const guint8 *line, gsize size_bytes);

/* PEM text as the console takes it: the lines of the blocks alone, without spaces at their ends,
 * each ended by LF, and an empty line at the end. @question: FL_SERIAL_SAYS_PRIVATE_KEY or one of
 * the certificates. NULL: FL_ERROR_INVALID_INPUT with a sentence. */
FlSecret *fl_serial_pem_to_answer (const guint8 *data,
                                   gsize size_bytes,
                                   FlSerialSaying question,
                                   GError **error);

G_END_DECLS
