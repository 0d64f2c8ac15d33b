/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

/* Why nothing can be found: the problem that stops every finder, else E19. (transfer full) */
GError *fl_cli_search_explain (FlCli *cli);

/* Looks around for the only device nearby. (transfer full): NULL with FL_ERROR_INVALID_INPUT when
 * there are several, or the reason why there is none. */
FlDevice *fl_cli_search_only (FlCli *cli, GError **error);

G_END_DECLS
