/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

/* Looks at this computer, or at the one whose files are in @root (nullable). (transfer full) of
 * FlFinding; NULL only when the command was stopped. */
GListModel *fl_cli_doctor_look (FlCli *cli, const char *root, GError **error);

G_END_DECLS
