/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-target.h"
#include "fl-enterprise.h"

G_BEGIN_DECLS

/**
 * FlCliLogin:
 *
 * How "setup" shows a network with logins who the device is: its options, and what they mean.
 */
typedef struct
{
  char *identity; /* (nullable), as the following */
  char *anonymous_identity;
  char *ca_file;
  char *certificate_file;
  char *key_file;
  char *method_nick;

  FlEnterprise *enterprise; /* (nullable) after fl_cli_login_load(): NULL: no option was given */
} FlCliLogin;

/* (transfer full): for fl_cli_options_parse_command() */
GOptionGroup *fl_cli_login_create_group (FlCliLogin *login);

/* Checks the options and reads the files. Errors: FL_ERROR_INVALID_INPUT. */
gboolean fl_cli_login_load (FlCliLogin *login, FlCliTargets *targets, FlCli *cli, GError **error);

void fl_cli_login_clear (FlCliLogin *login);

G_END_DECLS
