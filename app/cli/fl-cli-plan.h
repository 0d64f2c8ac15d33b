/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-login.h"
#include "fl-credentials.h"
#include "fl-driver.h"

G_BEGIN_DECLS

/**
 * FlCliPlan:
 *
 * What "setup" was asked to do: its options, and what they mean once they were checked.
 */
typedef struct
{
  char *network;
  char *password_file;
  char *security_nick;
  char *bssid_text;
  gboolean hidden;
  gboolean save_only;
  gboolean no_wait;
  FlCliLogin login;

  GBytes *ssid;
  GBytes *bssid;      /* (nullable) */
  FlSecret *password; /* (nullable) */
  gboolean has_security;
  FlSecurity security; /* when has_security */
} FlCliPlan;

/* Checks the options and reads the password. Errors: FL_ERROR_INVALID_INPUT, FL_ERROR_CANCELLED at
 * the prompt. */
gboolean fl_cli_plan_load (FlCliPlan *plan, FlCliTargets *targets, FlCli *cli, GError **error);

/* Whether the device has to look for the network before. */
gboolean fl_cli_plan_needs_scan (const FlCliPlan *plan);

/* @can: what the device can do; @seen (nullable): the network as it sees it. NULL with the reason
 * why it cannot be joined like this. */
FlCredentials *fl_cli_plan_create_credentials (const FlCliPlan *plan,
                                               FlCapabilities can,
                                               FlNetwork *seen,
                                               GError **error);

void fl_cli_plan_clear (FlCliPlan *plan);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlCliPlan, fl_cli_plan_clear)

G_END_DECLS
