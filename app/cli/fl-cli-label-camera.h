/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

#define FL_CLI_CAMERA_FOR_MAX_S 86400

typedef struct
{
  char
      *source; /* (nullable) a camera's id, or a picture, folder or "videotestsrc" instead of one */
  int for_s;   /* 0: until a label was read, at most a minute; with all: until it is stopped */
  gboolean all; /* goes on after the first label */
  gboolean show_secret;
} FlCliLabelCamera;

/* Before fl_cli_start(): a source that is no camera's id becomes the wiring's stand-in. */
void fl_cli_label_camera_prepare (FlCli *cli, const FlCliLabelCamera *options);
/* Reads labels from a camera: each new one is told once. E13 to E15 when there is no camera to be
 * had, E16 when nothing was read, E17 when only other codes were. */
gboolean fl_cli_label_camera_run (FlCli *cli, const FlCliLabelCamera *options, GError **error);
/* Tells which cameras there are. */
gboolean fl_cli_label_camera_list (FlCli *cli, GError **error);

G_END_DECLS
