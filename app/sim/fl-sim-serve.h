/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is to be served, as the command line says it. */
typedef struct
{
  char *scenario; /* (nullable): the default one */
  gint64 seed;    /* 0: the scenario's own */
  gboolean json;
  char **wifi;  /* (nullable) radios of this computer, one for each device in turn */
  char *cloud;  /* (nullable) "HOST:PORT" of the service that the devices reach over them */
  char *link;   /* (nullable) serial: symbolic link to keep to the port */
  char *socket; /* (nullable) radio: of the virtual radio */
  char *udc;    /* (nullable) gadget: controller of the kernel to be a device on */
  char **roads; /* names of shells, fl-sim-shells.h */
  char **devices;
  char **adapters; /* (nullable) bluetooth: of this computer, one for each device in turn */
} FlSimServeOptions;

/* Serves the devices on each of the roads until SIGINT or SIGTERM, tells what happens to them on
 * standard output, and does what standard input says, "DEVICE VERB" in a line. FALSE: it could not
 * begin, or a road is gone. FL_ERROR_INVALID_INPUT: of the options. */
gboolean fl_sim_serve (const FlSimServeOptions *options, GError **error);

G_END_DECLS
