/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-private-key.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/* What is in a file for logins, one event each. @file: where it is. Nothing of them is secret: a
 * key is only described. */
void
fl_cli_certificate_event (FlCliOutput *output, const char *file, const FlCertificate *certificate);
void fl_cli_key_event (FlCliOutput *output, const char *file, const FlPrivateKey *key);
void fl_cli_profile_event (FlCliOutput *output, const char *file, const FlProfile *profile);

G_END_DECLS
