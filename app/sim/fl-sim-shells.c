/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-shells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fl-error.h"
#include "fl-sim-pty.h"

static gboolean
check_cable (FlSimDevice *device, GError **error)
{
  const FlSimDeviceSpec *spec = fl_sim_device_get_spec (device);

  if (spec->usb_us >= 0)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("“%s” is on no cable"), spec->name);
  return FALSE;
}

static FlSimShell *
open_serial (FlSimDevice *device, FlClock *clock, const FlSimServeOptions *options, GError **error)
{
  FlSimPty *pty =
      fl_sim_pty_new (fl_sim_device_get_world (device), device, clock, options->link, error);

  return pty != NULL ? FL_SIM_SHELL (pty) : NULL;
}

static const FlSimShellKind kinds[] = {
  { "serial", check_cable, open_serial },
};

const FlSimShellKind *
fl_sim_shells_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];
  return NULL;
}

char *
fl_sim_shells_list (void)
{
  GString *text = g_string_new (kinds[0].name);

  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (text, ", %s", kinds[i].name);
  return g_string_free (text, FALSE);
}
