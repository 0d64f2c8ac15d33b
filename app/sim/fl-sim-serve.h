/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What all shells of firstlight-sim take. */
typedef struct
{
  char *scenario; /* (nullable): the default one */
  gint64 seed;    /* 0: the scenario's own */
  char *link;     /* (nullable) symbolic link to keep to the port */
  gboolean json;
} FlSimServeOptions;

/* Serves the console of @device on a pseudo-terminal, until SIGINT or SIGTERM. */
gboolean fl_sim_serve_serial (const FlSimServeOptions *options, const char *device, GError **error);

G_END_DECLS
