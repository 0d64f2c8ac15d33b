/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-device.h"
#include "fl-sim-serve.h"
#include "fl-sim-shell.h"

G_BEGIN_DECLS

/* One kind of road. */
typedef struct
{
  const char *name; /* on the command line and in what is told */
  /* FALSE: the device has no such road, FL_ERROR_INVALID_INPUT. */
  gboolean (*check) (FlSimDevice *device, GError **error);
  FlSimShell *(*open) (FlSimDevice *device,
                       FlClock *clock,
                       const FlSimServeOptions *options,
                       GError **error);
} FlSimShellKind;

const FlSimShellKind *fl_sim_shells_find (const char *name); /* (nullable) */
char *fl_sim_shells_list (void);                             /* their names. (transfer full) */

G_END_DECLS
