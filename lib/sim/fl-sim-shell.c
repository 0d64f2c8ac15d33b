/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-shell.h"

G_DEFINE_INTERFACE (FlSimShell, fl_sim_shell, G_TYPE_OBJECT)

static guint failed_signal;

static void
fl_sim_shell_default_init (FlSimShellInterface *iface)
{
  g_object_interface_install_property (iface, g_param_spec_string ("place", NULL, NULL, NULL,
                                                                   G_PARAM_READABLE |
                                                                       G_PARAM_EXPLICIT_NOTIFY |
                                                                       G_PARAM_STATIC_STRINGS));
  failed_signal = g_signal_new ("failed", FL_TYPE_SIM_SHELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

const char *
fl_sim_shell_get_place (FlSimShell *self)
{
  g_return_val_if_fail (FL_IS_SIM_SHELL (self), NULL);

  return FL_SIM_SHELL_GET_IFACE (self)->get_place (self);
}

void
fl_sim_shell_notify_place (FlSimShell *self)
{
  g_return_if_fail (FL_IS_SIM_SHELL (self));

  g_object_notify (G_OBJECT (self), "place");
}

void
fl_sim_shell_fail (FlSimShell *self, const GError *error)
{
  g_return_if_fail (FL_IS_SIM_SHELL (self));

  g_signal_emit (self, failed_signal, 0, error);
}
