/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-target.h"
#include "fl-cli-unlock.h"
#include "fl-enterprise-draft.h"

G_BEGIN_DECLS

/**
 * FlCliLogin:
 *
 * How "setup" shows a network with logins who the device is: its options, and what they mean. A
 * profile may also describe a network without logins.
 */
typedef struct
{
  char *identity; /* (nullable), as the following */
  char *anonymous_identity;
  char *server_name;
  char *ca_file;
  char *certificate_file;
  char *key_file;
  char *profile_file;
  char *method_nick;
  FlCliUnlock unlock;
  gboolean is_strict; /* doubts stop, too */

  FlEnterpriseDraft *draft;        /* (nullable) after fl_cli_login_load(): NULL: no login */
  FlProfile *profile;              /* (nullable) */
  const FlProfileNetwork *network; /* (nullable) the one of it that is meant, borrowed */
  GPtrArray *told;                 /* (nullable) of FlFinding: what was said for all devices */
} FlCliLogin;

/* (transfer full): for fl_cli_options_parse_command() */
GOptionGroup *fl_cli_login_create_group (FlCliLogin *login);

/* Checks the options and reads the files. @ssid: (nullable): the profile's. Errors:
 * FL_ERROR_INVALID_INPUT, FL_ERROR_PKCS12_PASSWORD, FL_ERROR_PROFILE_UNREADABLE,
 * FL_ERROR_CANCELLED at the prompt. */
gboolean fl_cli_login_load (FlCliLogin *login,
                            GBytes *ssid,
                            FlCliTargets *targets,
                            FlCli *cli,
                            GError **error);

/* Tells what the checks say: once without a device (@limits NULL), then for each device what it
 * adds to login->told. @told: (out) (optional): of FlFinding. FALSE with the error of the first
 * finding that keeps the login from being sent. */
gboolean fl_cli_login_check (const FlCliLogin *login,
                             const FlEnterpriseLimits *limits,
                             FlCliOutput *output,
                             GPtrArray **told,
                             GError **error);

void fl_cli_login_clear (FlCliLogin *login);

G_END_DECLS
