/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"
#include "fl-device.h"
#include "fl-label.h"

G_BEGIN_DECLS

#define FL_CLI_MAX_DEVICES 100 /* named in one call */

/**
 * FlCliTarget:
 *
 * One device that is meant. Neither: the only one nearby.
 */
typedef struct
{
  char *device;   /* (nullable) the word DEVICE as it was given */
  FlLabel *label; /* (nullable) */
} FlCliTarget;

/**
 * FlCliTargets:
 *
 * Which devices are meant, and what their labels say: the words DEVICE and the options --label,
 * --label-file and --ask, which all commands that open a connection share.
 */
typedef struct
{
  char *label_text;    /* (nullable) --label */
  char *label_file;    /* (nullable) --label-file */
  gboolean ask;        /* --ask */
  gboolean used_stdin; /* somebody reads "-" already */

  GPtrArray *labels; /* of FlLabel: all that were given */
  GPtrArray *list;   /* of FlCliTarget, at least one after fl_cli_targets_load() */
} FlCliTargets;

/* (transfer full): for fl_cli_options_parse_command() */
GOptionGroup *fl_cli_targets_create_group (FlCliTargets *targets);

/* Takes DEVICEs from @words, @n_words of them, and reads the labels. Errors:
 * FL_ERROR_INVALID_INPUT, also for a device that is named twice; FL_ERROR_LABEL_OTHER_CODE;
 * FL_ERROR_CANCELLED at the prompt. */
gboolean fl_cli_targets_load (FlCliTargets *targets,
                              FlCli *cli,
                              char *const *words,
                              guint n_words,
                              GError **error);

/* The label that @device's serial number or set-up code is on. (nullable), borrowed. */
FlLabel *fl_cli_targets_find_label (const FlCliTargets *targets, FlDevice *device);

/* FALSE with FL_ERROR_INVALID_INPUT when @path is "-" for the second time. @path (nullable). */
gboolean fl_cli_targets_claim_stdin (FlCliTargets *targets, const char *path, GError **error);

void fl_cli_targets_clear (FlCliTargets *targets);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlCliTargets, fl_cli_targets_clear)

G_END_DECLS
