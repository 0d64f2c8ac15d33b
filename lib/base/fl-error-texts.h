/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"

G_BEGIN_DECLS

typedef struct
{
  FlErrorAction action;
  const char *label; /* (nullable) untranslated; NULL: the usual words of the action */
} FlErrorButtonRow;

/* One row of the catalogue; strings are marked for translation, not translated. */
typedef struct
{
  FlErrorCode code;
  const char *id;
  gboolean sure;
  const char *title;
  const char *advice;
  FlErrorButtonRow buttons[FL_ERROR_MAX_ACTIONS];
} FlErrorRow;

/* The row of @code; that of FL_ERROR_UNEXPECTED when there is no such code. Never NULL, static. */
const FlErrorRow *fl_error_texts_lookup (int code);
/* Usual words of a button, untranslated, with a mnemonic; NULL for FL_ACTION_NONE. */
const char *fl_error_texts_get_label (FlErrorAction action);

G_END_DECLS
