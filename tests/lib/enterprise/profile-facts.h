/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-profile.h"

/* Asserts what holds for every profile, whoever wrote it. */
void assert_profile_is_sane (const FlProfile *profile);
/* What a reader of one format gave: a profile, perhaps without networks, or one of the promised
 * errors. */
void assert_result_is_sane (const FlProfile *profile, const GError *error);
/* Parses, and asserts that either a sane profile or one of the two promised errors comes out. */
gboolean parse_and_check (FlSecret *contents);
