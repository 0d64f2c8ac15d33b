/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

/**
 * FlCliTarget:
 *
 * Which device is meant, and what its label says: the word DEVICE and the options --label,
 * --label-file and --ask, which all commands that open a connection share.
 */
typedef struct
{
  char *device;        /* (nullable) */
  char *label_text;    /* (nullable) --label */
  char *label_file;    /* (nullable) --label-file */
  gboolean ask;        /* --ask */
  FlLabel *label;      /* (nullable) after fl_cli_target_load() */
  gboolean used_stdin; /* somebody reads "-" already */
} FlCliTarget;

/* (transfer full): for fl_cli_options_parse_command() */
GOptionGroup *fl_cli_target_create_group (FlCliTarget *target);

/* Takes DEVICE from the words and reads the label. Errors: FL_ERROR_INVALID_INPUT,
 * FL_ERROR_LABEL_OTHER_CODE, FL_ERROR_CANCELLED at the prompt. */
gboolean fl_cli_target_load (FlCliTarget *target, FlCli *cli, const char *device, GError **error);

/* FALSE with FL_ERROR_INVALID_INPUT when @path is "-" for the second time. @path (nullable). */
gboolean fl_cli_target_claim_stdin (FlCliTarget *target, const char *path, GError **error);

void fl_cli_target_clear (FlCliTarget *target);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlCliTarget, fl_cli_target_clear)

G_END_DECLS
