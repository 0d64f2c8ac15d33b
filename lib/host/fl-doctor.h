/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-finding.h"

G_BEGIN_DECLS

/**
 * FlDoctor:
 *
 * Looks at this computer: what would keep it from reaching a device, and what a person can do about
 * it. Bluetooth, USB rights, the sandbox, ModemManager, cameras. It only looks.
 */
typedef struct
{
  GDBusConnection *system_bus; /* (nullable): the system's own */
  const char *root;            /* (nullable): "/"; tests give another place for /sys, /dev, /etc */
} FlDoctorContext;

/* Findings come with @callback, all at once; nothing blocks, each look has its own limit of a few
 * seconds. */
void fl_doctor_run_async (const FlDoctorContext *context,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full) of FlFinding, in the order a person would look. NULL only when cancelled. */
GListModel *fl_doctor_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
