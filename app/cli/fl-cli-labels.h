/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-label.h"

G_BEGIN_DECLS

/* Pure. The labels in a text: one label over any number of lines, or one on each line. Each is the
 * whole text of a label, or set-up code and mobile secret. At most @max of them. (transfer full),
 * of FlLabel; NULL with FL_ERROR_LABEL_OTHER_CODE, or FL_ERROR_INVALID_INPUT for too many. */
GPtrArray *fl_cli_labels_parse (const FlSecret *text, guint max, GError **error);

/* The first whose serial number or set-up code is one of these; (nullable), borrowed. @code and
 * @serial: (nullable), compared without case. */
FlLabel *fl_cli_labels_find (GPtrArray *labels, const char *code, const char *serial);

G_END_DECLS
