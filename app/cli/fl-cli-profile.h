/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-cli-unlock.h"
#include "fl-enterprise-draft.h"

G_BEGIN_DECLS

/* Reads @path (nullable: nothing to do) and puts what is in it into @draft. Errors have the file's
 * name before them. */
gboolean fl_cli_draft_add (FlEnterpriseDraft *draft,
                           FlCliUnlock *unlock,
                           const char *path,
                           FlDraftUse use,
                           GError **error);

/* The files that @network names, which are beside the profile @path. */
gboolean fl_cli_profile_add_files (FlEnterpriseDraft *draft,
                                   FlCliUnlock *unlock,
                                   const char *path,
                                   const FlProfileNetwork *network,
                                   GError **error);

/* (nullable), borrowed: the only name of a network in @profile. */
GBytes *fl_cli_profile_get_ssid (FlProfile *profile);

/* Notes: that it ended, and what it says and is not used. @now_s: seconds since 1970. */
void fl_cli_profile_tell (FlCliOutput *output, const FlProfile *profile, gint64 now_s);

G_END_DECLS
