/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-session.h"

G_BEGIN_DECLS

/* Whether @text has the whole object that answers @ask: 's' or 'd'. */
gboolean fl_serial_json_is_complete (const char *text, FlSerialAsk ask);

G_END_DECLS
